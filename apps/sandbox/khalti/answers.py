"""The bodies of Khalti's answers, from a payment; amounts in paisa."""

from datetime import datetime, timedelta
from datetime import timezone as fixed_zone
from typing import Any

from apps.sandbox.models import KhaltiPayment

KATHMANDU = fixed_zone(timedelta(hours=5, minutes=45))
MASKED_MOBILE = "98XXXXX001"
PAYER = {"idx": "cCaPkRPQGn5D8StkiqqMJg", "name": "Test User", "mobile": "98XXXXXXX1"}
MERCHANT = {"idx": "UM75Gm2gWmZvA4TPwkwZye", "name": "Test Merchant", "mobile": "testmerchant@khalti.com"}
WALLET = {"idx": "e476BL6jt9kgagEmsakyTL", "name": "Wallet payment"}
STATE_IDX = "DhvMj9hdRufLqkP8ZY4d8g"

# "Transaciton" is how Khalti spells it.
LEGACY_STATES: dict[str, tuple[str, bool, str]] = {
    "Completed": ("Complete", True, "Transaction complete."),
    "Initiated": ("Initiated", True, "Transaciton initiated."),
    "Pending": ("Initiated", True, "Transaciton initiated."),
    "Confirmed": ("Confirmed", True, "Transaciton not verified."),
    "Refunded": ("Refunded", False, "Transaciton refunded."),
    "Partially Refunded": ("Partially refunded", False, "Transaction partially refunded."),
}
LEGACY_FAILED = ("Failed", False, "Transaction failed.")
LEGACY_NOT_FOUND = {"status": False, "detail": "Transaction not found", "state": "Error"}


def kathmandu_text(moment: datetime) -> str:
    """ISO 8601 with microseconds and +05:45, as in `2023-05-25T16:26:16.471649+05:45`."""
    return moment.astimezone(KATHMANDU).isoformat(timespec="microseconds")


def lookup_answer(payment: KhaltiPayment) -> tuple[int, dict[str, Any]]:
    """HTTP status and body: expired and cancelled links come with 400."""
    status = payment.current_status
    body: dict[str, Any] = {
        "pidx": payment.reference,
        "total_amount": payment.amount,
        "status": status,
        "transaction_id": payment.transaction_id or None,
        "fee": 0,
    }
    if status in (KhaltiPayment.Status.EXPIRED, KhaltiPayment.Status.CANCELED):
        # As captured in the wild: an error key, and no `refunded`, though the documentation shows it.
        return 400, {**body, "error_key": "khalti_error"}
    return 200, {**body, "refunded": payment.refunded_amount > 0}


def redirect_parameters(payment: KhaltiPayment) -> dict[str, str]:
    """The query that the payer's browser carries to the merchant; nothing in it is signed."""
    parameters = {
        "pidx": payment.reference,
        "transaction_id": payment.transaction_id,
        "tidx": payment.transaction_id,
        "txnId": payment.transaction_id,
        "amount": str(payment.amount),
        "total_amount": str(payment.amount),
        "mobile": MASKED_MOBILE,
        "status": payment.current_status,
        "purchase_order_id": payment.order_id,
        "purchase_order_name": payment.order_name,
    }
    if payment.status == KhaltiPayment.Status.CANCELED:
        del parameters["txnId"]
        return {**parameters, "mobile": ""}
    return {**parameters, **payment.merchant_extra}


def legacy_status(payment: KhaltiPayment) -> dict[str, Any]:
    state, status, detail = LEGACY_STATES.get(payment.current_status, LEGACY_FAILED)
    return {"status": status, "detail": detail, "state": state}


def transaction_answer(payment: KhaltiPayment) -> dict[str, Any]:
    """The body of verify, and of each record of the list; `idx` is the transaction id."""
    status = payment.current_status
    return {
        "idx": payment.transaction_id,
        "type": WALLET,
        "state": {"idx": STATE_IDX, "name": status, "template": f"is {status.lower().removesuffix('d')}"},
        "amount": payment.amount,
        "fee_amount": 0,
        "refunded": payment.refunded_amount > 0,
        "created_on": kathmandu_text(payment.created_at),
        "ebanker": None,
        "user": PAYER,
        "merchant": MERCHANT,
    }


def transaction_detail(payment: KhaltiPayment) -> dict[str, Any]:
    return {
        **transaction_answer(payment),
        "can_refund": payment.refundable > 0,
        "can_complete": payment.status == KhaltiPayment.Status.CONFIRMED,
        "child_transactions": [],
        "meta": {
            "product_identity": payment.order_id,
            "product_name": payment.order_name,
            "product_url": payment.order_url,
        },
    }
