"""Money that goes back."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from apps.common.model_fields import LineField
from apps.payments.models.attention_reason import AttentionReason
from apps.payments.models.payment import Payment


class RefundStatus(models.TextChoices):
    PENDING = "pending"
    PROCESSING = "processing"
    COMPLETED = "completed"
    FAILED = "failed"
    NEEDS_ATTENTION = "needs_attention"


class Refund(models.Model):
    """Money that goes back. Never more in sum than was paid."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refunds")
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    reason = LineField(max_length=500)
    status = models.CharField(max_length=16, choices=RefundStatus.choices, default=RefundStatus.PENDING)
    attention_reason = models.CharField(
        max_length=20, choices=AttentionReason.choices, blank=True, help_text="Why it needs attention."
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    completed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    completed_at = models.DateTimeField(null=True, blank=True)
    note = LineField(max_length=500, blank=True, help_text="What a person found or did.")
    sent_at = models.DateTimeField(
        null=True, blank=True, help_text="Of a request that the gateway may still be working on."
    )
    try_again_at = models.DateTimeField(null=True, blank=True)
    times_tried = models.PositiveIntegerField(default=0)
    leased_until = models.DateTimeField(
        null=True, blank=True, help_text="Until then some machine is sending it."
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["status", "created_at"], name="refund_by_status"),
            models.Index(
                fields=["completed_at"],
                name="refund_by_day_completed",
                condition=models.Q(status="completed"),
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="refund_amount_positive"),
            models.CheckConstraint(
                condition=models.Q(status__in=RefundStatus.values), name="refund_status_known"
            ),
            models.CheckConstraint(
                condition=models.Q(attention_reason__in=["", *AttentionReason.values]),
                name="refund_attention_reason_known",
            ),
        ]

    def __str__(self) -> str:
        return f"refund {self.pk}"
