"""How a load spreads: three years of growth behind, sixty days ahead with ever fewer bookings. Pure."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from apps.demo.load.supply import CLOSES, OPENS
from apps.slots.models import Weekday

DAYS_BEHIND = 3 * 365
DAYS_AHEAD = 60
OPEN_MINUTES = (CLOSES.hour - OPENS.hour) * 60


def bookings_by_day(total: int, *, today: date) -> Iterator[tuple[date, int]]:
    """Yield each working day with its number of bookings; the sum is exactly `total`."""
    days = [today + timedelta(days=ahead) for ahead in range(-DAYS_BEHIND, DAYS_AHEAD + 1)]
    weights = [(day, _weight((day - today).days)) for day in days if day.weekday() != Weekday.SATURDAY]
    whole = sum(weight for _, weight in weights)
    done, passed = 0, 0.0
    for day, weight in weights:
        passed += weight
        until = round(total * passed / whole)
        yield day, until - done
        done = until


def _weight(ahead: int) -> float:
    if ahead <= 0:
        return 1.6 + 1.2 * ahead / DAYS_BEHIND
    return 1.6 - 1.4 * ahead / DAYS_AHEAD


def starts_of_day(
    count: int, *, duration: int, buffers: int, seats: int, random: Random
) -> list[tuple[int, int]]:
    """Return up to `count` (minutes after opening, seat) on the grid of a service, none in another's way."""
    grid = range(0, OPEN_MINUTES - duration + 1, duration * 2 if buffers else duration)
    if seats > 1:
        start = random.choice(grid)
        return [(start, seat) for seat in range(1, min(count, seats) + 1)]
    return [(start, 1) for start in random.sample(grid, min(count, len(grid)))]
