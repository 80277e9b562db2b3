"""Money that an admin gives back."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.authentication import signed_in
from apps.common.idempotency import idempotent, request_name
from apps.common.openapi import IDEMPOTENCY_KEY, domain_errors
from apps.common.permissions import admin_with
from apps.payments import selectors
from apps.payments.api.serializers import (
    PaymentRefundSerializer,
    RefundedPaymentSerializer,
    RefundSerializer,
)
from apps.payments.api.views import PAYMENT_THROTTLES, parsed, with_booking
from apps.payments.refunds.request import payment_refund

EXAMPLES = [
    OpenApiExample("All of it", {"reason": "The provider never came."}, request_only=True),
    OpenApiExample("A part", {"amount": "500.00", "reason": "It took half the time."}, request_only=True),
]


class RefundView(APIView):
    permission_classes = (admin_with("payments.act_on_payment"),)
    throttle_classes = PAYMENT_THROTTLES

    @extend_schema(
        parameters=[IDEMPOTENCY_KEY],
        request=PaymentRefundSerializer,
        responses=RefundedPaymentSerializer,
        examples=EXAMPLES,
    )
    @domain_errors(
        "invalid_transition",
        "gateway_unavailable",
        "gateway_mismatch",
        "request_in_progress",
        "idempotency_key_reused",
    )
    def post(self, request: Request, payment_id: int) -> Response:
        """Give a payment back, all or in part: through the gateway where it can, else by hand.

        After a 503 the refund goes on by itself, and asking for the same amount again means the same refund.
        An `Idempotency-Key` means one refund for 24 hours, whatever was answered.
        By hand (all but Khalti) nothing is sent and no answer is lost: each request without an
        `Idempotency-Key` is a refund of its own, up to what was paid.
        """
        values = parsed(PaymentRefundSerializer, request)
        return idempotent(request, lambda: self.refund(request, payment_id, values), network=True)

    @staticmethod
    def refund(request: Request, payment_id: int, values: dict[str, Any]) -> Response:
        admin = signed_in(request)
        payment = selectors.payment_for(admin, payment_id)
        refund = payment_refund(payment=payment, actor=admin, asked_as=request_name(request), **values)
        payment.refresh_from_db()
        return Response({**with_booking(payment, admin), "refund": RefundSerializer(refund).data})
