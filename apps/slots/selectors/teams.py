"""Several services with their members, and all that binds these: read once, however many services they do."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, time

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from apps.common.localtime import day_bounds, marketplace_zone
from apps.services.models import StaffMember
from apps.slots.availability import Member, Period, ReservationPeriod, Rules, SlotOverride
from apps.slots.models import BookingSlot, Reservation, TimeOff, WorkingHours
from apps.slots.selectors.schedules import LONGEST_RESERVATION
from apps.slots.selectors.statements import as_instant
from apps.slots.timeline import Timeline, merged


def teams_of(
    services: Mapping[int, Rules], first_day: date, last_day: date, *, now: datetime
) -> dict[int, list[Member]]:
    """Return each service's members with all that binds their time on those local days: five statements."""
    zone = marketplace_zone()
    begins_at, ends_at = day_bounds(first_day, zone)[0], day_bounds(last_day, zone)[1]
    pairs = (
        StaffMember.services.through.objects.filter(service__in=services, staffmember__is_active=True)
        .order_by("staffmember_id")
        .values_list("service_id", "staffmember_id", "staffmember__provider_id", "staffmember__gender")
    )
    members = StaffMember.objects.filter(is_active=True, services__in=services)
    hours = _hours(members, first_day, last_day)
    overrides = _overrides(list(services), begins_at, ends_at)
    reservations = _reservations(members, services, begins_at, ends_at, now=now)
    time_off, closed = _time_off(members, begins_at, ends_at)
    teams: dict[int, list[Member]] = defaultdict(list)
    for service_id, member_id, provider_id, gender in pairs:
        teams[service_id].append(
            Member(
                id=member_id,
                gender=gender,
                hours=hours[member_id],
                time_off=time_off[member_id],
                overrides=overrides[service_id, member_id],
                reservations=reservations[member_id],
                closed=closed[provider_id],
            )
        )
    return teams


def _hours(
    members: QuerySet[StaffMember], first_day: date, last_day: date
) -> dict[int, dict[int, list[tuple[time, time]]]]:
    weekdays = {(first_day.weekday() + ahead) % 7 for ahead in range((last_day - first_day).days + 1)}
    rows = WorkingHours.objects.filter(staff__in=members.values("pk"), weekday__in=weekdays)
    found: dict[int, dict[int, list[tuple[time, time]]]] = defaultdict(lambda: defaultdict(list))
    values = rows.order_by("start_time").values_list("staff_id", "weekday", "start_time", "end_time")
    for member_id, weekday, opens, closes in values:
        found[member_id][weekday].append((opens, closes))
    return found


def _reservations(
    members: QuerySet[StaffMember],
    services: Mapping[int, Rules],
    begins_at: datetime,
    ends_at: datetime,
    *,
    now: datetime,
) -> dict[int, list[ReservationPeriod]]:
    """Return the reservations by member, as far as the longest buffers of these services reach."""
    since = begins_at - max(rules.buffer_before for rules in services.values())
    until = ends_at + max(rules.buffer_after for rules in services.values())
    rows = Reservation.objects.live(now).filter(
        staff__in=members.values("pk"),
        starts_at__gt=since - LONGEST_RESERVATION,
        starts_at__lt=until,
        ends_at__gt=since,
    )
    found: dict[int, list[ReservationPeriod]] = defaultdict(list)
    instants = (_text("slot_starts_at"), _text("starts_at"), _text("ends_at"))
    for member_id, service_id, *texts in rows.order_by().values_list("staff_id", "service_id", *instants):
        found[member_id].append(ReservationPeriod(service_id, *map(as_instant, texts)))
    return found


def _overrides(
    service_ids: list[int], begins_at: datetime, ends_at: datetime
) -> dict[tuple[int, int], list[SlotOverride]]:
    rows = BookingSlot.objects.filter(
        service__in=service_ids, is_override=True, starts_at__gte=begins_at, starts_at__lt=ends_at
    )
    found: dict[tuple[int, int], list[SlotOverride]] = defaultdict(list)
    values = ("service_id", "staff_id", "is_available", "max_bookings", _text("starts_at"), _text("ends_at"))
    for service_id, member_id, is_available, seats, starts, ends in rows.order_by().values_list(*values):
        override = SlotOverride(as_instant(starts), as_instant(ends), is_available, seats)
        found[service_id, member_id].append(override)
    return found


def _time_off(
    members: QuerySet[StaffMember], begins_at: datetime, ends_at: datetime
) -> tuple[dict[int, list[Period]], dict[int, Timeline[Period]]]:
    """Return the time off by member, and that of everybody by provider."""
    rows = TimeOff.objects.filter(
        provider__in=members.values("provider"), ends_at__gt=begins_at, starts_at__lt=ends_at
    )
    own: dict[int, list[Period]] = defaultdict(list)
    everybodys: dict[int, list[Period]] = defaultdict(list)
    values = ("provider_id", "staff_id", _text("starts_at"), _text("ends_at"))
    for provider_id, member_id, starts, ends in rows.order_by().values_list(*values):
        period = Period(as_instant(starts), as_instant(ends))
        (everybodys[provider_id] if member_id is None else own[member_id]).append(period)
    closed: dict[int, Timeline[Period]] = defaultdict(lambda: Timeline(()))
    closed.update({provider_id: Timeline(merged(periods)) for provider_id, periods in everybodys.items()})
    return own, closed


def _text(field: str) -> Cast:
    """Return an instant as text, which Python reads ten times faster than the driver reads a timestamp."""
    return Cast(field, TextField())
