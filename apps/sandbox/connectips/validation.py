"""ConnectIPS's `validatetxn`: by the login form's TXNID and amount, signed, with a password."""

import base64
from typing import Any

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from apps.sandbox.connectips.signing import signature_is_valid
from apps.sandbox.faults import fault_prone
from apps.sandbox.models import ConnectipsPayment
from apps.sandbox.requests import request_body

Status = ConnectipsPayment.Status
NOT_FOUND = ("ERROR", "TRANSACTION NOT FOUND")
ANSWERS = {
    Status.STARTED: ("ERROR", "TRANSACTION INCOMPLETE"),
    Status.CANCELED: ("ERROR", "TRANSACTION INCOMPLETE"),
    Status.SUCCESS: ("SUCCESS", "TRANSACTION SUCCESSFUL"),
    Status.FAILED: ("FAILED", "TRANSACTION FAILED"),
}


@csrf_exempt
@require_POST
@fault_prone("connectips", "validation")
def validate(request: HttpRequest) -> JsonResponse:
    """Always 200, but without the password; the amount comes back as text, in paisa."""
    if not _may_ask(request):
        return JsonResponse({"error": "Unauthorized"}, status=401)
    body = request_body(request)
    asked = {name: body.get(name) for name in ("merchantId", "appId", "referenceId", "txnAmt")}
    status, said = _answer(asked, str(body.get("token", "")))
    answer = {**asked, "txnAmt": str(asked["txnAmt"]), "token": None, "status": status, "statusDesc": said}
    return JsonResponse(answer)


def _may_ask(request: HttpRequest) -> bool:
    login = f"{settings.CONNECTIPS_APP_ID}:{settings.CONNECTIPS_PASSWORD}"
    expected = f"Basic {base64.b64encode(login.encode()).decode()}"
    return constant_time_compare(request.headers.get("Authorization", ""), expected)


def _answer(asked: dict[str, Any], token: str) -> tuple[str, str]:
    """The two words about what was asked for. With another amount there is no such payment."""
    signed = {
        "MERCHANTID": str(asked["merchantId"]),
        "APPID": str(asked["appId"]),
        "REFERENCEID": str(asked["referenceId"]),
        "TXNAMT": str(asked["txnAmt"]),
    }
    is_ours = signed["MERCHANTID"] == str(settings.CONNECTIPS_MERCHANT_ID)
    if not is_ours or signed["APPID"] != settings.CONNECTIPS_APP_ID:
        return "ERROR", "MERCHANT NOT FOUND"
    if not signature_is_valid(token, signed):
        return "ERROR", "INVALID TOKEN"
    if not signed["TXNAMT"].isdecimal():
        return NOT_FOUND
    payments = ConnectipsPayment.objects.filter(txn_id=signed["REFERENCEID"].replace("\x00", ""))
    payment = payments.filter(amount=int(signed["TXNAMT"])).first()
    return NOT_FOUND if payment is None else ANSWERS[Status(payment.status)]
