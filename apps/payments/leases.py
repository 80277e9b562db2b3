"""Work that one process at a time does on a row, with no lock held while a gateway thinks."""

from datetime import datetime, timedelta
from typing import TypeVar

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from apps.payments.models import Payment, Refund

# Look up, send, look up again; the rest is time to write it down.
CALLS_IN_A_LEASE = 3
MARGIN = timedelta(seconds=30)
LONGEST_BACK_OFF = timedelta(hours=6)

Leased = TypeVar("Leased", Payment, Refund)


def lease_take(rows: QuerySet[Leased], *, now: datetime) -> Leased | None:
    """Return the first row that nobody else is working on, or None. It is ours until `lease_end`.

    Rows that are locked are passed over: whoever holds the lock may be taking the same lease.
    """
    free = rows.filter(Q(leased_until=None) | Q(leased_until__lte=now))
    until = now + MARGIN + CALLS_IN_A_LEASE * timedelta(seconds=settings.GATEWAY_TIMEOUT_SECONDS)
    with transaction.atomic():
        row = free.select_for_update(skip_locked=True, no_key=True, of=("self",)).first()
        if row is not None:
            rows.model.objects.filter(pk=row.pk).update(leased_until=until)
    return row


def back_off(times: int) -> timedelta:
    """Return how long to wait after so many tries: a minute, doubled each time, at most six hours."""
    return min(timedelta(minutes=2 ** min(max(times - 1, 0), 16)), LONGEST_BACK_OFF)
