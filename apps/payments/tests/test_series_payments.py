"""A recurring booking paid online: the first payment makes it firm, each later booking is paid by itself."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings import events
from apps.bookings.actions import overdue_bookings_expire
from apps.bookings.conftest import MONDAY_AT_EIGHT
from apps.bookings.locked import LockedBooking
from apps.bookings.models import Booking, BookingStatus
from apps.bookings.tests.factories import WEEKLY, booked, in_days, series_of
from apps.payments.actions.payments import payments_supersede
from apps.payments.audit import findings
from apps.payments.models import Payment, PaymentMethod, Refund
from apps.payments.tests.factories import answered, paid, payment_of
from apps.payments.tests.fixtures import Initiate, Process, Sandbox, error_of, pidx_of
from apps.services.models import Service
from apps.slots.models import Reservation

Login = Callable[[User], APIClient]


@pytest.fixture
def clock() -> Any:
    with time_machine.travel(MONDAY_AT_EIGHT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def draft(kamala: User, service: Service, methods: dict[str, PaymentMethod]) -> Booking:
    """Kamala's draft of four weekly bookings that are to be paid with Khalti."""
    return booked(kamala, service, method="khalti", recurrence=WEEKLY)


@pytest.fixture
def later(clock: time_machine.Traveller, draft: Booking) -> list[Booking]:
    """The three later bookings, once the first one is paid."""
    paid(draft)
    return series_of(draft)[1:]


@pytest.fixture
def skipped() -> Any:
    """Collect what is told of bookings that were lost."""
    told: list[dict[str, Any]] = []

    def hear(**said: Any) -> None:
        told.append(said)

    events.occurrence_skipped.connect(hear)
    yield told
    events.occurrence_skipped.disconnect(hear)


def run_out(clock: time_machine.Traveller) -> None:
    clock.shift(timedelta(minutes=16))


def test_the_first_payment_makes_all_bookings_firm(
    initiate: Initiate, process: Process, draft: Booking, sandbox: Sandbox
) -> None:
    pidx = pidx_of(initiate(draft))
    sandbox.decides(pidx)

    assert process(draft, pidx=pidx).json()["booking"]["status"] == "confirmed"

    first, *later = series_of(draft)
    assert first.pk == draft.pk
    assert [one.status for one in later] == ["pending"] * 3
    assert list(Reservation.objects.values_list("expires_at", flat=True)) == [None] * 4
    assert Payment.objects.count() == 1
    assert not list(findings())


def test_each_later_booking_is_paid_and_confirmed_by_itself(
    initiate: Initiate, process: Process, draft: Booking, sandbox: Sandbox
) -> None:
    def pay(booking: Booking) -> str:
        pidx = pidx_of(initiate(booking))
        sandbox.decides(pidx)
        return str(process(booking, pidx=pidx).json()["booking"]["status"])

    assert pay(draft) == "confirmed"
    second = series_of(draft)[1]
    assert pay(second) == "confirmed"

    assert [one.status for one in series_of(draft)] == ["confirmed", "confirmed", "pending", "pending"]
    assert Payment.objects.filter(is_settlement=True).count() == 2
    assert error_of(initiate(second)) == (409, "already_paid")
    assert not list(findings())


def test_a_later_booking_may_be_paid_by_another_wallet(
    initiate: Initiate, draft: Booking, methods: dict[str, PaymentMethod]
) -> None:
    PaymentMethod.objects.filter(code="esewa").update(processing_fee_percentage=2)
    paid(draft)
    second = series_of(draft)[1]

    assert initiate(second, payment_method="esewa").status_code == 201
    answered(Payment.objects.get(booking=second), "COMPLETE")

    second.refresh_from_db()
    assert (second.status, second.payment_method, str(second.fee)) == ("confirmed", "esewa", "30.00")
    assert not list(findings())


@pytest.mark.parametrize("method", ["cash", "bank_transfer"])
def test_a_later_booking_is_paid_by_wallet_only(initiate: Initiate, draft: Booking, method: str) -> None:
    paid(draft)

    assert initiate(series_of(draft)[1], payment_method=method).status_code == 400
    assert Payment.objects.count() == 1


def test_later_bookings_are_due_two_days_before(later: list[Booking]) -> None:
    assert [one.expires_at for one in later] == [
        one.starts_at - timedelta(days=2) for one in later if one.starts_at
    ]


