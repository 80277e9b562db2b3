"""Request throttles that count with one atomic increment, so that a burst can't slip through."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.cache import cache
from rest_framework.throttling import BaseThrottle

from apps.common.client_address import client_network

if TYPE_CHECKING:  # the views import this module through their settings
    from rest_framework.request import Request
    from rest_framework.views import APIView

SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def parsed_rate(rate: str) -> tuple[int, int] | None:
    """Return (requests, seconds) of a rate as `10/min`; None for an empty one, which means off."""
    if not rate:
        return None
    count, _, period = rate.partition("/")
    return int(count), SECONDS[period[0]]


class FixedWindowThrottle(BaseThrottle):
    """Count requests in windows of fixed length. Accepted: up to twice the rate across a window's edge."""

    rate_setting = ""
    wait_seconds: float | None = None

    def subject(self, request: Request) -> str | None:
        """Return whom to count, or None for nobody."""
        raise NotImplementedError

    def allow_request(self, request: Request, view: APIView) -> bool:
        rate = parsed_rate(getattr(settings, self.rate_setting))
        subject = self.subject(request) if rate else None
        if rate is None or subject is None:
            return True
        limit, seconds = rate
        now = time.time()
        window = int(now // seconds)
        self.wait_seconds = (window + 1) * seconds - now
        key = f"throttle:{self.rate_setting}:{subject}:{window}"
        try:
            if cache.add(key, 1, timeout=seconds * 2):
                return limit >= 1
            return cache.incr(key) <= limit
        except ValueError:  # the key was evicted between the two calls
            return True

    def wait(self) -> float | None:
        return self.wait_seconds


class AnonymousThrottle(FixedWindowThrottle):
    rate_setting = "THROTTLE_ANON"

    def subject(self, request: Request) -> str | None:
        return None if request.user.is_authenticated else client_network(request)


class UserThrottle(FixedWindowThrottle):
    rate_setting = "THROTTLE_USER"

    def subject(self, request: Request) -> str | None:
        return str(request.user.pk) if request.user.is_authenticated else None


class PaymentThrottle(UserThrottle):
    rate_setting = "THROTTLE_PAYMENT"


class UploadThrottle(UserThrottle):
    """Counts what a user sends as a form with a file; to decode one takes a second and much memory."""

    rate_setting = "THROTTLE_UPLOAD"

    def subject(self, request: Request) -> str | None:
        is_form = (request.content_type or "").startswith("multipart/")
        return super().subject(request) if is_form else None
