"""Faults on demand: asked for through `/sandbox/faults/`, met by the next calls of an operation."""

import functools
import json
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from apps.sandbox.models import Fault

OPERATIONS = {
    "khalti": ("initiate", "lookup", "verify", "status", "transactions", "refund", "redirect"),
    "esewa": ("form", "status", "redirect"),
    "connectips": ("form", "validation", "redirect"),
}
AMOUNT_KEYS = ("amount", "total_amount", "txnAmt")
IDENTIFIER_KEYS = ("pidx", "idx", "transaction_uuid", "referenceId")
DRIPS = 20
LATER = "sandbox, later"
CUT_OFF_BODY = b'{"detail": "'

View = Callable[..., HttpResponse]
FaultyView = Callable[..., HttpResponseBase]
Alter = Callable[[HttpResponse, str], HttpResponse]


def fault_take(*, gateway: str, operation: str) -> Fault | None:
    """The oldest fault asked for, used up by one call; None if none is due."""
    while True:
        fault = Fault.objects.filter(gateway=gateway, operation=operation, remaining__gt=0).first()
        if fault is None:
            return None
        # Compare-and-set, so that calls at the same moment don't use one fault twice.
        claim = Fault.objects.filter(pk=fault.pk, remaining=fault.remaining)
        if claim.update(remaining=fault.remaining - 1):
            return fault


def altered_payload(payload: dict[str, Any], kind: str) -> dict[str, Any]:
    """A copy with other amounts (one less, same type) or other identifiers, as the fault kind says."""
    keys, change = (AMOUNT_KEYS, _less) if kind == Fault.Kind.WRONG_AMOUNT else (IDENTIFIER_KEYS, _other)
    return {key: change(value) if key in keys else value for key, value in payload.items()}


def altered_json(response: HttpResponse, kind: str) -> HttpResponse:
    """The same answer with its JSON altered."""
    if not response.content:
        return response
    return JsonResponse(altered_payload(json.loads(response.content), kind), status=response.status_code)


def fault_prone(gateway: str, operation: str, *, alter: Alter = altered_json) -> Callable[[View], FaultyView]:
    """Let a view meet the faults asked for; `alter` makes the wrong amounts and identifiers."""

    def decorate(view: View) -> FaultyView:
        @functools.wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            fault = fault_take(gateway=gateway, operation=operation)
            if fault is None:
                return view(request, *args, **kwargs)
            if fault.kind in BEFORE_THE_CALL:
                return BEFORE_THE_CALL[fault.kind](request)
            if fault.kind in CARRIED_OUT_LATER:
                _later(fault.delay_seconds, lambda: view(request, *args, **kwargs), request)
                return CARRIED_OUT_LATER[fault.kind](request)
            response = view(request, *args, **kwargs)
            return _spoilt(request, response, fault, alter)

        return wrapped

    return decorate


def _spoilt(request: HttpRequest, response: HttpResponse, fault: Fault, alter: Alter) -> HttpResponseBase:
    match fault.kind:
        case Fault.Kind.SLOW:
            _wait(fault.delay_seconds)
            return response
        case Fault.Kind.SLOW_DRIP:
            return _dripping(response, fault.delay_seconds)
        case Fault.Kind.BROKEN_JSON:
            response.content = response.content[: len(response.content) // 2]
            return response
        case Fault.Kind.LOST_ANSWER:
            return _dropped(request)
        case _:
            return alter(response, fault.kind)


def _wait(seconds: float) -> None:
    # The stand-in may share a process, and so a connection pool, with the site under test: it must not
    # take away the connections whose scarcity is being measured.
    if not connection.in_atomic_block:
        connection.close()
    time.sleep(seconds)


def _later(seconds: float, perform: Callable[[], object], request: HttpRequest) -> None:
    """Let something be done after the answer, as behind a proxy that gave up."""
    request.body  # noqa: B018  read while there is a connection to read it from

    def run() -> None:
        try:
            perform()
        finally:
            connection.close()

    timer = threading.Timer(seconds, run)
    timer.name = LATER
    timer.daemon = True
    timer.start()


def _dripping(response: HttpResponse, seconds: float) -> StreamingHttpResponse:
    body = response.content
    step = max(1, len(body) // DRIPS)

    def drips() -> Iterator[bytes]:
        for start in range(0, len(body), step):
            _wait(seconds / DRIPS)
            yield body[start : start + step]

    headers = {name: value for name, value in response.items() if name != "Content-Length"}
    return StreamingHttpResponse(drips(), status=response.status_code, headers=headers)


def _dropped(request: HttpRequest) -> HttpResponse:
    """An answer cut off in the middle.

    WSGI has no word for hanging up: the length promises more than comes, and a server that keeps its word
    closes the connection. Django's development server would keep it open and let the client wait, so there
    the socket itself is shut down first.
    """
    request.read()  # what is left of the body would be taken for the next request
    reader = getattr(getattr(request.META.get("wsgi.input"), "_read", None), "__self__", None)
    if reader is not None and hasattr(reader, "raw"):
        with socket.socket(fileno=os.dup(reader.fileno())) as client:
            client.shutdown(socket.SHUT_RDWR)
    response = HttpResponse(CUT_OFF_BODY, content_type="application/json")
    response["Content-Length"] = "1000"
    return response


def _page(status: int, title: str) -> Callable[[HttpRequest], HttpResponse]:
    body = f"<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>"
    return lambda request: HttpResponse(body, status=status)


def _empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse(b"", content_type="application/json")


def _unavailable(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"code": 0, "error_message": "Service is currently unavailable"})


BEFORE_THE_CALL: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    Fault.Kind.ERROR_500: _page(500, "Server Error (500)"),
    Fault.Kind.ERROR_502: _page(502, "502 Bad Gateway"),
    Fault.Kind.HTML: _page(200, "Scheduled maintenance"),
    Fault.Kind.EMPTY: _empty,
    Fault.Kind.UNAVAILABLE: _unavailable,
    Fault.Kind.DROPPED: _dropped,
}
CARRIED_OUT_LATER: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    Fault.Kind.DROPPED_LATER: _dropped,
    Fault.Kind.ERROR_LATER: _page(500, "Server Error (500)"),
}


def _less(value: Any) -> Any:
    match value:
        case str():
            return str(Decimal(value) - 1)
        case int() | float():
            return value - 1
        case _:
            return value  # the messages of a validation error stand under the same key


def _other(value: Any) -> Any:
    return value[:-1] + ("1" if value.endswith("0") else "0") if isinstance(value, str) else value
