"""Khalti's older token verification (KPG-1)."""

from django.db.models import Q
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from apps.sandbox.faults import fault_prone
from apps.sandbox.khalti.access import requires_key, validation_refusal
from apps.sandbox.khalti.actions import token_verify
from apps.sandbox.khalti.answers import LEGACY_NOT_FOUND, legacy_status, transaction_answer
from apps.sandbox.khalti.serializers import SandboxVerifySerializer
from apps.sandbox.models import KhaltiPayment
from apps.sandbox.requests import request_body


@csrf_exempt
@require_POST
@fault_prone("khalti", "verify")
@requires_key
def verify(request: HttpRequest) -> JsonResponse:
    """Verify completes a confirmed payment. A wrong amount and a second call are undocumented: refused here,
    the harder case for a merchant."""
    form = SandboxVerifySerializer(data=request_body(request))
    if not form.is_valid():
        return validation_refusal(form.errors)
    payment = token_verify(**form.validated_data)
    if payment is None:
        return JsonResponse({"token": ["Invalid token."]}, status=400)
    return JsonResponse(transaction_answer(payment))


@require_GET
@fault_prone("khalti", "status")
@requires_key
def status(request: HttpRequest) -> JsonResponse:
    """The state of a payment by token or idx, with the amount as part of the key."""
    form = SandboxVerifySerializer(data=request.GET)
    if not form.is_valid():
        return validation_refusal(form.errors)
    token = form.validated_data["token"]
    matches = KhaltiPayment.objects.filter(amount=form.validated_data["amount"])
    payment = matches.filter(Q(reference=token) | Q(transaction_id=token)).first()
    # The HTTP status of `Error` is undocumented; the state is what counts.
    return JsonResponse(LEGACY_NOT_FOUND if payment is None else legacy_status(payment))
