"""The request's id, one log line a request, and what a page may load."""

import logging
import time
from collections.abc import Callable
from http import HTTPStatus

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.encoding import escape_uri_path

from apps.common.logs import masked_path
from apps.common.outages import is_outage, outage_logged, outage_response
from apps.common.request_id import begin_request

logger = logging.getLogger(__name__)


class RequestIdMiddleware:
    """Take or make `X-Request-ID`, echo it, log method, path (never the query), status and milliseconds."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = begin_request(request.headers.get("X-Request-ID", ""))
        started = time.perf_counter()
        response = self.get_response(request)
        response["X-Request-ID"] = request_id
        if logger.isEnabledFor(logging.INFO):
            elapsed = (time.perf_counter() - started) * 1000
            # A line break in it would forge a second log line.
            path = masked_path(escape_uri_path(request.path))
            logger.info("%s %s %s %.1f ms", request.method, path, response.status_code, elapsed)
        return response


class PrivateAnswersMiddleware:
    """No cache keeps what the API answers to a login, to what was sent, or at an address that is a secret.

    A view says of itself that its `address_is_secret`. What is left are public reads.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path_info.startswith("/api/"):
            patch_vary_headers(response, ["Authorization"])
            if response.status_code >= HTTPStatus.BAD_REQUEST:  # its sentence follows the language
                patch_vary_headers(response, ["Accept-Language"])
            if is_private(request):
                response["Cache-Control"] = "private, no-store"
        return response


def is_private(request: HttpRequest) -> bool:
    if "Authorization" in request.headers or request.method not in ("GET", "HEAD"):
        return True
    user = getattr(request, "user", None)  # there is none where another middleware has answered
    if user is not None and user.is_authenticated:
        return True
    view = getattr(request.resolver_match, "func", None)
    return getattr(getattr(view, "cls", None), "address_is_secret", False)


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """One strict policy, relaxed for the admin by what its pages can't do without."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if request.path_info.startswith("/admin/"):
            parts.update = settings.ADMIN_CONTENT_SECURITY_POLICY_UPDATE
        return parts


class OutageMiddleware:
    """Answer 503 where a page, as the admin's, meets a database that is away; the API has its own handler."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not is_outage(exception):
            return None
        outage_logged(exception)
        return outage_response(request)
