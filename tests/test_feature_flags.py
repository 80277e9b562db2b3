"""The three feature flags in every combination: what is off says so, and all the rest goes on."""

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from drf_spectacular.generators import SchemaGenerator
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings.models import Booking
from apps.bookings.tests.factories import in_days
from apps.bookings.tests.steps import DETAILS, Wizard
from apps.payments.models import PaymentMethod
from apps.payments.tests.fixtures import Initiate, Process, Sandbox, error_of, pidx_of
from apps.services.models import Service

FLAGS = ("ENABLE_NEW_BOOKING_WIZARD", "ENABLE_BOOKING_SLOTS", "ENABLE_PAYMENT_INTEGRATION")
COMBINATIONS = list(product([True, False], repeat=len(FLAGS)))
Login = Callable[[User], APIClient]


@pytest.fixture(params=COMBINATIONS, ids=lambda on: "-".join("on" if flag else "off" for flag in on))
def flags(request: pytest.FixtureRequest, settings: Settings) -> dict[str, bool]:
    """One combination, switched on before the test begins."""
    combination = dict(zip(FLAGS, request.param, strict=True))
    for name, is_on in combination.items():
        setattr(settings, name, is_on)
    return combination


def body_of(service: Service, at: str = "10:00:00", **more: Any) -> dict[str, Any]:
    return {
        "service": service.pk,
        "booking_date": in_days(3).isoformat(),
        "booking_time": at,
        **DETAILS,
        **more,
    }


def test_just_what_is_off_answers_that_it_is_off(
    flags: dict[str, bool], login: Login, kamala: User, service: Service, methods: dict[str, PaymentMethod]
) -> None:
    client = login(kamala)
    query: dict[str, Any] = {"service_id": service.pk, "date": in_days(3).isoformat()}
    answers = {
        "ENABLE_NEW_BOOKING_WIZARD": client.post(
            "/api/booking-wizard/calculate-price/", {"service_id": service.pk}
        ),
        "ENABLE_BOOKING_SLOTS": client.get("/api/booking-slots/available-slots/", query),
        "ENABLE_PAYMENT_INTEGRATION": client.post("/api/payments/initiate/", {"booking_id": 10**9}),
    }
    is_off = {flag: "feature_disabled" in answer.content.decode() for flag, answer in answers.items()}
    assert is_off == {flag: not is_on for flag, is_on in flags.items()}
    assert {answers[flag].status_code for flag, off in is_off.items() if off} <= {404}


def test_just_what_is_off_is_out_of_the_schema(flags: dict[str, bool]) -> None:
    paths: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    shown = {
        "ENABLE_NEW_BOOKING_WIZARD": any(path.startswith("/api/booking-wizard/") for path in paths),
        "ENABLE_BOOKING_SLOTS": any(path.startswith("/api/booking-slots/") for path in paths),
        "ENABLE_PAYMENT_INTEGRATION": "/api/payments/initiate/" in paths,
    }
    assert shown == flags
    assert {"/api/bookings/", "/api/payments/{payment_id}/verify/", "/api/time-off/"} <= paths.keys()


def test_a_booking_in_cash_goes_from_request_to_done(
    flags: dict[str, bool],
    login: Login,
    kamala: User,
    bishnu: User,
    service: Service,
    methods: dict[str, PaymentMethod],
) -> None:
    made = login(kamala).post("/api/bookings/", body_of(service))
    assert (made.status_code, made.json()["status"]) == (201, "pending")
    address = f"/api/bookings/{made.json()['id']}/"
    assert login(bishnu).patch(f"{address}update-status/", {"status": "confirmed"}).status_code == 200
    assert login(kamala).get(address).json()["status"] == "confirmed"
    assert login(kamala).post(f"{address}cancel/", {"reason": "no time"}).json()["status"] == "cancelled"


def test_no_member_is_ever_booked_twice(
    flags: dict[str, bool],
    login: Login,
    kamala: User,
    suresh: User,
    service: Service,
    methods: dict[str, PaymentMethod],
) -> None:
    assert login(kamala).post("/api/bookings/", body_of(service)).status_code == 201
    for at in ("10:00:00", "10:30:00"):
        refused = login(suresh).post("/api/bookings/", body_of(service, at))
        assert error_of(refused) == (409, "slot_unavailable")


def test_the_wizard_books_where_it_is_on(
    flags: dict[str, bool],
    login: Login,
    kamala: User,
    service: Service,
    methods: dict[str, PaymentMethod],
) -> None:
    wizard = Wizard(login(kamala), service.pk)
    if not flags["ENABLE_NEW_BOOKING_WIZARD"]:
        assert error_of(wizard.choose_service()) == (404, "feature_disabled")
        return
    wizard.walk_to("confirmation")
    assert Booking.objects.get().status == "pending"


def test_only_cash_is_offered_without_payment_integration(
    flags: dict[str, bool], api: APIClient, methods: dict[str, PaymentMethod]
) -> None:
    offered = [method["code"] for method in api.get("/api/payment-methods/").json()]
    everything = ["khalti", "esewa", "bank_transfer", "cash"]
    assert offered == (everything if flags["ENABLE_PAYMENT_INTEGRATION"] else ["cash"])


@pytest.mark.parametrize("combination", COMBINATIONS)
def test_a_payment_under_way_ends_well(
    initiate: Initiate,
    process: Process,
    draft: Booking,
    sandbox: Sandbox,
    settings: Settings,
    combination: tuple[bool, ...],
) -> None:
    pidx = pidx_of(initiate(draft))
    sandbox.decides(pidx)
    for name, is_on in zip(FLAGS, combination, strict=True):
        setattr(settings, name, is_on)
    assert process(draft, pidx=pidx).json()["booking"]["status"] == "confirmed"


@pytest.mark.parametrize("combination", COMBINATIONS)
def test_the_older_token_is_part_of_payment_integration(
    process: Process, draft: Booking, sandbox: Sandbox, settings: Settings, combination: tuple[bool, ...]
) -> None:
    token = sandbox.token()
    for name, is_on in zip(FLAGS, combination, strict=True):
        setattr(settings, name, is_on)
    answer = process(draft, token=token, amount=150_000)
    if settings.ENABLE_PAYMENT_INTEGRATION:
        assert answer.json()["booking"]["status"] == "confirmed"
    else:
        assert error_of(answer) == (404, "feature_disabled")
