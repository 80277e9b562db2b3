"""What a booking looks like outside, and what its endpoints take."""

from typing import Any

from rest_framework import serializers

from apps.bookings.models import (
    Booking,
    BookingStatus,
    BookingStep,
    GenderPreference,
    RecurringFrequency,
    Scope,
)
from apps.common.api.fields import IdField, PhoneField, TextField, TextLinesField
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


class ServiceDetailsSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    title = serializers.CharField()
    slug = serializers.CharField()
    duration_minutes = serializers.IntegerField()


class BookingSerializer(serializers.Serializer):
    """A booking. The fields are for the schema; `booking_as_dict` writes them, several times faster."""

    id = serializers.IntegerField()
    reference = serializers.CharField()
    customer = serializers.IntegerField()
    customer_details = PersonSerializer()
    service = serializers.IntegerField()
    service_details = ServiceDetailsSerializer()
    staff = serializers.IntegerField(allow_null=True)
    staff_details = PersonSerializer(allow_null=True)
    booking_slot = serializers.IntegerField(allow_null=True)
    booking_date = serializers.DateField(allow_null=True)
    booking_time = serializers.TimeField(allow_null=True)
    starts_at = serializers.DateTimeField(allow_null=True)
    ends_at = serializers.DateTimeField(allow_null=True)
    estimated_duration = serializers.IntegerField(allow_null=True, help_text="Minutes.")
    address = serializers.CharField()
    city = serializers.CharField(help_text="The city's name; empty while it is not chosen.")
    phone = serializers.CharField()
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
    payment_status = serializers.CharField()
    cancellation_reason = serializers.CharField()
    rejection_reason = serializers.CharField()
    confirmed_at = serializers.DateTimeField(allow_null=True)
    started_at = serializers.DateTimeField(allow_null=True)
    completed_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    respond_by = serializers.DateTimeField(
        allow_null=True,
        help_text="Until when a pending booking waits, for its provider or for its money; then it expires.",
    )

    def to_representation(self, instance: Booking) -> dict[str, Any]:
        return booking_as_dict(instance)


def booking_as_dict(booking: Booking) -> dict[str, Any]:
    """Return a booking as the API shows it. Loaded with `selectors.SHOWN_WITH`, it takes no query."""

    def moment(name: str) -> str | None:
        value = getattr(booking, name)
        return local_iso(value) if value else None

    service, staff = booking.service, booking.staff
    return {
        "id": booking.pk,
        "reference": booking.reference,
        "customer": booking.customer_id,
        "customer_details": {"id": booking.customer_id, "full_name": booking.customer.full_name},
        "service": booking.service_id,
        "service_details": {
            "id": service.pk,
            "title": service.title,
            "slug": service.slug,
            "duration_minutes": service.duration_minutes,
        },
        "staff": booking.staff_id,
        "staff_details": {"id": staff.pk, "full_name": staff.full_name} if staff else None,
        "booking_slot": booking.booking_slot_id,
        "booking_date": booking.booking_date.isoformat() if booking.booking_date else None,
        "booking_time": booking.booking_time.isoformat() if booking.booking_time else None,
        "starts_at": moment("starts_at"),
        "ends_at": moment("ends_at"),
        "estimated_duration": booking.estimated_duration,
        "address": booking.address,
        "city": booking.city.name if booking.city else "",
        "phone": booking.phone,
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
        "cancellation_reason": booking.cancellation_reason,
        "rejection_reason": booking.rejection_reason,
        "confirmed_at": moment("confirmed_at"),
        "started_at": moment("started_at"),
        "completed_at": moment("completed_at"),
        "created_at": moment("created_at"),
        "updated_at": moment("updated_at"),
        "respond_by": moment("expires_at") if booking.status == BookingStatus.PENDING else None,
    }


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
    """One visit of a series that was asked for."""

    date = serializers.DateField()
    time = serializers.TimeField()
    available = serializers.BooleanField(help_text="False: taken, and left out.")


class SlotTakenSerializer(ErrorSerializer):
    """`slot_unavailable` comes with other slots."""

    occurrences = OccurrenceSerializer(
        many=True,
        required=False,
        help_text="Visits without room, where a series is wanted or moved as a whole.",
    )

    alternatives = AvailableSlotSerializer(
        many=True, required=False, help_text="Beside `slot_unavailable`: up to five nearest bookable slots."
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
