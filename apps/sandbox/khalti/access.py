"""Who may call Khalti's interface, and how it says no (two families of error bodies, as at Khalti)."""

import functools
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare

View = Callable[..., HttpResponse]


def requires_key(view: View) -> View:
    """Let only `Authorization: Key <secret key>` through; Khalti takes the word Key in any case."""

    @functools.wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        word, _, secret = request.headers.get("Authorization", "").partition(" ")
        if word.lower() != "key" or not secret.strip():
            return _unauthorised("Authentication credentials were not provided.")
        if not constant_time_compare(secret.strip(), settings.KHALTI_SECRET_KEY):
            return _unauthorised("Invalid token.")
        return view(request, *args, **kwargs)

    return wrapped


def validation_refusal(errors: dict[str, Any]) -> JsonResponse:
    """400 with Khalti's validation body: all fields at once, beside `error_key`."""
    return JsonResponse({**errors, "error_key": "validation_error"}, status=400)


def not_found() -> JsonResponse:
    # Khalti names no HTTP status here; 404 is what its framework gives with this body.
    return JsonResponse({"detail": "Not found.", "error_key": "validation_error"}, status=404)


def _unauthorised(detail: str) -> JsonResponse:
    return JsonResponse({"detail": detail, "status_code": 401}, status=401)
