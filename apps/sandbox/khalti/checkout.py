"""Khalti's web checkout (KPG-2): initiate and lookup."""

from urllib.parse import urlencode

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from apps.sandbox.faults import fault_prone
from apps.sandbox.khalti.access import not_found, requires_key, validation_refusal
from apps.sandbox.khalti.actions import LINK_LIFETIME, payment_initiate
from apps.sandbox.khalti.answers import kathmandu_text, lookup_answer
from apps.sandbox.khalti.serializers import SandboxInitiateSerializer, SandboxLookupSerializer
from apps.sandbox.models import KhaltiPayment
from apps.sandbox.requests import request_body


@csrf_exempt
@require_POST
@fault_prone("khalti", "initiate")
@requires_key
def initiate(request: HttpRequest) -> JsonResponse:
    body = request_body(request)
    form = SandboxInitiateSerializer(data=body)
    if not form.is_valid():
        return validation_refusal(form.errors)
    extra = {
        name: str(value).replace("\x00", "") for name, value in body.items() if name.startswith("merchant_")
    }
    payment = payment_initiate(order=form.validated_data, merchant_extra=extra)
    address = f"{reverse('sandbox:khalti-pay')}?{urlencode({'pidx': payment.reference})}"
    return JsonResponse(
        {
            "pidx": payment.reference,
            "payment_url": request.build_absolute_uri(address),
            "expires_at": kathmandu_text(payment.created_at + LINK_LIFETIME),
            "expires_in": int(LINK_LIFETIME.total_seconds()),
        }
    )


@csrf_exempt
@require_POST
@fault_prone("khalti", "lookup")
@requires_key
def lookup(request: HttpRequest) -> JsonResponse:
    form = SandboxLookupSerializer(data=request_body(request))
    if not form.is_valid():
        return validation_refusal(form.errors)
    checkouts = KhaltiPayment.objects.filter(kind=KhaltiPayment.Kind.CHECKOUT)
    payment = checkouts.filter(reference=form.validated_data["pidx"]).first()
    if payment is None:
        return not_found()
    status, body = lookup_answer(payment)
    return JsonResponse(body, status=status)
