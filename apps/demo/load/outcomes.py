"""What became of a booking in a load: its state, the moves that led there, and how it was paid. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import TypeVar

from apps.bookings.models import BookingStatus as Status
from apps.bookings.models import BookingStep as Step
from apps.demo.load.payments import Attempt, payments_of

Drawn = TypeVar("Drawn")
Moves = list[tuple[str, Status, datetime, str]]

# Of a hundred. An abandoned one is a draft that nobody sent off.
ABANDONED = "abandoned"
PAST: Mapping[str, int] = {
    Status.COMPLETED: 70,
    Status.CANCELLED: 9,
    ABANDONED: 10,
    Status.EXPIRED: 4,
    Status.NO_SHOW: 4,
    Status.REJECTED: 3,
}
AHEAD: Mapping[str, int] = {
    Status.CONFIRMED: 65,
    Status.PENDING: 14,
    Status.CANCELLED: 8,
    ABANDONED: 10,
    Status.REJECTED: 3,
}
METHODS = {"cash": 45, "khalti": 30, "esewa": 15, "bank_transfer": 10}
PAID_LATER = {"cash": 80, "bank_transfer": 20}
ONLINE = ("khalti", "esewa")
LEFT_AFTER = {Step.SERVICE: 40, Step.DATETIME: 30, Step.DETAILS: 15, Step.PAYMENT: 15}
ANSWER_TIME = timedelta(hours=24)
DRAFT_LIFETIME = timedelta(hours=72)
A_WHILE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Outcome:
    """`moves` are (from, to, at, who), oldest first; `left_after` is the last step of an abandoned draft."""

    status: Status
    method: str
    created_at: datetime
    moves: Moves
    left_after: Step | None = None
    payments: list[Attempt] = field(default_factory=list)

    @property
    def has_time(self) -> bool:
        return self.left_after != Step.SERVICE

    @property
    def has_details(self) -> bool:
        return self.left_after in (None, Step.DETAILS, Step.PAYMENT)

    def moment(self, status: Status) -> datetime | None:
        return next((at for _, to_status, at, _ in self.moves if to_status == status), None)


def outcome_of(starts_at: datetime, ends_at: datetime, *, random: Random, now: datetime) -> Outcome:
    """Draw what became of a booking at that time."""
    fate = _fate(starts_at, ends_at, random, now)
    if fate == ABANDONED:
        return _abandoned(starts_at, random, now)
    status = Status(fate)
    method = drawn(PAID_LATER if status in (Status.PENDING, Status.EXPIRED) else METHODS, random)
    if status == Status.PENDING:
        created_at = now - timedelta(minutes=random.randint(15, 600))
    else:
        created_at = min(starts_at, now) - timedelta(minutes=random.randint(26 * 60, 10 * 24 * 60))
    moves = _moves(status, method, created_at, starts_at, ends_at, random)
    payments = payments_of(status, method, moves, random=random)
    return Outcome(status, method, created_at, moves, payments=payments)


def _abandoned(starts_at: datetime, random: Random, now: datetime) -> Outcome:
    left_after = drawn(LEFT_AFTER, random)
    lived = DRAFT_LIFETIME + timedelta(minutes=random.randint(10, 7 * 24 * 60))
    created_at = min(starts_at, now) - lived
    ended_at = created_at + DRAFT_LIFETIME
    moves = [("", Status.DRAFT, created_at, "customer"), (Status.DRAFT, Status.EXPIRED, ended_at, "system")]
    method = random.choice(ONLINE) if left_after == Step.PAYMENT else ""
    payments = [Attempt.in_vain(method, created_at + A_WHILE, random)] if method else []
    return Outcome(Status.EXPIRED, method, created_at, moves, left_after, payments)


def _fate(starts_at: datetime, ends_at: datetime, random: Random, now: datetime) -> str:
    if starts_at > now:
        return drawn(AHEAD, random)
    return drawn(PAST, random) if ends_at < now - ANSWER_TIME else Status.IN_PROGRESS


def drawn(weights: Mapping[Drawn, int], random: Random) -> Drawn:
    return random.choices(list(weights), list(weights.values()))[0]


def _moves(
    status: Status, method: str, created_at: datetime, starts_at: datetime, ends_at: datetime, random: Random
) -> Moves:
    moves: Moves = [("", Status.DRAFT, created_at, "customer")]
    asked_at = created_at + A_WHILE

    def move(to_status: Status, at: datetime, who: str) -> None:
        moves.append((moves[-1][1], to_status, at, who))

    answered_at = asked_at + timedelta(minutes=random.choice((5, 20, 45, 90, 240, 600)))
    if method in ONLINE:
        move(Status.CONFIRMED, asked_at, "system")
    else:
        move(Status.PENDING, asked_at, "customer")
        if status == Status.EXPIRED:
            move(status, asked_at + ANSWER_TIME, "system")
        elif status == Status.REJECTED and method == "cash":
            move(status, answered_at, "provider")
        elif status != Status.PENDING:
            move(Status.CONFIRMED, answered_at, "provider" if method == "cash" else "system")
    if status in (Status.CANCELLED, Status.REJECTED) and moves[-1][1] != status:
        move(status, answered_at + A_WHILE, "customer" if status == Status.CANCELLED else "provider")
    elif status == Status.NO_SHOW:
        move(status, starts_at + 2 * A_WHILE, "provider")
    elif status in (Status.IN_PROGRESS, Status.COMPLETED):
        move(
            Status.IN_PROGRESS, starts_at + timedelta(minutes=random.choice((-5, 0, 0, 3, 8, 25))), "provider"
        )
        if status == Status.COMPLETED:
            move(status, ends_at, "provider")
    return moves
