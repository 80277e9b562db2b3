"""What a override of the schedule looks like outside, and which ones there can be."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from apps.common.localtime import exists, instant, local, marketplace_zone, today
from apps.slots.api.fields import ClockField, OwnServiceField, OwnStaffField
from apps.slots.availability import MIDNIGHT, closing_instant
from apps.slots.models import BookingSlot

MOST_SEATS = 500
LONGEST_AHEAD = timedelta(days=2 * 366)


class BookingSlotSerializer(serializers.Serializer[BookingSlot]):
    """An override with its local date and times."""

    id = serializers.IntegerField(read_only=True)
    service = OwnServiceField()
    staff = OwnStaffField(help_text="Somebody who offers the service. Neither can be changed afterwards.")
    date = serializers.DateField()
    start_time = ClockField()
    end_time = ClockField(
        required=False, help_text="`00:00:00` is midnight. Left out: as long as the service takes."
    )
    is_available = serializers.BooleanField(default=True, help_text="False blocks the slot.")
    max_bookings = serializers.IntegerField(
        required=False,
        allow_null=True,
        min_value=1,
        max_value=MOST_SEATS,
        help_text="Null or left out: as the service says, which is also what is shown then.",
    )
    current_bookings = serializers.IntegerField(read_only=True, help_text="Live reservations.")

    def to_representation(self, slot: BookingSlot) -> dict[str, Any]:
        starts_at, ends_at = local(slot.starts_at), local(slot.ends_at)
        return {
            "id": slot.pk,
            "service": slot.service_id,
            "staff": slot.staff_id,
            "date": starts_at.date().isoformat(),
            "start_time": starts_at.time().isoformat(),
            "end_time": ends_at.time().isoformat(),
            "is_available": slot.is_available,
            "max_bookings": slot.seats,
            "current_bookings": slot.current_bookings,  # type: ignore[attr-defined]  # annotated
        }

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Return the columns to write: local date and times become instants."""
        if self.instance:
            self._refuse_another_owner(attrs)
        elif not attrs["staff"].services.filter(pk=attrs["service"].pk).exists():
            raise ValidationError({"staff": ["This member does not offer the service."]})
        if attrs.keys() & {"date", "start_time", "end_time"}:
            attrs |= self._instants(attrs)
        for name in ("date", "start_time", "end_time"):
            attrs.pop(name, None)
        return attrs

    def _refuse_another_owner(self, attrs: dict[str, Any]) -> None:
        for name in ("service", "staff"):
            chosen = attrs.pop(name, None)
            if chosen and chosen.pk != getattr(self.instance, f"{name}_id"):
                raise ValidationError({name: ["This can't be changed. Make another slot instead."]})

    def _instants(self, attrs: dict[str, Any]) -> dict[str, datetime]:
        if self.instance:
            starts_at, ends_at = local(self.instance.starts_at), local(self.instance.ends_at)
            kept = {"date": starts_at.date(), "start_time": starts_at.time(), "end_time": ends_at.time()}
            attrs = kept | attrs
            earliest = min(today(timezone.now()), starts_at.date())
        else:
            earliest = today(timezone.now())
        if not earliest <= attrs["date"] <= earliest + LONGEST_AHEAD:
            raise ValidationError({"date": ["Choose a day from today on, within two years."]})
        if "end_time" in attrs:
            return period_of(attrs["date"], attrs["start_time"], closes=attrs["end_time"])
        duration = timedelta(minutes=attrs["service"].duration_minutes)
        return period_of(attrs["date"], attrs["start_time"], duration=duration)


def period_of(
    day: date, opens: time, *, closes: time | None = None, duration: timedelta = timedelta(0)
) -> dict[str, datetime]:
    """Return the UTC instants of local times, where there is no closing time from the duration.

    Raises ValidationError for a time that the clock skips that day, and for an end that is not later on it.
    """
    zone = marketplace_zone()
    if not exists(day, opens, zone):
        raise ValidationError({"start_time": ["The clock skips this time on that day."]})
    if closes not in (None, MIDNIGHT) and not exists(day, closes, zone):
        raise ValidationError({"end_time": ["The clock skips this time on that day."]})
    starts_at = instant(day, opens, zone)
    ends_at = starts_at + duration if closes is None else closing_instant(day, closes, zone)
    if not starts_at < ends_at <= closing_instant(day, MIDNIGHT, zone):
        raise ValidationError({"end_time": ["Must be later than the start, on the same day."]})
    return {"starts_at": starts_at, "ends_at": ends_at}
