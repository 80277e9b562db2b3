"""Working hours and time off outside."""

from collections import Counter
from datetime import time
from itertools import pairwise
from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from apps.services.api.fields import ProviderField
from apps.slots.api.fields import InstantField, MinuteField, OwnStaffField
from apps.slots.availability import MIDNIGHT
from apps.slots.limits import MOST_INTERVALS_A_DAY
from apps.slots.models import TimeOff, Weekday, WorkingHours

MOST_INTERVALS = 7 * MOST_INTERVALS_A_DAY


class MadeBookingSerializer(serializers.Serializer[Any]):
    """A booking that stays, though the schedule has changed under it."""

    id = serializers.IntegerField()
    reference = serializers.CharField()
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()


def _closes(interval: dict[str, Any]) -> time:
    """Return an end that compares as later than every start where it is midnight."""
    end: time = interval["end_time"]
    return time.max if end == MIDNIGHT else end


class LiveHoldSerializer(serializers.Serializer[Any]):
    """A time that a customer holds while they finish; it becomes a booking, or free again by `expires_at`."""

    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()


class WeeklyHoursListSerializer(serializers.ListSerializer[Any]):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.max_length = MOST_INTERVALS

    def validate(self, attrs: list[dict[str, Any]]) -> list[dict[str, Any]]:
        most = max(Counter(interval["weekday"] for interval in attrs).values(), default=0)
        if most > MOST_INTERVALS_A_DAY:
            raise ValidationError(f"Use at most {MOST_INTERVALS_A_DAY} intervals a day.", code="too_many")
        in_order = sorted(attrs, key=lambda interval: (interval["weekday"], interval["start_time"]))
        for earlier, later in pairwise(in_order):
            same_day = earlier["weekday"] == later["weekday"]
            if same_day and later["start_time"] < _closes(earlier):
                raise ValidationError("Intervals of one day must not overlap.", code="overlap")
        return attrs


class WorkingHoursSerializer(serializers.Serializer[WorkingHours]):
    """One working interval of the week, in local time."""

    weekday = serializers.IntegerField(
        min_value=Weekday.MONDAY, max_value=Weekday.SUNDAY, help_text="Monday is 0."
    )
    start_time = MinuteField()
    end_time = MinuteField(help_text="`00:00:00` is midnight.")

    class Meta:
        list_serializer_class = WeeklyHoursListSerializer

    def validate(self, interval: dict[str, Any]) -> dict[str, Any]:
        if _closes(interval) <= interval["start_time"]:
            raise ValidationError({"end_time": ["Must be later than the start, on the same day."]})
        return interval


class WorkingHoursChangedSerializer(serializers.Serializer[Any]):
    working_hours = WorkingHoursSerializer(many=True)
    outside = MadeBookingSerializer(many=True, help_text="Bookings ahead that now lie outside the hours.")
    live_holds = LiveHoldSerializer(many=True, help_text="Times outside the hours that customers still hold.")


class TimeOffSerializer(serializers.ModelSerializer[TimeOff]):
    """A closed period of one member, or with `staff` null of all the provider's."""

    staff = OwnStaffField(required=False, allow_null=True)
    starts_at = InstantField()
    ends_at = InstantField()
    provider = ProviderField(
        required=False, write_only=True, help_text="For admins: whose time off it is, where `staff` is null."
    )

    class Meta:
        model = TimeOff
        fields = ["id", "staff", "provider", "starts_at", "ends_at", "reason"]

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        attrs["provider"] = self._provider(attrs)
        return attrs

    def _provider(self, attrs: dict[str, Any]) -> Any:
        user = self.context["request"].user
        staff = self._kept(attrs, "staff")
        if staff is not None:
            return staff.provider
        if not user.is_admin:
            return user
        provider = attrs.get("provider") or (self.instance and self.instance.provider)
        if provider is None:
            raise ValidationError({"provider": ["Say whose time off this is."]}, code="required")
        return provider

    def _kept(self, attrs: dict[str, Any], name: str) -> Any:
        """Return what the client sends, else what there is already."""
        return attrs[name] if name in attrs else getattr(self.instance, name, None)


class TimeOffChangedSerializer(TimeOffSerializer):
    outside = MadeBookingSerializer(many=True, read_only=True, help_text="Bookings ahead that lie in it.")
    live_holds = LiveHoldSerializer(many=True, read_only=True, help_text="Times in it that customers hold.")

    class Meta(TimeOffSerializer.Meta):
        fields = [*TimeOffSerializer.Meta.fields, "outside", "live_holds"]
