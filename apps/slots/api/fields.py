"""Fields of schedules."""

from datetime import datetime, time
from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from apps.accounts.models import User
from apps.services.models import Service, StaffMember
from apps.slots.selectors import staff_visible_to

SENSIBLE_YEARS = range(2000, 2201)


class ClockField(serializers.TimeField):
    """A local time to the second."""

    def __init__(self, **options: Any) -> None:
        super().__init__(format="%H:%M:%S", input_formats=["%H:%M:%S", "%H:%M"], **options)


class MinuteField(ClockField):
    """A local time of whole minutes: a day then has no more than 1440 starts, however many people work."""

    default_error_messages = {"minute": "Use whole minutes."}

    def to_internal_value(self, value: Any) -> time:
        at = super().to_internal_value(value)
        if at.second or at.microsecond:
            self.fail("minute")
        return at


class InstantField(serializers.DateTimeField):
    """An instant with its offset, or without one a local time, in a year that calendars reach."""

    default_error_messages = {"year": "Use a year between 2000 and 2200."}

    def to_internal_value(self, value: Any) -> datetime:
        try:
            moment = super().to_internal_value(value)
        except OverflowError:  # a local time of the year 1 lies before UTC's first
            self.fail("year")
        if moment.year not in SENSIBLE_YEARS:
            self.fail("year")
        return moment


class OwnStaffField(serializers.PrimaryKeyRelatedField[StaffMember]):
    """A member of the provider's own; an admin names any."""

    def __init__(self, **options: Any) -> None:
        super().__init__(queryset=StaffMember.objects.all(), pk_field=serializers.IntegerField(), **options)

    def get_queryset(self) -> QuerySet[StaffMember]:
        return staff_visible_to(self.context["request"].user)


class OwnServiceField(serializers.PrimaryKeyRelatedField[Service]):
    """A service of the provider's own; an admin names any."""

    def __init__(self, **options: Any) -> None:
        super().__init__(queryset=Service.objects.all(), pk_field=serializers.IntegerField(), **options)

    def get_queryset(self) -> QuerySet[Service]:
        user: User = self.context["request"].user
        services = Service.objects.all()
        return services if user.is_admin else services.filter(provider=user)
