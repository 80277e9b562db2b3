"""What is asked for: services, days, people and free slots of the loaded database."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import zip_longest
from random import Random

from django.utils import timezone
from rest_framework_simplejwt.tokens import AccessToken

from apps.accounts.models import Role, User
from apps.bookings.models import Booking, BookingStatus
from apps.bookings.wizard.actions import booking_create
from apps.bookings.wizard.actions.details import Details
from apps.bookings.wizard.actions.one_shot import Order
from apps.common.localtime import local, today
from apps.demo.load.largest import largest_service
from apps.demo.load.supply import DOMAIN
from apps.services.models import Service
from apps.slots.models import Weekday
from apps.slots.selectors import Wish, available_starts, rules_of

SERVICES = 200
DAYS_AHEAD = 30
PEOPLE = 100
BOOKING_DAYS = (2, 50)


@dataclass(frozen=True, slots=True)
class FreeSlot:
    service_id: int
    date: str
    time: str


def service_ids() -> list[int]:
    """Return services of different providers, the same in every run."""
    ids = list(Service.objects.order_by("pk").values_list("pk", flat=True))
    return Random(1).sample(ids, min(SERVICES, len(ids)))


def largest() -> tuple[int, date]:
    """Return a service as large as the limits allow, which is made, and the first day of its full month."""
    first_day = (today(timezone.now()).replace(day=1) + timedelta(days=31)).replace(day=1)
    return largest_service(first_day=first_day).pk, first_day


def working_days() -> list[date]:
    first = today(timezone.now())
    days = [first + timedelta(days=ahead) for ahead in range(1, DAYS_AHEAD + 1)]
    return [day for day in days if day.weekday() != Weekday.SATURDAY]


def tokens(role: Role, count: int = PEOPLE) -> list[str]:
    """Return access tokens of people of the load."""
    people = User.objects.filter(role=role, email__endswith=DOMAIN).order_by("pk")[:count]
    return [str(AccessToken.for_user(person)) for person in people]


def admin_token() -> str:
    """Return an access token of an admin, who is made where there is none."""
    admin, _ = User.objects.get_or_create(
        email=f"admin{DOMAIN}", defaults={"full_name": "Admin", "role": Role.ADMIN}
    )
    return str(AccessToken.for_user(admin))


def own_bookings(count: int) -> list[tuple[str, int]]:
    """Return the newest bookings that aren't drafts, each with an access token of its customer."""
    newest = Booking.objects.exclude(status=BookingStatus.DRAFT).filter(customer__email__endswith=DOMAIN)
    bookings = newest.select_related("customer").order_by("-pk")[:count]
    return [(str(AccessToken.for_user(booking.customer)), booking.pk) for booking in bookings]


def free_slots(count: int, *, days: tuple[int, int] = BOOKING_DAYS) -> list[FreeSlot]:
    """Return slots in a span of days ahead that can all be booked, one after another service so that nobody
    waits for a lock.

    One service a provider, and none with buffers: so none of them stands in another's way.
    """
    services = Service.objects.filter(buffer_before_minutes=0, max_bookings=1).order_by("provider_id", "pk")
    by_provider = {service.provider_id: service for service in services}
    found: list[FreeSlot] = []
    first = today(timezone.now()) + timedelta(days=days[0])
    while len(found) < count and first < today(timezone.now()) + timedelta(days=days[1]):
        week = first + timedelta(days=6)
        of_services = [_slots(service, first, week) for service in by_provider.values()]
        found += [slot for row in zip_longest(*of_services) for slot in row if slot is not None]
        first = week + timedelta(days=1)
    return found[:count]


def _slots(service: Service, first: date, last: date) -> Sequence[FreeSlot]:
    days = available_starts(rules_of(service), first, last, wish=Wish(), now=timezone.now())
    return [
        FreeSlot(service.pk, day.isoformat(), f"{local(starts_at):%H:%M:%S}")
        for day, starts in days.items()
        for starts_at in starts
    ]


def drafts_to_pay(count: int) -> list[tuple[str, int]]:
    """Return drafts at their payment step, each of another customer: (their token, the booking's id)."""
    customers = User.objects.filter(role=Role.CUSTOMER, email__endswith=DOMAIN).order_by("-pk")[:count]
    # From the far end: whole bookings take their slots from the near one.
    slots = free_slots(10**6)[-count:]
    return [
        (str(AccessToken.for_user(person)), _draft(person, slot))
        for person, slot in zip(customers, slots, strict=True)
    ]


def _draft(customer: User, slot: FreeSlot) -> int:
    order = Order(
        service_id=slot.service_id,
        booking_date=date.fromisoformat(slot.date),
        booking_time=time.fromisoformat(slot.time),
        details=Details(address="New Road 1", city="kathmandu", phone="+9779841000000"),
        payment_method="khalti",
    )
    return booking_create(customer=customer, order=order).pk


def endlessly(requests: Sequence[bytes]) -> Iterator[bytes]:
    while True:
        yield from requests
