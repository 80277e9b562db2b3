"""A believable marketplace in Kathmandu, the same on every run but for today's date."""

from dataclasses import dataclass
from random import Random

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from apps.accounts.models import User
from apps.bookings.models import Booking
from apps.demo.marketplace.catalogue import catalogue_create
from apps.demo.marketplace.offers import OFFERS
from apps.demo.marketplace.orders import demand_for
from apps.demo.marketplace.past import past_create
from apps.demo.marketplace.people import ADMIN, address_of, people_create
from apps.demo.marketplace.references import booking_reference
from apps.demo.marketplace.reviews import reviews_create
from apps.demo.marketplace.schedule import hours_create, slot_overrides_create
from apps.demo.marketplace.upcoming import upcoming_create
from apps.payments.actions.methods import default_payment_methods_create

SEED = 2081


@dataclass(frozen=True, slots=True)
class Counts:
    services: int
    bookings: int
    reviews: int


def marketplace_exists() -> bool:
    return User.objects.filter(email=address_of(ADMIN.account)).exists()


@transaction.atomic
def marketplace_create() -> Counts:
    """Add people, catalogue, schedules and bookings: all of it, or after an error nothing."""
    # No secret comes from it: everything in the demo is the same on every run.
    random, now = Random(SEED), timezone.now()  # noqa: S311
    default_payment_methods_create()
    accounts = people_create(now=now)
    services = catalogue_create(OFFERS, providers=accounts.providers, now=now)
    hours_create(accounts.providers)
    slot_overrides_create(accounts.providers, now=now)
    demand = demand_for(services, customers=accounts.customers, random=random)
    bookings = past_create(demand, now=now) + upcoming_create(demand, now=now)
    own = Booking.objects.filter(customer__in=accounts.customers).order_by("pk")
    _name(own, random)
    return Counts(services=len(services), bookings=bookings, reviews=reviews_create(own, random))


def _name(bookings: QuerySet[Booking], random: Random) -> None:
    """Give references from the seed, also to those that the wizard has named at random."""
    named = list(bookings)
    for booking in named:
        booking.reference = booking_reference(random)
    Booking.objects.bulk_update(named, ["reference"])
