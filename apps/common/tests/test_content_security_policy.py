import pytest
from django.test import Client

from apps.accounts.models import User


def policy(client: Client, path: str) -> dict[str, str]:
    header = client.get(path).headers["Content-Security-Policy"]
    directives = (directive.strip().partition(" ") for directive in header.split(";"))
    return {name: sources for name, _, sources in directives}


@pytest.mark.parametrize("path", ["/", "/api/docs/", "/api/nowhere/", "/healthz/"])
def test_a_page_runs_our_scripts_alone_and_sends_forms_to_us_alone(client: Client, path: str) -> None:
    allowed = policy(client, path)

    assert (allowed["default-src"], allowed["script-src"], allowed["form-action"]) == (
        "'none'",
        "'self'",
        "'self'",
    )


@pytest.mark.parametrize("path", ["/admin/login/", "/admin/", "/admin/bookings/booking/"])
def test_the_admin_runs_scripts_in_its_pages_and_loads_nothing_from_elsewhere(
    client: Client, anita: User, path: str
) -> None:
    client.force_login(anita)

    allowed = policy(client, path)

    assert allowed.pop("script-src").split() == ["'self'", "'unsafe-inline'", "'unsafe-eval'"]
    assert allowed == {name: sources for name, sources in policy(client, "/").items() if name != "script-src"}
