"""Methods, attempts to pay, refunds, and the trail of all of it. Amounts in rupees."""

from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils import timezone

from apps.bookings.models import Booking
from apps.common.encryption import EncryptedTextField
from apps.common.models import AppendOnlyModel
from apps.common.private_files import PrivateStorage


class MethodCode(models.TextChoices):
    KHALTI = "khalti", "Khalti"
    ESEWA = "esewa", "eSewa"
    BANK_TRANSFER = "bank_transfer", "Bank transfer"
    CASH = "cash", "Cash"


class PaymentType(models.TextChoices):
    WALLET = "wallet"
    BANK = "bank"
    CASH = "cash"


class PaymentMethod(models.Model):
    """A way to pay. `configuration` holds what its instructions show, as a bank account."""

    code = models.CharField(max_length=20, choices=MethodCode.choices, unique=True)
    name = models.CharField(max_length=60)
    payment_type = models.CharField(max_length=10, choices=PaymentType.choices)
    description = models.CharField(max_length=200, blank=True)
    icon = models.CharField(max_length=200, blank=True)
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


def commission_percent_now() -> Decimal:
    """Return the commission in percent that counts for attempts that are opened now."""
    return Decimal(settings.COMMISSION_PERCENT)


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


class Payment(models.Model):
    """One attempt to pay a booking. Its amounts are those it was opened with, whatever the booking says now.

    `is_settlement` marks the one attempt of a booking that counts; the database allows no second.
    """

    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="payments")
    method = models.ForeignKey(PaymentMethod, on_delete=models.PROTECT, related_name="payments")
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    processing_fee = models.DecimalField(max_digits=10, decimal_places=2, default=Decimal("0.00"))
    total_amount = models.DecimalField(max_digits=10, decimal_places=2)
    currency = models.CharField(max_length=3, default="NPR")
    status = models.CharField(max_length=20, choices=PaymentStatus.choices, default=PaymentStatus.PENDING)
    is_settlement = models.BooleanField(default=False)
    is_widget_token = models.BooleanField(
        default=False, help_text="Began in Khalti's older widget, with a token instead of a link."
    )
    transaction_id = models.CharField(
        max_length=40, unique=True, help_text="Ours; the gateway gets it as reference."
    )
    gateway_transaction_id = models.CharField(max_length=100, blank=True)
    # A keyed hash, since ciphertext can be neither searched nor compared.
    gateway_token_hash = models.CharField(max_length=64, null=True, blank=True, unique=True)
    failure_reason = models.CharField(max_length=200, blank=True)
    link_expires_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True, help_text="When the gateway was last asked.")
    ask_again_at = models.DateTimeField(null=True, blank=True, help_text="When reconciliation asks next.")
    times_asked = models.PositiveIntegerField(default=0)
    leased_until = models.DateTimeField(
        null=True, blank=True, help_text="Until then reconciliation is asking about it, on some machine."
    )
    claimed_paid_at = models.DateTimeField(
        null=True, blank=True, help_text="When eSewa's signed redirect called it paid, which proves nothing."
    )
    paid_at = models.DateTimeField(null=True, blank=True)
    amount_collected = models.DecimalField(
        max_digits=10, decimal_places=2, null=True, blank=True, help_text="Cash the provider took."
    )
    commission_percent = models.DecimalField(
        max_digits=5,
        decimal_places=2,
        default=commission_percent_now,
        help_text="Of the provider's share; as it was when the attempt was opened.",
    )
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["status", "-created_at"], name="payment_by_status"),
            models.Index(fields=["-created_at", "-id"], name="payment_newest"),
            models.Index(
                fields=["ask_again_at"], name="payment_to_ask", condition=models.Q(ask_again_at__isnull=False)
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["booking"], condition=models.Q(is_settlement=True), name="payment_one_settlement"
            ),
            models.UniqueConstraint(
                fields=["method", "gateway_transaction_id"],
                condition=~models.Q(gateway_transaction_id=""),
                name="payment_gateway_transaction_once",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=PaymentStatus.values), name="payment_status_known"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    amount__gte=0,
                    processing_fee__gte=0,
                    total_amount=models.F("amount") + models.F("processing_fee"),
                ),
                name="payment_total_adds_up",
            ),
            models.CheckConstraint(
                condition=models.Q(is_settlement=False) | models.Q(paid_at__isnull=False),
                name="payment_settlement_was_paid",
            ),
        ]

    def __str__(self) -> str:
        return f"payment {self.pk}"


class PaymentSecret(models.Model):
    """What a gateway told us in confidence, apart from the payment: keys rotate without touching it."""

    payment = models.OneToOneField(Payment, on_delete=models.PROTECT, related_name="secret")
    token = EncryptedTextField(
        blank=True, default="", help_text="Khalti's pidx, or the older widget's token."
    )
    payment_url = EncryptedTextField(blank=True, default="")
    last_answer = EncryptedTextField(blank=True, default="")

    def __str__(self) -> str:
        return f"secret {self.pk}"


class BankTransfer(Payment):
    """A payment by bank transfer, as the admin lists them apart."""

    class Meta:
        proxy = True


class BankTransferProof(AppendOnlyModel):
    """What a customer says of a transfer; the newest one counts. Proves nothing: our statement does."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="proofs")
    reference = models.CharField(max_length=100, help_text="The bank's number of the transfer.")
    slip = models.FileField(storage=PrivateStorage, upload_to="bank-transfer-slips/", blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"proof {self.pk}"


class SellerDetails(models.Model):
    """Who sells, on the receipts of a provider who has a tax number of his own; else the marketplace does."""

    provider = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="seller_details",
        limit_choices_to={"role": "provider"},
    )
    name = models.CharField(max_length=120)
    pan = models.CharField(
        "PAN", max_length=9, validators=[RegexValidator(r"^[0-9]{9}$", "A PAN has nine digits.")]
    )

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
    reason = models.CharField(max_length=500)
    status = models.CharField(max_length=16, choices=RefundStatus.choices, default=RefundStatus.PENDING)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    completed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    completed_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=500, blank=True, help_text="What a person found or did.")
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
        indexes = [models.Index(fields=["status", "created_at"], name="refund_by_status")]
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="refund_amount_positive"),
            models.CheckConstraint(
                condition=models.Q(status__in=RefundStatus.values), name="refund_status_known"
            ),
        ]

    def __str__(self) -> str:
        return f"refund {self.pk}"


class Payout(AppendOnlyModel):
    """Money that went to a provider, or came from him: then negative. What stands here was done."""

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
    note = models.CharField(max_length=200, blank=True, help_text="The bank's reference, for example.")
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

    def __str__(self) -> str:
        return f"{self.kind} {self.operation or self.to_status}"
