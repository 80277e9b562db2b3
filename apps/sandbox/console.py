"""The sandbox's own page: what has been paid here, which faults wait, and levers for both."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from apps.sandbox.connectips.actions import payment_override as connectips_payment_override
from apps.sandbox.esewa.actions import payment_override as esewa_payment_override
from apps.sandbox.forms import ConnectipsOverrideForm, EsewaOverrideForm, KhaltiOverrideForm
from apps.sandbox.khalti.actions import payment_override as khalti_payment_override
from apps.sandbox.models import ConnectipsPayment, EsewaPayment, Fault, KhaltiPayment
from apps.sandbox.pages import page
from apps.sandbox.requests import request_body, wants_page

SHOWN = 25


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    context = {
        "khalti_payments": KhaltiPayment.objects.all()[:SHOWN],
        "esewa_payments": EsewaPayment.objects.all()[:SHOWN],
        "connectips_payments": ConnectipsPayment.objects.all()[:SHOWN],
        "khalti_statuses": KhaltiPayment.Status.values,
        "esewa_statuses": EsewaPayment.Status.values,
        "connectips_statuses": ConnectipsPayment.Status.values,
        "faults": Fault.objects.filter(remaining__gt=0),
    }
    return page(request, "index.html", context)


@csrf_exempt
@require_POST
def khalti_override(request: HttpRequest, reference: str) -> HttpResponse:
    """Put a Khalti payment (by pidx or token) into a state: `status`, and `refunded_amount` in paisa."""
    payment = get_object_or_404(KhaltiPayment, reference=reference)
    form = KhaltiOverrideForm(request_body(request))
    if not form.is_valid():
        return JsonResponse(form.errors, status=400)
    khalti_payment_override(payment=payment, **form.cleaned_data)
    return _done(request, {"reference": reference, "status": payment.current_status})


@csrf_exempt
@require_POST
def esewa_override(request: HttpRequest, transaction_uuid: str) -> HttpResponse:
    """Put an eSewa payment into a state: `status`."""
    payment = get_object_or_404(EsewaPayment, transaction_uuid=transaction_uuid)
    form = EsewaOverrideForm(request_body(request))
    if not form.is_valid():
        return JsonResponse(form.errors, status=400)
    esewa_payment_override(payment=payment, **form.cleaned_data)
    return _done(request, {"transaction_uuid": transaction_uuid, "status": payment.current_status})


@csrf_exempt
@require_POST
def connectips_override(request: HttpRequest, txn_id: str) -> HttpResponse:
    """Put a ConnectIPS payment into a state: `status`."""
    payment = get_object_or_404(ConnectipsPayment, txn_id=txn_id)
    form = ConnectipsOverrideForm(request_body(request))
    if not form.is_valid():
        return JsonResponse(form.errors, status=400)
    connectips_payment_override(payment=payment, **form.cleaned_data)
    return _done(request, {"txn_id": txn_id, "status": payment.status})


def _done(request: HttpRequest, answer: dict[str, Any]) -> HttpResponse:
    return redirect("sandbox:index") if wants_page(request) else JsonResponse(answer)
