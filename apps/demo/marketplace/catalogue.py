"""What the demo marketplace offers. Prices in rupees, times in minutes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from apps.accounts.models import User
from apps.demo.marketplace.pictures import picture_of
from apps.services.actions import service_create
from apps.services.models import Category, City, Service, ServiceStatus, StaffMember

CITIES = {
    "kathmandu": "Kathmandu",
    "lalitpur": "Lalitpur",
    "bhaktapur": "Bhaktapur",
    "kirtipur": "Kirtipur",
    "pokhara": "Pokhara",
    "bharatpur": "Bharatpur",
    "biratnagar": "Biratnagar",
    "butwal": "Butwal",
    "dharan": "Dharan",
}
VALLEY = ("kathmandu", "lalitpur", "bhaktapur", "kirtipur")
INNER = ("kathmandu", "lalitpur")
POKHARA = ("pokhara",)

CATEGORIES = {
    "cleaning": ("Cleaning", "Homes, kitchens, sofas and water tanks"),
    "electrician": ("Electrician", "Wiring, inverters, lights and fans"),
    "plumbing": ("Plumbing", "Taps, pipes, pumps and bathrooms"),
    "tutoring": ("Tutoring", "SEE, +2 and languages at home"),
    "yoga-fitness": ("Yoga & fitness", "Classes, groups and personal training"),
    "beauty": ("Beauty", "Make-up, mehendi, facials and hair"),
    "appliance-repair": ("Appliance repair", "Fridges, washing machines, air conditioners"),
    "painting": ("Painting", "Rooms, houses and waterproofing"),
    "carpentry": ("Carpentry", "Furniture, doors and windows"),
    "pest-control": ("Pest control", "Cockroaches, termites, bed bugs and rats"),
    "health": ("Health at home", "Physiotherapy and nursing"),
    "moving": ("Moving", "Packing, loading and transport"),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A service as its provider describes it. `women_only` is offered by the female members alone."""

    title: str
    category: str
    price: int
    duration: int
    description: str
    cities: tuple[str, ...] = INNER
    discount_price: int | None = None
    women_only: bool = False
    status: str = ServiceStatus.ACTIVE
    rules: Mapping[str, Any] = field(default_factory=dict)

    def columns(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "description": self.description,
            "price": Decimal(self.price),
            "discount_price": None if self.discount_price is None else Decimal(self.discount_price),
            "duration_minutes": self.duration,
            "status": self.status,
            **self.rules,
        }


def catalogue_create(
    offers: Mapping[str, tuple[Offer, ...]], *, providers: Mapping[str, User], now: datetime
) -> list[Service]:
    """Add cities, categories and services; return those that can be booked."""
    cities = {
        slug: City.objects.get_or_create(slug=slug, defaults={"name": name})[0]
        for slug, name in CITIES.items()
    }
    categories = {
        slug: Category.objects.get_or_create(slug=slug, defaults={"name": name, "description": description})[
            0
        ]
        for slug, (name, description) in CATEGORIES.items()
    }
    services: list[Service] = []
    for account, offered in offers.items():
        for offer in offered:
            age = timedelta(days=190 - 3 * len(services), hours=len(services))
            services.append(
                service_create(
                    provider=providers[account],
                    cities=[cities[slug] for slug in offer.cities],
                    staff=_women(providers[account]) if offer.women_only else None,
                    category=categories[offer.category],
                    image=picture_of(offer.category, offer.title),
                    created_at=now - age,
                    changed_since_review_at=now if offer.status == ServiceStatus.PENDING else None,
                    **offer.columns(),
                )
            )
    return [service for service in services if service.status == ServiceStatus.ACTIVE]


def _women(provider: User) -> list[StaffMember]:
    return list(StaffMember.objects.filter(provider=provider, gender="female"))
