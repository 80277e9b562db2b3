"""Whatever the address of a list of the admin asks for, it shows rows or leads back, and never falls over."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.admin.sites import site
from django.db.models import DateField
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.bookings.models import Booking
from apps.bookings.tests.factories import booked
from apps.services.models import Service

pytestmark = pytest.mark.django_db
ABSURD = ["9" * 30, "x"]
ABSURD_DAYS = {"lt": "0001-01-01", "gte": "9999-12-31 23:59:59", "exact": "0000-01-01", "year": "-1"}
DATES = [
    {"year": "9999", "month": "12"},
    {"year": "9999", "month": "12", "day": "31"},
    {"year": "9999"},
    {"year": "1", "month": "1", "day": "1"},
    {"year": "0", "month": "0"},
    {"year": "99999", "month": "1"},
    {"year": "2026", "month": "13"},
    {"year": "2026", "month": "2", "day": "30"},
    {"year": "x", "month": "y"},
    {"month": "12"},
    {"day": "31"},
    {"year": "2026\0"},
]
MODELS = sorted(site._registry, key=lambda model: model._meta.label)


@pytest.fixture
def office(anita: User) -> Client:
    client = Client()
    client.force_login(anita)
    client.raise_request_exception = False
    return client


@pytest.fixture(autouse=True)
def booking(kamala: User, service: Service) -> Booking:
    """A row, so that there are dates to choose from."""
    return booked(kamala, service)


def filters_of(model: Any) -> Iterator[str]:
    """Yield the parameters that a list's filters read, and those that anybody could type."""
    page = site._registry[model]
    for listed in page.list_filter:
        name = listed[0] if isinstance(listed, tuple) else listed
        if isinstance(name, str):
            yield from (name, f"{name}__exact", f"{name}__id__exact", f"{name}_from")
        else:
            yield str(getattr(name, "parameter_name", "nonsense"))
    yield from ("q", "p", "o", "id", "pk__in", "nonsense")


def answer_of(office: Client, model: Any, query: dict[str, str]) -> int:
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    answer = office.get(address, query)
    return office.get(answer["Location"]).status_code if answer.status_code == 302 else answer.status_code


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_no_filter_falls_over_an_absurd_value(office: Client, model: Any) -> None:
    for name in filters_of(model):
        for value in ABSURD:
            status = answer_of(office, model, {name: value})
            assert status == 200, (name, value)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_no_hierarchy_of_dates_falls_over_an_absurd_day(office: Client, model: Any) -> None:
    chosen = site._registry[model].date_hierarchy or "id"
    for day in DATES:
        query = {f"{chosen}__{part}": value for part, value in day.items()}
        assert answer_of(office, model, query) == (400 if "\0" in "".join(day.values()) else 200), query


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_no_day_that_somebody_types_into_the_address_falls_over(office: Client, model: Any) -> None:
    for field in model._meta.concrete_fields:
        if isinstance(field, DateField):
            for lookup, value in ABSURD_DAYS.items():
                query = {f"{field.name}__{lookup}": value}
                assert answer_of(office, model, query) in (200, 400), query
