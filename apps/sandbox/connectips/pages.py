from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from apps.sandbox.connectips.actions import DECISIONS, payment_decide
from apps.sandbox.faults import fault_prone
from apps.sandbox.models import ConnectipsPayment
from apps.sandbox.pages import page


@csrf_exempt
@require_http_methods(["GET", "POST"])
def pay(request: HttpRequest, txn_id: str) -> HttpResponseBase:
    """The pay page; its buttons post `decision` (pay, cancel, pending) to the same address."""
    payment = ConnectipsPayment.objects.filter(txn_id=txn_id).first()
    if payment is None:
        return page(request, "missing.html", {"gateway": "ConnectIPS"}, status=404)
    if request.method == "POST" and request.POST.get("decision") in DECISIONS:
        return _decide(request, payment)
    context = {
        "payment": payment,
        "payable": payment.status == ConnectipsPayment.Status.STARTED,
        "return_address": return_address(payment),
    }
    return page(request, "connectips_pay.html", context)


@fault_prone("connectips", "redirect")
def _decide(request: HttpRequest, payment: ConnectipsPayment) -> HttpResponse:
    payment_decide(payment=payment, decision=request.POST["decision"])
    return HttpResponseRedirect(return_address(payment))


def return_address(payment: ConnectipsPayment) -> str:
    """The merchant's one address, as registered for success and failure alike, with the TXNID alone."""
    address = f"{settings.PUBLIC_URL}{reverse('connectips-return')}"
    return f"{address}?{urlencode({'TXNID': payment.txn_id})}"
