"""One process at a time sends a delivery, with no lock held while a server thinks."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from apps.notifications.models import Delivery, DeliveryState
from apps.notifications.selectors import delivery_to_send

# Longer than one mail may take, rendering and writing down included.
LEASE = timedelta(minutes=5)


def delivery_lease(rows: QuerySet[Delivery], *, now: datetime) -> Delivery | None:
    """Return the first of the deliveries that nobody else is sending, or None. It is ours until `lease_end`.

    Rows that are locked are passed over: whoever holds the lock is taking the same lease.
    """
    free = rows.filter(Q(leased_until=None) | Q(leased_until__lte=now))
    with transaction.atomic():
        row = free.select_for_update(skip_locked=True, no_key=True).first()
        if row is None:
            return None
        Delivery.objects.filter(pk=row.pk).update(leased_until=now + LEASE, tried_at=now)
        return delivery_to_send(row.pk)


def lease_end(delivery: Delivery, **columns: Any) -> bool:
    """Write what became of a delivery; False where the lease had run out and somebody else has it."""
    ours = Delivery.objects.filter(
        pk=delivery.pk, state=DeliveryState.PENDING, leased_until=delivery.leased_until
    )
    return ours.update(leased_until=None, **columns) == 1
