"""When the demo's people work. Sunday to Friday, as in Nepal; Saturday is the day off."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from apps.accounts.models import User
from apps.common.localtime import instant, marketplace_zone, today
from apps.services.models import Service, StaffMember
from apps.slots.actions import slot_override_create, time_off_create
from apps.slots.models import Weekday, WorkingHours

WORKDAYS = [day for day in Weekday if day != Weekday.SATURDAY]
Intervals = tuple[tuple[time, time], ...]

OFFICE: Intervals = ((time(9), time(18)),)
WITH_LUNCH: Intervals = ((time(10), time(13)), (time(14), time(18)))
MORNING_AND_EVENING: Intervals = ((time(6), time(10)), (time(16), time(20)))
UNTIL_MIDNIGHT: Intervals = ((time(12), time.min),)

HOURS: Mapping[str, Intervals] = {
    "provider": OFFICE,
    "bijuli": OFFICE,
    "gyan": MORNING_AND_EVENING,
    "shanti": MORNING_AND_EVENING,
    "annapurna": MORNING_AND_EVENING,
    "sundari": WITH_LUNCH,
    "nirmala": WITH_LUNCH,
    "kaath": WITH_LUNCH,
}
# Somebody has to come when the lights go out at night.
NIGHT_SHIFT = "Anil Karki"


def hours_create(providers: Mapping[str, User]) -> None:
    """Give every member the hours of their firm."""
    rows = []
    for account, provider in providers.items():
        for member in StaffMember.objects.filter(provider=provider):
            intervals = UNTIL_MIDNIGHT if member.full_name == NIGHT_SHIFT else HOURS.get(account, OFFICE)
            rows += [
                WorkingHours(staff=member, weekday=weekday, start_time=opens, end_time=closes)
                for weekday in WORKDAYS
                for opens, closes in intervals
            ]
    WorkingHours.objects.bulk_create(rows)


def slot_overrides_create(providers: Mapping[str, User], *, now: datetime) -> None:
    """Close some days, block one slot, open one on a Saturday, and give one class fewer seats."""
    _close(providers["provider"], "Maya Gurung", 9, 3, "Wedding in the family", now=now)
    _close(providers["sundari"], None, 16, 2, "Parlour is being painted", now=now)
    _close(providers["nirmala"], None, 25, 5, "Conference in Delhi", now=now)
    _close(providers["gyan"], "Srijana Poudel", 5, 1, "Exam duty", now=now)
    _close(providers["bijuli"], None, -30, 4, "Dashain", now=now)
    yoga = Service.objects.get(provider=providers["shanti"], title="Morning yoga class")
    teacher = StaffMember.objects.get(provider=providers["shanti"], full_name="Yogesh Bhattarai")
    workday = _next_workday(today(now) + timedelta(days=3))
    _depart(yoga, teacher, workday, time(7), is_available=False, now=now)
    _depart(yoga, teacher, workday, time(8), max_bookings=6, now=now)
    _depart(yoga, teacher, _next_saturday(today(now) + timedelta(days=2)), time(7), now=now)


def _close(
    provider: User, member_name: str | None, in_days: int, days: int, reason: str, *, now: datetime
) -> None:
    zone = marketplace_zone()
    first = today(now) + timedelta(days=in_days)
    time_off_create(
        provider=provider,
        staff=StaffMember.objects.get(provider=provider, full_name=member_name) if member_name else None,
        starts_at=instant(first, time.min, zone),
        ends_at=instant(first + timedelta(days=days), time.min, zone),
        reason=reason,
        now=now,
    )


def _depart(
    service: Service,
    member: StaffMember,
    day: date,
    at: time,
    *,
    is_available: bool = True,
    max_bookings: int | None = None,
    now: datetime,
) -> None:
    starts_at = instant(day, at, marketplace_zone())
    slot_override_create(
        service=service,
        staff=member,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=service.duration_minutes),
        is_available=is_available,
        max_bookings=max_bookings,
        now=now,
    )


def _next_workday(day: date) -> date:
    return day if day.weekday() != Weekday.SATURDAY else day + timedelta(days=1)


def _next_saturday(day: date) -> date:
    return day + timedelta(days=(Weekday.SATURDAY - day.weekday()) % 7)
