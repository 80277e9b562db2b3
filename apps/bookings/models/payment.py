"""What a booking knows of its payment: columns that payments write, and bookings read."""

from dataclasses import dataclass

from django.db import models


class PaidWhen(models.TextChoices):
    """When a way to pay brings the money; what the way is, payments know."""

    ONLINE = "online", "online, before the booking is confirmed"
    TRANSFER = "transfer", "by transfer, after the request"
    ON_SITE = "on_site", "on site, when the work is done"


class PaymentStatus(models.TextChoices):
    PENDING = "pending"
    PROCESSING = "processing"
    COMPLETED = "completed"
    FAILED = "failed"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"
    REFUND_PENDING = "refund_pending"
    PARTIALLY_REFUNDED = "partially_refunded"
    REFUNDED = "refunded"
    NEEDS_ATTENTION = "needs_attention"


# The provider has, or will have, money for the booking.
PAID = (PaymentStatus.COMPLETED, PaymentStatus.PARTIALLY_REFUNDED)
PAID_LATER = (PaidWhen.TRANSFER, PaidWhen.ON_SITE)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What payments say of a booking, in plain columns: no list needs a join upwards."""

    payment_status: str
    shown_payment_id: int | None
    is_settled: bool
    keeps_money: bool
    is_paid_enough: bool
