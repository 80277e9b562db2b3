"""The cast: Kamala books, Bishnu provides, Anita runs the place, Suresh and Gita are strangers to them."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management.commands import flush
from django.db import connection
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient
from rest_framework_simplejwt.tokens import AccessToken
from whitenoise.middleware import WhiteNoiseMiddleware

from apps.accounts.models import User
from apps.accounts.tests.factories import UserFactory

# A database fixture serves all examples of a test; each example undoes what it did.
hypothesis_settings.register_profile(
    "quick",
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
hypothesis_settings.register_profile("thorough", hypothesis_settings.get_profile("quick"), max_examples=2000)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

pytest_plugins = ["apps.payments.tests.fixtures"]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, on another database, what only PostgreSQL can show."""
    if connection.vendor == "postgresql":
        return
    needs_postgres = [item for item in items if item.get_closest_marker("postgres")]
    if needs_postgres:
        config.hook.pytest_deselected(items=needs_postgres)
        items[:] = [item for item in items if item not in needs_postgres]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SQLite in a file, as it is used in earnest: in memory, threads that race don't wait for each other."""
    if connection.vendor == "sqlite":
        file = tmp_path_factory.mktemp("database") / "test.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = str(file)


@pytest.fixture(scope="session", autouse=True)
def _quick_emptying() -> Iterator[None]:
    """Empty tables between tests, and leave what Django would write anew after each emptying.

    With DELETE on PostgreSQL, where TRUNCATE makes new files for each and takes a second. As a replica, which
    neither checks foreign keys nor runs the triggers that guard history.
    """
    kept = {"django_content_type", "auth_permission"}
    operations = type(connection.ops)
    delete_rows = operations.sql_flush

    def deletions(self: Any, style: Any, tables: list[str], **options: Any) -> list[str]:
        emptied = [table for table in tables if table not in kept]
        if connection.vendor != "postgresql":
            return delete_rows(self, style, emptied, **options)
        deletes = [f"DELETE FROM {self.quote_name(table)}" for table in emptied]
        return ["SET session_replication_role = replica", *deletes, "SET session_replication_role = DEFAULT"]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "sql_flush", deletions)
        patch.setattr(flush, "emit_post_migrate_signal", lambda *arguments, **options: None)
        yield


@pytest.fixture(scope="session", autouse=True)
def _static_files_listed_once() -> Iterator[None]:
    """Let the first client list the static files for all: each would stat and date hundreds of them anew."""
    listed: dict[str, Any] = {}
    list_files = WhiteNoiseMiddleware.add_files_from_finders

    def listed_files(self: WhiteNoiseMiddleware) -> None:
        if not listed:
            list_files(self)
            listed.update(self.files)
        self.files.update(listed)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", listed_files)
        yield


@pytest.fixture(autouse=True)
def _quiet_surroundings(settings: Settings) -> None:
    """No throttles, fast passwords and an empty cache, unless a test asks for something else."""
    settings.THROTTLE_ANON = settings.THROTTLE_USER = settings.THROTTLE_PAYMENT = ""
    settings.THROTTLE_LOGIN = settings.THROTTLE_REGISTER = settings.THROTTLE_UPLOAD = ""
    settings.THROTTLE_MAIL = ""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()


@pytest.fixture
def kamala(db: None) -> User:
    """A customer."""
    return UserFactory(email="kamala@example.com", full_name="Kamala Shrestha", role="customer")


@pytest.fixture
def suresh(db: None) -> User:
    """Another customer, who has nothing to do with Kamala's bookings."""
    return UserFactory(email="suresh@example.com", full_name="Suresh Gurung", role="customer")


@pytest.fixture
def bishnu(db: None) -> User:
    """A provider."""
    return UserFactory(email="bishnu@example.com", full_name="Bishnu Tamang", role="provider", gender="male")


@pytest.fixture
def gita(db: None) -> User:
    """Another provider, who has nothing to do with Bishnu's services."""
    return UserFactory(email="gita@example.com", full_name="Gita Rai", role="provider", gender="female")


@pytest.fixture
def anita(db: None) -> User:
    """An admin."""
    return UserFactory(
        email="anita@example.com", full_name="Anita Joshi", role="admin", is_staff=True, is_superuser=True
    )


@pytest.fixture
def api() -> APIClient:
    """A client without a login."""
    return APIClient()


@pytest.fixture
def login() -> Callable[[User], APIClient]:
    """Return a client that is logged in as the given user."""

    def logged_in(user: User) -> APIClient:
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {AccessToken.for_user(user)}")
        return client

    return logged_in
