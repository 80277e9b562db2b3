"""Support looks after bookings and finance after money; neither is a superuser, and nobody edits either."""

from io import StringIO

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.test import Client

from apps.accounts.models import User
from apps.accounts.tests.factories import PASSWORD
from apps.bookings.models import Booking
from apps.bookings.tests.factories import booked
from apps.bookings.tests.steps import everything
from apps.desk.roles import PERMISSIONS, staff_roles_create
from apps.payments.models import Payment, Payout, Refund
from apps.services.models import Service
from apps.services.tests.factories import ServiceFactory


@pytest.fixture
def booking(kamala: User, service: Service) -> Booking:
    return booked(kamala, service, days=4)


@pytest.mark.parametrize("name", ["sabina", "farid"])
def test_both_log_in_by_the_admins_form(request: pytest.FixtureRequest, client: Client, name: str) -> None:
    user: User = request.getfixturevalue(name)

    answer = client.post("/admin/login/", {"username": user.email, "password": PASSWORD})

    assert (answer.status_code, answer["Location"]) == (302, "/admin/")
    assert client.get("/admin/").status_code == 200
    assert not user.is_superuser


def test_an_admin_who_is_one_no_more_gets_in_no_more(client: Client, sabina: User) -> None:
    sabina.role = "customer"
    sabina.save()
    client.force_login(sabina)
    assert client.get("/admin/bookings/booking/").status_code == 302


def test_support_sends_failed_messages_again_and_finance_does_not(support: Client, finance: Client) -> None:
    deliveries = "/admin/notifications/delivery/"
    assert "send_again" in support.get(deliveries).content.decode()
    assert finance.get(deliveries).status_code == 403


def test_only_a_superuser_changes_admins(client: Client, sabina: User, anita: User, kamala: User) -> None:
    rights = ["view_user", "add_user", "change_user"]
    sabina.user_permissions.set(Permission.objects.filter(codename__in=rights))
    anita.is_staff = anita.is_superuser = False
    anita.save()
    client.force_login(sabina)
    assert client.get(f"/admin/accounts/user/{kamala.pk}/password/").status_code == 200
    assert client.get(f"/admin/accounts/user/{anita.pk}/password/").status_code == 403


@pytest.mark.parametrize("name", ["kamala", "bishnu"])
def test_customers_and_providers_do_not_get_in(
    request: pytest.FixtureRequest, client: Client, booking: Booking, name: str
) -> None:
    client.force_login(request.getfixturevalue(name))
    before = everything()

    for address in ("", f"bookings/booking/{booking.pk}/change/", f"bookings/booking/{booking.pk}/cancel/"):
        assert client.post(f"/admin/{address}", {"reason": "x"}).status_code == 302
    assert client.get("/admin/bookings/booking/export/").status_code == 302
    assert everything() == before


def test_nobody_gets_in_without_a_login(client: Client, booking: Booking) -> None:
    answer = client.post(f"/admin/bookings/booking/{booking.pk}/cancel/", {"reason": "x"})

    assert answer.status_code == 302
    assert answer["Location"].startswith("/admin/login/")
    assert Booking.objects.get().status == "pending"


def test_support_can_not_decide_about_money(
    support: Client, payment: Payment, refund: Refund, bishnu: User
) -> None:
    values = {"reason": "x", "note": "x", "bank_reference": "x", "amount": "1"}
    before = Refund.objects.count()

    for address in (
        f"payment/{payment.pk}/refund/",
        f"payment/{payment.pk}/verify/",
        f"payment/{payment.pk}/handled/",
        f"refund/{refund.pk}/record-done/",
        f"refund/{refund.pk}/try-again/",
        f"refund/{refund.pk}/handled/",
        f"banktransfer/{payment.pk}/confirm/",
        f"banktransfer/{payment.pk}/reject/",
    ):
        assert support.get(f"/admin/payments/{address}").status_code == 403
        assert support.post(f"/admin/payments/{address}", values).status_code == 403
    assert support.post("/admin/payments/payout/add/", {"provider": bishnu.pk}).status_code == 403
    action = {"action": "ask_the_gateway_again", "_selected_action": [payment.pk]}
    support.post("/admin/payments/payment/", action)
    assert (Refund.objects.count(), Refund.objects.get().status) == (before, "pending")
    assert not Payout.objects.exists()


