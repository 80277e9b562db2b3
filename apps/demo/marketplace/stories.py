"""How a booking of the past went: its moves in order, and when each happened. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from apps.bookings.models import BookingStatus as Status

ONLINE = ("khalti", "esewa")
DRAFT_LIFETIME = timedelta(hours=72)
ANSWER_TIME = timedelta(hours=24)
TRANSFER_TIME = timedelta(hours=48)
TOO_LATE_TO_BE_FREE = timedelta(hours=3)

WHY_CANCELLED = (
    "Guests have come to visit, another time please.",
    "Found somebody in the neighbourhood.",
    "Load-shedding at that hour.",
    "We are out of the valley that day.",
)
WHY_REJECTED = (
    "Our technician is ill that day.",
    "The address is outside the Ring Road, we can't make it in time.",
    "Bandh announced, no vehicles.",
)


@dataclass(frozen=True, slots=True)
class Move:
    """`actor` is customer, provider or system."""

    to_status: Status
    at: datetime
    actor: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """When it was booked and when it was to take place. `number` counts those that ended alike."""

    number: int
    method: str
    booked_at: datetime
    starts_at: datetime
    ends_at: datetime


def story_of(outcome: Status, visit: Visit, random: Random) -> list[Move]:
    """Return the moves of a booking that ended as `outcome`, oldest first."""
    begun = [Move(Status.DRAFT, visit.booked_at, "customer")]
    if outcome == Status.EXPIRED and visit.method in ONLINE:
        return [*begun, Move(outcome, visit.booked_at + DRAFT_LIFETIME, "system", "not finished")]
    asked = [*begun, *_asked(visit, random)]
    if outcome == Status.EXPIRED:
        return [*asked, _unanswered(visit, asked[-1].at)]
    if outcome == Status.REJECTED and visit.method == "cash":
        return [*asked, _refused(outcome, asked[-1].at, visit, random)]
    confirmed = [*asked, *_confirmed(visit, asked[-1], random)]
    return [*confirmed, *_end(outcome, visit, confirmed[-1].at, random)]


def _asked(visit: Visit, random: Random) -> list[Move]:
    sent_at = visit.booked_at + timedelta(minutes=random.randint(3, 11))
    if visit.method in ONLINE:
        return [Move(Status.CONFIRMED, sent_at, "system", "paid")]
    return [Move(Status.PENDING, sent_at, "customer")]


def _confirmed(visit: Visit, last: Move, random: Random) -> list[Move]:
    if last.to_status == Status.CONFIRMED:
        return []
    if visit.method == "bank_transfer":
        return [Move(Status.CONFIRMED, last.at + timedelta(hours=random.randint(4, 30)), "system", "paid")]
    return [
        Move(Status.CONFIRMED, _between(last.at, visit.starts_at, timedelta(hours=6), random), "provider")
    ]


def _end(outcome: Status, visit: Visit, since: datetime, random: Random) -> list[Move]:
    if outcome == Status.CANCELLED:
        return [_cancelled(visit, since, random)]
    if outcome == Status.REJECTED:
        return [_refused(outcome, since, visit, random)]
    if outcome == Status.NO_SHOW:
        return [Move(outcome, visit.starts_at + timedelta(minutes=random.randint(20, 60)), "provider")]
    begins = visit.starts_at + timedelta(minutes=random.randint(-10, 10))
    started = [Move(Status.IN_PROGRESS, max(begins, since), "provider")]
    if outcome == Status.IN_PROGRESS:
        return started
    return [*started, Move(outcome, visit.ends_at + timedelta(minutes=random.randint(0, 25)), "provider")]


def _cancelled(visit: Visit, since: datetime, random: Random) -> Move:
    """Every third customer is late, which costs; every fifth time it is the provider."""
    at = _between(since, visit.starts_at, timedelta(days=9), random)
    if visit.number % 5 == 4:
        return Move(Status.CANCELLED, at, "provider", random.choice(WHY_REJECTED))
    if visit.number % 3 == 0:
        at = max(at, visit.starts_at - TOO_LATE_TO_BE_FREE)
    return Move(Status.CANCELLED, at, "customer", random.choice(WHY_CANCELLED))


def _refused(outcome: Status, since: datetime, visit: Visit, random: Random) -> Move:
    at = _between(since, visit.starts_at, timedelta(hours=8), random)
    return Move(outcome, at, "provider", random.choice(WHY_REJECTED))


def _unanswered(visit: Visit, asked_at: datetime) -> Move:
    waits = TRANSFER_TIME if visit.method == "bank_transfer" else ANSWER_TIME
    return Move(Status.EXPIRED, min(asked_at + waits, visit.starts_at), "system", "not answered in time")


def _between(since: datetime, until: datetime, longest: timedelta, random: Random) -> datetime:
    """Return a whole minute after one instant, and well before the other."""
    minutes = min(until - since, longest) // timedelta(minutes=1)
    return since + timedelta(minutes=random.randint(1, max(minutes - 1, 1)))
