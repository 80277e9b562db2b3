"""One pidx, or one transaction, for two payments at the same moment: the database sees it first."""

from typing import Any

import pytest
from django.db import IntegrityError
from pytest_django.fixtures import Settings

from apps.accounts.models import User
from apps.bookings.models import Booking
from apps.bookings.tests.factories import booked
from apps.payments.actions import link, settle
from apps.payments.models import Payment
from apps.payments.selectors import payment_by_token
from apps.payments.tests.fixtures import Initiate, Process, Sandbox, error_of, pidx_of, statuses
from apps.payments.tests.misbehaving_server import Server, answering
from apps.services.models import Service


def test_a_pidx_that_another_payment_got_at_the_same_moment_is_for_a_person(
    initiate: Initiate,
    draft: Booking,
    kamala: User,
    service: Service,
    broken_khalti: Server,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    url = "https://test-pay.khalti.com/?pidx=one"
    broken_khalti.behaviours = [answering({"pidx": "one", "payment_url": url})]
    other = booked(kamala, service, at="15:00", method="khalti")
    assert initiate(other).status_code == 201

    seen = []

    def looked_for(token: str) -> Payment | None:
        """Not there yet when it is looked for, there when it is written."""
        seen.append(token)
        return None if len(seen) == 1 else payment_by_token(token)

    monkeypatch.setattr(link, "payment_by_token", looked_for)
    assert error_of(initiate(draft)) == (409, "gateway_mismatch")
    assert (statuses(other), statuses(draft)) == (["processing"], ["needs_attention"])
    assert draft.payments.get().gateway_token_hash is None


def test_what_else_the_database_refuses_is_not_called_anothers_transaction(
    initiate: Initiate,
    process: Process,
    draft: Booking,
    sandbox: Sandbox,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refused(**arguments: Any) -> None:
        raise IntegrityError("another constraint")

    pidx = pidx_of(initiate(draft))
    sandbox.decides(pidx)
    with monkeypatch.context() as patch:
        patch.setattr(settle, "booking_record_payment", refused)
        with pytest.raises(IntegrityError, match="another constraint"):
            process(draft, pidx=pidx)
    assert statuses(draft) == ["processing"]
    assert process(draft, pidx=pidx).status_code == 200
