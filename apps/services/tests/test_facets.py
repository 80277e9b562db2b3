"""What narrowing the list further would leave."""

from decimal import Decimal
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from apps.services.tests.factories import CategoryFactory, CityFactory, ServiceFactory
from apps.services.tests.test_public_lists import titles

pytestmark = pytest.mark.django_db


@pytest.fixture
def catalogue() -> None:
    yoga, cleaning = CategoryFactory(slug="yoga"), CategoryFactory(slug="cleaning")
    kathmandu, pokhara = CityFactory(slug="kathmandu"), CityFactory(slug="pokhara")
    both = [kathmandu, pokhara]
    ServiceFactory(title="One", category=yoga, cities=both, price=Decimal(100), discount_price=Decimal(50))
    ServiceFactory(title="Two", category=cleaning, cities=[kathmandu], price=Decimal(200))
    ServiceFactory(title="Three", category=cleaning, cities=[pokhara], price=Decimal(300))
    ServiceFactory(title="Hidden", category=cleaning, price=Decimal(9), status="pending")


def facets(api: APIClient, **query: Any) -> dict[str, Any]:
    answer = api.get("/api/services/", {"facets": "true", **query}).json()
    found: dict[str, Any] = answer["facets"]
    found["categories"] = {one["slug"]: one["count"] for one in found["categories"]}
    found["cities"] = {one["slug"]: one["count"] for one in found["cities"]}
    return found


def test_a_list_has_facets_only_where_they_are_asked_for(api: APIClient, catalogue: None) -> None:
    assert "facets" not in api.get("/api/services/").json()
    answer = api.get("/api/services/?facets=true").json()
    assert list(answer) == ["count", "next", "previous", "results", "facets"]
    assert list(answer["facets"]) == ["categories", "cities", "price"]
    assert list(answer["facets"]["cities"][0]) == ["id", "name", "slug", "count"]
    assert answer["facets"]["price"] == {"min": "50.00", "max": "300.00"}


def test_each_facet_heeds_all_filters_but_its_own(api: APIClient, catalogue: None) -> None:
    assert facets(api, category="cleaning", city="pokhara", min_price=250) == {
        "categories": {"cleaning": 1},
        "cities": {"pokhara": 1},
        "price": {"min": "300.00", "max": "300.00"},
    }
    assert facets(api, category="yoga") == {
        "categories": {"cleaning": 2, "yoga": 1},
        "cities": {"kathmandu": 1, "pokhara": 1},
        "price": {"min": "50.00", "max": "50.00"},
    }
    assert facets(api, search="nothing") == {
        "categories": {},
        "cities": {},
        "price": {"min": None, "max": None},
    }


def test_facets_take_three_queries_more(
    api: APIClient, catalogue: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(7):
        facets(api, search="o", city="pokhara")


def test_services_are_found_by_slug_and_by_provider(api: APIClient) -> None:
    one = ServiceFactory(title="One", slug="one")
    ServiceFactory(title="Other", slug="one-2")
    assert titles(api, slug="one") == titles(api, provider=one.provider_id) == ["One"]
    assert titles(api, slug="on") == titles(api, provider=2**60) == []
    assert api.get("/api/services/?provider=x").status_code == 400
