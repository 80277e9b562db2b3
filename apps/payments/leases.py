"""How long one process works on a payment or refund before another may."""

from datetime import timedelta

from django.conf import settings

# Look up, send, look up again; the rest is time to write it down.
CALLS_IN_A_LEASE = 3
MARGIN = timedelta(seconds=30)


def gateway_lease() -> timedelta:
    return MARGIN + CALLS_IN_A_LEASE * timedelta(seconds=settings.GATEWAY_TIMEOUT_SECONDS)
