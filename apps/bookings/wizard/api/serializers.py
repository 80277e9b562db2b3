"""What each step takes, and what the wizard answers."""

from datetime import datetime
from typing import Any

from rest_framework import serializers

from apps.accounts.models import User
from apps.bookings.api.serializers import (
    BookingSerializer,
    ContactSerializer,
    NewTimeSerializer,
    OccurrenceSerializer,
    RupeesField,
    booking_as_dict,
)
from apps.bookings.models import Booking, BookingStep, GenderPreference, OnConflict, RecurringFrequency
from apps.bookings.presentation import occurrences_shown
from apps.bookings.recurrence import FEWEST, MOST
from apps.bookings.steps import PERCENT_A_STEP, STEPS, completed_steps, next_step
from apps.common.api.fields import IdField, TextField
from apps.common.localtime import local_iso


class StepSerializer(serializers.Serializer):
    """Which step, and of which draft."""

    booking_step = serializers.ChoiceField(choices=[step.value for step in STEPS])
    booking_id = IdField(
        required=False, allow_null=True, help_text="Left out in the first step: makes a draft."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["booking_step"] != BookingStep.SERVICE and attrs.get("booking_id") is None:
            raise serializers.ValidationError({"booking_id": ["Name the draft."]}, code="required")
        return attrs


class ServiceStepSerializer(serializers.Serializer):
    service = IdField()


class TimeStepSerializer(NewTimeSerializer):
    preferred_provider_gender = serializers.ChoiceField(
        choices=GenderPreference.choices, required=False, allow_null=True
    )


class DetailsStepSerializer(ContactSerializer):
    preferred_provider_gender = serializers.ChoiceField(
        choices=GenderPreference.choices, required=False, allow_null=True
    )
    is_recurring = serializers.BooleanField(required=False, default=False)
    recurring_frequency = serializers.ChoiceField(
        choices=RecurringFrequency.choices,
        required=False,
        allow_null=True,
        help_text="With `is_recurring`. Monthly is the same day of the month, or its last one.",
    )
    recurring_count = serializers.IntegerField(
        min_value=FEWEST,
        max_value=MOST,
        required=False,
        allow_null=True,
        help_text="With `is_recurring`: how many bookings, the first one included.",
    )
    on_conflict = serializers.ChoiceField(
        choices=OnConflict.choices,
        required=False,
        default=OnConflict.SKIP,
        help_text="Whether bookings whose time is taken are left out, or all of it is refused.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["is_recurring"]:
            missing = [name for name in ("recurring_frequency", "recurring_count") if attrs.get(name) is None]
            if missing:
                says = {name: ["A booking that recurs needs this."] for name in missing}
                raise serializers.ValidationError(says, code="required")
        return attrs


class PaymentStepSerializer(serializers.Serializer):
    payment_method = TextField(max_length=20, help_text="Code of an offered payment method.")


class ConfirmationStepSerializer(serializers.Serializer):
    """Nothing beside the step and the draft."""


class OneShotSerializer(TimeStepSerializer, DetailsStepSerializer):
    service = IdField()
    payment_method = TextField(max_length=20, required=False, default="cash")


class PriceSerializer(serializers.Serializer):
    base = RupeesField()
    discount = RupeesField()
    fee = RupeesField()
    total = RupeesField()


class PriceQuerySerializer(serializers.Serializer):
    service_id = IdField()
    payment_method = TextField(max_length=20, required=False)


class WizardAnswerSerializer(serializers.Serializer):
    """Where the wizard stands. For the schema; `wizard_answer` writes it."""

    booking_id = serializers.IntegerField()
    reference = serializers.CharField()
    booking_step = serializers.ChoiceField(
        choices=[step.value for step in STEPS], help_text="The one just done."
    )
    next_step = serializers.ChoiceField(
        choices=[step.value for step in STEPS], allow_null=True, help_text="The first one missing."
    )
    completed_steps = serializers.ListField(child=serializers.CharField())
    progress = serializers.IntegerField(help_text="Percent.")
    hold_expires_at = serializers.DateTimeField(
        allow_null=True, help_text="Null: nothing is held, or firmly."
    )
    wanted_staff = serializers.IntegerField(
        allow_null=True, help_text="The member who was asked for. Null: whoever is free."
    )
    price = PriceSerializer()
    booking = BookingSerializer()
    occurrences = OccurrenceSerializer(
        many=True,
        required=False,
        help_text="Where it recurs: all bookings asked for, the first one included.",
    )


class BookedSerializer(BookingSerializer):
    """A booking that was made in one call."""

    occurrences = OccurrenceSerializer(
        many=True,
        required=False,
        help_text="Where it recurs: all bookings asked for, the first one included.",
    )


def booked_as_dict(booking: Booking, customer: User, *, now: datetime) -> dict[str, Any]:
    """Return a booking that was made in one call, with the bookings of its series."""
    return booking_as_dict(booking, customer, now=now) | shown_occurrences(booking)


def wizard_answer(booking: Booking, viewer: User, *, now: datetime) -> dict[str, Any]:
    """Return where a booking stands in the wizard."""
    done = completed_steps(booking)
    hold = booking.reservation.expires_at if booking.reservation else None
    last = BookingStep.CONFIRMATION if booking.booking_step == BookingStep.COMPLETED else booking.booking_step
    return {
        "booking_id": booking.pk,
        "reference": booking.reference,
        "booking_step": last,
        "next_step": next_step(booking),
        "completed_steps": done,
        "progress": PERCENT_A_STEP * len(done),
        "hold_expires_at": local_iso(hold) if hold and hold > now else None,
        "wanted_staff": booking.staff_id if booking.is_staff_requested else None,
        "price": {
            "base": str(booking.price),
            "discount": str(booking.discount),
            "fee": str(booking.fee),
            "total": str(booking.total_amount),
        },
        "booking": booking_as_dict(booking, viewer, now=now),
    } | shown_occurrences(booking)


def shown_occurrences(booking: Booking) -> dict[str, Any]:
    """Return the key `occurrences` of a booking with which a series was asked for; nothing for any other."""
    occurrences = occurrences_shown(booking)
    return {"occurrences": occurrences} if occurrences else {}
