"""Every error of the API in one shape: `{"type", "errors": [{"code", "detail", "attr"}]}`."""

from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFieldsSent
from drf_standardized_errors import formatter, handler
from drf_standardized_errors.types import Error
from rest_framework import exceptions, status
from rest_framework.response import Response

from apps.common.errors import DomainError


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


class ExceptionHandler(handler.ExceptionHandler):
    def convert_known_exceptions(self, exc: Exception) -> Exception:
        if isinstance(exc, DomainError):
            return DomainApiException(exc)
        if isinstance(exc, RequestDataTooBig | TooManyFieldsSent):
            return PayloadTooLarge()
        if isinstance(exc, SuspiciousOperation):
            return exceptions.ParseError("The request is malformed.")
        return super().convert_known_exceptions(exc)

    def report_exception(self, exc: exceptions.APIException, response: Response) -> None:
        # A gateway that is down is a 503, but no fault of ours: whoever raised it has logged what matters.
        if not isinstance(self.exc, DomainError):
            super().report_exception(exc, response)


class ExceptionFormatter(formatter.ExceptionFormatter):
    def run(self) -> Any:
        answer = super().run()
        if isinstance(self.original_exc, DomainError):
            answer["errors"][0]["attr"] = self.original_exc.attr
            answer.update(self.original_exc.extra)
        return answer

    def get_errors(self) -> list[Error]:
        return formatter.flatten_errors(_indexes_as_text(self.exc.detail))


def _indexes_as_text(detail: Any) -> Any:
    """Return the same errors, items of lists named "0", "1": the formatter takes a 0 for no name at all."""
    if isinstance(detail, dict):
        return {str(name): _indexes_as_text(value) for name, value in detail.items()}
    if isinstance(detail, list):
        return [_indexes_as_text(value) for value in detail]
    return detail
