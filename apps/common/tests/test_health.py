import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from apps.common import readiness

READY = {"status": "ok", "database": True, "cache": True, "migrations": True}
# It looks over a connection of its own, which sees only what is committed.
committed = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _new_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "_check", readiness.DatabaseCheck())


def test_a_live_process_says_so_without_the_database(api: APIClient) -> None:
    response = api.get("/healthz/")

    assert (response.status_code, response.json()) == (200, {"status": "ok"})


@committed
def test_ready_means_database_cache_and_migrations(api: APIClient) -> None:
    response = api.get("/readyz/")

    assert (response.status_code, response.json()) == (200, READY)


@committed
def test_migrations_that_were_there_are_not_looked_for_again(api: APIClient) -> None:
    api.get("/readyz/")

    MigrationRecorder(connection).record_unapplied("accounts", "0001_initial")

    assert api.get("/readyz/").json() == READY
    MigrationRecorder(connection).record_applied("accounts", "0001_initial")


@committed
def test_a_missing_migration_is_not_ready(api: APIClient) -> None:
    MigrationRecorder(connection).record_unapplied("accounts", "0001_initial")

    response = api.get("/readyz/")

    MigrationRecorder(connection).record_applied("accounts", "0001_initial")
    assert response.status_code == 503
    assert response.json() == {**READY, "status": "unavailable", "migrations": False}
    assert api.get("/readyz/").json() == READY


@pytest.mark.parametrize(
    "cache",
    [
        {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:9/0"},
        {"BACKEND": "apps.common.shared_cache.SharedCache", "LOCATION": "redis://127.0.0.1:9/1"},
    ],
)
@committed
def test_a_cache_that_is_away_is_reported_and_no_reason_to_go(
    api: APIClient, settings: Settings, cache: dict[str, str]
) -> None:
    settings.CACHES = {"default": cache}

    response = api.get("/readyz/")

    assert response.status_code == 200
    assert response.json() == {**READY, "cache": False}