def test_support_sees_what_was_paid_and_offers_no_decision(support: Client, payment: Payment) -> None:
    page = support.get(f"/admin/payments/payment/{payment.pk}/change/")

    assert page.status_code == 200
    assert page.context["actions_detail"] == []
    assert support.get("/admin/payments/payout/").status_code == 403
    assert support.get("/admin/payments/banktransfer/").status_code == 403


def test_finance_can_not_move_bookings_or_approve_services(finance: Client, booking: Booking) -> None:
    service = ServiceFactory(status="pending")

    for action in ("confirm", "start", "complete", "reschedule", "no-show", "reject", "cancel"):
        address = f"/admin/bookings/booking/{booking.pk}/{action}/"
        assert finance.get(address).status_code == 403
        assert finance.post(address, {"reason": "x"}).status_code == 403
    assert finance.post(f"/admin/services/service/{service.pk}/approve/").status_code == 403
    assert Booking.objects.get().status == "pending"
    assert finance.get(f"/admin/bookings/booking/{booking.pk}/change/").context["actions_detail"] == []


def test_finance_gives_money_back(finance: Client, farid: User, payment: Payment) -> None:
    address = f"/admin/payments/payment/{payment.pk}/refund/"
    assert payment.booking.reference in finance.get(address).content.decode()

    finance.post(address, {"amount": "500", "reason": "half the time"})
    refund = Refund.objects.get()
    assert (str(refund.amount), refund.requested_by) == ("500.00", farid)

    finance.post(f"/admin/payments/refund/{refund.pk}/record-done/", {"note": "cheque 71"})
    refund.refresh_from_db()
    assert (refund.status, refund.completed_by) == ("completed", farid)


def test_finance_records_a_payout(finance: Client, farid: User, bishnu: User) -> None:
    payout = {"provider": bishnu.pk, "amount": "100", "period_from": "2026-11-01", "period_to": "2026-11-30"}

    assert finance.post("/admin/payments/payout/add/", payout).status_code == 302
    assert Payout.objects.get().recorded_by == farid


def test_support_approves_a_service(support: Client) -> None:
    service = ServiceFactory(status="pending")

    support.post(f"/admin/services/service/{service.pk}/approve/", {"sure": "yes"})

    assert Service.objects.get(pk=service.pk).status == "active"


@pytest.mark.parametrize("who", ["support", "finance"])
def test_neither_edits_money_or_history(
    request: pytest.FixtureRequest, who: str, payment: Payment, refund: Refund, booking: Booking
) -> None:
    browser: Client = request.getfixturevalue(who)
    before = everything()

    for label, row in (
        ("bookings/booking", booking),
        ("payments/payment", payment),
        ("payments/refund", refund),
    ):
        for page in (f"{row.pk}/change/", f"{row.pk}/delete/", "add/"):
            values = {"status": "completed", "amount": "1", "total_amount": "1", "post": "yes"}
            assert browser.post(f"/admin/{label}/{page}", values).status_code == 403
        chosen = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
        browser.post(f"/admin/{label}/", chosen)
    assert everything() == before


@pytest.mark.parametrize("who", ["support", "finance"])
def test_neither_changes_people_settings_or_roles(
    request: pytest.FixtureRequest, who: str, kamala: User, service: Service
) -> None:
    browser: Client = request.getfixturevalue(who)

    for address in (f"accounts/user/{kamala.pk}/change/", f"accounts/user/{kamala.pk}/password/"):
        assert browser.post(f"/admin/{address}", {"full_name": "Mine"}).status_code == 403
    assert browser.post(f"/admin/services/service/{service.pk}/change/", {"price": "1"}).status_code == 403
    assert browser.get("/admin/auth/group/").status_code == 403


def test_roles_are_made_once_and_put_right_again(db: None) -> None:
    said = StringIO()
    call_command("create_staff_roles", stdout=said)
    Group.objects.get(name="Support").permissions.add(Permission.objects.get(codename="delete_user"))
    assert staff_roles_create() == ["Support"]
    assert staff_roles_create() == []

    for name, wanted in PERMISSIONS.items():
        given = Group.objects.get(name=name).permissions.select_related("content_type")
        assert {f"{one.content_type.app_label}.{one.codename}" for one in given} == set(wanted)
    assert "2 of 2" in said.getvalue()


def test_no_role_may_add_change_or_delete_anything() -> None:
    named = [permission for permissions in PERMISSIONS.values() for permission in permissions]
    assert not [name for name in named if name.partition(".")[2].startswith(("add_", "change_", "delete_"))]
