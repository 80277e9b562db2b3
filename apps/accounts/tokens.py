"""Access and refresh tokens.

A refresh token carries a hash of the password it was issued under, so that a new password ends all of them,
whoever sets it. Only used ones are stored, and without their text: a stolen table opens no session.
"""

from typing import TypedDict

from django.db import IntegrityError, transaction
from django.utils.crypto import constant_time_compare
from rest_framework.exceptions import AuthenticationFailed
from rest_framework_simplejwt.exceptions import TokenError
from rest_framework_simplejwt.settings import api_settings
from rest_framework_simplejwt.token_blacklist.models import BlacklistedToken, OutstandingToken
from rest_framework_simplejwt.tokens import AccessToken, RefreshToken
from rest_framework_simplejwt.utils import datetime_from_epoch

from apps.accounts.backends import may_log_in
from apps.accounts.models import User

PASSWORD_CLAIM = "password"  # noqa: S105  (the name of a claim)


class Tokens(TypedDict):
    access: str
    refresh: str


def tokens_issue(user: User) -> Tokens:
    """Return a new access and a new refresh token."""
    refresh = RefreshToken()
    refresh[api_settings.USER_ID_CLAIM] = str(user.pk)
    refresh[PASSWORD_CLAIM] = user.get_session_auth_hash()
    return {"access": str(AccessToken.for_user(user)), "refresh": str(refresh)}


def tokens_rotate(encoded: str) -> Tokens:
    """Use a refresh token up and return new ones. Raises AuthenticationFailed; of two at once, for one."""
    return tokens_issue(refresh_end(encoded))


def refresh_end(encoded: str) -> User:
    """Use a refresh token up and return whose it was. Raises AuthenticationFailed for a bad one."""
    try:
        refresh = RefreshToken(encoded)  # type: ignore[arg-type]  # the library means the encoded text
    except TokenError as error:
        raise _refused() from error
    user = User.objects.filter(pk=refresh.get(api_settings.USER_ID_CLAIM)).first()
    if user is None or not may_log_in(user):
        raise _refused()
    if not constant_time_compare(refresh.get(PASSWORD_CLAIM, ""), user.get_session_auth_hash()):
        raise _refused()
    try:
        with transaction.atomic():
            used = OutstandingToken.objects.create(
                user=user,
                jti=refresh[api_settings.JTI_CLAIM],
                created_at=refresh.current_time,
                expires_at=datetime_from_epoch(refresh["exp"]),
            )
            BlacklistedToken.objects.create(token=used)
    except IntegrityError as error:  # somebody used it a moment ago
        raise _refused() from error
    return user


def _refused() -> AuthenticationFailed:
    return AuthenticationFailed("The refresh token is not valid.", code="token_not_valid")
