"""The wizard: one call for every step, resuming, dropping, prices; and the older booking in one call."""

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.permissions import AllowAny, BasePermission
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.authentication import signed_in
from apps.accounts.models import Role, User
from apps.bookings import selectors
from apps.bookings.api.serializers import SlotTakenSerializer
from apps.bookings.api.views import BookingListView
from apps.bookings.models import Booking, BookingStep
from apps.bookings.recurrence import Recurrence
from apps.bookings.wizard import actions
from apps.bookings.wizard.actions.details import Details
from apps.bookings.wizard.actions.draft import active_service
from apps.bookings.wizard.actions.one_shot import Order
from apps.bookings.wizard.api import examples
from apps.bookings.wizard.api.serializers import (
    BookedSerializer,
    ConfirmationStepSerializer,
    DetailsStepSerializer,
    OneShotSerializer,
    PaymentStepSerializer,
    PriceQuerySerializer,
    PriceSerializer,
    ServiceStepSerializer,
    StepSerializer,
    TimeStepSerializer,
    WizardAnswerSerializer,
    booked_as_dict,
    wizard_answer,
)
from apps.common.api.bodies import valid_body
from apps.common.api.conditional import ETAG, json_with_etag
from apps.common.features import FeatureView
from apps.common.idempotency import idempotent
from apps.common.openapi import IDEMPOTENCY_KEY, domain_errors
from apps.common.permissions import IsCustomer
from apps.payments.pricing import price_for
from apps.payments.selectors import payment_method_offered


class WizardView(FeatureView):
    feature_flag = "ENABLE_NEW_BOOKING_WIZARD"
    permission_classes: Sequence[type[BasePermission]] = (IsCustomer,)


def details_from(values: dict[str, Any]) -> Details:
    return Details(
        address=values["address"],
        city=values["city"],
        phone=values["phone"],
        special_instructions=values.get("special_instructions", ""),
        preferred_provider_gender=values.get("preferred_provider_gender"),
        recurrence=recurrence_from(values),
    )


def recurrence_from(values: dict[str, Any]) -> Recurrence | None:
    if not values["is_recurring"]:
        return None
    return Recurrence(
        frequency=values["recurring_frequency"],
        count=values["recurring_count"],
        on_conflict=values["on_conflict"],
    )


def _time(customer: User, booking_id: int, request: Request) -> Booking:
    values = valid_body(TimeStepSerializer, request)
    return actions.wizard_choose_time(
        customer=customer,
        booking_id=booking_id,
        booking_date=values["booking_date"],
        booking_time=values["booking_time"],
        staff_id=values.get("staff"),
        preferred_provider_gender=values.get("preferred_provider_gender"),
    )


def _details(customer: User, booking_id: int, request: Request) -> Booking:
    details = details_from(valid_body(DetailsStepSerializer, request))
    return actions.wizard_enter_details(customer=customer, booking_id=booking_id, details=details)


def _payment(customer: User, booking_id: int, request: Request) -> Booking:
    method = valid_body(PaymentStepSerializer, request)["payment_method"]
    return actions.wizard_choose_payment(customer=customer, booking_id=booking_id, method_code=method)


def _confirmation(customer: User, booking_id: int, request: Request) -> Booking:
    valid_body(ConfirmationStepSerializer, request)
    return actions.wizard_confirm(customer=customer, booking_id=booking_id)


def _service(customer: User, booking_id: int, request: Request) -> Booking:
    service_id = valid_body(ServiceStepSerializer, request)["service"]
    return actions.wizard_change_service(customer=customer, booking_id=booking_id, service_id=service_id)


DO_STEP: dict[str, Callable[[User, int, Request], Booking]] = {
    BookingStep.SERVICE: _service,
    BookingStep.DATETIME: _time,
    BookingStep.DETAILS: _details,
    BookingStep.PAYMENT: _payment,
    BookingStep.CONFIRMATION: _confirmation,
}


