"""The slots that customers see."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.http import Http404
from rest_framework.exceptions import ValidationError

from apps.accounts.models import User
from apps.common.localtime import instant, marketplace_zone, today
from apps.services.models import StaffMember
from apps.slots.availability import Rules, Slot, slots_on
from apps.slots.models import Reservation
from apps.slots.selectors.schedules import Offer, Wish, members_of, offer_of

LONGEST_HORIZON_DAYS = 366


def bookable_offer(service_id: int, wish: Wish, *, day: date | None = None) -> Offer:
    """Return an active service's rules and the members who match, with hours of all days or of one.

    Raises Http404.
    """
    offer = offer_of(service_id, wish, day=day)
    if offer is None or not offer.is_bookable:
        raise Http404
    return offer


def require_member(service_id: int, staff_id: int) -> None:
    """Raise ValidationError where that member doesn't offer the service."""
    if not StaffMember.objects.filter(pk=staff_id, services=service_id).exists():
        raise ValidationError({"staff": ["This member does not offer the service."]})


def available_slots(
    rules: Rules,
    day: date,
    *,
    wish: Wish,
    now: datetime,
    without: Collection[int] = (),
    offer: Offer | None = None,
) -> list[Slot]:
    """Return a day's slots by start, also those that can't be taken; none for a past or far-off day."""
    if not 0 <= (day - today(now)).days <= max(LONGEST_HORIZON_DAYS, rules.max_advance_days):
        return []
    members = members_of(rules, day, day, wish=wish, now=now, without=without, offer=offer)
    return slots_on(rules, members, day, now=now, zone=marketplace_zone())


def available_days(
    rules: Rules,
    first_day: date,
    last_day: date,
    *,
    wish: Wish,
    now: datetime,
    without: Collection[int] = (),
    offer: Offer | None = None,
) -> dict[date, list[Slot]]:
    """Return the slots that can be taken, for every day from first to last."""
    days = [first_day + timedelta(days=ahead) for ahead in range((last_day - first_day).days + 1)]
    open_days = [day for day in days if 0 <= (day - today(now)).days <= rules.max_advance_days]
    found: dict[date, list[Slot]] = {day: [] for day in days}
    if open_days:
        zone = marketplace_zone()
        members = members_of(
            rules, open_days[0], open_days[-1], wish=wish, now=now, without=without, offer=offer
        )
        for day in open_days:
            found[day] = [
                slot for slot in slots_on(rules, members, day, now=now, zone=zone) if slot.is_available
            ]
    return found


def nearest_slots(
    rules: Rules,
    day: date,
    at: time,
    *,
    wish: Wish,
    now: datetime,
    count: int = 5,
    without: Collection[int] = (),
) -> list[Slot]:
    """Return up to `count` bookable slots nearest to a local time, a week to either side."""
    horizon = today(now) + timedelta(days=rules.max_advance_days)
    wanted = min(max(day, today(now)), horizon)
    around = instant(wanted, at, marketplace_zone())
    week = timedelta(days=7)
    days = available_days(rules, wanted - week, wanted + week, wish=wish, now=now, without=without)
    slots = [slot for found in days.values() for slot in found]
    return sorted(slots, key=lambda slot: (abs(slot.starts_at - around), slot.starts_at))[:count]


def reservations_of_booking(user: User, booking_id: int) -> list[Reservation]:
    """Return the claim of a booking that the user may see, and those of a recurring draft's later visits.

    None for somebody else's. The booking hangs its rows on the claims; its relations' names are all that this
    app knows of bookings.
    """
    own = Q(booking=booking_id)
    if not user.may("bookings.view_booking"):
        own &= Q(booking__customer=user) | Q(service__provider=user)
    found = Reservation.objects.filter(own).select_related("booking").order_by().first()
    if found is None:
        return []
    later = Reservation.objects.filter(occurrence__booking=booking_id) if found.booking.is_recurring else []
    return [found, *later]
