"""Whether a gateway was silent, or answered and refused: only silence says that it is down. Pure."""

from http import HTTPStatus

from apps.common.errors import DomainError
from apps.payments.gateways.base import GatewayError

# Khalti's documents don't say which of them an unknown pidx is answered with.
KNOWS_NOTHING = (HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND)


def is_refusal(error: DomainError) -> bool:
    """Return whether the gateway said in its own words that it won't; "too many requests" is none."""
    cause = error.__cause__
    return (
        isinstance(cause, GatewayError)
        and cause.permanent
        and HTTPStatus.BAD_REQUEST <= cause.status < HTTPStatus.INTERNAL_SERVER_ERROR
        and cause.status != HTTPStatus.TOO_MANY_REQUESTS
    )


def knows_nothing(error: DomainError) -> bool:
    """Return whether the gateway answered that there is no such payment, rather than refuse us as a whole."""
    cause = error.__cause__
    return is_refusal(error) and isinstance(cause, GatewayError) and cause.status in KNOWS_NOTHING
