"""What a booking looks like outside, and what its endpoints take."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from rest_framework import serializers

from apps.accounts.models import Role, User
from apps.bookings.actions.allowed import ACTIONS, allowed_actions
from apps.bookings.models import (
    Booking,
    BookingStatus,
    BookingStep,
    Dispute,
    GenderPreference,
    PaymentStatus,
    RecurringFrequency,
    Scope,
)
from apps.bookings.presentation import shows_phone
from apps.bookings.selectors import reviewed
from apps.bookings.states import REACHABLE
from apps.common.api.fields import BikramSambatField, IdField, PhoneField, TextField, TextLinesField
from apps.common.bikram_sambat import bikram_sambat_iso
from apps.common.localtime import local_iso
from apps.common.money import MAX_DIGITS
from apps.common.openapi import ErrorSerializer
from apps.slots.api.serializers import AvailableSlotSerializer


class RupeesField(serializers.DecimalField):
    """Rupees with two places, as a string outside."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_digits=MAX_DIGITS, decimal_places=2, **options)


class PersonSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    full_name = serializers.CharField()


class ReachableSerializer(PersonSerializer):
    phone = serializers.CharField(
        allow_null=True,
        help_text="For the other side of the booking and admins, from `confirmed` on; null before, where the"
        " booking was cancelled, and for a person without one.",
    )


class DisputeSerializer(serializers.Serializer):
    """A customer's objection to a no-show."""

    reason = serializers.CharField()
    opened_at = serializers.DateTimeField()
    decision = serializers.CharField(
        allow_null=True, help_text="In whose favour: `customer` or `provider`; null: not decided."
    )
    decided_at = serializers.DateTimeField(allow_null=True)
    note = serializers.CharField(help_text="Why it was decided so.")


class ServiceDetailsSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    title = serializers.CharField()
    slug = serializers.CharField()
    duration_minutes = serializers.IntegerField()
    provider = ReachableSerializer()


class BookingSerializer(serializers.Serializer):
    """A booking. The fields are for the schema; `booking_as_dict` writes them, several times faster."""

    id = serializers.IntegerField()
    reference = serializers.CharField()
    customer = serializers.IntegerField()
    customer_details = ReachableSerializer()
    service = serializers.IntegerField()
    service_details = ServiceDetailsSerializer()
    staff = serializers.IntegerField(allow_null=True)
    staff_details = PersonSerializer(allow_null=True)
    booking_slot = serializers.IntegerField(allow_null=True)
    booking_date = serializers.DateField(allow_null=True)
    booking_date_bs = BikramSambatField(
        help_text="`booking_date` in Bikram Sambat, `2083-08-16`; null without one, and beyond its tables."
    )
    booking_time = serializers.TimeField(allow_null=True)
    starts_at = serializers.DateTimeField(allow_null=True)
    ends_at = serializers.DateTimeField(allow_null=True)
    estimated_duration = serializers.IntegerField(allow_null=True, help_text="Minutes.")
    address = serializers.CharField()
    city = serializers.CharField(help_text="The city's name; empty while it is not chosen.")
    phone = serializers.CharField(
        help_text="Whom to call on the day. For the provider empty before `confirmed`, and where the"
        " booking was cancelled."
    )
    special_instructions = serializers.CharField()
    preferred_provider_gender = serializers.ChoiceField(choices=GenderPreference.choices)
    is_recurring = serializers.BooleanField()
    recurring_frequency = serializers.ChoiceField(choices=RecurringFrequency.choices, allow_null=True)
    series = serializers.IntegerField(allow_null=True)
    status = serializers.ChoiceField(choices=BookingStatus.choices)
    booking_step = serializers.ChoiceField(choices=BookingStep.choices)
    price = RupeesField()
    discount = RupeesField()
    fee = RupeesField()
    total_amount = RupeesField()
    payment_method = serializers.CharField(allow_null=True)
    payment_status = serializers.ChoiceField(choices=PaymentStatus.choices)
    payment = serializers.IntegerField(
        allow_null=True, help_text="Id of the payment that `payment_status` is of; null: there is none."
    )
    cancellation_reason = serializers.CharField()
    rejection_reason = serializers.CharField()
    confirmed_at = serializers.DateTimeField(allow_null=True)
    started_at = serializers.DateTimeField(allow_null=True)
    completed_at = serializers.DateTimeField(allow_null=True)
    no_show_at = serializers.DateTimeField(allow_null=True)
    dispute = DisputeSerializer(allow_null=True)
    allowed_actions = serializers.ListField(
        child=serializers.ChoiceField(choices=list(ACTIONS)), help_text="What who asks may do with it now."
    )
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    respond_by = serializers.DateTimeField(
        allow_null=True,
        help_text="Until when a pending booking waits, for its provider or for its money; then it expires.",
    )


