"""Khalti's list and detail of transactions, and the refund of one."""

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from apps.sandbox.faults import fault_prone
from apps.sandbox.khalti.access import not_found, requires_key, validation_refusal
from apps.sandbox.khalti.actions import payment_refund
from apps.sandbox.khalti.answers import transaction_answer, transaction_detail
from apps.sandbox.khalti.serializers import SandboxRefundSerializer
from apps.sandbox.models import KhaltiPayment
from apps.sandbox.requests import request_body

PAGE_SIZE = 20


@require_GET
@fault_prone("khalti", "transactions")
@requires_key
def transaction_list(request: HttpRequest) -> JsonResponse:
    records = KhaltiPayment.objects.exclude(transaction_id="")
    try:
        page: Page[KhaltiPayment] = Paginator(records, PAGE_SIZE).page(request.GET.get("page", 1))
    except (EmptyPage, PageNotAnInteger):
        return not_found()
    return JsonResponse(
        {
            "total_pages": page.paginator.num_pages,
            "total_records": page.paginator.count,
            "next": _address(request, page.next_page_number()) if page.has_next() else None,
            "previous": _address(request, page.previous_page_number()) if page.has_previous() else None,
            "record_range": [page.start_index(), page.end_index()],
            "current_page": page.number,
            "records": [transaction_answer(payment) for payment in page],
        }
    )


@require_GET
@fault_prone("khalti", "transactions")
@requires_key
def transaction_show(request: HttpRequest, transaction_id: str) -> JsonResponse:
    payment = KhaltiPayment.objects.filter(transaction_id=transaction_id).first()
    return not_found() if payment is None else JsonResponse(transaction_detail(payment))


@csrf_exempt
@require_POST
@fault_prone("khalti", "refund")
@requires_key
def refund(request: HttpRequest, transaction_id: str) -> JsonResponse:
    """All that is left with an empty body, a part with `amount` in paisa; the same call twice pays twice."""
    form = SandboxRefundSerializer(data=request_body(request))
    if not form.is_valid():
        return validation_refusal(form.errors)
    payment = KhaltiPayment.objects.filter(transaction_id=transaction_id).first()
    if payment is None:
        return not_found()
    if not payment_refund(payment=payment, amount=form.validated_data.get("amount")):
        return validation_refusal({"detail": "Transaction cannot be refunded."})
    return JsonResponse({"detail": "Transaction refund successful."})


def _address(request: HttpRequest, page: int) -> str:
    return request.build_absolute_uri(f"{request.path}?page={page}")
