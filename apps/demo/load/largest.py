"""The most work that one read of a service's slots can be: every limit is reached, and every hour is used."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.conf import settings

from apps.accounts.models import Role, User
from apps.common.localtime import day_bounds, marketplace_zone
from apps.demo.load.supply import DOMAIN
from apps.services.models import Category, Service, ServiceStatus, StaffMember
from apps.slots.limits import MOST_INTERVALS_A_DAY
from apps.slots.models import BookingSlot, Reservation, TimeOff, Weekday, WorkingHours

SHORTEST = timedelta(minutes=5)
RESERVATIONS_A_DAY = 3
DAYS = 31


def largest_service(*, first_day: date) -> Service:
    """Return a new service as large as the limits allow, with a month from `first_day` on as full as it gets.

    All that binds its members lies in that month.
    """
    provider = User.objects.create(
        email=f"largest{DOMAIN}", full_name="Largest", phone="+9779800000000", role=Role.PROVIDER
    )
    category, _ = Category.objects.get_or_create(slug="largest", defaults={"name": "Largest"})
    service = Service.objects.create(
        provider=provider,
        category=category,
        title="Largest",
        slug="largest",
        price=Decimal(100),
        duration_minutes=SHORTEST // timedelta(minutes=1),
        buffer_before_minutes=1,
        buffer_after_minutes=1,
        min_notice_minutes=0,
        max_advance_days=366,
        status=ServiceStatus.ACTIVE,
    )
    members = StaffMember.objects.bulk_create(
        StaffMember(provider=provider, full_name=f"Member {number}")
        for number in range(settings.MAX_MEMBERS_PER_PROVIDER)
    )
    service.staff.set(members)
    WorkingHours.objects.bulk_create(_hours(members), batch_size=1000)
    days = [first_day + timedelta(days=ahead) for ahead in range(DAYS)]
    begins = [day_bounds(day, marketplace_zone())[0] for day in days]
    TimeOff.objects.bulk_create(_time_off(provider, members, begins), batch_size=1000)
    BookingSlot.objects.bulk_create(_overrides(service, members, begins), batch_size=1000)
    _book(service, members, begins)
    return service


def _hours(members: Sequence[StaffMember]) -> Iterator[WorkingHours]:
    """Yield hours round the clock, of which no two members have the same."""
    longest = timedelta(days=1) / MOST_INTERVALS_A_DAY
    for number, member in enumerate(members):
        for weekday in Weekday.values:
            for interval in range(MOST_INTERVALS_A_DAY):
                opens = interval * longest + timedelta(minutes=number)
                closes = min((interval + 1) * longest, timedelta(days=1))
                yield WorkingHours(
                    staff=member, weekday=weekday, start_time=_clock(opens), end_time=_clock(closes)
                )


def _clock(since_midnight: timedelta) -> time:
    minutes = since_midnight // timedelta(minutes=1)
    return time(minutes // 60 % 24, minutes % 60)


def _time_off(
    provider: User, members: Sequence[StaffMember], begins: Sequence[datetime]
) -> Iterator[TimeOff]:
    """Yield a tenth for the whole provider, the rest for members in turn: a quarter of an hour each."""
    for number in range(settings.MAX_TIME_OFF_PER_PROVIDER):
        starts_at = begins[number % DAYS] + timedelta(hours=4, minutes=20 * (number // DAYS % 24))
        staff = None if number % 10 == 0 else members[number % len(members)]
        ends_at = starts_at + timedelta(minutes=15)
        yield TimeOff(provider=provider, staff=staff, starts_at=starts_at, ends_at=ends_at)


def _overrides(
    service: Service, members: Sequence[StaffMember], begins: Sequence[datetime]
) -> Iterator[BookingSlot]:
    """Yield slots that are opened and blocked by turns."""
    for number in range(settings.MAX_DEPARTURES_PER_PROVIDER):
        starts_at = begins[number // len(members) % DAYS] + timedelta(hours=14, seconds=30)
        yield BookingSlot(
            service=service,
            staff=members[number % len(members)],
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=7),
            is_override=True,
            is_available=number % 2 == 0,
        )


def _book(service: Service, members: Sequence[StaffMember], begins: Sequence[datetime]) -> None:
    slots = BookingSlot.objects.bulk_create(
        (
            BookingSlot(service=service, staff=member, starts_at=starts_at, ends_at=starts_at + SHORTEST)
            for begin in begins
            for number, member in enumerate(members)
            for starts_at in (
                begin + timedelta(hours=18 + hour, minutes=number % 40) for hour in range(RESERVATIONS_A_DAY)
            )
        ),
        batch_size=1000,
    )
    buffer = timedelta(minutes=1)
    Reservation.objects.bulk_create(
        (
            Reservation(
                slot=slot,
                staff_id=slot.staff_id,
                service=service,
                slot_starts_at=slot.starts_at,
                slot_ends_at=slot.ends_at,
                starts_at=slot.starts_at - buffer,
                ends_at=slot.ends_at + buffer,
            )
            for slot in slots
        ),
        batch_size=1000,
    )