def test_how_many_days_before_is_a_setting(
    settings: Settings, clock: time_machine.Traveller, draft: Booking
) -> None:
    settings.SERIES_PAYMENT_DUE_DAYS = 5
    paid(draft)

    second = series_of(draft)[1]
    assert second.starts_at is not None
    assert second.expires_at == second.starts_at - timedelta(days=5)


def test_whoever_has_just_booked_has_a_day_to_pay(
    settings: Settings, clock: time_machine.Traveller, draft: Booking
) -> None:
    settings.SERIES_PAYMENT_DUE_DAYS = 30
    paid(draft)

    assert series_of(draft)[1].expires_at == timezone.now() + timedelta(days=1)


def test_the_providers_time_to_answer_does_not_bind_them(
    later: list[Booking], clock: time_machine.Traveller
) -> None:
    clock.shift(timedelta(days=4))

    assert overdue_bookings_expire(now=timezone.now()) == 0


def test_one_that_is_not_paid_in_time_expires_alone(
    later: list[Booking], clock: time_machine.Traveller, draft: Booking
) -> None:
    clock.shift(timedelta(days=8, hours=3))

    assert overdue_bookings_expire(now=timezone.now()) == 1

    assert [one.status for one in series_of(draft)] == ["confirmed", "expired", "pending", "pending"]
    assert later[0].events.latest("pk").reason == "not paid in time"
    assert Reservation.objects.count() == 3
    assert not list(findings())


def test_one_that_is_overdue_can_not_be_paid(
    later: list[Booking], clock: time_machine.Traveller, initiate: Initiate, kamala: User
) -> None:
    clock.shift(timedelta(days=8, hours=3))
    client = APIClient()
    client.force_authenticate(kamala)

    answer = client.post("/api/payments/initiate/", {"booking_id": later[0].pk})

    assert error_of(answer) == (409, "invalid_transition")


def test_the_provider_can_not_confirm_one_unpaid(later: list[Booking], bishnu: User) -> None:
    client = APIClient()
    client.force_authenticate(bishnu)

    answer = client.patch(f"/api/bookings/{later[0].pk}/update-status/", {"status": "confirmed"})

    assert error_of(answer) == (409, "payment_required")


def test_the_provider_rejects_one_alone(later: list[Booking], bishnu: User, draft: Booking) -> None:
    client = APIClient()
    client.force_authenticate(bishnu)
    change = {"status": "rejected", "rejection_reason": "away"}

    assert client.patch(f"/api/bookings/{later[1].pk}/update-status/", change).status_code == 200

    assert [one.status for one in series_of(draft)] == ["confirmed", "pending", "rejected", "pending"]


def test_somebody_elses_booking_is_not_found(later: list[Booking], suresh: User) -> None:
    client = APIClient()
    client.force_authenticate(suresh)

    assert client.post("/api/payments/initiate/", {"booking_id": later[0].pk}).status_code == 404


def test_money_for_a_payment_that_another_took_the_place_of_still_pays(later: list[Booking]) -> None:
    first_try = payment_of(later[0])
    payments_supersede(booking=LockedBooking(later[0]), actor=None, detail="another payment was made")
    payment_of(later[0])

    assert answered(first_try).status == "completed"

    later[0].refresh_from_db()
    assert later[0].status == "confirmed"
    assert not list(findings())


def test_late_money_confirms_an_expired_booking_beyond_the_horizon(
    later: list[Booking], clock: time_machine.Traveller, service: Service
) -> None:
    Service.objects.filter(pk=service.pk).update(max_advance_days=1)
    payment = payment_of(later[2])
    Booking.objects.filter(pk=later[2].pk).update(expires_at=timezone.now())
    overdue_bookings_expire(now=timezone.now())

    assert answered(payment).status == "completed"

    later[2].refresh_from_db()
    assert later[2].status == "confirmed"
    assert not list(findings())


def test_late_money_for_a_booking_whose_time_is_gone_goes_back(
    later: list[Booking], clock: time_machine.Traveller, suresh: User, service: Service
) -> None:
    payment = payment_of(later[0])
    clock.shift(timedelta(days=8, hours=3))
    overdue_bookings_expire(now=timezone.now())
    booked(suresh, service, days=2, at="10:00")

    assert answered(payment).status == "refund_pending"
    assert Refund.objects.get().amount == payment.total_amount
    assert not list(findings())


