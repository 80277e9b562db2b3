"""What the tests that span apps share."""

from collections.abc import Iterator

import pytest

from tests.servers import Server, serving
from tests.world import World, world_made


@pytest.fixture(scope="module")
def server(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The product's own server, on the test database."""
    with serving(tmp_path_factory.mktemp("server") / "log") as running:
        yield running


@pytest.fixture
def world(db: None) -> World:
    return world_made()
