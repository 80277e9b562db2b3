"""What everybody sees of a provider's work. It is counted above this app, which only says what is wanted."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PublicFigures:
    """Over all time. Percent and minutes are None where there is nothing to count yet."""

    completed_bookings: int = 0
    response_minutes_median: int | None = None
    acceptance_percent: float | None = None
    completion_percent: float | None = None
    on_time_percent: float | None = None


Count = Callable[[int], PublicFigures]
_count: list[Count] = []


def figures_are_counted_by(count: Count) -> None:
    """Say who counts a provider's figures, by their id; at start, by the app that can."""
    _count[:] = [count]


def figures_of(provider_id: int) -> PublicFigures:
    """Return a provider's figures; noughts where no app counts them."""
    return _count[0](provider_id) if _count else PublicFigures()
