"""Payments, and what a gateway told us of them in confidence."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models.functions import Round
from django.utils import timezone

from apps.bookings.models import Booking
from apps.common.encryption import EncryptedTextField
from apps.payments.models.method import PaymentMethod


def commission_percent_now() -> Decimal:
    """Return the commission in percent that counts for payments that are opened now."""
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
    """One payment a booking. Its amounts are those it was opened with, whatever the booking says now.

    `is_settlement` marks the one payment of a booking that counts; the database allows no second.
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
    return_rests_until = models.DateTimeField(
        null=True,
        blank=True,
        help_text="Until then returns don't ask: another one is asking, or just has.",
    )
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
        help_text="Of the provider's share; as it was when the payment was opened.",
    )
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        permissions = [("act_on_payment", "Can decide about payments, refunds and payouts")]
        indexes = [
            models.Index(fields=["status", "-created_at"], name="payment_by_status"),
            models.Index(fields=["-created_at", "-id"], name="payment_newest"),
            models.Index(
                fields=["paid_at"], name="payment_by_day_paid", condition=models.Q(is_settlement=True)
            ),
            models.Index(
                fields=["booking"],
                name="payment_uncollected",
                condition=models.Q(amount_collected=0, is_settlement=False),
            ),
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
                    total_amount=Round(models.F("amount") + models.F("processing_fee"), 2),
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
