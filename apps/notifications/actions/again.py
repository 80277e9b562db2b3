"""An admin sends once more what was given up."""

from datetime import datetime

from django.db.models import QuerySet

from apps.notifications.models import Delivery, DeliveryState


def deliveries_send_again(deliveries: QuerySet[Delivery], *, now: datetime) -> int:
    """Put those that failed back into the outbox; return how many. They leave with the next pass."""
    failed = deliveries.filter(state=DeliveryState.FAILED)
    return failed.update(state=DeliveryState.PENDING, payments=0, next_try_at=now, last_error="")
