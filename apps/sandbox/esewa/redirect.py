"""Where eSewa sends the payer's browser afterwards."""

import base64
import json
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect

from apps.sandbox.esewa.amounts import redirect_text
from apps.sandbox.esewa.signing import signature, signed_message
from apps.sandbox.faults import altered_payload
from apps.sandbox.models import EsewaPayment

SIGNED_FIELD_NAMES = "transaction_code,status,total_amount,transaction_uuid,product_code,signed_field_names"


def redirect_address(payment: EsewaPayment) -> str:
    """The success address with signed `data` for a paid payment; the bare failure address for all others."""
    if payment.status != EsewaPayment.Status.COMPLETE:
        return payment.failure_url
    return f"{payment.success_url}?data={encoded(success_payload(payment))}"


def success_payload(payment: EsewaPayment) -> dict[str, Any]:
    return {
        "transaction_code": payment.ref_id,
        "status": payment.status,
        "total_amount": redirect_text(payment.total_amount),
        "transaction_uuid": payment.transaction_uuid,
        "product_code": payment.product_code,
        "signed_field_names": SIGNED_FIELD_NAMES,
    }


def encoded(payload: dict[str, Any]) -> str:
    """The payload with its signature, as base64 of compact JSON.

    It is appended with `?data=` even to an address that has a query already: that is what eSewa does.
    """
    signed = {**payload, "signature": signature(signed_message(payload))}
    return base64.b64encode(json.dumps(signed, separators=(",", ":")).encode()).decode()


def altered_redirect(response: HttpResponse, kind: str) -> HttpResponse:
    """The same redirect with another amount or transaction_uuid, validly signed: only comparing shows it."""
    address, found, data = response.headers.get("Location", "").rpartition("?data=")
    if not found:
        return response
    payload = json.loads(base64.b64decode(data))
    del payload["signature"]
    return HttpResponseRedirect(f"{address}?data={encoded(altered_payload(payload, kind))}")
