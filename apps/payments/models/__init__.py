"""Methods, payments, refunds, and the trail of all of it. Amounts in rupees."""

from apps.payments.models.attention import AttentionNote
from apps.payments.models.bank_transfer import BankTransfer, BankTransferProof, SlipRemoval
from apps.payments.models.method import MethodCode, PaymentMethod, PaymentType
from apps.payments.models.payment import Payment, PaymentSecret, PaymentStatus, commission_percent_now
from apps.payments.models.payout import Payout
from apps.payments.models.receipt import Receipt, ReceiptCounter, SellerDetails
from apps.payments.models.refund import Refund, RefundStatus
from apps.payments.models.refund_key import RefundKey
from apps.payments.models.trail import GIVEN_BACK_AT_GATEWAY, PaymentEvent, TrailKind

__all__ = [
    "GIVEN_BACK_AT_GATEWAY",
    "AttentionNote",
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
