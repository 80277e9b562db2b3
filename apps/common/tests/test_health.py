import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.utils import OperationalError
from pytest_django.fixtures import DjangoAssertNumQueries, Settings
from rest_framework.test import APIClient

from apps.common.api.views import require_migrations

READY = {"status": "ok", "database": True, "cache": True, "migrations": True}


@pytest.fixture(autouse=True)
def _new_process() -> None:
    require_migrations.cache_clear()


def test_a_live_process_says_so_without_the_database(api: APIClient) -> None:
    response = api.get("/healthz/")

    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_ready_means_database_cache_and_migrations(api: APIClient, db: None) -> None:
    response = api.get("/readyz/")

    assert (response.status_code, response.json()) == (200, READY)


def test_migrations_that_were_there_are_not_looked_for_again(
    api: APIClient, db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    api.get("/readyz/")

    with django_assert_num_queries(1):
        assert api.get("/readyz/").json() == READY


def test_a_missing_migration_is_not_ready(api: APIClient, db: None) -> None:
    MigrationRecorder(connection).record_unapplied("accounts", "0001_initial")

    response = api.get("/readyz/")

    assert response.status_code == 503
    assert response.json() == {**READY, "status": "unavailable", "migrations": False}
    MigrationRecorder(connection).record_applied("accounts", "0001_initial")
    assert api.get("/readyz/").json() == READY


def test_a_database_that_is_away_is_not_ready(api: APIClient, db: None) -> None:
    def refuse(*arguments: object) -> None:
        raise OperationalError

    with connection.execute_wrapper(refuse):
        response = api.get("/readyz/")

    assert response.status_code == 503
    assert response.json() == {**READY, "status": "unavailable", "database": False, "migrations": False}


@pytest.mark.parametrize(
    "backend",
    ["apps.common.tests.test_throttling.BrokenCache", "django.core.cache.backends.dummy.DummyCache"],
)
def test_a_cache_that_is_away_is_not_ready(
    api: APIClient, db: None, settings: Settings, backend: str
) -> None:
    settings.CACHES = {"default": {"BACKEND": backend}}

    response = api.get("/readyz/")

    assert response.status_code == 503
    assert response.json() == {**READY, "status": "unavailable", "cache": False}


def test_a_redis_that_is_away_is_not_ready(api: APIClient, db: None, settings: Settings) -> None:
    backend = "django.core.cache.backends.redis.RedisCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": "redis://127.0.0.1:9/0"}}

    assert api.get("/readyz/").json()["cache"] is False
