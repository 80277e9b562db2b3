"""Whether a phone is its owner's: a code that goes there by SMS comes back."""

import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from rest_framework.exceptions import ErrorDetail, ValidationError

from apps.accounts.attempts import Limit, attempt_begin
from apps.accounts.events import phone_code_made
from apps.accounts.models import PhoneCode, User
from apps.common.database import release_connection
from apps.common.encryption import keyed_hash

DIGITS = 6
MOST_TRIES = 5
GOOD_FOR = timedelta(minutes=10)
DAY = timedelta(days=1)
# Texts cost money, and reach people who never asked for one.
A_DAY_OF_ONE_NUMBER = 5
A_DAY_OF_ONE_ACCOUNT = 5
A_DAY_OF_ONE_ADDRESS = 20


def phone_code_send(*, user: User, address: str) -> None:
    """Send a code to the account's phone, in place of one before it; nothing where it is confirmed.

    Raises ValidationError without a phone, TooManyAttempts, DomainError where no SMS can be sent.
    """
    if user.phone_verified:
        return
    if not user.phone:
        raise ValidationError({"phone": [ErrorDetail("There is no phone to confirm.", code="required")]})
    attempt_begin(_limits(user, address))
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    fields = {"phone": user.phone, "code_hash": _hash(user, code), "tries": 0}
    expires_at = timezone.now() + GOOD_FOR
    PhoneCode.objects.update_or_create(user=user, defaults={**fields, "expires_at": expires_at})
    release_connection()
    phone_code_made.send(sender=User, phone=user.phone, code=code, language=user.language)


def phone_verify(*, user: User, code: str) -> None:
    """Note that the phone is its owner's. Raises ValidationError for a wrong or old code."""
    now = timezone.now()
    sent = PhoneCode.objects.filter(user=user, phone=user.phone, expires_at__gt=now)
    # Counted before it is looked at, so that of a burst no more than the limit is.
    if not sent.filter(tries__lt=MOST_TRIES).update(tries=F("tries") + 1):
        raise _wrong("This code is not valid any more. Ask for a new one.", "expired_code")
    row = sent.first()
    if row is None or not constant_time_compare(row.code_hash, _hash(user, code)):
        raise _wrong("This is not the code that was sent.", "wrong_code")
    with transaction.atomic():
        User.objects.filter(pk=user.pk, phone=row.phone).update(phone_verified_at=now)
        row.delete()


def _limits(user: User, address: str) -> list[Limit]:
    return [
        Limit(keyed_hash(f"phone account\n{user.pk}"), A_DAY_OF_ONE_ACCOUNT, DAY),
        Limit(keyed_hash(f"phone address\n{address}"), A_DAY_OF_ONE_ADDRESS, DAY),
        Limit(keyed_hash(f"phone number\n{user.phone}"), A_DAY_OF_ONE_NUMBER, DAY),
    ]


def _hash(user: User, code: str) -> str:
    return keyed_hash(f"phone code\n{user.pk}\n{user.phone}\n{code}")


def _wrong(detail: str, code: str) -> ValidationError:
    return ValidationError({"code": [ErrorDetail(detail, code=code)]})
