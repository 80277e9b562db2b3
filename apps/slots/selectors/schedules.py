"""The schedules that availability is computed from: hours, time off, departures and claims, a query each."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db.models import Q

from apps.common.localtime import day_bounds, marketplace_zone
from apps.services.models import Service, StaffMember
from apps.slots.availability import Claim, Departure, Hours, Member, Period, Rules
from apps.slots.models import BookingSlot, Reservation, TimeOff, WorkingHours

# A claim is at most a day, which has 25 hours where clocks go back, with a day of buffer on each side.
LONGEST_CLAIM = timedelta(days=3, hours=1)


@dataclass(frozen=True, slots=True)
class Wish:
    """Which members a customer would take. An empty gender or "any" matches all."""

    staff_id: int | None = None
    gender: str = ""

    def members(self) -> Q:
        matching = Q(is_active=True)
        if self.staff_id is not None:
            matching &= Q(pk=self.staff_id)
        if self.gender not in ("", "any"):
            matching &= Q(gender=self.gender)
        return matching


def rules_of(service: Service) -> Rules:
    return Rules(
        service_id=service.pk,
        duration=timedelta(minutes=service.duration_minutes),
        buffer_before=timedelta(minutes=service.buffer_before_minutes),
        buffer_after=timedelta(minutes=service.buffer_after_minutes),
        seats=service.max_bookings,
        min_notice=timedelta(minutes=service.min_notice_minutes),
        max_advance_days=service.max_advance_days,
    )


def members_of(
    service: Service,
    first_day: date,
    last_day: date,
    *,
    wish: Wish,
    now: datetime,
    without: Q | None = None,
) -> list[Member]:
    """Return the members who match, with all that binds their time on those local days: four queries.

    `without` matches reservations to leave out.
    """
    zone = marketplace_zone()
    period = Period(day_bounds(first_day, zone)[0], day_bounds(last_day, zone)[1])
    genders, hours = _members_and_hours(service, wish)
    if not genders:
        return []
    time_off = _time_off(service, genders.keys(), period)
    departures = _departures(service, genders.keys(), period) if settings.ENABLE_BOOKING_SLOTS else {}
    claims = _claims(service, genders.keys(), period, now, without)
    return [
        Member(
            id=member_id,
            gender=gender,
            hours=hours.get(member_id, {}),
            time_off=[*time_off.get(member_id, ()), *time_off.get(None, ())],
            departures=departures.get(member_id, ()),
            claims=claims.get(member_id, ()),
        )
        for member_id, gender in genders.items()
    ]


def weekly_hours(member: StaffMember) -> Hours:
    """Return one member's working intervals by weekday."""
    hours: dict[int, list[tuple[time, time]]] = defaultdict(list)
    rows = WorkingHours.objects.filter(staff=member).values_list("weekday", "start_time", "end_time")
    for weekday, opens, closes in rows:
        hours[weekday].append((opens, closes))
    return hours


def _members_and_hours(
    service: Service, wish: Wish
) -> tuple[dict[int, str], dict[int, dict[int, list[tuple[time, time]]]]]:
    rows = (
        StaffMember.objects.filter(wish.members(), services=service)
        .order_by("pk")
        .values_list(
            "pk", "gender", "working_hours__weekday", "working_hours__start_time", "working_hours__end_time"
        )
    )
    genders: dict[int, str] = {}
    hours: dict[int, dict[int, list[tuple[time, time]]]] = defaultdict(lambda: defaultdict(list))
    for member_id, gender, weekday, opens, closes in rows:
        genders[member_id] = gender
        if weekday is not None:
            hours[member_id][weekday].append((opens, closes))
    return genders, hours


def _time_off(
    service: Service, member_ids: Collection[int], period: Period
) -> dict[int | None, list[Period]]:
    rows = TimeOff.objects.filter(
        Q(staff__in=member_ids) | Q(staff=None),
        provider=service.provider_id,
        ends_at__gt=period.starts_at,
        starts_at__lt=period.ends_at,
    ).values_list("staff_id", "starts_at", "ends_at")
    found: dict[int | None, list[Period]] = defaultdict(list)
    for member_id, starts_at, ends_at in rows:
        found[member_id].append(Period(starts_at, ends_at))
    return found


def _departures(service: Service, member_ids: Collection[int], period: Period) -> dict[int, list[Departure]]:
    rows = BookingSlot.objects.filter(
        service=service,
        staff__in=member_ids,
        is_departure=True,
        starts_at__gte=period.starts_at,
        starts_at__lt=period.ends_at,
    ).values_list("staff_id", "starts_at", "ends_at", "is_available", "max_bookings")
    found: dict[int, list[Departure]] = defaultdict(list)
    for member_id, starts_at, ends_at, is_available, seats in rows:
        found[member_id].append(Departure(starts_at, ends_at, is_available, seats))
    return found


def _claims(
    service: Service,
    member_ids: Collection[int],
    period: Period,
    now: datetime,
    without: Q | None,
) -> dict[int, list[Claim]]:
    reach_before = period.starts_at - timedelta(minutes=service.buffer_before_minutes)
    reach_after = period.ends_at + timedelta(minutes=service.buffer_after_minutes)
    live = Reservation.objects.live(now).filter(
        staff__in=member_ids,
        starts_at__gt=reach_before - LONGEST_CLAIM,
        starts_at__lt=reach_after,
        ends_at__gt=reach_before,
    )
    if without is not None:
        live = live.exclude(without)
    found: dict[int, list[Claim]] = defaultdict(list)
    rows = live.order_by().values_list("staff_id", "service_id", "slot_starts_at", "starts_at", "ends_at")
    for member_id, service_id, slot_starts_at, starts_at, ends_at in rows:
        found[member_id].append(Claim(service_id, slot_starts_at, starts_at, ends_at))
    return found
