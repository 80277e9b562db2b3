"""eSewa's form endpoint: the payer's browser posts the signed fields here, and sees any refusal itself."""

import re
from collections.abc import Mapping
from decimal import Decimal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from apps.sandbox.esewa.actions import payment_start
from apps.sandbox.esewa.amounts import rupees
from apps.sandbox.esewa.signing import signature_is_valid
from apps.sandbox.faults import fault_prone

PARTS = ("amount", "tax_amount", "product_service_charge", "product_delivery_charge")
SIGNED_FIELD_NAMES = "total_amount,transaction_uuid,product_code"
FIELDS = (
    *PARTS,
    *SIGNED_FIELD_NAMES.split(","),
    "success_url",
    "failure_url",
    "signed_field_names",
    "signature",
)
TRANSACTION_UUID = re.compile(r"[A-Za-z0-9-]{1,100}")
UNAVAILABLE = "Service is currently unavailable. Please try again later."
NO_MERCHANT = "Unable to fetch merchant key. Please try again later."


@csrf_exempt
@fault_prone("esewa", "form")
def form(request: HttpRequest) -> HttpResponse:
    """302 to the pay page, or eSewa's refusal as JSON."""
    if request.method != "POST":
        return _refusal(UNAVAILABLE, status=409)
    fields = {name: request.POST.get(name, "").replace("\x00", "") for name in FIELDS}
    if fields["product_code"] != settings.ESEWA_PRODUCT_CODE:
        return _refusal(NO_MERCHANT, status=400)
    if fields["signed_field_names"] != SIGNED_FIELD_NAMES or not signature_is_valid(fields):
        return JsonResponse({"code": "ES104", "message": "Invalid payload signature."}, status=400)
    problem = _problem(fields)
    if problem:
        return _refusal(problem, status=400)
    payment = payment_start(fields=fields)
    if payment is None:
        # A used transaction_uuid can't be told from an outage.
        return _refusal(UNAVAILABLE, status=409)
    return HttpResponseRedirect(reverse("sandbox:esewa-pay", args=[payment.transaction_uuid]))


def _problem(fields: Mapping[str, str]) -> str | None:
    """What is wrong beside the signature, or None. The wording is ours: eSewa documents none."""
    empty = [name for name in FIELDS if not fields[name]]
    if empty:
        return f"Required: {', '.join(empty)}."
    total, parts = rupees(fields["total_amount"]), [rupees(fields[name]) for name in PARTS]
    if not total or None in parts or sum((part for part in parts if part), Decimal(0)) != total:
        return "total_amount must be the sum of the four amounts."
    if not TRANSACTION_UUID.fullmatch(fields["transaction_uuid"]):
        return "transaction_uuid may hold letters, digits and hyphens only."
    if not all(_is_address(fields[name]) for name in ("success_url", "failure_url")):
        return "success_url and failure_url must be addresses."
    return None


def _is_address(text: str) -> bool:
    try:
        URLValidator(schemes=["http", "https"])(text)
    except ValidationError:
        return False
    return True


def _refusal(message: str, *, status: int) -> JsonResponse:
    return JsonResponse({"error_message": message, "code": 0}, status=status)
