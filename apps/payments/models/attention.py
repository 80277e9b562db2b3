"""What people found out about payments and refunds that no gateway could settle."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from apps.common.model_fields import LineField
from apps.common.models import AppendOnlyModel
from apps.payments.models.payment import Payment
from apps.payments.models.refund import Refund


class AttentionNote(AppendOnlyModel):
    """Who looked at a payment, or a refund of it, that needed attention, and what they found."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="attention_notes")
    refund = models.ForeignKey(
        Refund, on_delete=models.PROTECT, null=True, blank=True, related_name="attention_notes"
    )
    note = LineField(max_length=500)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"note {self.pk}"
