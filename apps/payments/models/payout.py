"""Money that went to providers."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from apps.common.model_fields import LineField
from apps.common.models import AppendOnlyModel


class Payout(AppendOnlyModel):
    """Money that went to a provider, or came from them: then negative. What stands here was done."""

    provider = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="payouts",
        limit_choices_to={"role": "provider"},
    )
    amount = models.DecimalField(
        max_digits=12, decimal_places=2, help_text="Rupees; negative where the provider paid us."
    )
    period_from = models.DateField()
    period_to = models.DateField(help_text="Included.")
    note = LineField(max_length=200, blank=True, help_text="The bank's reference, for example.")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["provider", "at"], name="payout_of_provider")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(amount=0), name="payout_of_something", violation_error_message="Of what?"
            ),
            models.CheckConstraint(
                condition=models.Q(period_from__lte=models.F("period_to")),
                name="payout_period_in_order",
                violation_error_message="The period ends before it begins.",
            ),
            # A page that is sent twice records one; a second equal payout says in its note what it is.
            models.UniqueConstraint(
                fields=["provider", "period_from", "period_to", "amount", "note"],
                name="payout_once",
                violation_error_message="This payout is recorded already. Is it another? Say so in the note.",
            ),
        ]

    def __str__(self) -> str:
        return f"payout {self.pk}"
