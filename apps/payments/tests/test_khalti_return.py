from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from rest_framework.test import APIClient

from apps.bookings.models import Booking
from apps.payments.actions.lookup import _return_turn_take
from apps.payments.models import Payment, PaymentMethod
from apps.payments.tests.fixtures import PAISA, Sandbox, pidx_of
from apps.payments.tests.misbehaving_server import NOT_ANSWERS, Server, answering
from apps.sandbox.models import EsewaPayment

ADDRESS = "/api/payments/khalti/return/"
BROWSER = {"Accept": "text/html,application/xhtml+xml"}
Initiate = Callable[..., Any]


def result(api: APIClient, address: str) -> str:
    """Go back as a browser does; return where it is sent, without the frontend's address and the payment."""
    answer = api.get(address, headers=BROWSER)
    assert answer.status_code == 302
    return str(answer.headers["Location"]).removeprefix("http://127.0.0.1:3000").partition("&payment=")[0]


def path_of(location: str) -> str:
    return location.removeprefix("http://127.0.0.1:8000")


@pytest.mark.parametrize(
    ("decision", "word", "status"),
    [
        ("pay", "completed", "confirmed"),
        ("cancel", "failed", "draft"),
        ("pending", "pending", "draft"),
    ],
)
def test_the_payers_decision_is_asked_for_and_shown(
    api: APIClient,
    initiate: Initiate,
    draft: Booking,
    sandbox: Sandbox,
    decision: str,
    word: str,
    status: str,
) -> None:
    location = sandbox.decides(pidx_of(initiate(draft)), decision)
    assert result(api, path_of(location)) == f"/booking/{draft.pk}/result?status={word}"
    draft.refresh_from_db()
    assert draft.status == status


def test_an_expired_link_says_expired(
    api: APIClient, initiate: Initiate, draft: Booking, sandbox: Sandbox
) -> None:
    pidx = pidx_of(initiate(draft))
    sandbox.says(pidx, "Expired")
    assert result(api, f"{ADDRESS}?pidx={pidx}").endswith("status=expired")


def test_nothing_in_the_query_is_believed(
    api: APIClient, initiate: Initiate, draft: Booking, sandbox: Sandbox
) -> None:
    pidx = pidx_of(initiate(draft))
    forged = f"{ADDRESS}?pidx={pidx}&status=Completed&transaction_id=x&amount={PAISA}&total_amount={PAISA}"
    assert result(api, forged).endswith("status=pending")
    draft.refresh_from_db()
    assert draft.status == "draft"


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?pidx=",
        "?pidx=unknown",
        "?pidx=%00",
        "?pidx=%ff%fe",
        "?pidx=a&pidx=b",
        "?pidx[]=a",
        "?status=Completed&transaction_id=abc",
        "?message=Payment+failed",
        "?pidx=" + "x" * 5000,
        "?%00=%00",
        "?format=xml",
    ],
)
def test_any_other_query_is_unknown(api: APIClient, db: None, query: str) -> None:
    assert result(api, ADDRESS + query) == "/booking/result?status=unknown"


@pytest.mark.parametrize("name", NOT_ANSWERS)
def test_an_unreachable_khalti_is_pending(
    api: APIClient, initiate: Initiate, draft: Booking, broken_khalti: Server, name: str
) -> None:
    link = {"pidx": "HT6o6PEZRWFJ5ygavzHWd5", "payment_url": "https://test-pay.khalti.com/?pidx=HT6o"}
    broken_khalti.behaviours = [answering(link), NOT_ANSWERS[name]]
    initiate(draft)
    assert result(api, f"{ADDRESS}?pidx={link['pidx']}").endswith("status=pending")
    assert Payment.objects.get().status == "processing"


def test_an_answer_that_does_not_fit_is_pending(
    api: APIClient, initiate: Initiate, draft: Booking, sandbox: Sandbox
) -> None:
    pidx = pidx_of(initiate(draft))
    sandbox.decides(pidx)
    sandbox.fault("lookup", "wrong_amount")
    assert result(api, f"{ADDRESS}?pidx={pidx}").endswith("status=pending")
    assert Payment.objects.get().status == "needs_attention"


def test_a_settled_payment_is_not_asked_for_again(
    api: APIClient, initiate: Initiate, draft: Booking, sandbox: Sandbox
) -> None:
    location = path_of(sandbox.decides(pidx_of(initiate(draft))))
    result(api, location)
    assert result(api, location).endswith("status=completed")
    assert Payment.objects.get().times_asked == 1


def test_a_payment_that_was_just_asked_for_is_answered_from_what_is_stored(
    api: APIClient, initiate: Initiate, draft: Booking, sandbox: Sandbox
) -> None:
    pidx = pidx_of(initiate(draft))
    with time_machine.travel(timezone.now(), tick=False) as clock:
        result(api, f"{ADDRESS}?pidx={pidx}")
        sandbox.decides(pidx)
        assert result(api, f"{ADDRESS}?pidx={pidx}").endswith("status=pending")
        clock.shift(timedelta(seconds=6))
        assert result(api, f"{ADDRESS}?pidx={pidx}").endswith("status=completed")
    assert Payment.objects.get().times_asked == 2


