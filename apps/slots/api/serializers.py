"""What the availability reads take and give."""

from datetime import date, datetime
from functools import cache
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from apps.accounts.models import Gender
from apps.common.api.fields import LARGEST_ID

GENDER_WISHES = ["any", *Gender.values]


@extend_schema_field({"type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$", "example": "2026-12"})
class MonthField(serializers.Field):
    """`YYYY-MM`, as the first day of that month."""

    default_error_messages = {"invalid": "Use YYYY-MM."}

    def to_internal_value(self, data: Any) -> date:
        try:
            if len(str(data)) != len("2026-12"):
                raise ValueError(data)
            return datetime.strptime(str(data), "%Y-%m").date()  # noqa: DTZ007  (a month has no zone)
        except ValueError:
            self.fail("invalid")

    def to_representation(self, value: date) -> str:
        return f"{value:%Y-%m}"


class AvailabilityQuery(serializers.Serializer):
    service_id = serializers.IntegerField(min_value=0, max_value=LARGEST_ID)
    staff = serializers.IntegerField(required=False, min_value=0, max_value=LARGEST_ID)
    preferred_provider_gender = serializers.ChoiceField(required=False, choices=GENDER_WISHES)
    include_unavailable = serializers.BooleanField(required=False, default=False)
    booking_id = serializers.IntegerField(
        required=False,
        min_value=0,
        max_value=LARGEST_ID,
        help_text="With a login: leave this booking's own reservation out, to see where it could move.",
    )

    @classmethod
    def parsed(cls, request: Request) -> dict[str, Any]:
        """Return the query as values. Raises ValidationError.

        Field by field, on fields that are made once: a serializer copies all of its fields for each request,
        which took longer than the statement that the values go into.
        """
        values: dict[str, Any] = {}
        errors: dict[str, Any] = {}
        for name, field in _fields_of(cls).items():
            try:
                values[name] = field.run_validation(request.query_params.get(name, serializers.empty))
            except serializers.SkipField:
                continue
            except ValidationError as error:
                errors[name] = error.detail
        if errors:
            raise ValidationError(errors)
        return values


@cache
def _fields_of(query: type[AvailabilityQuery]) -> dict[str, serializers.Field]:
    return dict(query().fields)


class AvailableSlotsQuery(AvailabilityQuery):
    date = serializers.DateField()


class AvailableDatesQuery(AvailabilityQuery):
    month = MonthField()


class AvailableSlotSerializer(serializers.Serializer):
    """For the schema; the view writes plain dicts, which is several times faster."""

    service = serializers.IntegerField()
    date = serializers.DateField()
    start_time = serializers.TimeField()
    end_time = serializers.TimeField(help_text="`00:00:00` is midnight.")
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    max_bookings = serializers.IntegerField(help_text="Seats of all matching members together.")
    current_bookings = serializers.IntegerField(help_text="Live reservations of this service at this start.")
    remaining = serializers.IntegerField(help_text="How many more can be taken now.")
    is_available = serializers.BooleanField()
    is_fully_booked = serializers.BooleanField()


class AvailableDateSerializer(serializers.Serializer):
    date = serializers.DateField()
    available_slots = serializers.IntegerField()
