"""eSewa's status call: no key, no fixed HTTP codes, the amount is part of what identifies a payment."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from apps.sandbox.esewa.amounts import rupees
from apps.sandbox.faults import fault_prone
from apps.sandbox.models import EsewaPayment


@require_GET
@fault_prone("esewa", "status")
def status(request: HttpRequest) -> JsonResponse:
    """Always 200 with a status, but for a query that can't be read; the amount is a number here."""
    code, uuid = request.GET.get("product_code", ""), request.GET.get("transaction_uuid", "")
    amount = rupees(request.GET.get("total_amount", ""))
    if not code or not uuid or amount is None:
        return JsonResponse({"code": 0, "error_message": "Service is currently unavailable"}, status=400)
    payment = EsewaPayment.objects.filter(
        product_code=code, transaction_uuid=uuid.replace("\x00", ""), total_amount=amount
    ).first()
    body: dict[str, Any] = {"product_code": code, "transaction_uuid": uuid, "total_amount": float(amount)}
    if payment is None:
        return JsonResponse({**body, "status": EsewaPayment.Status.NOT_FOUND, "ref_id": None})
    return JsonResponse({**body, "status": payment.current_status, "ref_id": payment.ref_id or None})
