"""Methods, payments, and what comes back from Khalti."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import generics, status
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from apps.accounts.authentication import signed_in
from apps.accounts.models import User
from apps.bookings.api.serializers import booking_as_dict
from apps.bookings.models import Booking
from apps.bookings.selectors import SHOWN_WITH
from apps.common.api.list_query import ListQuery
from apps.common.features import FeatureView, require_feature
from apps.common.idempotency import idempotent
from apps.common.language import language_of
from apps.common.openapi import ACCEPT_LANGUAGE, IDEMPOTENCY_KEY, domain_errors
from apps.common.permissions import IsCustomer, signed_in_with
from apps.common.throttling import AnonymousThrottle, PaymentThrottle, UserThrottle
from apps.payments import selectors
from apps.payments.actions.initiate import payment_initiate
from apps.payments.actions.lookup import payment_verify
from apps.payments.api import examples
from apps.payments.api.filters import PaymentFilter
from apps.payments.api.serializers import (
    InitiateSerializer,
    PaidBookingSerializer,
    PaymentMethodSerializer,
    PaymentSerializer,
    PidxSerializer,
    WidgetTokenSerializer,
    action_as_dict,
)
from apps.payments.gateways.khalti.actions import khalti_pidx_process, khalti_token_process
from apps.payments.models import Payment

PAYMENT_THROTTLES = (AnonymousThrottle, UserThrottle, PaymentThrottle)


def parsed(serializer: type[Serializer[Any]], request: Request) -> dict[str, Any]:
    """Return the body's fields. Raises ValidationError."""
    body = serializer(data=request.data)
    body.is_valid(raise_exception=True)
    values: dict[str, Any] = body.validated_data
    return values


def with_booking(payment: Payment, viewer: User) -> dict[str, Any]:
    booking = Booking.objects.select_related(*SHOWN_WITH).get(pk=payment.booking_id)
    shown = booking_as_dict(booking, viewer, now=timezone.now())
    return {"payment": PaymentSerializer(payment).data, "booking": shown}


MaySee = signed_in_with("payments.view_payment")


class PaymentMethodListView(ListQuery):
    permission_classes = (AllowAny,)

    @extend_schema(parameters=[ACCEPT_LANGUAGE], responses=PaymentMethodSerializer(many=True))
    def get(self, request: Request) -> Response:
        """The ways to pay that are switched on and set up."""
        shown = PaymentMethodSerializer(
            selectors.payment_methods_offered(), many=True, context={"language": language_of(request)}
        )
        return Response(shown.data, headers={"Vary": "Accept-Language"})


class PaymentListView(ListQuery, generics.ListAPIView[Payment]):
    """One's own payments, newest first: a customer's, those of a provider's bookings, all for an admin."""

    serializer_class = PaymentSerializer
    filterset_class = PaymentFilter
    queryset = Payment.objects.none()
    permission_classes = (MaySee,)

    def get_queryset(self) -> QuerySet[Payment]:
        return selectors.payments_visible_to(signed_in(self.request))


class PaymentView(APIView):
    permission_classes = (MaySee,)

    @extend_schema(responses=PaymentSerializer)
    def get(self, request: Request, payment_id: int) -> Response:
        """One payment."""
        return Response(PaymentSerializer(selectors.payment_for(signed_in(request), payment_id)).data)


class InitiateView(FeatureView):
    feature_flag = "ENABLE_PAYMENT_INTEGRATION"
    permission_classes = (IsCustomer,)
    throttle_classes = PAYMENT_THROTTLES

    @extend_schema(
        parameters=[IDEMPOTENCY_KEY],
        request=InitiateSerializer,
        responses={201: examples.INITIATED},
        examples=examples.INITIATE_EXAMPLES,
    )
    @domain_errors(
        "step_out_of_order",
        "hold_expired",
        "too_many_bookings",
        "invalid_transition",
        "already_paid",
        "payment_in_progress",
        "gateway_mismatch",
        "gateway_unavailable",
        "request_in_progress",
        "idempotency_key_reused",
    )
    def post(self, request: Request) -> Response:
        """Begin to pay: a draft at its payment step, or by wallet what was to be paid in cash.

        While a link is good, the same payment and address come back; a form is a new one each time.
        After a 503 it may be called again.
        """
        values = parsed(InitiateSerializer, request)
        return idempotent(request, lambda: self.initiate(request, values), network=True)

    @staticmethod
    def initiate(request: Request, values: dict[str, Any]) -> Response:
        payment, action = payment_initiate(
            booking_id=values["booking_id"],
            customer=signed_in(request),
            method_code=values.get("payment_method"),
        )
        answer = {"payment": PaymentSerializer(payment).data, "action": action_as_dict(action)}
        return Response(answer, status=status.HTTP_201_CREATED)


class ProcessKhaltiPaymentView(APIView):
    permission_classes = (IsCustomer,)
    throttle_classes = PAYMENT_THROTTLES

    @extend_schema(
        request=examples.FROM_KHALTI,
        responses=PaidBookingSerializer,
        examples=examples.FROM_KHALTI_EXAMPLES,
    )
    @domain_errors(
        "payment_not_completed",
        "payment_in_progress",
        "amount_mismatch",
        "token_already_used",
        "already_paid",
        "step_out_of_order",
        "hold_expired",
        "too_many_bookings",
        "invalid_transition",
        "gateway_mismatch",
        "gateway_unavailable",
        "feature_disabled",
    )
    def post(self, request: Request) -> Response:
        """Ask Khalti about a pidx, or take the money of the older widget's token, and settle the booking.

        The same call again answers the same. Money that comes too late is `refund_pending`.
        """
        if not isinstance(request.data, dict):
            raise ValidationError("Send a JSON object.")
        process = self.process_pidx if "pidx" in request.data else self.process_token
        return Response(with_booking(process(request), signed_in(request)))

    @staticmethod
    def process_pidx(request: Request) -> Payment:
        values = parsed(PidxSerializer, request)
        return khalti_pidx_process(customer=signed_in(request), **values)

    @staticmethod
    def process_token(request: Request) -> Payment:
        require_feature("ENABLE_PAYMENT_INTEGRATION")
        values = parsed(WidgetTokenSerializer, request)
        return khalti_token_process(customer=signed_in(request), **values)


class VerifyView(APIView):
    permission_classes = (MaySee,)
    throttle_classes = PAYMENT_THROTTLES

    @extend_schema(request=None, responses=PaidBookingSerializer)
    @domain_errors("gateway_mismatch", "gateway_unavailable")
    def post(self, request: Request, payment_id: int) -> Response:
        """Ask the gateway again; a payment that is settled is answered as it is."""
        user = signed_in(request)
        payment = payment_verify(payment=selectors.payment_for(user, payment_id), actor=user)
        return Response(with_booking(payment, user))
