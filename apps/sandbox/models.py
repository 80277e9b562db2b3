from datetime import datetime
from decimal import Decimal

from django.db import models
from django.utils import timezone

from apps.sandbox.identifiers import khalti_identifier


class KhaltiPayment(models.Model):
    """A payment as Khalti's books would hold it; amounts in paisa."""

    class Kind(models.TextChoices):
        CHECKOUT = "checkout"
        WIDGET = "widget"

    class Status(models.TextChoices):
        INITIATED = "Initiated"
        CONFIRMED = "Confirmed"
        PENDING = "Pending"
        COMPLETED = "Completed"
        CANCELED = "User canceled"
        EXPIRED = "Expired"
        FAILED = "Failed"

    PAYABLE = (Status.INITIATED, Status.PENDING)

    kind = models.CharField(max_length=10, choices=Kind, default=Kind.CHECKOUT)
    # The pidx of a checkout, the token of a widget.
    reference = models.CharField(max_length=40, unique=True, default=khalti_identifier)
    transaction_id = models.CharField(max_length=40, blank=True)
    status = models.CharField(max_length=20, choices=Status, default=Status.INITIATED)
    amount = models.BigIntegerField()
    refunded_amount = models.BigIntegerField(default=0)
    order_id = models.CharField(max_length=255, blank=True)
    order_name = models.CharField(max_length=255, blank=True)
    order_url = models.CharField(max_length=2048, blank=True)
    return_url = models.CharField(max_length=2048, blank=True)
    merchant_extra = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["transaction_id"],
                condition=~models.Q(transaction_id=""),
                name="sandbox_transaction_id",
            )
        ]

    def __str__(self) -> str:
        return f"{self.reference} ({self.status})"

    @property
    def rupees(self) -> Decimal:
        return Decimal(self.amount) / 100

    @property
    def refundable(self) -> int:
        """Paisa that can still be given back."""
        return self.amount - self.refunded_amount if self.status == self.Status.COMPLETED else 0

    def status_at(self, now: datetime) -> str:
        """The status word of Khalti's lookup at that moment."""
        if self.status == self.Status.INITIATED and self.expires_at and self.expires_at <= now:
            return self.Status.EXPIRED
        if self.status == self.Status.COMPLETED and self.refunded_amount:
            return "Partially Refunded" if self.refundable else "Refunded"
        return self.status

    @property
    def current_status(self) -> str:
        return self.status_at(timezone.now())


class EsewaPayment(models.Model):
    """A payment as eSewa's books would hold it; amounts in rupees."""

    class Status(models.TextChoices):
        STARTED = "STARTED"
        PENDING = "PENDING"
        COMPLETE = "COMPLETE"
        AMBIGUOUS = "AMBIGUOUS"
        NOT_FOUND = "NOT_FOUND"
        CANCELED = "CANCELED"
        FULL_REFUND = "FULL_REFUND"
        PARTIAL_REFUND = "PARTIAL_REFUND"

    PAYABLE = (Status.STARTED, Status.PENDING)
    WITHOUT_REFERENCE = (Status.STARTED, Status.PENDING, Status.NOT_FOUND)

    transaction_uuid = models.CharField(max_length=100, unique=True)
    product_code = models.CharField(max_length=50)
    total_amount = models.DecimalField(max_digits=11, decimal_places=2)
    status = models.CharField(max_length=20, choices=Status, default=Status.STARTED)
    ref_id = models.CharField(max_length=20, blank=True)
    success_url = models.CharField(max_length=2048)
    failure_url = models.CharField(max_length=2048)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.transaction_uuid} ({self.status})"

    def status_at(self, now: datetime) -> str:
        """The status word of eSewa's status call at that moment: a session nobody paid in is forgotten."""
        if self.status == self.Status.STARTED:
            return self.Status.NOT_FOUND if self.expires_at <= now else self.Status.PENDING
        return self.status

    @property
    def current_status(self) -> str:
        return self.status_at(timezone.now())


class ConnectipsPayment(models.Model):
    """A payment as ConnectIPS's books would hold it; amounts in paisa."""

    class Status(models.TextChoices):
        STARTED = "STARTED"
        CANCELED = "CANCELED"
        SUCCESS = "SUCCESS"
        FAILED = "FAILED"

    txn_id = models.CharField(max_length=20, unique=True)
    reference_id = models.CharField(max_length=20)
    amount = models.BigIntegerField()
    status = models.CharField(max_length=10, choices=Status, default=Status.STARTED)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.txn_id} ({self.status})"

    @property
    def rupees(self) -> Decimal:
        return Decimal(self.amount) / 100


class Fault(models.Model):
    """What is to go wrong with the next calls of one operation."""

    class Kind(models.TextChoices):
        SLOW = "slow", "slow: carried out, answered late"
        ERROR_500 = "error_500", "500: not carried out"
        ERROR_502 = "error_502", "502: not carried out"
        HTML = "html", "HTML with 200: not carried out"
        EMPTY = "empty", "empty body with 200: not carried out"
        UNAVAILABLE = "unavailable", "eSewa's own words for an outage, with 200: not carried out"
        DROPPED = "dropped", "dropped connection: not carried out"
        DROPPED_LATER = "dropped_later", "dropped connection: carried out after the delay"
        ERROR_LATER = "error_500_later", "500: carried out after the delay"
        LOST_ANSWER = "lost_answer", "dropped connection: carried out"
        BROKEN_JSON = "broken_json", "first half of the answer: carried out"
        SLOW_DRIP = "slow_drip", "answer in drips: carried out"
        WRONG_AMOUNT = "wrong_amount", "another amount in the answer: carried out"
        WRONG_ID = "wrong_id", "another identifier in the answer: carried out"

    gateway = models.CharField(max_length=10)
    operation = models.CharField(max_length=20)
    kind = models.CharField(max_length=20, choices=Kind)
    remaining = models.PositiveIntegerField(default=1)
    delay_seconds = models.FloatField(default=5)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.gateway} {self.operation}: {self.kind}"
