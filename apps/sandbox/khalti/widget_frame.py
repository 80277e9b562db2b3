"""The old widget as a shop's page shows it: a script, and a page in a frame above the shop's."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from apps.sandbox.khalti.access import validation_refusal
from apps.sandbox.khalti.actions import token_confirm
from apps.sandbox.khalti.serializers import SandboxTokenSerializer
from apps.sandbox.pages import page

LOCAL_ORIGINS = ("http://127.0.0.1:*", "http://localhost:*")


@require_GET
def script(request: HttpRequest) -> HttpResponse:
    """What Khalti hands out as `khalti-checkout.iffe.js`."""
    content = Path(str(finders.find("sandbox/khalti-widget.js"))).read_bytes()
    return HttpResponse(content, content_type="text/javascript; charset=utf-8")


@csrf_exempt
@xframe_options_exempt
@require_http_methods(["GET", "POST"])
def frame(request: HttpRequest) -> HttpResponse:
    """Ask the payer; then tell the page around it: a token for `payment/verify/`, an error, or a close."""
    given: QueryDict = request.POST if request.method == "POST" else request.GET
    form = SandboxTokenSerializer(data=given.dict())
    if not form.is_valid():
        return validation_refusal(form.errors)
    origin = _origin(given.get("origin", ""))
    context: dict[str, Any] = {
        "origin": origin,
        "fields": {**form.validated_data, "origin": origin},
        "rupees": Decimal(form.validated_data["amount"]) / 100,
    }
    if request.method == "POST":
        context |= _decided(form.validated_data, given.get("decision", ""))
    return _framed(page(request, "khalti_frame.html", context))


def _decided(product: dict[str, Any], decision: str) -> dict[str, Any]:
    if decision == "error":
        return {"realm": "error", "payload": json.dumps({"detail": "The payment failed."})}
    if decision != "pay":
        return {"realm": "close", "payload": ""}
    payment = token_confirm(product=product)
    told = {
        "idx": payment.transaction_id,
        "token": payment.reference,
        "amount": payment.amount,
        "product_identity": payment.order_id,
    }
    return {"realm": "success", "payload": json.dumps(told)}


def _origin(text: str) -> str:
    """Return an address's origin, to which alone the answer is told."""
    parts = urlsplit(text)
    is_origin = parts.scheme in ("http", "https") and parts.netloc
    return f"{parts.scheme}://{parts.netloc}" if is_origin else settings.FRONTEND_URL


def _framed(response: HttpResponse) -> HttpResponse:
    ancestors = " ".join(["'self'", settings.FRONTEND_URL, *LOCAL_ORIGINS])
    response["Content-Security-Policy"] = (
        "default-src 'none'; script-src 'self'; style-src 'self'; form-action 'self'; base-uri 'none'; "
        f"frame-ancestors {ancestors}"
    )
    return response
