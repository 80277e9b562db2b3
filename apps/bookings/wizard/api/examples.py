"""What `/api/docs/` shows for the wizard: one body a step."""

from drf_spectacular.utils import OpenApiExample, PolymorphicProxySerializer
from rest_framework import serializers

from apps.bookings.models import BookingStep
from apps.bookings.wizard.api.serializers import (
    ConfirmationStepSerializer,
    DetailsStepSerializer,
    PaymentStepSerializer,
    ServiceStepSerializer,
    TimeStepSerializer,
)
from apps.common.api.fields import IdField


class ServiceStepBody(ServiceStepSerializer):
    booking_step = serializers.ChoiceField(choices=[BookingStep.SERVICE.value])
    booking_id = IdField(required=False, allow_null=True)


class TimeStepBody(TimeStepSerializer):
    booking_step = serializers.ChoiceField(choices=[BookingStep.DATETIME.value])
    booking_id = IdField()


class DetailsStepBody(DetailsStepSerializer):
    booking_step = serializers.ChoiceField(choices=[BookingStep.DETAILS.value])
    booking_id = IdField()


class PaymentStepBody(PaymentStepSerializer):
    booking_step = serializers.ChoiceField(choices=[BookingStep.PAYMENT.value])
    booking_id = IdField()


class ConfirmationStepBody(ConfirmationStepSerializer):
    booking_step = serializers.ChoiceField(choices=[BookingStep.CONFIRMATION.value])
    booking_id = IdField()


STEP_REQUEST = PolymorphicProxySerializer(
    component_name="WizardStep",
    serializers={
        BookingStep.SERVICE.value: ServiceStepBody,
        BookingStep.DATETIME.value: TimeStepBody,
        BookingStep.DETAILS.value: DetailsStepBody,
        BookingStep.PAYMENT.value: PaymentStepBody,
        BookingStep.CONFIRMATION.value: ConfirmationStepBody,
    },
    resource_type_field_name="booking_step",
)
ADDRESS = {
    "address": "Jhamsikhel, behind the school, blue gate",
    "city": "lalitpur",
    "phone": "9841234567",
    "special_instructions": "Please ring twice.",
}
MONTHLY = {
    "is_recurring": True,
    "recurring_frequency": "monthly",
    "recurring_count": 6,
    "on_conflict": "skip",
}
STEP_EXAMPLES = [
    OpenApiExample(
        "1. service_selection: makes a draft",
        value={"booking_step": "service_selection", "service": 1},
        request_only=True,
    ),
    OpenApiExample(
        "2. datetime_selection: holds the slot",
        value={
            "booking_step": "datetime_selection",
            "booking_id": 42,
            "booking_date": "2026-12-01",
            "booking_time": "10:00:00",
            "preferred_provider_gender": "any",
        },
        request_only=True,
    ),
    OpenApiExample(
        "3. details_input",
        value={"booking_step": "details_input", "booking_id": 42, **ADDRESS},
        request_only=True,
    ),
    OpenApiExample(
        "3. details_input: a booking that recurs",
        value={"booking_step": "details_input", "booking_id": 42, **ADDRESS, **MONTHLY},
        request_only=True,
    ),
    OpenApiExample(
        "4. payment: fixes the price",
        value={"booking_step": "payment", "booking_id": 42, "payment_method": "khalti"},
        request_only=True,
    ),
    OpenApiExample(
        "5. confirmation",
        value={"booking_step": "confirmation", "booking_id": 42},
        request_only=True,
    ),
]
ONE_SHOT_EXAMPLES = [
    OpenApiExample(
        "Paid in cash",
        value={
            "service": 1,
            "booking_date": "2026-12-01",
            "booking_time": "10:00:00",
            "payment_method": "cash",
            **ADDRESS,
        },
        request_only=True,
    ),
    OpenApiExample(
        "Six times, once a month",
        value={
            "service": 1,
            "booking_date": "2026-12-01",
            "booking_time": "10:00:00",
            "payment_method": "cash",
            **ADDRESS,
            **MONTHLY,
        },
        request_only=True,
    ),
]
