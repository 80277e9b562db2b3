"""How a booking of a load was paid: its payments, and what went back. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from apps.bookings.models import BookingStatus as Booked
from apps.payments.models import PaymentStatus as Status

ONLINE = ("khalti", "esewa")
REASONS = {
    Status.FAILED: "The payment was cancelled or failed.",
    Status.EXPIRED: "The payment link has expired.",
}
REFUND_TAKES = timedelta(hours=5)


@dataclass(frozen=True, slots=True)
class Attempt:
    """`refund_percent` of it went back at `refunded_at`."""

    method: str
    status: Status
    created_at: datetime
    paid_at: datetime | None = None
    refund_percent: int = 0
    refunded_at: datetime | None = None

    @property
    def moves(self) -> list[tuple[Status, datetime]]:
        """The states it went through, the first one first."""
        begun = Status.PROCESSING if self.method in ONLINE else Status.PENDING
        moves = [(begun, self.created_at)]
        if self.paid_at is None:
            return [*moves, (self.status, self.created_at + timedelta(hours=1))]
        moves.append((Status.COMPLETED, self.paid_at))
        if self.refunded_at:
            asked_at = self.refunded_at - REFUND_TAKES
            moves += [(Status.REFUND_PENDING, asked_at), (self.status, self.refunded_at)]
        return moves

    @property
    def failure_reason(self) -> str:
        return REASONS.get(self.status, "")

    @classmethod
    def in_vain(cls, method: str, at: datetime, random: Random) -> "Attempt":
        return cls(method, random.choice((Status.FAILED, Status.EXPIRED)), at)


def payments_of(
    status: str, method: str, moves: list[tuple[str, Booked, datetime, str]], *, random: Random
) -> list[Attempt]:
    """Return the payments of a booking that was sent off: none before it is paid."""
    moments = {to_status: at for _, to_status, at, _ in moves}
    paid_at = moments.get(Booked.COMPLETED if method == "cash" else Booked.CONFIRMED)
    if paid_at is None:
        return []
    if method == "cash":
        return [Attempt(method, Status.COMPLETED, paid_at, paid_at)]
    begun_at = moments[Booked.PENDING] if method == "bank_transfer" else paid_at - timedelta(minutes=4)
    payments = []
    if method in ONLINE and random.random() < 0.08:
        payments.append(Attempt.in_vain(method, begun_at - timedelta(minutes=3), random))
    ended_at = moments.get(Booked(status))
    if status in (Booked.CANCELLED, Booked.REJECTED) and ended_at:
        share = 50 if status == Booked.CANCELLED and random.random() < 0.3 else 100
        end = Status.REFUNDED if share == 100 else Status.PARTIALLY_REFUNDED
        return [*payments, Attempt(method, end, begun_at, paid_at, share, ended_at + REFUND_TAKES)]
    return [*payments, Attempt(method, Status.COMPLETED, begun_at, paid_at)]
