"""Catalogue rows for tests."""

from decimal import Decimal
from typing import Any

import factory

from apps.accounts.models import Role
from apps.accounts.tests.factories import UserFactory
from apps.services.models import Category, City, Service, ServiceStatus, StaffMember


class CityFactory(factory.django.DjangoModelFactory[City]):
    class Meta:
        model = City
        django_get_or_create = ("slug",)

    name = factory.LazyAttribute(lambda city: city.slug.title())
    slug = "kathmandu"


class CategoryFactory(factory.django.DjangoModelFactory[Category]):
    class Meta:
        model = Category
        django_get_or_create = ("slug",)

    name = factory.LazyAttribute(lambda category: category.slug.title())
    slug = "cleaning"


class StaffFactory(factory.django.DjangoModelFactory[StaffMember]):
    class Meta:
        model = StaffMember

    provider = factory.SubFactory(UserFactory, role=Role.PROVIDER)
    full_name = factory.Sequence(lambda number: f"Member {number}")


class ServiceFactory(factory.django.DjangoModelFactory[Service]):
    """An active one-hour service in Kathmandu, bookable at once; `staff` are its members."""

    class Meta:
        model = Service
        skip_postgeneration_save = True

    provider = factory.SubFactory(UserFactory, role=Role.PROVIDER)
    category = factory.SubFactory(CategoryFactory)
    title = factory.Sequence(lambda number: f"Service {number}")
    slug = factory.Sequence(lambda number: f"service-{number}")
    price = Decimal("1500.00")
    duration_minutes = 60
    min_notice_minutes = 0
    max_advance_days = 60
    status = ServiceStatus.ACTIVE

    @factory.post_generation
    def cities(self: Service, create: bool, extracted: Any, **kwargs: Any) -> None:
        self.cities.set(extracted or [CityFactory()])

    @factory.post_generation
    def staff(self: Service, create: bool, extracted: Any, **kwargs: Any) -> None:
        if extracted is not None:
            self.staff.set(extracted)
