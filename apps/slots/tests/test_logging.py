import logging

import pytest

from apps.services.models import Service
from apps.slots.tests.factories import taken

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tuesday")]


def test_who_was_considered_and_chosen_is_told_to_who_asks(
    service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, logger="apps.slots"):
        reservation = taken(service, "2026-12-02 10:00")

    [line] = [
        record.getMessage() for record in caplog.records if record.name == "apps.slots.actions.reservations"
    ]
    assert f"members [{reservation.staff_id}] asked for" in line
    assert f"member {reservation.staff_id} chosen" in line
