"""The request's id, one log line a request, and what a page may load."""

import logging
import time
from collections.abc import Callable

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
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
