"""Who provides and who books in a load: providers with staff and services, and customers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from random import Random

from django.contrib.auth.hashers import make_password

from apps.accounts.models import Gender, Role, User
from apps.demo.marketplace.catalogue import CATEGORIES, CITIES
from apps.demo.marketplace.schedule import WORKDAYS
from apps.services.models import Category, City, Service, ServiceStatus, StaffMember
from apps.services.search import services_index
from apps.slots.models import WorkingHours

# Not the demo's domain, which can't log in where DEBUG is off; but nobody has a password.
DOMAIN = "@load.sewabazaar.test"
FEWEST_PROVIDERS = 300
BOOKINGS_A_PROVIDER = 3500
SERVICES_A_PROVIDER = 2
CUSTOMERS = 5000
OPENS, CLOSES = time(9), time(17)
# Where there are buffers, every second slot of the grid is left free for them.
SHAPES = ((30, 0), (45, 0), (60, 0), (60, 15), (90, 0), (120, 0), (30, 15))
GROUP_SEATS = 8
ADVANCE_DAYS = 90


@dataclass(frozen=True, slots=True)
class Worker:
    """A member of staff, and what of their provider's they can be booked for."""

    staff_id: int
    services: Sequence[Service]


@dataclass(frozen=True, slots=True)
class Supply:
    workers: Sequence[Worker]
    customers: Sequence[int]
    # Ids of the cities that each service goes to, by its id.
    cities: Mapping[int, Sequence[int]]


def supply_create(*, bookings: int, random: Random, now: datetime) -> Supply:
    """Add providers, staff, hours, services and customers, enough for that many bookings."""
    run = User.objects.filter(email__startswith="provider-", email__endswith=f"-1{DOMAIN}").count() + 1
    cities = [
        City.objects.get_or_create(slug=slug, defaults={"name": name})[0] for slug, name in CITIES.items()
    ]
    count = max(FEWEST_PROVIDERS, bookings // BOOKINGS_A_PROVIDER + 1)
    providers = _users("provider", Role.PROVIDER, run, count, now)
    services = _services(providers, cities, random, now)
    workers = _workers(providers, services, random)
    customers = _users("customer", Role.CUSTOMER, run, CUSTOMERS, now)
    return Supply(workers, [customer.pk for customer in customers], _cities_of(services))


def _cities_of(services: dict[int, list[Service]]) -> dict[int, list[int]]:
    ids = [service.pk for own in services.values() for service in own]
    links = Service.cities.through.objects.filter(service__in=ids).order_by("pk")
    found: dict[int, list[int]] = {}
    for service_id, city_id in links.values_list("service_id", "city_id"):
        found.setdefault(service_id, []).append(city_id)
    return found


def _users(kind: str, role: Role, run: int, count: int, now: datetime) -> list[User]:
    users = [
        User(
            email=f"{kind}-{run}-{number}{DOMAIN}",
            full_name=f"{kind.title()} {run}-{number}",
            phone=f"+97798{40 + run % 3}{number:06d}",
            role=role,
            password=make_password(None),
            email_verified_at=now,
            phone_verified_at=now,
        )
        for number in range(1, count + 1)
    ]
    return User.objects.bulk_create(users, batch_size=1000)


def _services(
    providers: Sequence[User], cities: Sequence[City], random: Random, now: datetime
) -> dict[int, list[Service]]:
    categories = [
        Category.objects.get_or_create(slug=slug, defaults={"name": name, "description": description})[0]
        for slug, (name, description) in CATEGORIES.items()
    ]
    made: dict[int, list[Service]] = {}
    for provider in providers:
        made[provider.pk] = [
            _service(provider, number, random.choice(categories), random, now)
            for number in range(SERVICES_A_PROVIDER)
        ]
    services = Service.objects.bulk_create([service for own in made.values() for service in own])
    everywhere = [Service.cities.through(service=service, city=cities[0]) for service in services]
    elsewhere = [
        Service.cities.through(service=service, city=random.choice(cities[1:])) for service in services
    ]
    Service.cities.through.objects.bulk_create([*everywhere, *elsewhere])
    services_index(Service.objects.filter(pk__in=[service.pk for service in services]))
    return made


def _service(provider: User, number: int, category: Category, random: Random, now: datetime) -> Service:
    duration, buffer = random.choice(SHAPES)
    price = Decimal(random.randrange(300, 6000, 50))
    return Service(
        provider=provider,
        category=category,
        title=f"{category.name} by {provider.full_name}",
        slug=f"{category.slug}-{provider.pk}-{number}",
        description="One of many, for measurements.",
        price=price,
        discount_price=price - 50 if random.random() < 0.2 else None,
        duration_minutes=duration,
        buffer_before_minutes=buffer,
        buffer_after_minutes=buffer,
        max_bookings=GROUP_SEATS if random.random() < 0.05 else 1,
        max_advance_days=ADVANCE_DAYS,
        status=ServiceStatus.ACTIVE,
        created_at=now,
    )


def _workers(providers: Sequence[User], services: dict[int, list[Service]], random: Random) -> list[Worker]:
    members = [
        StaffMember(provider=provider, full_name=f"Member {number}", gender=random.choice(Gender.values))
        for provider in providers
        for number in range(1, random.choice((1, 2, 2, 3, 4)) + 1)
    ]
    members = StaffMember.objects.bulk_create(members, batch_size=1000)
    WorkingHours.objects.bulk_create(
        [
            WorkingHours(staff=member, weekday=weekday, start_time=OPENS, end_time=CLOSES)
            for member in members
            for weekday in WORKDAYS
        ],
        batch_size=1000,
    )
    StaffMember.services.through.objects.bulk_create(
        [
            StaffMember.services.through(staffmember=member, service=service)
            for member in members
            for service in services[member.provider_id]
        ],
        batch_size=1000,
    )
    return [Worker(member.pk, services[member.provider_id]) for member in members]
