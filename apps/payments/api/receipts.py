"""Receipts of settled payments."""

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from apps.accounts.authentication import signed_in
from apps.common.api.negotiation import AnyAccept
from apps.common.language import ENGLISH, NEPALI, language_of
from apps.common.openapi import ACCEPT_LANGUAGE, domain_errors
from apps.common.permissions import signed_in_with
from apps.payments.receipts.issue import receipt_issue
from apps.payments.receipts.page import receipt_response
from apps.payments.selectors import payment_for

LANGUAGE = OpenApiParameter(
    "language",
    enum=[ENGLISH, NEPALI],
    description="In place of `Accept-Language`, which a link can't choose.",
)


class ReceiptView(APIView):
    permission_classes = (signed_in_with("payments.view_payment"),)
    content_negotiation_class = AnyAccept

    @extend_schema(
        parameters=[LANGUAGE, ACCEPT_LANGUAGE],
        responses={(200, "text/html"): OpenApiResponse(OpenApiTypes.STR, "A page to print.")},
    )
    @domain_errors("invalid_transition")
    def get(self, request: Request, payment_id: int) -> HttpResponse:
        """The receipt: for the customer, the booking's provider and admins.

        The payment that settles a booking has one, also after a refund, which it then shows.
        """
        payment = payment_for(signed_in(request), payment_id)
        return receipt_response(receipt_issue(payment=payment), _language(request))


def _language(request: Request) -> str:
    asked = request.query_params.get("language")
    return asked if asked in (ENGLISH, NEPALI) else language_of(request)
