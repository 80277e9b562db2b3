from typing import Any

from apps.sandbox.esewa.form import SIGNED_FIELD_NAMES
from apps.sandbox.esewa.signing import signature, signed_message


def khalti_order(**changes: Any) -> dict[str, Any]:
    """The body of an initiate call that Khalti accepts, with changes."""
    return {
        "return_url": "http://127.0.0.1:8000/return/",
        "website_url": "http://127.0.0.1:8000/",
        "amount": 1000,
        "purchase_order_id": "booking-7",
        "purchase_order_name": "Yoga class",
    } | changes


def esewa_fields(**changes: str) -> dict[str, str]:
    """Form fields that eSewa accepts, with changes; signed last, unless the signature is given."""
    fields = {
        "amount": "99.5",
        "tax_amount": "0",
        "product_service_charge": "0",
        "product_delivery_charge": "0",
        "total_amount": "99.5",
        "transaction_uuid": "bk-7-1",
        "product_code": "EPAYTEST",
        "success_url": "http://127.0.0.1:8000/success/7/",
        "failure_url": "http://127.0.0.1:8000/failure/7/",
        "signed_field_names": SIGNED_FIELD_NAMES,
    } | changes
    return {"signature": signature(signed_message(fields)), **fields}
