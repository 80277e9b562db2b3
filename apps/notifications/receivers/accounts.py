"""Codes that confirm a phone: sent at once, because somebody waits for them."""

import sys
from typing import Any

from django.conf import settings
from django.dispatch import receiver
from django.template.loader import render_to_string
from rest_framework.exceptions import ErrorDetail, ValidationError

from apps.accounts.events import phone_code_made
from apps.common.errors import DomainError
from apps.notifications.sms.base import SmsError
from apps.notifications.sms.registry import sms_backend


@receiver(phone_code_made)
def send_code(phone: str, code: str, language: str, **kwargs: Any) -> None:
    """Send it by SMS, in development to the console. Raises DomainError, ValidationError for no mobile."""
    text = render_to_string(f"notifications/sms/{language}/phone_code.txt", {"code": code}).strip()
    backend = sms_backend()
    if backend is None:
        if not settings.SMS_TO_CONSOLE:
            raise DomainError("feature_disabled", "There is no SMS here.")
        sys.stdout.write(f"SMS to {phone}: {text}\n")
        return
    try:
        backend.send(phone=phone, text=text)
    except SmsError as error:
        if error.permanent:
            detail = ErrorDetail("This phone takes no SMS.", code="invalid")
            raise ValidationError({"phone": [detail]}) from error
        raise DomainError("gateway_unavailable", "The SMS could not be sent.", retry_after=60) from error
