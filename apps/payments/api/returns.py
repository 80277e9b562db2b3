"""Where gateways send the payer's browser. Nothing in the query is believed: it only starts a look-up."""

from typing import ClassVar

from django.conf import settings
from django.http import HttpResponseRedirect
from django.urls import URLPattern, path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_view
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.views import APIView

from apps.common.api.negotiation import AnyAccept
from apps.payments.actions.lookup import payment_returned
from apps.payments.gateways import checked
from apps.payments.gateways.base import LookupAnswer, Outcome
from apps.payments.gateways.esewa.actions import esewa_redirect_note
from apps.payments.gateways.registry import GATEWAYS
from apps.payments.gateways.returns import Brings, Return
from apps.payments.models import Payment, PaymentStatus
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
    """Where one gateway, `code`, sends people back in its `way`."""

    code: ClassVar[str]
    way: ClassVar[Return]
    authentication_classes = ()
    permission_classes = (AllowAny,)
    # An unknown payment costs one query, a known one's gateway is asked once in five seconds.
    throttle_classes = ()
    content_negotiation_class = AnyAccept
    address_is_secret = True

    def get(self, request: Request, transaction_id: str = "") -> HttpResponseRedirect:
        """Ask the gateway, and send the browser on."""
        return self.sent_on(self.payment(transaction_id, request.query_params.get(self.way.parameter, "")))

    def payment(self, transaction_id: str, brought: str) -> Payment | None:
        """Return the payment whose payer is back."""
        match self.way.brings:
            case Brings.TOKEN:
                return payment_by_token(brought) if brought else None
            case Brings.REFERENCE:
                return payment_by_reference(checked.identifier(brought))
            case Brings.SIGNED_WORD:
                payment = payment_by_reference(transaction_id)
                if payment is not None and payment.method.code == self.code and brought:
                    payment = esewa_redirect_note(payment=payment, data=brought)
                return payment

    @staticmethod
    def sent_on(payment: Payment | None) -> HttpResponseRedirect:
        if payment is None:
            return HttpResponseRedirect(f"{settings.FRONTEND_URL}/booking/result?status=unknown")
        payment, answer = payment_returned(payment=payment)
        page = f"{settings.FRONTEND_URL}/booking/{payment.booking_id}/result"
        query = f"status={result_of(payment, answer)}&payment={payment.pk}"
        return HttpResponseRedirect(f"{page}?{query}")


def return_paths() -> list[URLPattern]:
    """Return the address of each gateway that sends people back."""
    return [
        path(
            f"payments/{gateway.code}/return/{'<slug:transaction_id>/' if way.is_named_in_path else ''}",
            return_view(gateway.code, way).as_view(),
            name=f"{gateway.code}-return",
        )
        for gateway in GATEWAYS.values()
        if (way := gateway.comes_back) is not None
    ]


def return_view(code: str, way: Return) -> type[ReturnView]:
    """Return the view of a gateway's return address, with its own words in the schema."""
    view = type(f"{code.title()}ReturnView", (ReturnView,), {"code": code, "way": way})
    documented = extend_schema(
        description=way.description,
        parameters=[OpenApiParameter(way.parameter, OpenApiTypes.STR, description=way.parameter_text)],
        responses=REDIRECT,
    )
    return extend_schema_view(get=documented)(view)


def result_of(payment: Payment, answer: LookupAnswer | None) -> str:
    """Return the word for the frontend. A superseded payment failed, once its gateway says it wasn't paid."""
    if payment.status == PaymentStatus.SUPERSEDED and answer is not None:
        ended = {Outcome.UNPAID: "failed", Outcome.FAILED: "failed", Outcome.EXPIRED: "expired"}
        return ended.get(answer.outcome, "pending")
    return RESULTS.get(payment.status, "pending")
