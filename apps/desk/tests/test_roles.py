"""Support looks after bookings and finance after money; neither is a superuser, and nobody edits either."""

from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.accounts.tests.factories import PASSWORD
from apps.bookings.models import Booking
from apps.bookings.tests.factories import booked, draft_at_payment_step
from apps.bookings.tests.steps import everything
from apps.desk.roles import PERMISSIONS, staff_roles_create
from apps.desk.waiting import payments_needing_attention
from apps.payments.actions.refund_request import payment_refund
from apps.payments.gateways.base import Outcome
from apps.payments.models import Payment, Payout, Refund
from apps.payments.tests.factories import answered, attempt_of, paid
from apps.services.models import Service
from apps.services.tests.factories import ServiceFactory
from apps.slots.models import BookingSlot, TimeOff

Login = Callable[[User], APIClient]


@pytest.fixture
def payment(kamala: User, service: Service) -> Payment:
    """Paid online, and no gateway of it knows."""
    payment = paid(draft_at_payment_step(kamala, service))
    Payment.objects.update(gateway_transaction_id="")
    return payment


@pytest.fixture
def booking(kamala: User, service: Service) -> Booking:
    return booked(kamala, service, days=4)


@pytest.fixture
def refund(payment: Payment, anita: User) -> Refund:
    return payment_refund(payment=payment, actor=anita, reason="nobody came")


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


def test_support_can_not_give_money_back_through_the_api_either(
    login: Login, sabina: User, payment: Payment
) -> None:
    answer = login(sabina).post(f"/api/payments/{payment.pk}/refund/", {"reason": "x"})

    assert answer.status_code == 403
    assert not Refund.objects.exists()


def test_finance_can_not_move_bookings_through_the_api_either(
    login: Login, farid: User, booking: Booking
) -> None:
    api = login(farid)

    cancelled = api.post(f"/api/bookings/{booking.pk}/cancel/", {"reason": "x"})
    confirmed = api.patch(f"/api/bookings/{booking.pk}/update-status/", {"status": "confirmed"})

    moved = api.post(
        f"/api/bookings/{booking.pk}/reschedule/",
        {"booking_date": str(booking.booking_date), "booking_time": "12:00"},
    )

    assert (moved.status_code, moved.json()["errors"][0]["code"]) == (409, "not_reschedulable")
    assert (cancelled.status_code, cancelled.json()["errors"][0]["code"]) == (409, "not_cancellable")
    assert (confirmed.status_code, confirmed.json()["errors"][0]["code"]) == (409, "invalid_transition")
    assert Booking.objects.get().status == "pending"


def test_finance_can_not_approve_services_through_the_api(login: Login, farid: User) -> None:
    service = ServiceFactory(status="pending")
    assert login(farid).post(f"/api/services/{service.pk}/approve/").status_code == 403


def test_finance_reads_that_it_can_not_call_a_booking_off(
    login: Login, farid: User, sabina: User, booking: Booking
) -> None:
    address = f"/api/bookings/{booking.pk}/cancellation-preview/"

    assert login(farid).get(address).json()["cancellable"] is False
    assert login(sabina).get(address).json()["cancellable"] is True


def writes(api: APIClient, service: Service, off: TimeOff, slot: BookingSlot) -> list[Any]:
    """Answer to each call that changes services, members, hours, time off and slots."""
    member = service.staff.get().pk
    address = f"/api/services/{service.pk}/"
    day = {"starts_at": "2099-01-05T08:00:00+05:45", "ends_at": "2099-01-05T12:00:00+05:45", "staff": member}
    return [
        api.put(f"/api/staff/{member}/working-hours/", []),
        api.post("/api/time-off/", day),
        api.patch(f"/api/time-off/{off.pk}/", {"reason": "ill"}),
        api.delete(f"/api/time-off/{off.pk}/"),
        api.post("/api/booking-slots/", {"service": service.pk, "staff": member}),
        api.patch(f"/api/booking-slots/{slot.pk}/", {"is_available": False}),
        api.delete(f"/api/booking-slots/{slot.pk}/"),
        api.post("/api/services/", {"title": "x"}),
        api.patch(address, {"price": "1.00"}),
        api.delete(address),
        api.post("/api/staff/", {"full_name": "x"}),
        api.patch(f"/api/staff/{member}/", {"full_name": "x"}),
        api.delete(f"/api/staff/{member}/"),
    ]


def reads(api: APIClient, service: Service) -> list[int]:
    member = service.staff.get().pk
    addresses = (
        "services/?mine=true",
        "staff/",
        f"staff/{member}/working-hours/",
        "time-off/",
        "booking-slots/",
    )
    return [api.get(f"/api/{address}").status_code for address in addresses]


@pytest.fixture
def off(service: Service, bishnu: User) -> TimeOff:
    now = timezone.now()
    return TimeOff.objects.create(provider=bishnu, starts_at=now, ends_at=now + timedelta(hours=1))


