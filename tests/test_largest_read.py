"""The largest schedule that the limits allow, read from the product's own server: its work is bounded."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import pytest
import requests
from django.utils import timezone

from apps.common.localtime import today
from apps.demo.load.largest import DAYS, largest_service
from apps.services.models import Service
from apps.slots.api.next_available import MOST_SERVICES
from apps.slots.models import TimeOff
from tests.servers import LONGEST_ANSWER_SECONDS, Server, at_once, serving

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
# A hundred members have 893,000 starts in a month, beside 9,300 reservations: not two steps for each start.
MOST_STEPS = 1_500_000
# For twenty services the members are looked at twenty times, on one day or on all; their starts are not.
MOST_STEPS_TO_THE_NEXT = 1_000_000
MOST_STATEMENTS_TO_THE_NEXT = 11


@pytest.fixture(scope="module")
def counted(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    log = tmp_path_factory.mktemp("counted") / "log"
    # One process, so that all requests meet the same cache.
    with serving(log, "tests.counted:application", workers=1) as running:
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


@pytest.fixture
def services(service: Service) -> list[Service]:
    """Twenty services of the same hundred members."""
    team = list(service.staff.all())
    others = [
        Service(
            provider=service.provider,
            category=service.category,
            title=service.title,
            slug=f"largest-{number}",
            price=service.price,
            duration_minutes=service.duration_minutes + number,
            status=service.status,
        )
        for number in range(1, MOST_SERVICES)
    ]
    for other in others:
        other.save()
        other.staff.set(team)
    return [service, *others]


def next_available(server: Server, services: Sequence[Service]) -> requests.Response:
    return read(server, f"next-available/?service_id={','.join(str(one.pk) for one in services)}")


def test_the_next_slots_of_twenty_services_take_a_bounded_work(
    counted: Server, services: list[Service]
) -> None:
    found = next_available(counted, services)

    assert None not in [one["starts_at"] for one in found.json()]
    assert int(found.headers["X-Statements"]) <= MOST_STATEMENTS_TO_THE_NEXT
    assert int(found.headers["X-Steps"]) < MOST_STEPS_TO_THE_NEXT


@pytest.mark.parametrize("notice", [timedelta(days=13), timedelta(days=20)])
def test_a_long_notice_makes_it_no_more_work(
    counted: Server, services: list[Service], notice: timedelta
) -> None:
    Service.objects.update(min_notice_minutes=notice // timedelta(minutes=1))

    found = next_available(counted, services)

    assert int(found.headers["X-Statements"]) <= MOST_STATEMENTS_TO_THE_NEXT
    assert int(found.headers["X-Steps"]) < MOST_STEPS_TO_THE_NEXT


def test_two_weeks_without_a_slot_are_no_more_work(counted: Server, services: list[Service]) -> None:
    now = timezone.now()
    TimeOff.objects.create(
        provider=services[0].provider, starts_at=now - timedelta(days=1), ends_at=now + timedelta(days=20)
    )

    found = next_available(counted, services)

    assert {one["starts_at"] for one in found.json()} == {None}
    assert int(found.headers["X-Statements"]) <= MOST_STATEMENTS_TO_THE_NEXT
    assert int(found.headers["X-Steps"]) < MOST_STEPS_TO_THE_NEXT


def test_of_requests_at_once_on_a_cold_cache_one_computes(counted: Server, services: list[Service]) -> None:
    answers = at_once([lambda: next_available(counted, services)] * 4)

    statements = sorted(int(answer.headers["X-Statements"]) for answer in answers)
    assert statements[:3] == [0, 0, 0]
    assert statements[3] > 0
    assert len({answer.text for answer in answers}) == 1
