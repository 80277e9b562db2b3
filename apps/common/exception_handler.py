"""Every error of the API in one shape: `{"type", "errors": [{"code", "detail", "attr"}]}`."""

import logging
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFieldsSent
from drf_standardized_errors import formatter, handler
from drf_standardized_errors.types import Error
from rest_framework import exceptions, status
from rest_framework.response import Response

from apps.common.errors import DomainError
from apps.common.language import ENGLISH, language_of
from apps.common.outages import CODE, DETAIL, RETRY_AFTER_SECONDS, is_outage, outage_logged
from apps.common.whole_files import is_disk_trouble
from apps.common.wording import in_language

logger = logging.getLogger(__name__)

# Somebody has to make room on the disk.
DISK_RETRY_AFTER_SECONDS = 60


class DomainApiException(exceptions.APIException):
    """A DomainError on its way out."""

    def __init__(self, error: DomainError) -> None:
        self.status_code = error.status
        self.wait = error.retry_after
        super().__init__(error.detail, error.code)


def files_unavailable() -> DomainError:
    """Return the error for an upload that met a full or failing disk; nothing of it was kept."""
    detail = "We can't store files at the moment. Please try again later."
    return DomainError("unavailable", detail, retry_after=DISK_RETRY_AFTER_SECONDS)


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
        if is_disk_trouble(exc):
            logger.error("a file could not be written: %s", exc)
            return DomainApiException(files_unavailable())
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
        if not isinstance(self.exc, DomainError) and not is_disk_trouble(self.exc):
            super().report_exception(exc, response)


class ExceptionFormatter(formatter.ExceptionFormatter):
    def run(self) -> Any:
        answer = super().run()
        if isinstance(self.original_exc, DomainError):
            answer["errors"][0]["attr"] = self.original_exc.attr
            answer.update(self.original_exc.extra)
        request = self.context["request"]
        language = ENGLISH if request is None else language_of(request)
        for error in answer["errors"]:
            error["detail"] = in_language(language, error["code"], str(error["detail"]))
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
