"""Khalti's pay page, and the old widget as a page."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from apps.sandbox.faults import altered_payload, fault_prone
from apps.sandbox.khalti.access import validation_refusal
from apps.sandbox.khalti.actions import DECISIONS, payment_decide, token_confirm
from apps.sandbox.khalti.answers import redirect_parameters
from apps.sandbox.khalti.serializers import SandboxTokenSerializer
from apps.sandbox.models import KhaltiPayment
from apps.sandbox.pages import page
from apps.sandbox.requests import request_body


def altered_redirect(response: HttpResponse, kind: str) -> HttpResponse:
    """The same redirect with another amount or pidx in its query, as a payer could type it."""
    location = response.headers.get("Location")
    if location is None:
        return response
    address, _, query = location.partition("?")
    parameters = {name: value for name, value in QueryDict(query).items() if isinstance(value, str)}
    return HttpResponseRedirect(f"{address}?{urlencode(altered_payload(parameters, kind))}")


@csrf_exempt
@require_http_methods(["GET", "POST"])
def pay(request: HttpRequest) -> HttpResponseBase:
    """The pay page by `?pidx=`; its buttons post `pidx` and `decision` (pay, cancel, pending)."""
    return _decide(request) if request.method == "POST" else _show(request, request.GET.get("pidx", ""))


@fault_prone("khalti", "redirect", alter=altered_redirect)
def _decide(request: HttpRequest) -> HttpResponse:
    pidx, decision = request.POST.get("pidx", ""), request.POST.get("decision", "")
    payment = _checkout(pidx)
    if payment is None or decision not in DECISIONS:
        return _show(request, pidx)
    payment_decide(payment=payment, decision=decision)
    if payment.current_status == KhaltiPayment.Status.EXPIRED:
        return _show(request, pidx)
    return HttpResponseRedirect(_return_address(payment))


def _show(request: HttpRequest, pidx: str) -> HttpResponse:
    payment = _checkout(pidx)
    if payment is None:
        return page(request, "missing.html", {"gateway": "Khalti"}, status=404)
    context = {
        "payment": payment,
        "payable": payment.current_status in KhaltiPayment.PAYABLE,
        "return_address": _return_address(payment),
    }
    return page(request, "khalti_pay.html", context)


def _checkout(pidx: str) -> KhaltiPayment | None:
    return KhaltiPayment.objects.filter(
        kind=KhaltiPayment.Kind.CHECKOUT, reference=pidx.replace("\x00", "")
    ).first()


def _return_address(payment: KhaltiPayment) -> str:
    separator = "&" if "?" in payment.return_url else "?"
    return f"{payment.return_url}{separator}{urlencode(redirect_parameters(payment))}"


@csrf_exempt
@require_http_methods(["GET", "POST"])
def widget(request: HttpRequest) -> HttpResponse:
    """The old widget: a payer agrees to an amount, and the page shows the token it would hand over."""
    if request.method == "GET":
        return page(request, "khalti_widget.html", {})
    form = SandboxTokenSerializer(data=request.POST.dict())
    if not form.is_valid():
        context = {"errors": form.errors, "fields": request.POST}
        return page(request, "khalti_widget.html", context, status=400)
    return page(request, "khalti_widget.html", {"payment": token_confirm(product=form.validated_data)})


@csrf_exempt
@require_POST
def widget_token(request: HttpRequest) -> JsonResponse:
    """What the widget's `onSuccess` receives, for scripts: a confirmed token and its amount in paisa."""
    form = SandboxTokenSerializer(data=request_body(request))
    if not form.is_valid():
        return validation_refusal(form.errors)
    payment = token_confirm(product=form.validated_data)
    return JsonResponse(
        {
            "idx": payment.transaction_id,
            "amount": payment.amount,
            "mobile": "98XXXXXXX1",
            "product_identity": payment.order_id,
            "product_name": payment.order_name,
            "product_url": payment.order_url,
            "token": payment.reference,
        },
        status=201,
    )