def booking_as_dict(
    booking: Booking, viewer: User, *, now: datetime, is_reviewed: bool | None = None
) -> dict[str, Any]:
    """Return a booking as the API shows it to somebody who may see it.

    Loaded with `selectors.SHOWN_WITH`, it takes one query, none where `is_reviewed` is known.
    """
    if is_reviewed is None:
        is_reviewed = bool(reviewed([booking]))
    is_reachable = booking.status in REACHABLE

    def moment(name: str) -> str | None:
        value = getattr(booking, name)
        return local_iso(value) if value else None

    service, staff = booking.service, booking.staff
    return {
        "id": booking.pk,
        "reference": booking.reference,
        "customer": booking.customer_id,
        "customer_details": {
            **_person(booking.customer),
            "phone": booking.customer.phone or None
            if is_reachable and viewer.role != Role.CUSTOMER
            else None,
        },
        "service": booking.service_id,
        "service_details": {
            "id": service.pk,
            "title": service.title,
            "slug": service.slug,
            "duration_minutes": service.duration_minutes,
            "provider": {
                **_person(booking.provider),
                "phone": booking.provider.phone or None
                if is_reachable and viewer.role != Role.PROVIDER
                else None,
            },
        },
        "staff": booking.staff_id,
        "staff_details": {"id": staff.pk, "full_name": staff.full_name} if staff else None,
        "booking_slot": booking.booking_slot_id,
        "booking_date": booking.booking_date.isoformat() if booking.booking_date else None,
        "booking_date_bs": bikram_sambat_iso(booking.booking_date) if booking.booking_date else None,
        "booking_time": booking.booking_time.isoformat() if booking.booking_time else None,
        "starts_at": moment("starts_at"),
        "ends_at": moment("ends_at"),
        "estimated_duration": booking.estimated_duration,
        "address": booking.address,
        "city": booking.city.name if booking.city else "",
        "phone": booking.phone if shows_phone(booking, viewer) else "",
        "special_instructions": booking.special_instructions,
        "preferred_provider_gender": booking.preferred_provider_gender,
        "is_recurring": booking.is_recurring,
        "recurring_frequency": booking.recurring_frequency or None,
        "series": booking.series_id,
        "status": booking.status,
        "booking_step": booking.booking_step,
        "price": str(booking.price),
        "discount": str(booking.discount),
        "fee": str(booking.fee),
        "total_amount": str(booking.total_amount),
        "payment_method": booking.payment_method or None,
        "payment_status": booking.payment_status,
        "payment": booking.shown_payment_id,
        "cancellation_reason": booking.cancellation_reason,
        "rejection_reason": booking.rejection_reason,
        "confirmed_at": moment("confirmed_at"),
        "started_at": moment("started_at"),
        "completed_at": moment("completed_at"),
        "no_show_at": moment("no_show_at"),
        "dispute": _dispute(getattr(booking, "dispute", None)),
        "allowed_actions": allowed_actions(booking, viewer, is_reviewed=is_reviewed, now=now),
        "created_at": moment("created_at"),
        "updated_at": moment("updated_at"),
        "respond_by": moment("expires_at") if booking.status == BookingStatus.PENDING else None,
    }


