"""Every write of an account that has a rule."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError as InvalidPassword
from django.db import IntegrityError, transaction
from django.utils import timezone
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.fields import get_error_detail
from rest_framework_simplejwt.settings import api_settings

from apps.accounts import links
from apps.accounts.attempts import (
    TooManyAttempts,
    attempt_begin,
    attempt_forgive,
    failure_limits,
    mail_limit,
    mails_limit,
    register_limits,
    request_limits,
)
from apps.accounts.backends import may_log_in
from apps.accounts.events import password_replaced, provider_registered
from apps.accounts.mail import mail_later
from apps.accounts.models import (
    AttemptCount,
    EndedSession,
    Gender,
    Language,
    PhoneCode,
    Role,
    UsedRefreshToken,
    User,
    normalised_email,
)

# Longer than any window of a throttle.
ATTEMPTS_KEPT = timedelta(days=2)


def user_register(
    *,
    email: str,
    password: str,
    full_name: str,
    phone: str,
    role: Role | str,
    gender: Gender | str = "",
    language: Language | str = Language.ENGLISH,
    address: str | None = None,
) -> User:
    """Add a user and send a mail to confirm the e-mail. `address` is who asks, None for ourselves.

    Raises ValidationError for a weak password or a taken e-mail, TooManyAttempts after too many taken
    ones, or too many registrations of one address.
    """
    user = User(email=normalised_email(email), full_name=full_name, phone=phone, role=role)
    user.gender, user.language = gender, language
    _require_good_password(password, user, field="password")
    limits = []
    if address is not None:
        attempt_begin(register_limits(address=address))
        limits = failure_limits("register", account=user.email, address=address)
    attempt_begin(limits)
    user.set_password(password)
    _insert(user)
    attempt_forgive(limits)
    return user


def _insert(user: User) -> None:
    with transaction.atomic():
        try:
            with transaction.atomic():
                user.save()
        except IntegrityError as error:  # asking first would let two at once through
            taken = ErrorDetail("There is an account with this e-mail already.", code="unique")
            raise ValidationError({"email": [taken]}) from error
        if user.role == Role.PROVIDER:
            provider_registered.send(sender=User, user=user)
        verification_send(user)


def verification_send(user: User) -> None:
    """Mail a link that confirms the e-mail, after the commit; nothing where it had too many mails already."""
    with suppress(TooManyAttempts):
        attempt_begin(mails_limit(account=user.email))
        _verification_mail(user)


def _verification_mail(user: User) -> None:
    token, days = links.verification_token(user), links.VERIFICATION_DAYS
    transaction.on_commit(lambda: mail_later(user, "verify_email", token=token, days=days))


def verification_resend(*, user: User, address: str) -> None:
    """Mail the link once more, unless the e-mail is confirmed. Raises TooManyAttempts."""
    if user.email_verified:
        return
    attempt_begin(request_limits("verify", address=address))
    attempt_begin([*mail_limit("verify", account=user.email), *mails_limit(account=user.email)])
    _verification_mail(user)


def account_change(*, user: User, changes: dict[str, Any]) -> User:
    """Write what somebody changed of their own account; a new phone is to be confirmed anew."""
    before = User.objects.get(pk=user.pk)
    for name, value in changes.items():
        setattr(user, name, value)
    contacts_renew(user, before=before)
    # Not the whole row: a password that is being changed meanwhile must not come back.
    written = [*changes, "phone_verified_at"] if "phone" in changes else list(changes)
    user.save(update_fields=written)
    return user


def contacts_renew(user: User, *, before: User | None) -> None:
    """Take back what was confirmed where e-mail or phone differ from before. Does not save."""
    if before is None or before.email != user.email:
        user.email_verified_at = None
    if before is None or before.phone != user.phone:
        user.phone_verified_at = None


def email_verify(
    *, token: str, caller: User | None, password: str = "", new_password: str = "", address: str
) -> None:
    """Note that the e-mail is its owner's; again is fine.

    Who registered may not be who reads the mail: it takes a login of this account, its password, or a new
    one, which ends all refresh tokens. Raises ValidationError, TooManyAttempts after too many wrong ones.
    """
    user = links.user_of_verification_token(token)
    if user is None:
        raise _dead_link()
    if user.email_verified:
        return
    if caller is None or caller.pk != user.pk:
        _require_owner(user, password=password, new_password=new_password, address=address)
    User.objects.filter(pk=user.pk, email=user.email).update(email_verified_at=timezone.now())


def _require_owner(user: User, *, password: str, new_password: str, address: str) -> None:
    if new_password:
        _require_good_password(new_password, user, field="new_password")
        if not _set_password(user, new_password):
            raise _dead_link()
        return
    if not password:
        detail = "Choose a new password, give the present one, or log in first."
        raise ValidationError({"new_password": [ErrorDetail(detail, code="password_required")]})
    limits = failure_limits("login", account=user.email, address=address)
    attempt_begin(limits)
    if not user.check_password(password):
        raise ValidationError({"password": [_wrong_password()]})
    attempt_forgive(limits)


def _wrong_password() -> ErrorDetail:
    return ErrorDetail("This is not your password.", code="wrong_password")


def password_change(*, user: User, old_password: str, new_password: str, address: str) -> None:
    """Set a new password, which ends all refresh tokens.

    Raises ValidationError for a wrong old or a weak new one, TooManyAttempts after too many wrong ones.
    """
    limits = failure_limits("login", account=user.email, address=address)
    attempt_begin(limits)
    if not user.check_password(old_password):
        raise ValidationError({"old_password": [_wrong_password()]})
    attempt_forgive(limits)
    _require_good_password(new_password, user, field="new_password")
    if not _set_password(user, new_password):
        raise ValidationError({"old_password": [_wrong_password()]})


def password_reset_begin(*, email: str, address: str) -> None:
    """Send a mail with a link, where there is such an account; the caller can't tell.

    An account gets no more than a few mails an hour, whoever asks. Raises TooManyAttempts by address.
    """
    email = normalised_email(email)
    attempt_begin(request_limits("reset", address=address))
    user = User.objects.filter(email=email).first()
    try:
        attempt_begin([*mail_limit("reset", account=email), *mails_limit(account=email)])
    except TooManyAttempts:
        return
    if user is not None and may_log_in(user):
        uid, token = links.reset_link(user)
        minutes = settings.PASSWORD_RESET_TIMEOUT // 60
        mail_later(user, "password_reset", uid=uid, token=token, minutes=minutes)


def password_reset_finish(*, uid: str, token: str, password: str) -> None:
    """Set the password by the mail's link, once, which ends all refresh tokens. Raises ValidationError."""
    user = links.user_of_reset_link(uid, token)
    if user is None or not may_log_in(user):
        raise _dead_link()
    _require_good_password(password, user, field="password")
    if not _set_password(user, password):
        raise _dead_link()
    # Only who reads the mail has the link.
    User.objects.filter(pk=user.pk, email_verified_at=None).update(email_verified_at=timezone.now())


