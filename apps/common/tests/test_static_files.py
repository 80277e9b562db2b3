"""Pages find their styles on a server where nothing was collected."""

import pytest
from django.test import Client


@pytest.mark.parametrize(
    "path",
    ["/static/unfold/css/styles.css", "/static/drf_spectacular_sidecar/swagger-ui-dist/swagger-ui.css"],
)
def test_static_files_are_served_from_where_they_lie(client: Client, path: str) -> None:
    assert client.get(path).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["/", "/api/docs/", "/admin/login/"])
def test_pages_need_nothing_collected(client: Client, page: str) -> None:
    assert client.get(page).status_code == 200
