"""Where gateways send the payer's browser. Nothing in the query is believed: it only starts a look-up."""

from django.conf import settings
from django.http import HttpResponseRedirect
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.views import APIView

from apps.common.api.negotiation import AnyAccept
from apps.payments.actions.lookup import payment_returned
from apps.payments.gateways.base import LookupAnswer, Outcome
from apps.payments.gateways.esewa.actions import esewa_redirect_note
from apps.payments.models import MethodCode, Payment, PaymentStatus
from apps.payments.selectors import payment_by_reference, payment_by_token

REDIRECT = {
    (302, "text/html"): OpenApiResponse(
        description="To the frontend's page with the result: `status`, and `payment`, the payment's id."
    )
}

RESULTS: dict[str, str] = {
    PaymentStatus.COMPLETED: "completed",
    PaymentStatus.FAILED: "failed",
    PaymentStatus.EXPIRED: "expired",
    PaymentStatus.REFUND_PENDING: "refund_pending",
    PaymentStatus.PARTIALLY_REFUNDED: "refund_pending",
    PaymentStatus.REFUNDED: "refund_pending",
}


class ReturnView(APIView):
    authentication_classes = ()
    permission_classes = (AllowAny,)
    # An unknown payment costs one query, a known one's gateway is asked once in five seconds.
    throttle_classes = ()
    content_negotiation_class = AnyAccept
    address_is_secret = True

    @staticmethod
    def sent_on(payment: Payment | None) -> HttpResponseRedirect:
        if payment is None:
            return HttpResponseRedirect(f"{settings.FRONTEND_URL}/booking/result?status=unknown")
        payment, answer = payment_returned(payment=payment)
        page = f"{settings.FRONTEND_URL}/booking/{payment.booking_id}/result"
        query = f"status={result_of(payment, answer)}&payment={payment.pk}"
        return HttpResponseRedirect(f"{page}?{query}")


class KhaltiReturnView(ReturnView):
    @extend_schema(
        parameters=[OpenApiParameter("pidx", OpenApiTypes.STR, description="All that is read.")],
        responses=REDIRECT,
    )
    def get(self, request: Request) -> HttpResponseRedirect:
        """The browser comes back from Khalti; asks Khalti, and sends it on."""
        pidx = request.query_params.get("pidx", "")
        return self.sent_on(payment_by_token(pidx) if pidx else None)


class EsewaReturnView(ReturnView):
    @extend_schema(
        parameters=[
            OpenApiParameter("data", OpenApiTypes.STR, description="eSewa's signed word: a hint, no proof.")
        ],
        responses=REDIRECT,
    )
    def get(self, request: Request, transaction_id: str) -> HttpResponseRedirect:
        """The browser comes back from eSewa, paid or not; asks eSewa, and sends it on."""
        payment = payment_by_reference(transaction_id)
        data = request.query_params.get("data", "")
        if payment is not None and payment.method.code == MethodCode.ESEWA and data:
            payment = esewa_redirect_note(payment=payment, data=data)
        return self.sent_on(payment)


def result_of(payment: Payment, answer: LookupAnswer | None) -> str:
    """Return the word for the frontend. A superseded payment failed, once its gateway says it wasn't paid."""
    if payment.status == PaymentStatus.SUPERSEDED and answer is not None:
        ended = {Outcome.UNPAID: "failed", Outcome.FAILED: "failed", Outcome.EXPIRED: "expired"}
        return ended.get(answer.outcome, "pending")
    return RESULTS.get(payment.status, "pending")
