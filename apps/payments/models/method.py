"""Ways to pay."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from apps.bookings.models import PaidWhen
from apps.common.language import NEPALI
from apps.common.model_fields import LineField


class MethodCode(models.TextChoices):
    KHALTI = "khalti", "Khalti"
    ESEWA = "esewa", "eSewa"
    CONNECTIPS = "connectips", "ConnectIPS"
    BANK_TRANSFER = "bank_transfer", "Bank transfer"
    CASH = "cash", "Cash"

    @property
    def paid_when(self) -> PaidWhen:
        return PAID_WHEN.get(self, PaidWhen.ONLINE)


PAID_WHEN = {MethodCode.BANK_TRANSFER: PaidWhen.TRANSFER, MethodCode.CASH: PaidWhen.ON_SITE}


class PaymentType(models.TextChoices):
    WALLET = "wallet"
    BANK = "bank"
    CASH = "cash"


class PaymentMethod(models.Model):
    """A way to pay. `configuration` holds what its instructions show, as a bank account."""

    code = models.CharField(max_length=20, choices=MethodCode.choices, unique=True)
    name = LineField(max_length=60)
    name_ne = LineField("name in Nepali", max_length=60, blank=True, help_text="Empty: the English one.")
    payment_type = models.CharField(max_length=10, choices=PaymentType.choices)
    description = LineField(max_length=200, blank=True)
    description_ne = LineField(
        "description in Nepali", max_length=200, blank=True, help_text="Empty: the English one."
    )
    icon = LineField(max_length=200, blank=True)
    processing_fee_percentage = models.DecimalField(
        max_digits=5,
        decimal_places=2,
        default=Decimal("0.00"),
        validators=[MinValueValidator(0), MaxValueValidator(10)],
    )
    min_amount = models.DecimalField(max_digits=10, decimal_places=2, default=Decimal("0.00"))
    max_amount = models.DecimalField(max_digits=10, decimal_places=2, default=Decimal("999999.99"))
    configuration = models.JSONField(default=dict, blank=True)
    is_active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        return self.name_ne if language == NEPALI and self.name_ne else self.name

    def description_in(self, language: str) -> str:
        return self.description_ne if language == NEPALI and self.description_ne else self.description
