"""Under which requests a refund was asked for."""

from django.db import models
from django.utils import timezone

from apps.payments.models.payment import Payment
from apps.payments.models.refund import Refund


class RefundKey(models.Model):
    """A request's Idempotency-Key, hashed, and the refund that it means: written together with the refund.

    The stored answer comes later, and not at all where the process dies.
    """

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="+")
    refund = models.ForeignKey(Refund, on_delete=models.PROTECT, related_name="keys")
    key_hash = models.CharField(max_length=64)
    body_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["payment", "key_hash"], name="refund_key_once")]

    def __str__(self) -> str:
        return f"key of refund {self.refund_id}"
