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
class PlannedBooking:
    """When it was booked and when it was to take place. `number` counts those that ended alike."""

    number: int
    method: str
    booked_at: datetime
    starts_at: datetime
    ends_at: datetime


def story_of(outcome: Status, planned: PlannedBooking, random: Random) -> list[Move]:
    """Return the moves of a booking that ended as `outcome`, oldest first."""
    begun = [Move(Status.DRAFT, planned.booked_at, "customer")]
    if outcome == Status.EXPIRED and planned.method in ONLINE:
        return [*begun, Move(outcome, planned.booked_at + DRAFT_LIFETIME, "system", "not finished")]
    asked = [*begun, *_asked(planned, random)]
    if outcome == Status.EXPIRED:
        return [*asked, _unanswered(planned, asked[-1].at)]
    if outcome == Status.REJECTED and planned.method == "cash":
        return [*asked, _refused(outcome, asked[-1].at, planned, random)]
    confirmed = [*asked, *_confirmed(planned, asked[-1], random)]
    return [*confirmed, *_end(outcome, planned, confirmed[-1].at, random)]


def _asked(planned: PlannedBooking, random: Random) -> list[Move]:
    sent_at = planned.booked_at + timedelta(minutes=random.randint(3, 11))
    if planned.method in ONLINE:
        return [Move(Status.CONFIRMED, sent_at, "system", "paid")]
    return [Move(Status.PENDING, sent_at, "customer")]


def _confirmed(planned: PlannedBooking, last: Move, random: Random) -> list[Move]:
    if last.to_status == Status.CONFIRMED:
        return []
    if planned.method == "bank_transfer":
        return [Move(Status.CONFIRMED, last.at + timedelta(hours=random.randint(4, 30)), "system", "paid")]
    return [
        Move(Status.CONFIRMED, _between(last.at, planned.starts_at, timedelta(hours=6), random), "provider")
    ]


def _end(outcome: Status, planned: PlannedBooking, since: datetime, random: Random) -> list[Move]:
    if outcome == Status.CANCELLED:
        return [_cancelled(planned, since, random)]
    if outcome == Status.REJECTED:
        return [_refused(outcome, since, planned, random)]
    if outcome == Status.NO_SHOW:
        return [Move(outcome, planned.starts_at + timedelta(minutes=random.randint(20, 60)), "provider")]
    begins = planned.starts_at + timedelta(minutes=random.randint(-10, 10))
    started = [Move(Status.IN_PROGRESS, max(begins, since), "provider")]
    if outcome == Status.IN_PROGRESS:
        return started
    return [*started, Move(outcome, planned.ends_at + timedelta(minutes=random.randint(0, 25)), "provider")]


def _cancelled(planned: PlannedBooking, since: datetime, random: Random) -> Move:
    """Every third customer is late, which costs; every fifth time it is the provider."""
    at = _between(since, planned.starts_at, timedelta(days=9), random)
    if planned.number % 5 == 4:
        return Move(Status.CANCELLED, at, "provider", random.choice(WHY_REJECTED))
    if planned.number % 3 == 0:
        at = max(at, planned.starts_at - TOO_LATE_TO_BE_FREE)
    return Move(Status.CANCELLED, at, "customer", random.choice(WHY_CANCELLED))


def _refused(outcome: Status, since: datetime, planned: PlannedBooking, random: Random) -> Move:
    at = _between(since, planned.starts_at, timedelta(hours=8), random)
    return Move(outcome, at, "provider", random.choice(WHY_REJECTED))


def _unanswered(planned: PlannedBooking, asked_at: datetime) -> Move:
    waits = TRANSFER_TIME if planned.method == "bank_transfer" else ANSWER_TIME
    return Move(Status.EXPIRED, min(asked_at + waits, planned.starts_at), "system", "not answered in time")


def _between(since: datetime, until: datetime, longest: timedelta, random: Random) -> datetime:
    """Return a whole minute after one instant, and well before the other."""
    minutes = min(until - since, longest) // timedelta(minutes=1)
    return since + timedelta(minutes=random.randint(1, max(minutes - 1, 1)))
