"""The largest schedule that the limits allow, read from the product's own server: its work is bounded."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import requests
from django.utils import timezone

from apps.common.localtime import today
from apps.demo.load.largest import DAYS, largest_service
from apps.services.models import Service
from tests.servers import LONGEST_ANSWER_SECONDS, Server, serving

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
# A hundred members have 893,000 starts in a month, beside 9,300 reservations: not two steps for each start.
MOST_STEPS = 1_500_000


@pytest.fixture(scope="module")
def counted(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("counted") / "log", "tests.counted:application") as running:
        yield running


@pytest.fixture
def first_day() -> date:
    """The first of next month."""
    return (today(timezone.now()).replace(day=1) + timedelta(days=DAYS)).replace(day=1)


@pytest.fixture
def service(transactional_db: None, first_day: date) -> Service:
    return largest_service(first_day=first_day)


def read(server: Server, path: str) -> requests.Response:
    answer = requests.get(f"{server.address}/api/booking-slots/{path}", timeout=LONGEST_ANSWER_SECONDS)
    assert answer.status_code == 200, answer.text
    return answer


def test_the_largest_month_and_day_take_a_bounded_work(
    counted: Server, service: Service, first_day: date
) -> None:
    month = read(counted, f"available-dates/?service_id={service.pk}&month={first_day:%Y-%m}")
    day = read(
        counted,
        f"available-slots/?service_id={service.pk}&date={first_day}&include_unavailable=true",
    )

    assert min(one["available_slots"] for one in month.json()) > 1000
    assert month.json()[0]["available_slots"] == sum(slot["is_available"] for slot in day.json())
    assert (month.headers["X-Statements"], day.headers["X-Statements"]) == ("2", "2")
    assert int(month.headers["X-Steps"]) < MOST_STEPS
    assert int(day.headers["X-Steps"]) < MOST_STEPS
