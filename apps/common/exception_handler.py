"""Every error of the API in one shape: `{"type", "errors": [{"code", "detail", "attr"}]}`."""

from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFieldsSent
from drf_standardized_errors import formatter, handler
from rest_framework import exceptions, status
from rest_framework.response import Response

from apps.common.errors import DomainError
from apps.common.outages import CODE, DETAIL, RETRY_AFTER_SECONDS, is_outage, outage_logged


class DomainApiException(exceptions.APIException):
    """A DomainError on its way out."""

    def __init__(self, error: DomainError) -> None:
        self.status_code = error.status
        self.wait = error.retry_after
        super().__init__(error.detail, error.code)


class PayloadTooLarge(exceptions.APIException):
    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_code = "payload_too_large"
    default_detail = "The request is too large."


class Unavailable(exceptions.APIException):
    """The database can't do what it was asked, and may again soon."""

    status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    default_code = CODE
    default_detail = DETAIL
    wait = RETRY_AFTER_SECONDS


class ExceptionHandler(handler.ExceptionHandler):
    def convert_known_exceptions(self, exc: Exception) -> Exception:
        if isinstance(exc, DomainError):
            return DomainApiException(exc)
        if is_outage(exc):
            return Unavailable()
        if isinstance(exc, RequestDataTooBig | TooManyFieldsSent):
            return PayloadTooLarge()
        if isinstance(exc, SuspiciousOperation):
            return exceptions.ParseError("The request is malformed.")
        return super().convert_known_exceptions(exc)

    def report_exception(self, exc: exceptions.APIException, response: Response) -> None:
        if is_outage(self.exc):
            outage_logged(self.exc)
            return
        # A gateway that is down is a 503, but no fault of ours: whoever raised it has logged what matters.
        if not isinstance(self.exc, DomainError):
            super().report_exception(exc, response)


class ExceptionFormatter(formatter.ExceptionFormatter):
    def run(self) -> Any:
        answer = super().run()
        if isinstance(self.original_exc, DomainError):
            answer["errors"][0]["attr"] = self.original_exc.attr
            answer.update(self.original_exc.extra)
        for error in answer["errors"]:
            if isinstance(error["attr"], int):  # an item of a list that is the whole body
                error["attr"] = str(error["attr"])
        return answer
