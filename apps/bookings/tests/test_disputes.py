"""A customer says that they were there: who objects, until when, and what an admin decides."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings import actions
from apps.bookings.conftest import ClientOf
from apps.bookings.models import Booking, Dispute
from apps.bookings.tests.factories import booked
from apps.bookings.tests.steps import error_of
from apps.common.errors import DomainError
from apps.notifications.kinds import Kind
from apps.notifications.models import Notification
from apps.services.models import Service

Object = Callable[..., Any]
REASON = {"reason": "I waited at the door."}


@pytest.fixture
def missed(kamala: User, service: Service, bishnu: User, clock: time_machine.Traveller) -> Booking:
    """Kamala's booking, which Bishnu has just marked as a no-show."""
    booking = booked(kamala, service)
    actions.booking_confirm(booking_id=booking.pk, actor=bishnu)
    assert booking.starts_at is not None
    clock.move_to(booking.starts_at + timedelta(minutes=15))
    return actions.booking_mark_no_show(booking_id=booking.pk, actor=bishnu)


def dispute(client: APIClient, booking: Booking, body: dict[str, Any] = REASON) -> Any:
    return client.post(f"/api/bookings/{booking.pk}/dispute/", body)


def test_a_customer_objects_to_a_no_show(client_of: ClientOf, kamala: User, missed: Booking) -> None:
    answer = dispute(client_of(kamala), missed)

    assert answer.status_code == 200
    assert answer.json()["status"] == "no_show"
    assert answer.json()["dispute"]["reason"] == REASON["reason"]
    assert answer.json()["dispute"]["decided_at"] is None
    assert "dispute" not in answer.json()["allowed_actions"]


def test_objecting_again_changes_nothing(client_of: ClientOf, kamala: User, missed: Booking) -> None:
    dispute(client_of(kamala), missed)

    again = dispute(client_of(kamala), missed, {"reason": "Really."})

    assert again.status_code == 200
    assert Dispute.objects.get().reason == REASON["reason"]


def test_after_72_hours_nobody_objects(
    client_of: ClientOf, kamala: User, missed: Booking, clock: time_machine.Traveller
) -> None:
    clock.shift(timedelta(hours=72))

    assert error_of(dispute(client_of(kamala), missed))[:2] == (409, "invalid_transition")
    assert not Dispute.objects.exists()


def test_what_is_no_no_show_is_not_disputed(client_of: ClientOf, kamala: User, service: Service) -> None:
    refused = dispute(client_of(kamala), booked(kamala, service))

    assert error_of(refused)[:2] == (409, "invalid_transition")


def test_a_reason_is_asked_for(client_of: ClientOf, kamala: User, missed: Booking) -> None:
    assert error_of(dispute(client_of(kamala), missed, {}))[::2] == (400, "reason")


@pytest.mark.parametrize("reason", ["", "  ", "\u200b", "x" * 501, None])
def test_a_reason_says_something(client_of: ClientOf, kamala: User, missed: Booking, reason: Any) -> None:
    refused = dispute(client_of(kamala), missed, {"reason": reason})

    assert error_of(refused)[::2] == (400, "reason")
    assert not Dispute.objects.exists()


def test_only_the_customer_objects(
    api: APIClient, client_of: ClientOf, suresh: User, bishnu: User, anita: User, missed: Booking
) -> None:
    assert dispute(api, missed).status_code == 401
    assert dispute(client_of(suresh), missed).status_code == 404
    for user in (bishnu, anita):
        assert dispute(client_of(user), missed).status_code == 403


def test_the_provider_hears_of_it_and_both_of_the_decision(
    client_of: ClientOf, kamala: User, anita: User, missed: Booking
) -> None:
    dispute(client_of(kamala), missed)
    actions.dispute_decide(booking_id=missed.pk, actor=anita, decision="provider", note="The bell rang.")

    told = Notification.objects.filter(kind__in=[Kind.DISPUTE_OPENED, Kind.DISPUTE_DECIDED])
    assert sorted(told.values_list("kind", "audience")) == [
        ("dispute_decided", "customer"),
        ("dispute_decided", "provider"),
        ("dispute_opened", "customer"),
        ("dispute_opened", "provider"),
    ]


def test_it_is_decided_once_and_by_an_admin(
    client_of: ClientOf, kamala: User, bishnu: User, anita: User, missed: Booking
) -> None:
    dispute(client_of(kamala), missed)
    with pytest.raises(DomainError, match="invalid_transition"):
        actions.dispute_decide(booking_id=missed.pk, actor=bishnu, decision="provider", note="No.")
    actions.dispute_decide(booking_id=missed.pk, actor=anita, decision="customer", note="A photo.")
    actions.dispute_decide(booking_id=missed.pk, actor=anita, decision="customer", note="Again.")

    with pytest.raises(DomainError, match="invalid_transition"):
        actions.dispute_decide(booking_id=missed.pk, actor=anita, decision="provider", note="No.")
    assert error_of(dispute(client_of(kamala), missed))[:2] == (409, "invalid_transition")
    assert (Dispute.objects.get().decision, Dispute.objects.get().note) == ("customer", "A photo.")
