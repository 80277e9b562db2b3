"""How long the tests' own process waits for its database."""

from django.conf import settings
from django.db import connection


def test_a_process_that_serves_nobody_waits_as_commands_do() -> None:
    """A test that reckons for seconds within its transaction would lose it by a server's limits."""
    assert settings.SERVER_DATABASE["OPTIONS"] != settings.DATABASES["default"]["OPTIONS"]
    assert connection.settings_dict["OPTIONS"] == settings.DATABASES["default"]["OPTIONS"]
