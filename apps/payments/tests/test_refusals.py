"""What an error of a gateway says: that it is down, that it refuses us, or that it knows nothing."""

import pytest

from apps.common.errors import DomainError
from apps.payments.gateways.base import GatewayError
from apps.payments.refusals import is_refusal, knows_nothing


def caused_by(cause: Exception | None) -> DomainError:
    error = DomainError("gateway_unavailable", "no")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("cause", "refuses", "knows"),
    [
        (GatewayError("not found", permanent=True, status=404), True, True),
        (GatewayError("not valid", permanent=True, status=400), True, True),
        (GatewayError("wrong key", permanent=True, status=401), True, False),
        (GatewayError("too many", permanent=True, status=429), False, False),
        (GatewayError("a page", status=404), False, False),
        (GatewayError("down", permanent=True, status=503), False, False),
        (GatewayError("no answer in time"), False, False),
        (GatewayError("nothing to ask", permanent=True), False, False),
        (None, False, False),
    ],
)
def test_only_its_own_words_are_a_refusal(cause: Exception | None, refuses: bool, knows: bool) -> None:
    assert (is_refusal(caused_by(cause)), knows_nothing(caused_by(cause))) == (refuses, knows)
