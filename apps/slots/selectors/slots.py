"""The slots that customers see."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from heapq import nsmallest
from itertools import chain

from django.db.models import Q
from django.http import Http404
from rest_framework.exceptions import ValidationError

from apps.accounts.models import User
from apps.common.localtime import instant, marketplace_zone, today
from apps.services.models import StaffMember
from apps.slots.availability import Member, Rules, Slot, free_starts, slots_at, slots_on
from apps.slots.models import Reservation
from apps.slots.selectors.schedules import Offer, Wish, members_of, offer_of

LONGEST_HORIZON_DAYS = 366
WEEK = timedelta(days=7)


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


def available_starts(
    rules: Rules,
    first_day: date,
    last_day: date,
    *,
    wish: Wish,
    now: datetime,
    without: Collection[int] = (),
    offer: Offer | None = None,
) -> dict[date, Collection[datetime]]:
    """Return the starts that can be taken, for every day from first to last."""
    days, members = _open_days(rules, first_day, last_day, wish=wish, now=now, without=without, offer=offer)
    found: dict[date, Collection[datetime]] = dict.fromkeys(_days(first_day, last_day), ())
    if days:
        found.update(free_starts(rules, members, days, now=now, zone=marketplace_zone()))
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
    zone = marketplace_zone()
    horizon = today(now) + timedelta(days=rules.max_advance_days)
    wanted = min(max(day, today(now)), horizon)
    around = instant(wanted, at, zone)
    days, members = _open_days(rules, wanted - WEEK, wanted + WEEK, wish=wish, now=now, without=without)
    if not days:
        return []
    starts = chain.from_iterable(free_starts(rules, members, days, now=now, zone=zone).values())
    nearest = nsmallest(count, starts, key=lambda start: (abs(start - around), start))
    slots = {slot.starts_at: slot for slot in slots_at(rules, members, nearest, now=now, zone=zone)}
    return [slots[start] for start in nearest]


def _open_days(
    rules: Rules,
    first_day: date,
    last_day: date,
    *,
    wish: Wish,
    now: datetime,
    without: Collection[int],
    offer: Offer | None = None,
) -> tuple[list[date], list[Member]]:
    """Return the days that lie ahead, up to the horizon, and the members as they are bound on them."""
    ahead = today(now), today(now) + timedelta(days=rules.max_advance_days)
    days = [day for day in _days(first_day, last_day) if ahead[0] <= day <= ahead[1]]
    if not days:
        return [], []
    members = members_of(rules, days[0], days[-1], wish=wish, now=now, without=without, offer=offer)
    return days, members


def _days(first_day: date, last_day: date) -> list[date]:
    return [first_day + timedelta(days=ahead) for ahead in range((last_day - first_day).days + 1)]


def reservations_of_booking(user: User, booking_id: int) -> list[Reservation]:
    """Return the reservation of a booking that the user may see, with a recurring draft's later ones.

    None for somebody else's. The booking hangs its rows on the reservations; its relations' names are all
    that this app knows of bookings.
    """
    own = Q(booking=booking_id)
    if not user.may("bookings.view_booking"):
        own &= Q(booking__customer=user) | Q(service__provider=user)
    found = Reservation.objects.filter(own).select_related("booking").order_by().first()
    if found is None:
        return []
    later = Reservation.objects.filter(occurrence__booking=booking_id) if found.booking.is_recurring else []
    return [found, *later]