@pytest.fixture
def slot(service: Service) -> BookingSlot:
    at = timezone.now() + timedelta(days=2)
    return BookingSlot.objects.create(
        service=service,
        staff=service.staff.get(),
        starts_at=at,
        ends_at=at + timedelta(hours=1),
        is_departure=True,
    )


@pytest.mark.parametrize("name", ["farid", "sabina"])
def test_nobody_at_the_desk_changes_services_or_schedules_through_the_api(
    login: Login, request: pytest.FixtureRequest, service: Service, off: TimeOff, slot: BookingSlot, name: str
) -> None:
    answers = writes(login(request.getfixturevalue(name)), service, off, slot)

    assert {answer.status_code for answer in answers} == {403}
    assert {answer.json()["errors"][0]["code"] for answer in answers} == {"permission_denied"}


@pytest.mark.parametrize("name", ["anita", "gita", "bishnu"])
def test_who_has_no_group_changes_them_as_before(
    login: Login, request: pytest.FixtureRequest, service: Service, off: TimeOff, slot: BookingSlot, name: str
) -> None:
    user: User = request.getfixturevalue(name)
    if name == "gita":
        user.role = "admin"
        user.save()

    answers = writes(login(user), service, off, slot)

    assert answers[0].status_code == 200
    assert not {answer.status_code for answer in answers} & {401, 403, 404}


def test_support_looks_at_schedules_through_the_api_and_finance_does_not(
    login: Login, sabina: User, farid: User, service: Service
) -> None:
    assert reads(login(sabina), service) == [200] * 5
    assert reads(login(farid), service) == [403] * 5
    assert login(farid).get("/api/services/").status_code == 200


def test_a_group_of_ones_own_may_change_hours(login: Login, farid: User, service: Service) -> None:
    farid.groups.get().permissions.add(Permission.objects.get(codename="change_workinghours"))
    address = f"/api/staff/{service.staff.get().pk}/working-hours/"

    assert login(farid).put(address, []).status_code == 200


def test_an_admin_without_a_place_at_the_desk_does_all_through_the_api(
    login: Login, gita: User, booking: Booking, payment: Payment
) -> None:
    gita.role = "admin"
    gita.save()

    assert login(gita).post(f"/api/bookings/{booking.pk}/cancel/", {"reason": "x"}).status_code == 200
    assert login(gita).post(f"/api/payments/{payment.pk}/refund/", {"reason": "x"}).status_code == 200


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


def test_nothing_is_handled_that_needs_no_attention(finance: Client, payment: Payment) -> None:
    page = finance.post(f"/admin/payments/payment/{payment.pk}/handled/", {"note": "looked"})

    assert "needs no attention" in page.content.decode()


def test_what_was_handled_leaves_the_list_and_comes_back_with_a_new_doubt(
    finance: Client, farid: User, kamala: User, service: Service
) -> None:
    payment = attempt_of(draft_at_payment_step(kamala, service), status="needs_attention")
    asked = "/admin/payments/payment/?attention=needed"
    assert len(finance.get(asked).context["cl"].result_list) == 1

    finance.post(f"/admin/payments/payment/{payment.pk}/handled/", {"note": "Khalti's panel says paid twice"})

    note = payment.attention_notes.get()
    assert (note.noted_by, note.note) == (farid, "Khalti's panel says paid twice")
    assert len(finance.get(asked).context["cl"].result_list) == 0
    assert len(finance.get("/admin/payments/payment/?attention=noted").context["cl"].result_list) == 1
    assert (
        "panel says paid twice"
        in finance.get(f"/admin/payments/payment/{payment.pk}/change/").content.decode()
    )

    payment.events.create(kind="move", from_status="processing", to_status="needs_attention")
    assert len(finance.get(asked).context["cl"].result_list) == 1


@pytest.mark.parametrize("outcome", [Outcome.REFUNDED, Outcome.PARTIALLY_REFUNDED])
def test_money_that_was_taken_back_needs_a_person_until_it_is_handled(
    finance: Client, kamala: User, service: Service, outcome: Outcome
) -> None:
    payment = paid(draft_at_payment_step(kamala, service))
    answered(payment, "Refunded", outcome=outcome)
    asked = "/admin/payments/payment/?attention=needed"
    assert len(finance.get(asked).context["cl"].result_list) == 1
    assert payments_needing_attention().count == 1

    finance.post(f"/admin/payments/payment/{payment.pk}/handled/", {"note": "she pays in cash"})

    assert len(finance.get(asked).context["cl"].result_list) == 0
    assert len(finance.get("/admin/payments/payment/?attention=noted").context["cl"].result_list) == 1


def test_a_refund_in_doubt_is_handled_too(finance: Client, refund: Refund) -> None:
    Refund.objects.update(status="needs_attention")
    asked = "/admin/payments/refund/?waiting=doubt"
    assert len(finance.get(asked).context["cl"].result_list) == 1

    finance.post(f"/admin/payments/refund/{refund.pk}/handled/", {"note": "asked Khalti"})

    assert len(finance.get(asked).context["cl"].result_list) == 0
    assert Refund.objects.get().status == "needs_attention"
