"""Messages and the outbox in the admin."""

from collections.abc import Callable

import pytest
from django.test import Client

from apps.accounts.models import User
from apps.notifications.models import Delivery
from apps.notifications.tests.conftest import Outbox

DELIVERIES = "/admin/notifications/delivery/"


@pytest.fixture
def office(anita: User) -> Client:
    client = Client()
    client.force_login(anita)
    return client


@pytest.mark.parametrize("name", ["notification", "delivery"])
def test_lists_are_read_and_not_written(
    office: Client, outbox: Outbox, name: str, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    outbox(5)
    with django_assert_max_num_queries(12):  # type: ignore[attr-defined]
        page = office.get(f"/admin/notifications/{name}/")
    assert page.status_code == 200
    row = Delivery.objects.latest("id")
    row_id = row.pk if name == "delivery" else row.notification.pk
    assert office.get(f"/admin/notifications/{name}/{row_id}/change/").status_code == 200
    assert office.get(f"/admin/notifications/{name}/add/").status_code == 403
    assert office.post(f"/admin/notifications/{name}/{row_id}/delete/").status_code == 403


def test_what_failed_is_sent_again_and_nothing_else(office: Client, outbox: Outbox) -> None:
    failed, sent, waiting = outbox(3)
    Delivery.objects.filter(pk=failed.pk).update(
        state="failed", payments=20, last_error="recipient refused: 550"
    )
    Delivery.objects.filter(pk=sent.pk).update(state="sent")

    ids = [row.pk for row in (failed, sent, waiting)]
    office.post(DELIVERIES, {"action": "send_again", "_selected_action": ids})

    failed.refresh_from_db()
    sent.refresh_from_db()
    assert (failed.state, failed.payments, failed.last_error) == ("pending", 0, "")
    assert sent.state == "sent"


def test_a_customer_has_no_business_there(outbox: Outbox, kamala: User) -> None:
    client = Client()
    client.force_login(kamala)
    assert client.get(DELIVERIES).status_code == 302
