"""The audit trail."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from apps.common.models import AppendOnlyModel
from apps.payments.gateways.base import Outcome
from apps.payments.models.attention_reason import AttentionReason
from apps.payments.models.payment import Payment

OUTCOMES = [(outcome.value, outcome.value.replace("_", " ").capitalize()) for outcome in Outcome]


class TrailKind(models.TextChoices):
    REQUEST = "request"
    ANSWER = "answer"
    MOVE = "move"


class PaymentEvent(AppendOnlyModel):
    """The audit trail: every request to a gateway, every answer, every move. Masked fields and a digest."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=8, choices=TrailKind.choices)
    operation = models.CharField(max_length=20, blank=True)
    from_status = models.CharField(max_length=20, blank=True)
    to_status = models.CharField(max_length=20, blank=True)
    outcome = models.CharField(
        max_length=20, choices=OUTCOMES, blank=True, help_text="What the gateway said, in our words."
    )
    reason = models.CharField(
        max_length=20, choices=AttentionReason.choices, blank=True, help_text="Why it needs attention."
    )
    detail = models.CharField(max_length=200, blank=True, help_text="For people; nothing reads it.")
    digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the raw answer.")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    request_id = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["payment"],
                name="payment_taken_back",
                condition=models.Q(reason=AttentionReason.GIVEN_BACK),
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome__in=["", *dict(OUTCOMES)]), name="payment_event_outcome_known"
            ),
            models.CheckConstraint(
                condition=models.Q(reason__in=["", *AttentionReason.values]),
                name="payment_event_reason_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.operation or self.to_status}"
