"""What a search finds, and that it follows changes."""

from typing import Any

import pytest
from django.core.management import call_command
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.services.models import Service
from apps.services.tests.factories import CategoryFactory, CityFactory, ServiceFactory
from apps.services.tests.test_public_lists import titles

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("search", ["सफाइ", "सफाई", "safai", "saphai", "SAFAI", "safa", "घर saf", "ghar"])
def test_nepali_is_found_in_either_script(api: APIClient, search: str) -> None:
    ServiceFactory(title="घर सफाइ")
    ServiceFactory(title="Plumbing")
    assert titles(api, search=search) == ["घर सफाइ"]


@pytest.mark.parametrize("search", ["योग", "yog", "yoga", "Yôga", "yo"])
def test_latin_is_found_in_either_script(api: APIClient, search: str) -> None:
    ServiceFactory(title="Yoga")
    assert titles(api, search=search) == ["Yoga"]


@pytest.mark.parametrize(
    ("title", "search"),
    [
        ("Women’s salon", "women's"),
        ("Women's salon", "women’s"),
        ("Café", "cafe\u0301"),
        ("Cafe\u0301", "café"),
        ("क्‍षितिज", "क्षितिज"),
        ("क्षितिज", "क्‍षितिज"),
    ],
)
def test_what_looks_the_same_is_found(api: APIClient, title: str, search: str) -> None:
    ServiceFactory(title=title)
    assert titles(api, search=search) == [title]


@pytest.mark.parametrize("search", ["%", "_", "Cl%ing", "C_eaning", "\\", "!!"])
def test_wildcards_are_taken_as_they_are(api: APIClient, search: str) -> None:
    ServiceFactory(title="Cleaning")
    assert titles(api, search=search) == []


def test_a_percent_sign_is_found(api: APIClient) -> None:
    ServiceFactory(title="Massage, 50% off")
    ServiceFactory(title="Massage for 500")
    assert titles(api, search="50%") == ["Massage, 50% off"]


def test_a_search_follows_every_name(api: APIClient, bishnu: User) -> None:
    category, city = CategoryFactory(slug="health"), CityFactory(slug="pokhara")
    service = ServiceFactory(title="Yoga", provider=bishnu, category=category, cities=[city])
    changes: list[tuple[Any, str, str, str]] = [
        (bishnu, "full_name", "Tamang", "Rai Kumari"),
        (category, "name", "Health", "स्वास्थ्य"),
        (city, "name", "Pokhara", "Butwal"),
        (service, "title", "Yoga", "Pilates"),
        (service, "description", "", "Trekking"),
    ]
    for row, name, old, new in changes:
        assert not titles(api, search=new)
        assert len(titles(api, search=old)) == 1
        setattr(row, name, new)
        row.save()
        assert len(titles(api, search=new)) == 1
        assert not old or not titles(api, search=old)
    service.cities.set([CityFactory(slug="dharan")])
    assert titles(api, search="धरान") == ["Pilates"]
    assert titles(api, search="Butwal") == []


def test_the_command_indexes_what_was_written_past_the_program(api: APIClient, capsys: Any) -> None:
    service = ServiceFactory(title="Old")
    Service.objects.filter(pk=service.pk).update(title="New")
    call_command("index_services")
    assert capsys.readouterr().out == "1 services indexed anew\n"
    assert titles(api, search="new") == ["New"]
