"""ConnectIPS's login page: the payer's browser posts the signed fields here, and sees any refusal itself."""

from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from apps.sandbox.connectips.actions import payment_start
from apps.sandbox.connectips.signing import signature_is_valid
from apps.sandbox.faults import fault_prone

# Each with its greatest length, in the order in which they are signed.
FIELDS = {
    "MERCHANTID": 20,
    "APPID": 20,
    "APPNAME": 30,
    "TXNID": 20,
    "TXNDATE": 10,
    "TXNCRNCY": 3,
    "TXNAMT": 20,
    "REFERENCEID": 20,
    "REMARKS": 50,
    "PARTICULARS": 100,
}
LONGEST_TOKEN = 512


@csrf_exempt
@require_POST
@fault_prone("connectips", "form")
def form(request: HttpRequest) -> HttpResponse:
    """302 to the pay page, or 403 with what is wrong. The wording is ours: none is documented."""
    fields = {name: request.POST.get(name, "").replace("\x00", "") for name in FIELDS}
    problem = _problem(fields, request.POST.get("TOKEN", ""))
    payment = None if problem else payment_start(fields=fields)
    if payment is None:
        return HttpResponse(problem or "TXNID was used before.", status=403, content_type="text/plain")
    return HttpResponseRedirect(reverse("sandbox:connectips-pay", args=[payment.txn_id]))


def _problem(fields: Mapping[str, str], token: str) -> str:
    wrong = [name for name, longest in FIELDS.items() if not 0 < len(fields[name]) <= longest]
    if wrong:
        return f"Empty or too long: {', '.join(wrong)}."
    merchant = (fields["MERCHANTID"], fields["APPID"], fields["APPNAME"])
    known = (str(settings.CONNECTIPS_MERCHANT_ID), settings.CONNECTIPS_APP_ID, settings.CONNECTIPS_APP_NAME)
    if merchant != known:
        return "Not authorised."
    if not fields["TXNAMT"].isdecimal() or int(fields["TXNAMT"]) == 0:
        return "TXNAMT must be paisa."
    if len(token) > LONGEST_TOKEN or not signature_is_valid(token, {**fields, "TOKEN": "TOKEN"}):
        return "Invalid token."
    return ""