def test_the_result_page_learns_which_payment_it_was(
    api: APIClient, initiate: Initiate, draft: Booking, sandbox: Sandbox
) -> None:
    location = path_of(sandbox.decides(pidx_of(initiate(draft))))
    sent_to = str(api.get(location).headers["Location"])
    assert sent_to.endswith(f"/booking/{draft.pk}/result?status=completed&payment={Payment.objects.get().pk}")


def test_what_was_paid_right_after_a_second_initiate_is_seen_on_return(
    api: APIClient, initiate: Initiate, draft: Booking, sandbox: Sandbox
) -> None:
    with time_machine.travel(timezone.now(), tick=False):
        initiate(draft)
        pidx = pidx_of(initiate(draft))
        assert result(api, path_of(sandbox.decides(pidx))).endswith("status=completed")


def test_what_was_paid_right_after_the_api_asked_is_seen_on_return(
    api: APIClient, customer: APIClient, initiate: Initiate, draft: Booking, sandbox: Sandbox
) -> None:
    with time_machine.travel(timezone.now(), tick=False):
        pidx = pidx_of(initiate(draft))
        customer.post(f"/api/payments/{Payment.objects.get().pk}/verify/")
        assert result(api, path_of(sandbox.decides(pidx))).endswith("status=completed")


def test_a_return_that_found_nobody_at_home_is_not_repeated_at_once(
    api: APIClient, initiate: Initiate, draft: Booking, sandbox: Sandbox
) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        location = path_of(sandbox.decides(pidx_of(initiate(draft))))
        sandbox.fault("lookup", "error_500")
        assert result(api, location).endswith("status=pending")
        assert result(api, location).endswith("status=pending")
        clock.shift(timedelta(seconds=6))
        assert result(api, location).endswith("status=completed")


def test_while_a_return_asks_another_answers_from_what_is_stored(
    api: APIClient, initiate: Initiate, draft: Booking, sandbox: Sandbox, settings: Any
) -> None:
    settings.GATEWAY_TIMEOUT_SECONDS = 10
    with time_machine.travel(timezone.now(), tick=False) as clock:
        location = path_of(sandbox.decides(pidx_of(initiate(draft))))
        assert _return_turn_take(Payment.objects.get()) is not None
        clock.shift(timedelta(seconds=9))
        assert result(api, location).endswith("status=pending")
        clock.shift(timedelta(seconds=7))  # whoever asked has died
        assert result(api, location).endswith("status=completed")


@pytest.mark.parametrize(
    ("decision", "word"), [("cancel", "failed"), ("pending", "pending"), ("pay", "completed")]
)
def test_a_superseded_payment_tells_what_became_of_it(
    api: APIClient,
    initiate: Initiate,
    draft: Booking,
    sandbox: Sandbox,
    decision: str,
    word: str,
) -> None:
    pidx = pidx_of(initiate(draft))
    initiate(draft, payment_method="cash")
    location = sandbox.decides(pidx, decision)
    assert result(api, path_of(location)).endswith(f"status={word}")


def test_money_that_goes_back_is_told(
    api: APIClient, initiate: Initiate, draft: Booking, sandbox: Sandbox
) -> None:
    pidx = pidx_of(initiate(draft))
    Booking.objects.update(status="cancelled")
    assert result(api, path_of(sandbox.decides(pidx))).endswith("status=refund_pending")


def test_it_needs_no_login_and_no_feature(
    api: APIClient, initiate: Initiate, draft: Booking, sandbox: Sandbox, settings: Any
) -> None:
    location = path_of(sandbox.decides(pidx_of(initiate(draft))))
    settings.ENABLE_PAYMENT_INTEGRATION = False
    api.credentials(HTTP_AUTHORIZATION="Bearer nonsense")
    assert result(api, location).endswith("status=completed")


def test_esewas_return_asks_esewa_too(
    api: APIClient,
    initiate: Initiate,
    draft: Booking,
    sandbox: Sandbox,
    methods: dict[str, PaymentMethod],
) -> None:
    action = initiate(draft, payment_method="esewa").json()["action"]
    started = sandbox.browser.post("/sandbox/esewa/api/epay/main/v2/form", action["fields"])
    payment = EsewaPayment.objects.get()
    assert started.status_code == 302
    paid = sandbox.browser.post(f"/sandbox/esewa/pay/{payment.transaction_uuid}/", {"decision": "pay"})
    location = path_of(paid.headers["Location"])
    assert location.startswith(f"/api/payments/esewa/return/{payment.transaction_uuid}/?data=")
    assert result(api, location) == f"/booking/{draft.pk}/result?status=completed"
    draft.refresh_from_db()
    assert (draft.status, draft.payment_method) == ("confirmed", "esewa")


def test_an_unknown_esewa_reference_is_unknown(api: APIClient, db: None) -> None:
    assert result(api, "/api/payments/esewa/return/SB-unknown/") == "/booking/result?status=unknown"
