"""A service or a provider that is gone while somebody is booking it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings.conftest import ClientOf
from apps.bookings.models import Booking
from apps.bookings.tests.steps import Wizard, error_of, everything
from apps.payments.models import Payment, Refund
from apps.payments.tests.fixtures import Sandbox, pidx_of
from apps.services.models import Service, ServiceStatus

Withdraw = Callable[[], Any]
GONE = (409, "slot_unavailable")


@pytest.fixture(params=["rejected", "closed"])
def withdraw(request: pytest.FixtureRequest, service: Service, bishnu: User) -> Withdraw:
    if request.param == "rejected":
        return lambda: Service.objects.filter(pk=service.pk).update(status=ServiceStatus.REJECTED)
    return lambda: User.objects.filter(pk=bishnu.pk).update(is_active=False)


def test_a_request_is_not_sent(wizard: Wizard, withdraw: Withdraw) -> None:
    wizard.walk_to("payment")
    withdraw()
    before = everything()

    assert error_of(wizard.confirm())[:2] == GONE
    assert everything() == before


def test_no_payment_is_opened(login: Callable[[User], APIClient], draft: Booking, withdraw: Withdraw) -> None:
    withdraw()

    answer = login(draft.customer).post("/api/payments/initiate/", {"booking_id": draft.pk})

    assert error_of(answer)[:2] == GONE
    assert not Payment.objects.exists()


def test_nobody_is_asked_to_pay(client_of: ClientOf, draft: Booking, withdraw: Withdraw) -> None:
    client = client_of(draft.customer)
    address = f"/api/bookings/{draft.pk}/"
    assert "pay" in client.get(address).json()["allowed_actions"]

    withdraw()

    assert "pay" not in client.get(address).json()["allowed_actions"]


def test_money_that_comes_all_the_same_goes_back(
    initiate: Callable[..., Any],
    draft: Booking,
    sandbox: Sandbox,
    login: Callable[[User], APIClient],
    withdraw: Withdraw,
) -> None:
    sandbox.decides(pidx_of(initiate(draft)))
    payment = Payment.objects.get()
    withdraw()

    login(draft.customer).post(f"/api/payments/{payment.pk}/verify/")

    draft.refresh_from_db()
    assert draft.status == "draft"
    assert list(Refund.objects.values_list("payment", "amount")) == [(payment.pk, payment.total_amount)]


def test_a_pause_leaves_what_is_held(wizard: Wizard, service: Service) -> None:
    wizard.walk_to("payment")
    Service.objects.filter(pk=service.pk).update(status=ServiceStatus.PAUSED)

    assert "pay" in wizard.state().json()["booking"]["allowed_actions"]
    assert wizard.confirm().status_code == 200


class TestWhatIsNamed:
    """A change that leaves holds behind names them, without whose they are."""

    @pytest.fixture
    def held(self, wizard: Wizard) -> dict[str, str]:
        wizard.walk_to("datetime_selection")
        answer = wizard.client.get(f"/api/booking-wizard/{wizard.booking_id}/").json()
        booking = answer["booking"]
        return {
            "starts_at": booking["starts_at"],
            "ends_at": booking["ends_at"],
            "expires_at": answer["hold_expires_at"],
        }

    @pytest.fixture
    def provider(self, login: Callable[[User], APIClient], bishnu: User) -> APIClient:
        return login(bishnu)

    def test_by_a_pause(self, provider: APIClient, held: dict[str, str], service: Service) -> None:
        answer = provider.patch(f"/api/services/{service.pk}/", {"status": "paused"}).json()
        assert answer["live_holds"] == [held]

    def test_by_a_member_who_leaves(
        self, provider: APIClient, held: dict[str, str], service: Service
    ) -> None:
        member = service.staff.get()
        answer = provider.patch(f"/api/staff/{member.pk}/", {"is_active": False}).json()
        assert answer["live_holds"] == [held]

    def test_by_fewer_hours(self, provider: APIClient, held: dict[str, str], service: Service) -> None:
        member = service.staff.get()
        answer = provider.put(f"/api/staff/{member.pk}/working-hours/", []).json()
        assert answer["live_holds"] == [held]

    def test_by_time_off(self, provider: APIClient, held: dict[str, str]) -> None:
        body = {"staff": None, "starts_at": held["starts_at"], "ends_at": held["ends_at"]}
        assert provider.post("/api/time-off/", body).json()["live_holds"] == [held]

    @pytest.mark.usefixtures("held")
    def test_not_one_that_ran_out(
        self, login: Callable[[User], APIClient], bishnu: User, service: Service
    ) -> None:
        with time_machine.travel(timezone.now() + timedelta(minutes=16)):
            answer = login(bishnu).patch(f"/api/services/{service.pk}/", {"status": "paused"}).json()
        assert answer["live_holds"] == []
