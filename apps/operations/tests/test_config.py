"""`GET /api/config/`."""

from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

URL = "/api/config/"


def test_anybody_reads_what_the_operator_decided(api: APIClient, settings: Settings) -> None:
    settings.BOOKING_HOLD_SECONDS, settings.ENABLE_BOOKING_SLOTS = 600, False

    answer = api.get(URL)

    config = answer.json()
    assert answer["Cache-Control"] == "public, max-age=300"
    assert (config["time_zone"], config["currency"]) == ("Asia/Kathmandu", "NPR")
    assert config["languages"] == ["en", "ne"]
    assert config["flags"]["booking_slots"] is False
    assert config["limits"]["booking_hold_seconds"] == 600
    assert config["limits"]["password_min_length"] == 8
    assert config["limits"]["upload_max_bytes"] == 5 * 1024 * 1024


def test_a_token_that_has_run_out_does_not_keep_anybody_from_it(api: APIClient) -> None:
    api.credentials(HTTP_AUTHORIZATION="Bearer nonsense")

    assert api.get(URL).status_code == 200
