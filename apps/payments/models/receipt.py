"""Receipts: who sold, and numbers without gaps."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone

from apps.common.model_fields import LineField
from apps.common.models import AppendOnlyModel
from apps.payments.models.payment import Payment


class SellerDetails(models.Model):
    """Who sells, on the receipts of a provider with a tax number of their own; else the marketplace does."""

    provider = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="seller_details",
        limit_choices_to={"role": "provider"},
    )
    name = LineField(max_length=120)
    pan = LineField("PAN", max_length=9, validators=[RegexValidator(r"^[0-9]{9}$", "A PAN has nine digits.")])

    class Meta:
        verbose_name_plural = "seller details"

    def __str__(self) -> str:
        return f"{self.name}, PAN {self.pan}"


class ReceiptCounter(models.Model):
    """The last number given in a fiscal year. Its row is locked while the next one is given."""

    fiscal_year = models.CharField(max_length=7, primary_key=True)
    last_number = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.fiscal_year}: {self.last_number}"


class Receipt(AppendOnlyModel):
    """The number of a settled payment, and who sold what to whom at that time. Amounts: the payment's."""

    payment = models.OneToOneField(Payment, on_delete=models.PROTECT, related_name="receipt")
    fiscal_year = models.CharField(max_length=7, help_text="Bikram Sambat, as 2083/84.")
    number = models.PositiveIntegerField()
    seller_name = models.CharField(max_length=120)
    seller_pan = models.CharField("seller's PAN", max_length=9, blank=True)
    customer_name = models.CharField(max_length=120)
    service_title = models.CharField(max_length=120)
    issued_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["fiscal_year", "number"], name="receipt_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.fiscal_year}-{self.number:06}"
