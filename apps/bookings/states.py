"""Which moves a booking may make, and whose they are. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from apps.bookings.models import BookingStatus as Status

SYSTEM = "system"
CUSTOMER = "customer"
PROVIDER = "provider"
ADMIN = "admin"

# Work may begin an hour early, as people do when the booking before was short.
START_EARLIEST = timedelta(minutes=60)
# People are late: nobody is absent before.
NO_SHOW_GRACE = timedelta(minutes=15)

MOVES: Mapping[tuple[Status, Status], frozenset[str]] = {
    (Status.DRAFT, Status.PENDING): frozenset({SYSTEM, CUSTOMER}),
    (Status.DRAFT, Status.CONFIRMED): frozenset({SYSTEM}),
    (Status.DRAFT, Status.EXPIRED): frozenset({SYSTEM, CUSTOMER}),
    (Status.PENDING, Status.CONFIRMED): frozenset({SYSTEM, PROVIDER, ADMIN}),
    (Status.PENDING, Status.REJECTED): frozenset({PROVIDER, ADMIN}),
    (Status.PENDING, Status.CANCELLED): frozenset({CUSTOMER, PROVIDER, ADMIN}),
    (Status.PENDING, Status.EXPIRED): frozenset({SYSTEM}),
    # Moved to another time by the customer, where the service wants to be asked again.
    (Status.CONFIRMED, Status.PENDING): frozenset({CUSTOMER}),
    (Status.CONFIRMED, Status.IN_PROGRESS): frozenset({PROVIDER, ADMIN}),
    (Status.CONFIRMED, Status.CANCELLED): frozenset({CUSTOMER, PROVIDER, ADMIN}),
    (Status.CONFIRMED, Status.REJECTED): frozenset({PROVIDER, ADMIN}),
    (Status.CONFIRMED, Status.NO_SHOW): frozenset({PROVIDER, ADMIN}),
    (Status.IN_PROGRESS, Status.COMPLETED): frozenset({PROVIDER, ADMIN}),
    (Status.EXPIRED, Status.CONFIRMED): frozenset({SYSTEM}),
}

# In these the booking won't take place, so the member's time is free again.
FREES_THE_SLOT = frozenset({Status.CANCELLED, Status.REJECTED, Status.EXPIRED})
# Before, nobody has agreed to come; and a booking that was cancelled needs no call.
REACHABLE = frozenset({Status.CONFIRMED, Status.IN_PROGRESS, Status.COMPLETED, Status.NO_SHOW})


def may_move(from_status: str, to_status: str, role: str) -> bool:
    """Return whether the table has this move for this role."""
    return role in MOVES.get((Status(from_status), Status(to_status)), frozenset())


def role_can_reach(to_status: str, role: str) -> bool:
    """Return whether there is any state from which this role moves a booking there."""
    return any(to == to_status and role in roles for (_, to), roles in MOVES.items())


def clock_allows(
    to_status: str,
    role: str,
    *,
    starts_at: datetime | None,
    ends_at: datetime | None,
    expires_at: datetime | None,
    now: datetime,
) -> bool:
    """Return whether it is the time for a move: not too early, and not too late to answer or cancel.

    Nobody is absent within the grace, and no work is done before half of its time: whenever it began.
    """
    if to_status == Status.CONFIRMED and role != SYSTEM:
        # A request that waited in vain is over, also before the job has expired it.
        return expires_at is None or now < expires_at
    if starts_at is None:
        return True
    if to_status == Status.IN_PROGRESS:
        return now >= starts_at - START_EARLIEST
    if to_status == Status.NO_SHOW:
        return now >= starts_at + NO_SHOW_GRACE
    if to_status == Status.COMPLETED and ends_at is not None:
        return now >= starts_at + (ends_at - starts_at) / 2
    if to_status == Status.CANCELLED and role == CUSTOMER:
        return now < starts_at
    return True
