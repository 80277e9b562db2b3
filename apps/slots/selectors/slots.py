"""The slots that customers see."""

from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from rest_framework.exceptions import ValidationError

from apps.accounts.models import User
from apps.common.localtime import instant, marketplace_zone, today
from apps.services.models import Service, ServiceStatus, StaffMember
from apps.slots.availability import Slot, slots_on
from apps.slots.selectors.schedules import Wish, members_of, rules_of

LONGEST_HORIZON_DAYS = 366


def bookable_service(service_id: int, *, staff_id: int | None = None) -> Service:
    """Return an active service. Raises Http404, and ValidationError where that member doesn't offer it."""
    services = Service.objects.filter(status=ServiceStatus.ACTIVE, provider__is_active=True)
    if staff_id is None:
        return get_object_or_404(services, pk=service_id)
    member = StaffMember.objects.filter(pk=staff_id, services=OuterRef("pk"))
    service = services.annotate(is_offered=Exists(member)).filter(pk=service_id).first()
    if service is None:
        raise Http404
    if not service.is_offered:
        raise ValidationError({"staff": ["This member does not offer the service."]})
    return service


def available_slots(
    service: Service, day: date, *, wish: Wish, now: datetime, without: Q | None = None
) -> list[Slot]:
    """Return a day's slots by start, also those that can't be taken; none for a past or far-off day."""
    if not 0 <= (day - today(now)).days <= LONGEST_HORIZON_DAYS:
        return []
    members = members_of(service, day, day, wish=wish, now=now, without=without)
    return slots_on(rules_of(service), members, day, now=now, zone=marketplace_zone())


def available_days(
    service: Service,
    first_day: date,
    last_day: date,
    *,
    wish: Wish,
    now: datetime,
    without: Q | None = None,
) -> dict[date, list[Slot]]:
    """Return the slots that can be taken, for every day from first to last."""
    days = [first_day + timedelta(days=ahead) for ahead in range((last_day - first_day).days + 1)]
    open_days = [day for day in days if 0 <= (day - today(now)).days <= service.max_advance_days]
    found: dict[date, list[Slot]] = {day: [] for day in days}
    if open_days:
        rules, zone = rules_of(service), marketplace_zone()
        members = members_of(service, open_days[0], open_days[-1], wish=wish, now=now, without=without)
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


def reservations_of_booking(user: User, booking_id: int) -> Q:
    """Match the claim of a booking that the user may see; somebody else's matches nothing.

    The booking hangs its row on the claim; its relations' names are all that this app knows of bookings.
    """
    own = Q(booking=booking_id)
    return own if user.is_admin else own & (Q(booking__customer=user) | Q(service__provider=user))
