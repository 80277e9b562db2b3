"""A database that is away, full or too slow: 503 `unavailable` with `Retry-After`, whoever touched it."""

import logging
import sqlite3

from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from psycopg import errors
from rest_framework import status

RETRY_AFTER_SECONDS = 2
CODE = "unavailable"
DETAIL = "The service can't do this at the moment. Try again shortly."
# Of SQLite: missing tables and the like are OperationalErrors too, and faults of ours.
SQLITE_CODES = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
}
# PostgreSQL's, that the driver counts among internal errors.
POSTGRES_ERRORS = (errors.IdleInTransactionSessionTimeout, errors.ReadOnlySqlTransaction)

logger = logging.getLogger(__name__)


def is_outage(error: BaseException | None) -> bool:
    """Return whether the database couldn't do what it was asked, and may again soon."""
    if not isinstance(error, DatabaseError | InterfaceError):
        return False
    cause = error.__cause__
    if isinstance(cause, sqlite3.Error):
        # The lowest byte is the kind, what stands above it the occasion.
        return (getattr(cause, "sqlite_errorcode", 0) & 0xFF) in SQLITE_CODES
    return isinstance(error, OperationalError | InterfaceError) or isinstance(cause, POSTGRES_ERRORS)


def outage_logged(error: BaseException) -> None:
    """Say what is wrong in one line: in an outage there are many of them."""
    logger.error("the database is unavailable: %s", str(error).split("\n")[0])


def outage_response(request: HttpRequest) -> HttpResponse:
    response: HttpResponse
    if request.path.startswith("/api/"):
        error = {"code": CODE, "detail": DETAIL, "attr": None}
        body = {"type": "server_error", "errors": [error]}
        response = JsonResponse(body, status=status.HTTP_503_SERVICE_UNAVAILABLE)
    else:
        response = HttpResponse(DETAIL, content_type="text/plain", status=status.HTTP_503_SERVICE_UNAVAILABLE)
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response