class CreateStepView(WizardView):
    @extend_schema(
        parameters=[IDEMPOTENCY_KEY],
        request=examples.STEP_REQUEST,
        responses={200: WizardAnswerSerializer, 201: WizardAnswerSerializer, 409: SlotTakenSerializer},
        examples=examples.STEP_EXAMPLES,
    )
    @domain_errors(
        "slot_unavailable",
        "hold_expired",
        "step_out_of_order",
        "payment_required",
        "invalid_transition",
        "too_many_bookings",
        "email_not_verified",
        "request_in_progress",
        "idempotency_key_reused",
        "throttled",
    )
    def post(self, request: Request) -> Response:
        """Do one step. The first one, without `booking_id`, makes the draft: 201.

        A step may be repeated, and an earlier one gone back to. `slot_unavailable` and `hold_expired` come
        with `alternatives`: up to five nearest slots.
        """
        customer = signed_in(request)
        step = valid_body(StepSerializer, request)
        if step.get("booking_id") is None:
            return idempotent(request, lambda: self.start(customer, request))
        booking = DO_STEP[step["booking_step"]](customer, step["booking_id"], request)
        return Response(wizard_answer(booking, customer, now=timezone.now()))

    @staticmethod
    def start(customer: User, request: Request) -> Response:
        service_id = valid_body(ServiceStepSerializer, request)["service"]
        booking = actions.wizard_start(customer=customer, service_id=service_id)
        return Response(wizard_answer(booking, customer, now=timezone.now()), status=status.HTTP_201_CREATED)


class WizardStateView(WizardView):
    @extend_schema(parameters=[ETAG], responses={200: WizardAnswerSerializer, 304: None})
    def get(self, request: Request, booking_id: int) -> HttpResponse:
        """Where the wizard stands, to resume it. With the ETag of the last answer, 304 until that changes."""
        viewer = signed_in(request)
        booking = selectors.booking_for(viewer, booking_id)
        return json_with_etag(request, wizard_answer(booking, viewer, now=timezone.now()))

    @extend_schema(responses={204: None})
    @domain_errors("invalid_transition")
    def delete(self, request: Request, booking_id: int) -> Response:
        """Drop the draft; its slot is free at once."""
        actions.wizard_drop(customer=signed_in(request), booking_id=booking_id)
        return Response(status=status.HTTP_204_NO_CONTENT)


class CalculatePriceView(WizardView):
    permission_classes = (AllowAny,)

    @extend_schema(request=PriceQuerySerializer, responses=PriceSerializer)
    def post(self, request: Request) -> Response:
        """What a service costs, with the fee of a way to pay."""
        values = valid_body(PriceQuerySerializer, request)
        service = active_service(values["service_id"], field="service_id")
        net = price_for(service, None)
        method = (
            payment_method_offered(values["payment_method"], total=net.total)
            if "payment_method" in values
            else None
        )
        price = price_for(service, method)
        answer = {"base": price.base, "discount": price.discount, "fee": price.fee, "total": price.total}
        return Response(PriceSerializer(answer).data)


class BookingListCreateView(BookingListView):
    """The list of bookings, and beside it the booking in one call that stood before the wizard."""

    @extend_schema(
        parameters=[IDEMPOTENCY_KEY],
        request=OneShotSerializer,
        responses={201: BookedSerializer, 409: SlotTakenSerializer},
        examples=examples.ONE_SHOT_EXAMPLES,
    )
    @domain_errors(
        "slot_unavailable",
        "too_many_bookings",
        "email_not_verified",
        "request_in_progress",
        "idempotency_key_reused",
        "throttled",
    )
    def post(self, request: Request) -> Response:
        """Book in one call: paid later it is `pending`, paid online a `draft` at its payment step."""
        customer = signed_in(request)
        if customer.role != Role.CUSTOMER:
            self.permission_denied(request)
        return idempotent(request, lambda: self.create_booking(customer, request))

    @staticmethod
    def create_booking(customer: User, request: Request) -> Response:
        values = valid_body(OneShotSerializer, request)
        order = Order(
            service_id=values["service"],
            booking_date=values["booking_date"],
            booking_time=values["booking_time"],
            details=details_from(values),
            staff_id=values.get("staff"),
            payment_method=values["payment_method"],
        )
        booking = actions.booking_create(customer=customer, order=order)
        return Response(booked_as_dict(booking, customer, now=timezone.now()), status=status.HTTP_201_CREATED)
