"""Sparrow SMS: https://docs.sparrowsms.com/, outgoing messages of its HTTP interface, version 2."""

import logging
from typing import ClassVar

from django.conf import settings

from apps.common.http_call import CallError, HttpAnswer, call
from apps.common.logs import masked, printable
from apps.notifications.sms.base import SmsBackend, SmsError

logger = logging.getLogger(__name__)

TAKEN = 200
# The receiver can't be reached by any text, or this text can't be sent. Anything else is about our account:
# address, token, credit, identity.
NO_RECEIVER = (1007, 1011)
NO_TEXT = (1010,)
COUNTRY = "+977"
MOBILE_LENGTH = 10


class SparrowSms(SmsBackend):
    """Answers 200 with `response_code` 200, or 403 with a code of its own, as JSON either way."""

    name: ClassVar[str] = "sparrow"

    def is_configured(self) -> bool:
        return bool(settings.SPARROW_SMS_TOKEN)

    def send(self, *, phone: str, text: str) -> None:
        fields = {
            "token": settings.SPARROW_SMS_TOKEN,
            "from": settings.SPARROW_SMS_FROM,
            "to": _receiver(phone),
            "text": text,
        }
        seconds = settings.GATEWAY_TIMEOUT_SECONDS
        try:
            answer = call("POST", settings.SPARROW_SMS_URL, form=fields, seconds=seconds, logger=logger)
            _refuse(answer)
        except CallError as error:
            raise SmsError(str(error), is_down=True) from error


def _receiver(phone: str) -> str:
    """Return the ten digits that Sparrow asks for. Raises SmsError for what is no mobile of Nepal."""
    number = phone.removeprefix(COUNTRY)
    if len(number) != MOBILE_LENGTH or not number.startswith("9"):
        raise SmsError("the number is no mobile of Nepal", permanent=True)
    return number


def _refuse(answer: HttpAnswer) -> None:
    """Raise SmsError unless the text was taken, CallError for what is no answer of theirs."""
    body = answer.json_object()
    code = body.get("response_code")
    if code == TAKEN:
        return
    said = printable(masked(f"{code} {body.get('response', '')}")[:100])
    is_about_text = code in NO_RECEIVER or code in NO_TEXT
    raise SmsError(f"refused: {said}", permanent=is_about_text, is_down=not is_about_text)
