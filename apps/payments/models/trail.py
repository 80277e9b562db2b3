"""The audit trail."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from apps.common.models import AppendOnlyModel
from apps.payments.models.payment import Payment

# How the trail begins to tell of money that nobody of ours gave back.
GIVEN_BACK_AT_GATEWAY = "given back at the gateway, not by us"


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
    detail = models.CharField(max_length=200, blank=True)
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
                condition=models.Q(detail__startswith=GIVEN_BACK_AT_GATEWAY),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.operation or self.to_status}"
