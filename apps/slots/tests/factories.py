"""Schedules for tests."""

from datetime import time
from typing import Any

import factory

from apps.services.models import Service, StaffMember
from apps.services.tests.factories import ServiceFactory, StaffFactory
from apps.slots.models import WorkingHours

EVERY_DAY = range(7)


def works(
    member: StaffMember, opens: str = "10:00", closes: str = "17:00", weekdays: Any = EVERY_DAY
) -> StaffMember:
    """Give a member working hours, and return him."""
    WorkingHours.objects.bulk_create(
        WorkingHours(
            staff=member,
            weekday=weekday,
            start_time=time.fromisoformat(opens),
            end_time=time.fromisoformat(closes),
        )
        for weekday in weekdays
    )
    return member


class BookableServiceFactory(ServiceFactory):
    """A one-hour service with `members` people (one unless told), who work 10 to 17 every day."""

    @factory.post_generation
    def members(self: Service, create: bool, extracted: Any, **kwargs: Any) -> None:
        for _ in range(1 if extracted is None else extracted):
            works(StaffFactory(provider=self.provider)).services.add(self)
