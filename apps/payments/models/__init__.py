"""Methods, payments, refunds, and the trail of all of it. Amounts in rupees."""

from apps.bookings.models import PaymentStatus
from apps.payments.models.attention import AttentionNote
from apps.payments.models.attention_reason import AttentionReason
from apps.payments.models.bank_transfer import BankTransfer, BankTransferProof, SlipRemoval
from apps.payments.models.method import MethodCode, PaymentMethod, PaymentType
from apps.payments.models.payment import Payment, PaymentSecret, commission_percent_now
from apps.payments.models.payout import Payout
from apps.payments.models.receipt import Receipt, ReceiptCounter, SellerDetails
from apps.payments.models.refund import Refund, RefundStatus
from apps.payments.models.refund_key import RefundKey
from apps.payments.models.trail import PaymentEvent, TrailKind

__all__ = [
    "AttentionNote",
    "AttentionReason",
    "BankTransfer",
    "BankTransferProof",
    "MethodCode",
    "Payment",
    "PaymentEvent",
    "PaymentMethod",
    "PaymentSecret",
    "PaymentStatus",
    "PaymentType",
    "Payout",
    "Receipt",
    "ReceiptCounter",
    "Refund",
    "RefundKey",
    "RefundStatus",
    "SellerDetails",
    "SlipRemoval",
    "TrailKind",
    "commission_percent_now",
]
