from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from apps.sandbox.esewa.actions import DECISIONS, payment_decide
from apps.sandbox.esewa.redirect import altered_redirect, redirect_address
from apps.sandbox.faults import fault_prone
from apps.sandbox.models import EsewaPayment
from apps.sandbox.pages import page


@csrf_exempt
@require_http_methods(["GET", "POST"])
def pay(request: HttpRequest, transaction_uuid: str) -> HttpResponseBase:
    """The pay page; its buttons post `decision` (pay, cancel, pending) to the same address."""
    payment = EsewaPayment.objects.filter(transaction_uuid=transaction_uuid).first()
    if payment is None:
        return page(request, "missing.html", {"gateway": "eSewa"}, status=404)
    if request.method == "POST" and request.POST.get("decision") in DECISIONS:
        return _decide(request, payment)
    return _show(request, payment)


@fault_prone("esewa", "redirect", alter=altered_redirect)
def _decide(request: HttpRequest, payment: EsewaPayment) -> HttpResponse:
    payment_decide(payment=payment, decision=request.POST["decision"])
    return HttpResponseRedirect(redirect_address(payment))


def _show(request: HttpRequest, payment: EsewaPayment) -> HttpResponse:
    context = {
        "payment": payment,
        "payable": payment.current_status in EsewaPayment.PAYABLE,
        "return_address": redirect_address(payment),
    }
    return page(request, "esewa_pay.html", context)
