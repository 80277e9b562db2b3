"""What anybody reads: services, categories, cities."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.services.models import ServiceStatus
from apps.services.tests.factories import CategoryFactory, CityFactory, ServiceFactory, StaffFactory

pytestmark = pytest.mark.django_db
FIELDS = [
    "id",
    "title",
    "slug",
    "description",
    "category",
    "category_details",
    "provider",
    "provider_name",
    "cities",
    "city_details",
    "staff",
    "price",
    "discount_price",
    "duration_minutes",
    "max_bookings",
    "buffer_before_minutes",
    "buffer_after_minutes",
    "min_notice_minutes",
    "max_advance_days",
    "late_cancellation_fee_percent",
    "reconfirm_after_reschedule",
    "status",
    "image",
    "image_set",
    "rating",
    "review_count",
    "created_at",
]


def titles(api: APIClient, **query: Any) -> list[str]:
    answer = api.get("/api/services/", query)
    assert answer.status_code == 200, answer.json()
    return [service["title"] for service in answer.json()["results"]]


def test_a_service_has_the_fields_of_the_contract(api: APIClient, bishnu: User) -> None:
    member = StaffFactory(provider=bishnu, full_name="Bishnu Tamang", gender="male")
    resting = StaffFactory(provider=bishnu, is_active=False)
    service = ServiceFactory(provider=bishnu, staff=[member, resting], discount_price=Decimal(1200))

    shown = api.get(f"/api/services/{service.pk}/").json()

    assert list(shown) == FIELDS
    assert shown["staff"] == [{"id": member.pk, "full_name": "Bishnu Tamang", "gender": "male"}]
    assert shown["provider"] == bishnu.pk
    assert shown["provider_name"] == "Bishnu Tamang"
    assert shown["category"] == shown["category_details"]["id"]
    assert shown["cities"] == [shown["city_details"][0]["id"]]
    assert (shown["price"], shown["discount_price"]) == ("1500.00", "1200.00")
    assert (shown["rating"], shown["review_count"], shown["image"]) == (None, 0, None)
    assert shown["late_cancellation_fee_percent"] == 50


def test_a_list_shows_a_service_as_its_page_does(api: APIClient) -> None:
    service = ServiceFactory(rating=Decimal("4.5"), review_count=2)
    listed = api.get("/api/services/").json()["results"][0]
    assert listed == api.get(f"/api/services/{service.pk}/").json()
    assert listed["rating"] == "4.50"


@pytest.mark.parametrize("status", ["pending", "paused", "rejected"])
def test_only_active_services_are_public(api: APIClient, status: str) -> None:
    service = ServiceFactory(status=status)
    assert titles(api) == []
    assert api.get(f"/api/services/{service.pk}/").status_code == 404


def test_services_of_a_closed_account_are_not_shown(api: APIClient, bishnu: User) -> None:
    bishnu.is_active = False
    bishnu.save()
    service = ServiceFactory(provider=bishnu)
    assert titles(api) == []
    assert api.get(f"/api/services/{service.pk}/").status_code == 404


def test_an_unknown_service_is_not_found_however_large_its_number(api: APIClient) -> None:
    assert api.get("/api/services/999/").status_code == 404
    assert api.get(f"/api/services/{10**30}/").status_code == 404


def test_lists_come_in_pages_newest_first(api: APIClient) -> None:
    for number in range(3):
        ServiceFactory(title=f"Number {number}")
    answer = api.get("/api/services/", {"page_size": 2}).json()
    assert list(answer) == ["count", "next", "previous", "results"]
    assert answer["count"] == 3
    assert [service["title"] for service in answer["results"]] == ["Number 2", "Number 1"]
    assert titles(api, page_size=2, page=2) == ["Number 0"]


def test_a_page_has_at_most_a_hundred_services(api: APIClient) -> None:
    provider = ServiceFactory().provider
    ServiceFactory.create_batch(101, provider=provider)
    assert len(titles(api, page_size=1000)) == 100


def test_a_missing_page_is_404(api: APIClient) -> None:
    assert api.get("/api/services/", {"page": 9}).status_code == 404


def test_search_looks_at_title_description_category_and_provider(api: APIClient, bishnu: User) -> None:
    ServiceFactory(title="Deep clean")
    ServiceFactory(title="Two", description="A CLEAN kitchen")
    ServiceFactory(title="Three", category=CategoryFactory(slug="dry-cleaners", name="Dry cleaners"))
    ServiceFactory(title="Four", provider=bishnu, category=CategoryFactory(slug="yoga"))
    bishnu.full_name = "Bishnu Cleanwala"
    bishnu.save()
    ServiceFactory(title="Plumbing", category=CategoryFactory(slug="plumbing"))
    assert titles(api, search="cLeAn") == ["Four", "Three", "Two", "Deep clean"]


def test_search_wants_every_word(api: APIClient, bishnu: User) -> None:
    ServiceFactory(title="Yoga at home", provider=bishnu)
    ServiceFactory(title="Yoga in the park")
    assert titles(api, search="tamang  yoga") == ["Yoga at home"]


def test_search_takes_percent_signs_as_they_are(api: APIClient) -> None:
    ServiceFactory(title="Cleaning")
    assert titles(api, search="%") == []


@pytest.mark.parametrize("spelling", ["home-repair", "HOME-Repair", "home repair", "id"])
def test_categories_are_found_by_slug_name_or_id(api: APIClient, spelling: str) -> None:
    category = CategoryFactory(slug="home-repair", name="Home Repair")
    ServiceFactory(title="Shelves", category=category)
    ServiceFactory(title="Yoga", category=CategoryFactory(slug="yoga"))
    assert titles(api, category=category.pk if spelling == "id" else spelling) == ["Shelves"]


@pytest.mark.parametrize("spelling", ["lalitpur", "LALITPUR", "Lalitpur (Patan)", "id"])
def test_cities_are_found_by_slug_name_or_id(api: APIClient, spelling: str) -> None:
    city = CityFactory(slug="lalitpur", name="Lalitpur (Patan)")
    ServiceFactory(title="Here", cities=[city, CityFactory(slug="bhaktapur")])
    ServiceFactory(title="There", cities=[CityFactory(slug="pokhara")])
    assert titles(api, city=city.pk if spelling == "id" else spelling) == ["Here"]


def test_a_service_in_two_cities_of_one_name_is_listed_once(api: APIClient) -> None:
    twins = [CityFactory(slug="patan", name="Lalitpur"), CityFactory(slug="lalitpur", name="Patan")]
    ServiceFactory(title="Here", cities=twins)
    assert titles(api, city="patan") == ["Here"]


@pytest.mark.parametrize("query", [{"city": "atlantis"}, {"category": "9" * 30}, {"category": "²"}])
def test_an_unknown_city_or_category_has_no_services(api: APIClient, query: dict[str, str]) -> None:
    ServiceFactory()
    assert titles(api, **query) == []


def test_prices_are_what_the_customer_pays(api: APIClient) -> None:
    ServiceFactory(title="Reduced", price=Decimal(3000), discount_price=Decimal(900))
    ServiceFactory(title="Middle", price=Decimal(1000))
    ServiceFactory(title="Dear", price=Decimal(2000))
    assert titles(api, min_price="1000") == ["Dear", "Middle"]
    assert titles(api, max_price="1000.00") == ["Middle", "Reduced"]
    assert titles(api, min_price="950", max_price="1500") == ["Middle"]
    assert titles(api, ordering="price") == ["Reduced", "Middle", "Dear"]
    assert titles(api, ordering="-price") == ["Dear", "Middle", "Reduced"]


def test_unrated_services_come_after_rated_ones(api: APIClient) -> None:
    ServiceFactory(title="Good", rating=Decimal("3.5"))
    ServiceFactory(title="Unrated")
    ServiceFactory(title="Best", rating=Decimal("4.9"))
    assert titles(api, ordering="-rating") == ["Best", "Good", "Unrated"]
    assert titles(api, ordering="-created_at") == ["Best", "Unrated", "Good"]


@pytest.mark.parametrize(
    "query",
    [
        {"min_price": "cheap"},
        {"max_price": "-1"},
        {"min_price": "NaN"},
        {"max_price": "1e400"},
        {"min_price": "9" * 30},
        {"ordering": "colour"},
        {"mine": "perhaps"},
        {"search": "a" * 101},
        {"search": "nul\x00byte"},
        {"city": "\x00"},
    ],
)
def test_malformed_parameters_are_refused(api: APIClient, query: dict[str, str]) -> None:
    answer = api.get("/api/services/", query)
    assert answer.status_code == 400
    assert answer.json()["type"] == "validation_error"
    assert answer.json()["errors"][0]["attr"] == next(iter(query))


def test_empty_parameters_count_as_missing(api: APIClient) -> None:
    ServiceFactory(title="Here")
    assert titles(api, search="", category="", city="", min_price="", ordering="") == ["Here"]


def test_a_list_takes_four_queries_whatever_its_length(
    api: APIClient, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        provider = ServiceFactory().provider
        cities = [CityFactory(slug="kathmandu"), CityFactory(slug=f"city-{number}")]
        ServiceFactory(
            provider=provider, cities=cities, staff=StaffFactory.create_batch(2, provider=provider)
        )
    with django_assert_max_num_queries(4):
        assert len(titles(api, search="service", city="kathmandu", min_price=1, ordering="price")) == 20


def test_a_bad_login_is_refused_even_where_none_is_needed(api: APIClient) -> None:
    api.credentials(HTTP_AUTHORIZATION="Bearer nonsense")
    assert api.get("/api/services/").status_code == 401


def test_providers_see_their_own_services_in_every_state(
    login: Callable[[User], APIClient], bishnu: User
) -> None:
    for status in ServiceStatus.values:
        ServiceFactory(title=status, provider=bishnu, status=status)
    ServiceFactory(title="somebody else's")
    assert titles(login(bishnu), mine="true") == ["rejected", "paused", "active", "pending"]
    assert titles(login(bishnu), mine="false") == ["somebody else's", "active"]


def test_admins_see_everybodys_services(login: Callable[[User], APIClient], anita: User) -> None:
    pending = ServiceFactory(title="Waiting", status="pending")
    assert titles(login(anita), mine="true") == ["Waiting"]
    assert titles(login(anita)) == []
    assert login(anita).get(f"/api/services/{pending.pk}/").status_code == 200


def test_mine_wants_a_login_of_a_provider(
    api: APIClient, login: Callable[[User], APIClient], kamala: User
) -> None:
    assert api.get("/api/services/?mine=true").status_code == 401
    assert login(kamala).get("/api/services/?mine=true").status_code == 403


def test_only_its_provider_sees_a_service_that_waits(
    login: Callable[[User], APIClient], bishnu: User, gita: User, kamala: User
) -> None:
    service = ServiceFactory(provider=bishnu, status="pending")
    assert login(bishnu).get(f"/api/services/{service.pk}/").json()["status"] == "pending"
    assert login(gita).get(f"/api/services/{service.pk}/").status_code == 404
    assert login(kamala).get(f"/api/services/{service.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("path", "factory"),
    [("/api/cities/", CityFactory), ("/api/service-categories/", CategoryFactory)],
)
def test_cities_and_categories_come_in_pages_by_name(
    api: APIClient, path: str, factory: Any, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for slug in ("pokhara", "bhaktapur", "lalitpur"):
        factory(slug=slug)
    with django_assert_max_num_queries(2):
        answer = api.get(path).json()
    assert answer["count"] == 3
    assert [row["name"] for row in answer["results"]] == ["Bhaktapur", "Lalitpur", "Pokhara"]
    assert {"id", "name", "slug"} <= set(answer["results"][0])
