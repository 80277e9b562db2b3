"""The schedules that availability is computed from: hours, time off, overrides and reservations."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q

from apps.common.localtime import day_bounds, marketplace_zone
from apps.services.models import Service, StaffMember
from apps.slots.availability import Hours, Member, Period, ReservationPeriod, Rules, SlotOverride
from apps.slots.models import WorkingHours
from apps.slots.selectors.statements import OFFER, as_instant, bindings_without, rows_of
from apps.slots.timeline import Timeline, merged

EVERY_WEEKDAY = -1
# A reservation is at most a day, which has 25 hours where clocks go back, with a day of buffer on each side.
LONGEST_RESERVATION = timedelta(days=3, hours=1)


@dataclass(frozen=True, slots=True)
class Wish:
    """Which members a customer would take. An empty gender or "any" matches all."""

    staff_id: int | None = None
    gender: str = ""

    def members(self) -> Q:
        matching = Q(is_active=True)
        if self.staff_id is not None:
            matching &= Q(pk=self.staff_id)
        if self.exact_gender:
            matching &= Q(gender=self.exact_gender)
        return matching

    @property
    def exact_gender(self) -> str:
        return "" if self.gender == "any" else self.gender


@dataclass(frozen=True, slots=True)
class Offer:
    """A service's rules, and by their ids the gender and the hours of the members who match a wish."""

    rules: Rules
    roster: Mapping[int, tuple[str, Hours]]
    is_bookable: bool


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


def offer_of(service_id: int, wish: Wish, *, day: date | None = None) -> Offer | None:
    """Return a service's rules and the members who match, in one statement; None for an unknown service.

    Their hours are those of every weekday, or of one `day`.
    """
    wanted = {
        "service": service_id,
        "staff": wish.staff_id or 0,
        "gender": wish.exact_gender,
        "weekday": EVERY_WEEKDAY if day is None else day.weekday(),
    }
    rows = list(rows_of(OFFER, wanted))
    if not rows:
        return None
    is_bookable, duration, before, after, seats, notice, max_advance_days = rows[0][:7]
    roster: dict[int, tuple[str, dict[int, list[tuple[time, time]]]]] = {}
    for *_, member_id, gender, weekday, opens, closes in rows:
        if member_id is None:
            continue
        hours = roster.setdefault(member_id, (gender, defaultdict(list)))[1]
        if weekday is not None:
            hours[weekday].append((time.fromisoformat(opens), time.fromisoformat(closes)))
    rules = Rules(
        service_id=service_id,
        duration=timedelta(minutes=duration),
        buffer_before=timedelta(minutes=before),
        buffer_after=timedelta(minutes=after),
        seats=seats,
        min_notice=timedelta(minutes=notice),
        max_advance_days=max_advance_days,
    )
    return Offer(rules=rules, roster=dict(roster), is_bookable=bool(is_bookable))


def members_of(
    rules: Rules,
    first_day: date,
    last_day: date,
    *,
    wish: Wish,
    now: datetime,
    without: Collection[int] = (),
    offer: Offer | None = None,
) -> list[Member]:
    """Return the members who match, with all that binds their time on those local days: two statements.

    `without` are the ids of reservations to leave out. An `offer` that was read already spares one of the
    two.
    """
    offer = offer or offer_of(rules.service_id, wish, day=first_day if first_day == last_day else None)
    if offer is None or not offer.roster:
        return []
    reservations: dict[int, list[ReservationPeriod]] = defaultdict(list)
    overrides: dict[int, list[SlotOverride]] = defaultdict(list)
    time_off: dict[int | None, list[Period]] = defaultdict(list)
    statement, own = bindings_without(without)
    bounds = _bounds(rules, first_day, last_day, now=now) | own
    for kind, member_id, starts, ends, number, slot_starts in rows_of(statement, bounds):
        starts_at, ends_at = as_instant(starts), as_instant(ends)
        if kind == "reservation":
            reservations[member_id].append(
                ReservationPeriod(number, as_instant(slot_starts), starts_at, ends_at)
            )
        elif kind == "time off":
            time_off[member_id].append(Period(starts_at, ends_at))
        else:
            overrides[member_id].append(SlotOverride(starts_at, ends_at, kind == "open", number))
    closed = Timeline(merged(time_off[None]))
    return [
        Member(
            id=member_id,
            gender=gender,
            hours=hours,
            time_off=time_off[member_id],
            overrides=overrides[member_id],
            reservations=reservations[member_id],
            closed=closed,
        )
        for member_id, (gender, hours) in offer.roster.items()
    ]


def weekly_hours(member: StaffMember) -> Hours:
    """Return one member's working intervals by weekday."""
    hours: dict[int, list[tuple[time, time]]] = defaultdict(list)
    rows = WorkingHours.objects.filter(staff=member).values_list("weekday", "start_time", "end_time")
    for weekday, opens, closes in rows:
        hours[weekday].append((opens, closes))
    return hours


def _bounds(rules: Rules, first_day: date, last_day: date, *, now: datetime) -> dict[str, Any]:
    zone = marketplace_zone()
    slots_from, slots_until = day_bounds(first_day, zone)[0], day_bounds(last_day, zone)[1]
    reservations_from = slots_from - rules.buffer_before
    return {
        "service": rules.service_id,
        "overrides": settings.ENABLE_BOOKING_SLOTS,
        "slots_from": slots_from,
        "slots_until": slots_until,
        "reservations_from": reservations_from,
        "reservations_until": slots_until + rules.buffer_after,
        "longest_before": reservations_from - LONGEST_RESERVATION,
        "now": now,
    }
