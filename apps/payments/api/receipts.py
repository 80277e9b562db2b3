"""Receipts of settled payments."""

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from apps.accounts.authentication import signed_in
from apps.common.api.negotiation import AnyAccept
from apps.common.openapi import domain_errors
from apps.common.permissions import signed_in_with
from apps.payments.receipts.issue import receipt_issue
from apps.payments.receipts.page import receipt_response
from apps.payments.selectors import payment_for


class ReceiptView(APIView):
    permission_classes = (signed_in_with("payments.view_payment"),)
    content_negotiation_class = AnyAccept

    @extend_schema(responses={(200, "text/html"): OpenApiResponse(OpenApiTypes.STR, "A page to print.")})
    @domain_errors("invalid_transition")
    def get(self, request: Request, payment_id: int) -> HttpResponse:
        """The receipt: for the customer, the booking's provider and admins.

        The payment that settles a booking has one, also after a refund, which it then shows.
        """
        payment = payment_for(signed_in(request), payment_id)
        return receipt_response(receipt_issue(payment=payment))
