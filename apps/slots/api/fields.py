"""Fields of schedules."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from apps.accounts.models import User
from apps.services.models import Service, StaffMember
from apps.slots.selectors import staff_visible_to


class ClockField(serializers.TimeField):
    """A local time to the second."""

    def __init__(self, **options: Any) -> None:
        super().__init__(format="%H:%M:%S", input_formats=["%H:%M:%S", "%H:%M"], **options)


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
