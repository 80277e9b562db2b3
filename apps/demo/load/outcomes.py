"""What became of a booking in a load: its state and the moves that led there. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import TypeVar

from apps.bookings.models import BookingStatus as Status

Drawn = TypeVar("Drawn")

# Of a hundred.
PAST = {
    Status.COMPLETED: 80,
    Status.CANCELLED: 8,
    Status.EXPIRED: 5,
    Status.NO_SHOW: 4,
    Status.REJECTED: 3,
}
AHEAD = {Status.CONFIRMED: 70, Status.PENDING: 15, Status.CANCELLED: 10, Status.REJECTED: 5}
METHODS = {"cash": 50, "khalti": 35, "esewa": 15}
# Of these some were paid online; the others were asked for, and paid or to be paid in cash.
KEPT = (Status.CONFIRMED, Status.IN_PROGRESS, Status.COMPLETED)
ANSWER_TIME = timedelta(hours=24)
A_WHILE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Outcome:
    """`moves` are (from, to, at, who), oldest first."""

    status: Status
    method: str
    created_at: datetime
    moves: list[tuple[str, Status, datetime, str]]

    @property
    def is_paid(self) -> bool:
        return self.status == Status.COMPLETED or (self.method != "cash" and self.status in KEPT)

    @property
    def paid_at(self) -> datetime:
        """Online it was paid when it was confirmed, in cash when the work was done."""
        paid = Status.COMPLETED if self.method == "cash" else Status.CONFIRMED
        return next(at for _, to_status, at, _ in self.moves if to_status == paid)

    def moment(self, status: Status) -> datetime | None:
        return next((at for _, to_status, at, _ in self.moves if to_status == status), None)


def outcome_of(starts_at: datetime, ends_at: datetime, *, random: Random, now: datetime) -> Outcome:
    """Draw what became of a visit at that time."""
    status = _status(starts_at, ends_at, random, now)
    method = _drawn(METHODS, random) if status in KEPT else "cash"
    if status == Status.PENDING:
        created_at = now - timedelta(minutes=random.randint(5, 600))
    else:
        created_at = min(starts_at, now) - timedelta(minutes=random.randint(26 * 60, 10 * 24 * 60))
    return Outcome(status, method, created_at, _moves(status, method, created_at, starts_at, ends_at))


def _status(starts_at: datetime, ends_at: datetime, random: Random, now: datetime) -> Status:
    if starts_at > now:
        return _drawn(AHEAD, random)
    return _drawn(PAST, random) if ends_at < now - ANSWER_TIME else Status.IN_PROGRESS


def _drawn(weights: Mapping[Drawn, int], random: Random) -> Drawn:
    return random.choices(list(weights), list(weights.values()))[0]


def _moves(
    status: Status, method: str, created_at: datetime, starts_at: datetime, ends_at: datetime
) -> list[tuple[str, Status, datetime, str]]:
    moves = [("", Status.DRAFT, created_at, "customer")]

    def move(to_status: Status, at: datetime, who: str) -> None:
        moves.append((moves[-1][1], to_status, at, who))

    if method != "cash":
        move(Status.CONFIRMED, created_at + A_WHILE, "system")
    else:
        move(Status.PENDING, created_at + A_WHILE, "customer")
        if status == Status.EXPIRED:
            move(status, created_at + ANSWER_TIME + A_WHILE, "system")
        elif status == Status.REJECTED:
            move(status, created_at + 2 * A_WHILE, "provider")
        elif status != Status.PENDING:
            move(Status.CONFIRMED, created_at + 3 * A_WHILE, "provider")
    if status == Status.CANCELLED:
        move(status, created_at + 6 * A_WHILE, "customer")
    elif status == Status.NO_SHOW:
        move(status, starts_at + 2 * A_WHILE, "provider")
    elif status in (Status.IN_PROGRESS, Status.COMPLETED):
        move(Status.IN_PROGRESS, starts_at, "provider")
        if status == Status.COMPLETED:
            move(status, ends_at, "provider")
    return moves
