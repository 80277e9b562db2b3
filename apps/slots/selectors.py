"""Reads: the schedules that availability is computed from, and what a provider sees of his slots."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db.models import Q
from django.http import Http404

from apps.accounts.models import User
from apps.common.localtime import day_bounds, instant, marketplace_zone, today
from apps.services.models import Service, ServiceStatus, StaffMember
from apps.slots.availability import Claim, Departure, Member, Period, Rules, Slot, slots_on
from apps.slots.models import BookingSlot, Reservation, TimeOff

# A claim is at most a day long, with a day of buffer on each side: what starts earlier has ended.
LONGEST_CLAIM = timedelta(days=3)
LONGEST_HORIZON_DAYS = 366


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


def bookable_service(service_id: int) -> Service:
    """Return an active service. Raises Http404."""
    service = Service.objects.filter(
        pk=service_id, status=ServiceStatus.ACTIVE, provider__is_active=True
    ).first()
    if service is None:
        raise Http404
    return service


def members_of(
    service: Service,
    first_day: date,
    last_day: date,
    *,
    wish: Wish,
    now: datetime,
    without_reservation: int | None = None,
) -> list[Member]:
    """Return the members who match, with all that binds their time on those local days: four queries."""
    zone = marketplace_zone()
    period = Period(day_bounds(first_day, zone)[0], day_bounds(last_day, zone)[1])
    weekdays = {
        (first_day + timedelta(days=ahead)).weekday() for ahead in range((last_day - first_day).days + 1)
    }
    genders, hours = _members_and_hours(service, wish, weekdays)
    if not genders:
        return []
    time_off = _time_off(service, genders, period)
    departures = _departures(service, genders, period) if settings.ENABLE_BOOKING_SLOTS else {}
    claims = _claims(service, genders, period, now, without_reservation)
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


def available_slots(
    service: Service, day: date, *, wish: Wish, now: datetime, without_reservation: int | None = None
) -> list[Slot]:
    """Return a day's slots by start, also those that can't be taken; none for a past or far-off day."""
    if not 0 <= (day - today(now)).days <= LONGEST_HORIZON_DAYS:
        return []
    members = members_of(service, day, day, wish=wish, now=now, without_reservation=without_reservation)
    return slots_on(rules_of(service), members, day, now=now, zone=marketplace_zone())


def available_days(
    service: Service,
    first_day: date,
    last_day: date,
    *,
    wish: Wish,
    now: datetime,
    without_reservation: int | None = None,
) -> dict[date, list[Slot]]:
    """Return the slots that can be taken, for every day from first to last."""
    days = [first_day + timedelta(days=ahead) for ahead in range((last_day - first_day).days + 1)]
    open_days = [day for day in days if 0 <= (day - today(now)).days <= service.max_advance_days]
    found: dict[date, list[Slot]] = {day: [] for day in days}
    if open_days:
        rules, zone = rules_of(service), marketplace_zone()
        members = members_of(
            service,
            open_days[0],
            open_days[-1],
            wish=wish,
            now=now,
            without_reservation=without_reservation,
        )
        for day in open_days:
            found[day] = [
                slot for slot in slots_on(rules, members, day, now=now, zone=zone) if slot.is_available
            ]
    return found


def nearest_slots(
    service: Service, day: date, at: time, *, wish: Wish, now: datetime, count: int = 5
) -> list[Slot]:
    """Return up to `count` bookable slots nearest to a local time, a week to either side."""
    horizon = today(now) + timedelta(days=service.max_advance_days)
    wanted = min(max(day, today(now)), horizon)
    around = instant(wanted, at, marketplace_zone())
    week = timedelta(days=7)
    days = available_days(service, wanted - week, wanted + week, wish=wish, now=now)
    slots = [slot for found in days.values() for slot in found]
    return sorted(slots, key=lambda slot: (abs(slot.starts_at - around), slot.starts_at))[:count]


def reservation_of_booking(user: User, booking_id: int) -> int | None:
    """Return the claim of a booking that the user may see, or None if it has none. Raises Http404.

    The booking hangs its row on the claim; its relation's name is all that this app knows of bookings.
    """
    own = Reservation.objects.filter(booking=booking_id)
    if not user.is_admin:
        own = own.filter(Q(booking__customer=user) | Q(service__provider=user))
    return own.values_list("pk", flat=True).first()


def _members_and_hours(
    service: Service, wish: Wish, weekdays: set[int]
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
        if weekday in weekdays:
            hours[member_id][weekday].append((opens, closes))
    return genders, hours


def _time_off(service: Service, member_ids: Iterable[int], period: Period) -> dict[int | None, list[Period]]:
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


def _departures(service: Service, member_ids: Iterable[int], period: Period) -> dict[int, list[Departure]]:
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
    member_ids: Iterable[int],
    period: Period,
    now: datetime,
    without_reservation: int | None,
) -> dict[int, list[Claim]]:
    reach_before = period.starts_at - timedelta(minutes=service.buffer_before_minutes)
    reach_after = period.ends_at + timedelta(minutes=service.buffer_after_minutes)
    live = Reservation.objects.filter(
        Q(expires_at=None) | Q(expires_at__gt=now),
        staff__in=member_ids,
        starts_at__gt=reach_before - LONGEST_CLAIM,
        starts_at__lt=reach_after,
        ends_at__gt=reach_before,
    )
    if without_reservation is not None:
        live = live.exclude(pk=without_reservation)
    found: dict[int, list[Claim]] = defaultdict(list)
    rows = live.order_by().values_list("staff_id", "service_id", "slot_starts_at", "starts_at", "ends_at")
    for member_id, service_id, slot_starts_at, starts_at, ends_at in rows:
        found[member_id].append(Claim(service_id, slot_starts_at, starts_at, ends_at))
    return found