def purge_expired() -> int:
    """Delete used refresh tokens, ended sessions and codes that have run out, and counts of old attempts.

    Returns how many rows.
    """
    now = timezone.now()
    tokens, _ = UsedRefreshToken.objects.filter(expires_at__lte=now - api_settings.LEEWAY).delete()
    sessions, _ = EndedSession.objects.filter(expires_at__lte=now).delete()
    codes, _ = PhoneCode.objects.filter(expires_at__lte=now).delete()
    attempts, _ = AttemptCount.objects.filter(started_at__lt=now - ATTEMPTS_KEPT).delete()
    return tokens + sessions + codes + attempts


def _require_good_password(password: str, user: User, *, field: str) -> None:
    try:
        validate_password(password, user)
    except InvalidPassword as error:
        raise ValidationError({field: get_error_detail(error)}) from error


def _set_password(user: User, password: str) -> bool:
    """Replace the password that was checked; False where somebody else replaced it meanwhile."""
    checked = user.password
    user.set_password(password)
    with transaction.atomic():
        replaced = User.objects.filter(pk=user.pk, password=checked).update(password=user.password) == 1
        if replaced:
            password_replaced.send(sender=User, user=user)
    return replaced


def _dead_link() -> ValidationError:
    return ValidationError(
        {"token": [ErrorDetail("This link is not valid, or not any more.", code="invalid_token")]}
    )