def test_a_first_payment_that_comes_late_takes_what_is_still_free(
    clock: time_machine.Traveller,
    draft: Booking,
    suresh: User,
    service: Service,
    skipped: list[dict[str, Any]],
) -> None:
    payment = payment_of(draft)
    run_out(clock)
    booked(suresh, service, days=10, at="10:00")

    assert answered(payment).status == "completed"

    assert [(one.booking_date, one.status) for one in series_of(draft)] == [
        (in_days(3), "confirmed"),
        (in_days(17), "pending"),
        (in_days(24), "pending"),
    ]
    (told,) = skipped
    assert told["occurrences"] == [(in_days(10), draft.booking_time)]
    assert (told["booking"].pk, told["series"]) == (draft.pk, series_of(draft)[0].series)
    assert not list(findings())


def test_also_where_the_draft_had_expired(
    clock: time_machine.Traveller, draft: Booking, suresh: User, service: Service, skipped: list[Any]
) -> None:
    payment = payment_of(draft)
    Booking.objects.update(expires_at=timezone.now())
    overdue_bookings_expire(now=timezone.now())
    booked(suresh, service, days=10, at="10:00")

    answered(payment)

    assert [one.status for one in series_of(draft)] == ["confirmed", "pending", "pending"]
    assert len(skipped) == 1


def test_bookings_that_were_never_to_be_had_are_not_told_of(
    clock: time_machine.Traveller,
    kamala: User,
    suresh: User,
    service: Service,
    methods: dict[str, PaymentMethod],
    skipped: list[Any],
) -> None:
    booked(suresh, service, days=10, at="10:00")

    paid(booked(kamala, service, method="khalti", recurrence=WEEKLY))

    assert not skipped
    assert Booking.objects.filter(customer=kamala, status=BookingStatus.PENDING).count() == 2


def test_where_the_first_booking_is_lost_the_money_goes_back_and_nothing_is_booked(
    clock: time_machine.Traveller, draft: Booking, suresh: User, service: Service
) -> None:
    payment = payment_of(draft)
    run_out(clock)
    booked(suresh, service, days=3, at="10:00")

    assert answered(payment).status == "refund_pending"

    assert not series_of(draft)
    assert Booking.objects.filter(customer=draft.customer).count() == 1
    assert not Reservation.objects.filter(expires_at=None, booking__customer=draft.customer).exists()
    assert not list(findings())


def test_a_bank_transfer_waits_for_the_first_and_then_for_each(
    clock: time_machine.Traveller, kamala: User, service: Service, methods: dict[str, PaymentMethod]
) -> None:
    draft = booked(kamala, service, method="bank_transfer", recurrence=WEEKLY)

    first, second, *_ = series_of(draft)
    assert first.expires_at == timezone.now() + timedelta(hours=48)
    assert second.starts_at is not None
    assert second.expires_at == second.starts_at - timedelta(days=2)
    assert {one.status for one in series_of(draft)} == {"pending"}


def test_each_bank_transfer_confirms_its_own_booking(
    clock: time_machine.Traveller, kamala: User, service: Service, methods: dict[str, PaymentMethod]
) -> None:
    draft = booked(kamala, service, method="bank_transfer", recurrence=WEEKLY)
    client = APIClient()
    client.force_authenticate(kamala)
    second = series_of(draft)[1]

    answer = client.post("/api/payments/initiate/", {"booking_id": second.pk})
    assert answer.json()["action"]["type"] == "instructions"
    answered(Payment.objects.get())

    assert [one.status for one in series_of(draft)] == ["pending", "confirmed", "pending", "pending"]
    answered(payment_of(draft, status="pending"))
    assert [one.status for one in series_of(draft)] == ["confirmed", "confirmed", "pending", "pending"]
    assert len(series_of(draft)) == 4
    assert not list(findings())


def test_in_cash_one_booking_may_be_paid_by_wallet_before(
    clock: time_machine.Traveller, kamala: User, service: Service, methods: dict[str, PaymentMethod]
) -> None:
    first = booked(kamala, service, recurrence=WEEKLY)
    client = APIClient()
    client.force_authenticate(kamala)
    answer = client.post("/api/payments/initiate/", {"booking_id": first.pk, "payment_method": "esewa"})
    assert answer.status_code == 201

    answered(Payment.objects.get(), "COMPLETE")

    assert [one.status for one in series_of(first)] == ["confirmed", "pending", "pending", "pending"]
    assert not list(findings())
