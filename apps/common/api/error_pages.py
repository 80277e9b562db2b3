"""Django's own error handlers: JSON in the API's shape under `/api/`, a plain page elsewhere."""

import sys

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views import defaults

from apps.common.language import language_of
from apps.common.outages import is_outage, outage_response
from apps.common.wording import in_language


def _json(request: HttpRequest, status: int, kind: str, code: str, detail: str) -> JsonResponse:
    told = in_language(language_of(request), code, detail)
    return JsonResponse(
        {"type": kind, "errors": [{"code": code, "detail": told, "attr": None}]}, status=status
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if request.path.startswith("/api/"):
        return _json(request, 400, "client_error", "parse_error", "The request is malformed.")
    return defaults.bad_request(request, exception)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    if request.path.startswith("/api/"):
        return _json(request, 403, "client_error", "permission_denied", "You may not do this.")
    return defaults.permission_denied(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if request.path.startswith("/api/"):
        return _json(request, 404, "client_error", "not_found", "Not found.")
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    # Raised outside of views, by what loads the session for one.
    if is_outage(sys.exc_info()[1]):
        return outage_response(request)
    if request.path.startswith("/api/"):
        return _json(request, 500, "server_error", "error", "Server Error (500)")
    return defaults.server_error(request)
