"""What a group of the desk lets an admin do holds in the API as well."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.accounts.tests.factories import UserFactory
from apps.bookings.models import Booking
from apps.bookings.tests.factories import booked
from apps.notifications.kinds import Audience, Kind
from apps.notifications.models import Notification
from apps.notifications.tests.factories import told
from apps.payments.models import Payment, Refund
from apps.services.models import Service
from apps.services.tests.factories import ServiceFactory
from apps.slots.models import BookingSlot, TimeOff

Login = Callable[[User], APIClient]


@pytest.fixture
def booking(kamala: User, service: Service) -> Booking:
    return booked(kamala, service, days=4)


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
        is_override=True,
    )


@pytest.mark.parametrize("name", ["farid", "sabina"])
def test_nobody_at_the_desk_changes_services_or_schedules_through_the_api(
    login: Login, request: pytest.FixtureRequest, service: Service, off: TimeOff, slot: BookingSlot, name: str
) -> None:
    answers = writes(login(request.getfixturevalue(name)), service, off, slot)

    assert {answer.status_code for answer in answers} == {403}
    assert {answer.json()["errors"][0]["code"] for answer in answers} == {"permission_denied"}


@pytest.mark.parametrize("name", ["anita", "bishnu"])
def test_superusers_and_their_own_providers_change_them(
    login: Login, request: pytest.FixtureRequest, service: Service, off: TimeOff, slot: BookingSlot, name: str
) -> None:
    answers = writes(login(request.getfixturevalue(name)), service, off, slot)

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


def test_a_superuser_does_all_through_the_api(
    login: Login, anita: User, booking: Booking, payment: Payment
) -> None:
    assert login(anita).post(f"/api/bookings/{booking.pk}/cancel/", {"reason": "x"}).status_code == 200
    assert login(anita).post(f"/api/payments/{payment.pk}/refund/", {"reason": "x"}).status_code == 200


@pytest.mark.parametrize("name", ["sabina", "farid"])
def test_taking_the_last_group_away_leaves_no_rights(
    login: Login,
    request: pytest.FixtureRequest,
    service: Service,
    off: TimeOff,
    slot: BookingSlot,
    booking: Booking,
    payment: Payment,
    name: str,
) -> None:
    user: User = request.getfixturevalue(name)
    user.groups.clear()
    api = login(user)

    answers = writes(api, service, off, slot)
    answers += [
        api.post(f"/api/services/{service.pk}/approve/"),
        api.post(f"/api/payments/{payment.pk}/refund/", {"reason": "x"}),
        api.post(f"/api/payments/{payment.pk}/verify/"),
        api.post(f"/api/bookings/{booking.pk}/cancel/", {"reason": "x"}),
        api.post(f"/api/bookings/{booking.pk}/reschedule/", {}),
        api.patch(f"/api/bookings/{booking.pk}/update-status/", {"status": "confirmed"}),
    ]

    assert {answer.status_code for answer in answers} == {403}
    assert Booking.objects.get(pk=booking.pk).status == "pending"
    assert not Refund.objects.exists()


READ_BY_RIGHT = (
    "bookings/",
    "bookings/provider-bookings/",
    "bookings/day-plan/?date=2026-12-01",
    "bookings/{booking}/",
    "bookings/{booking}/history/",
    "bookings/{booking}/calendar.ics",
    "bookings/{booking}/cancellation-preview/",
    "bookings/booking-analytics/",
    "bookings/provider-statistics/",
    "payments/",
    "payments/{payment}/",
    "payments/{payment}/proof/",
    "payments/{payment}/receipt/",
    "payments/payment-analytics/",
    "payments/earnings-statement/?month=2026-11",
    "staff/",
    "time-off/",
    "booking-slots/",
    "services/?mine=true",
)


@pytest.mark.parametrize("path", READ_BY_RIGHT)
def test_an_admin_without_a_group_reads_nothing_that_is_not_public(
    login: Login, gita: User, booking: Booking, payment: Payment, path: str
) -> None:
    gita.role = "admin"
    gita.save()

    answer = login(gita).get(f"/api/{path}".format(booking=booking.pk, payment=payment.pk))

    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (403, "permission_denied")


def test_an_admin_without_a_group_sees_of_services_what_everybody_sees(login: Login, gita: User) -> None:
    pending = ServiceFactory(status="pending")
    gita.role = "admin"
    gita.save()

    assert login(gita).get(f"/api/services/{pending.pk}/").status_code == 404
    assert login(gita).get("/api/auth/me/").status_code == 200


def test_support_reads_no_slips_of_transfers(login: Login, sabina: User, payment: Payment) -> None:
    assert login(sabina).get(f"/api/payments/{payment.pk}/proof/").status_code == 403
    assert login(sabina).get(f"/api/payments/{payment.pk}/").status_code == 200


@pytest.mark.django_db
def test_an_admin_without_a_group_reads_no_reviews_with_their_bookings(
    login: Callable[[User], APIClient],
) -> None:
    ungrouped = UserFactory(role="admin", is_staff=True)
    assert login(ungrouped).get("/api/reviews/").status_code == 403


def test_an_admin_without_a_group_reads_no_messages_of_the_desk(
    login: Login, farid: User, payment: Payment
) -> None:
    booking = Booking.objects.get(pk=payment.booking_id)
    of_the_desk = told(farid, booking, Kind.PAYMENT_NEEDS_ATTENTION, audience=Audience.ADMIN)
    of_their_own = told(farid, booking)
    farid.groups.clear()
    api = login(farid)

    listed = api.get("/api/notifications/").json()["results"]

    assert [message["id"] for message in listed] == [of_their_own.pk]
    assert api.get("/api/notifications/unread-count/").json() == {"unread_count": 1}
    assert api.post(f"/api/notifications/{of_the_desk.pk}/read/").status_code == 404
    api.post("/api/notifications/read-all/")
    assert Notification.objects.get(recipient=farid, read_at=None) == of_the_desk


def test_finance_reads_the_messages_of_the_desk(login: Login, farid: User, payment: Payment) -> None:
    booking = Booking.objects.get(pk=payment.booking_id)
    message = told(farid, booking, Kind.PAYMENT_NEEDS_ATTENTION, audience=Audience.ADMIN)

    (listed,) = login(farid).get("/api/notifications/").json()["results"]

    assert listed["id"] == message.pk