def bookings_as_dicts(bookings: Sequence[Booking], viewer: User, *, now: datetime) -> list[dict[str, Any]]:
    """Return bookings as the API shows them: at most one query, however many they are."""
    known = reviewed(bookings)
    return [
        booking_as_dict(booking, viewer, now=now, is_reviewed=booking.pk in known) for booking in bookings
    ]


def _person(user: User) -> dict[str, Any]:
    return {"id": user.pk, "full_name": user.full_name}


def _dispute(dispute: Dispute | None) -> dict[str, Any] | None:
    if dispute is None:
        return None
    return {
        "reason": dispute.reason,
        "opened_at": local_iso(dispute.opened_at),
        "decision": dispute.decision or None,
        "decided_at": local_iso(dispute.decided_at) if dispute.decided_at else None,
        "note": dispute.note,
    }


class DisputeReasonSerializer(serializers.Serializer):
    reason = TextField(max_length=500, help_text="Provider and desk read it.")


class ContactSerializer(serializers.Serializer):
    """Where to go and whom to call: what a customer may change until the start."""

    address = TextField(max_length=255)
    city = TextField(max_length=60, help_text="Name or slug of a city that the service serves.")
    phone = PhoneField()
    special_instructions = TextLinesField(max_length=2000, required=False, allow_blank=True)


class StatusChangeSerializer(serializers.Serializer):
    status = serializers.ChoiceField(choices=BookingStatus.choices)
    cancellation_reason = TextField(max_length=500, required=False, help_text="To cancel.")
    rejection_reason = TextField(max_length=500, required=False, help_text="To reject.")
    amount_collected = RupeesField(
        required=False,
        min_value=0,
        help_text="Rupees taken in cash, on completion, at most twice the total; the total if left out."
        " 0: it stays unpaid.",
    )

    reason = TextField(
        max_length=500,
        required=False,
        help_text="On completion: why less was collected than was due. Customer and desk read it.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        needed = {
            BookingStatus.CANCELLED: "cancellation_reason",
            BookingStatus.REJECTED: "rejection_reason",
        }.get(attrs["status"])
        if needed and needed not in attrs:
            raise serializers.ValidationError({needed: ["Say why."]}, code="required")
        return attrs


class ScopeField(serializers.ChoiceField):
    def __init__(self, **options: Any) -> None:
        super().__init__(
            choices=Scope.choices,
            required=False,
            default=Scope.ONE,
            help_text="This one, or this and all later ones of its series.",
            **options,
        )


class NewTimeSerializer(serializers.Serializer):
    booking_date = serializers.DateField()
    booking_time = serializers.TimeField(input_formats=["%H:%M:%S", "%H:%M"], help_text="Local time.")
    staff = IdField(required=False, allow_null=True, help_text="Only this member will do.")


class RescheduleSerializer(NewTimeSerializer):
    scope = ScopeField()


class OccurrenceSerializer(serializers.Serializer):
    """One booking of a series that was asked for."""

    date = serializers.DateField()
    time = serializers.TimeField()
    available = serializers.BooleanField(help_text="False: taken, and left out.")


class SlotTakenSerializer(ErrorSerializer):
    """`slot_unavailable` and `hold_expired` come with other slots."""

    occurrences = OccurrenceSerializer(
        many=True,
        required=False,
        help_text="Bookings without room, where a series is wanted or moved as a whole.",
    )

    alternatives = AvailableSlotSerializer(
        many=True,
        required=False,
        help_text="Beside `slot_unavailable` and `hold_expired`: up to five nearest bookable slots.",
    )


class CancellationSerializer(serializers.Serializer):
    reason = TextField(max_length=500)
    scope = ScopeField()


class BookingEventSerializer(serializers.Serializer):
    at = serializers.DateTimeField()
    actor = serializers.IntegerField(source="actor_id", allow_null=True, help_text="Null: the system.")
    actor_details = PersonSerializer(source="actor", allow_null=True)
    from_status = serializers.SerializerMethodField()
    to_status = serializers.CharField()
    reason = serializers.CharField()

    def get_from_status(self, event: Any) -> str | None:
        return event.from_status or None
