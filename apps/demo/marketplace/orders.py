"""What customers of the demo ask for: which service, when, where to, and how they pay."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from apps.accounts.models import User
from apps.bookings.wizard.actions.details import Details
from apps.services.models import City, Service
from apps.slots.availability import Slot
from apps.slots.selectors import Wish, available_slots, rules_of

PLACES: Mapping[str, tuple[str, ...]] = {
    "kathmandu": (
        "Baluwatar, house 42, green gate",
        "New Baneshwor, behind BICC, third floor",
        "Thamel, Jyatha lane 7",
        "Maharajgunj, opposite the Teaching Hospital",
        "Kalanki, Rabi Bhawan, flat 2B",
        "Boudha, Ramhiti, near the stupa's east gate",
    ),
    "lalitpur": (
        "Jhamsikhel, blue gate",
        "Patan Dhoka, near the bookshop",
        "Kupondole, Jwagal 10",
        "Imadol, sector 4, house 18",
    ),
    "bhaktapur": ("Suryabinayak, after the bus stop", "Dattatreya Square, house of the potters"),
    "kirtipur": ("Naya Bazaar, above the pharmacy", "Panga, near the Vishnu temple"),
    "pokhara": ("Lakeside, street 14", "Chipledhunga, second floor", "Birauta, house 9"),
}
REMARKS = (
    "",
    "",
    "",
    "Please ring when you are at the chowk.",
    "The dog is friendly.",
    "No parking in the lane.",
    "Bring a ladder, the ceiling is high.",
    "कृपया फोन गरेर आउनुहोला।",
)
GENDERS = ("any",) * 9 + ("female", "male")


@dataclass(slots=True)
class Demand:
    """Draws orders, the same ones on every run. The first customer and provider are drawn more often."""

    random: Random
    customers: Sequence[User]
    services: Sequence[Service]
    cities: Mapping[int, Sequence[City]]

    def customer(self) -> User:
        return self.customers[0] if self.random.random() < 0.3 else self.random.choice(self.customers)

    def service(self) -> Service:
        own = [service for service in self.services if service.provider_id == self.services[0].provider_id]
        return self.random.choice(own if self.random.random() < 0.3 else self.services)

    def details(self, service: Service, customer: User) -> Details:
        city = self.random.choice(self.cities[service.pk])
        return Details(
            address=self.random.choice(PLACES[city.slug]),
            city=city.slug,
            phone=customer.phone,
            special_instructions=self.random.choice(REMARKS),
        )

    def slot(
        self, service: Service, day: date, *, gender: str, now: datetime, begun_by: datetime | None = None
    ) -> Slot | None:
        """Return a slot of that day that can be booked at `now`, None where there is none.

        `begun_by`: the last one that begins by then, instead of any.
        """
        wish = Wish(gender=gender)
        free = [
            slot for slot in available_slots(rules_of(service), day, wish=wish, now=now) if slot.is_available
        ]
        if begun_by is not None:
            return max((slot for slot in free if slot.starts_at <= begun_by), key=_start, default=None)
        # People come to a class where others are.
        if service.max_bookings > 1 and self.random.random() < 0.7:
            return max(free, key=lambda slot: slot.taken, default=None)
        return self.random.choice(free) if free else None

    def gender(self) -> str:
        return self.random.choice(GENDERS)


def _start(slot: Slot) -> datetime:
    return slot.starts_at


def demand_for(services: Sequence[Service], *, customers: Sequence[User], random: Random) -> Demand:
    cities = {service.pk: list(service.cities.all()) for service in services}
    return Demand(random=random, customers=customers, services=services, cities=cities)
