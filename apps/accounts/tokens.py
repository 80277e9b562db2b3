"""Access and refresh tokens.

A refresh token carries a hash of the password and the e-mail it was issued under, so that a new one of either
ends all of them, whoever sets it, and the session that it belongs to: all that come from one login.

A used one answers for a few seconds more, with the same successor: several processes of a site may ask at
once, and an answer may get lost. Used later it was stolen, by whom can't be told: the session ends. The
successor follows from the token and the moment of its use, so a stolen table opens no session.
"""

from datetime import datetime, timedelta
from typing import TypedDict

from django.db import IntegrityError, transaction
from django.utils.crypto import constant_time_compare
from rest_framework.exceptions import AuthenticationFailed
from rest_framework_simplejwt.exceptions import TokenError
from rest_framework_simplejwt.settings import api_settings
from rest_framework_simplejwt.tokens import AccessToken, RefreshToken
from rest_framework_simplejwt.utils import datetime_from_epoch

from apps.accounts.backends import may_log_in
from apps.accounts.models import EndedSession, UsedRefreshToken, User
from apps.common.encryption import keyed_hash

ANSWERS_AGAIN = timedelta(seconds=20)
PASSWORD_CLAIM = "password"  # noqa: S105  (the name of a claim)
SESSION_CLAIM = "session"


class Tokens(TypedDict):
    access: str
    refresh: str


def tokens_issue(user: User) -> Tokens:
    """Return a new access and a new refresh token, with which a session begins."""
    refresh = RefreshToken()
    refresh[SESSION_CLAIM] = refresh[api_settings.JTI_CLAIM]
    return _tokens(user, refresh)


def tokens_rotate(encoded: str) -> Tokens:
    """Use a refresh token up and return new ones. Raises AuthenticationFailed.

    Within `ANSWERS_AGAIN` of its first use it gets the same refresh token as then; later its session ends.
    """
    refresh, user = _checked(encoded)
    used_at = _use(refresh)
    if refresh.current_time - used_at >= ANSWERS_AGAIN:
        _end(refresh)
        raise _refused()
    return _tokens(user, _successor(refresh, used_at))


def session_end(encoded: str) -> None:
    """End the session of a refresh token. Raises AuthenticationFailed for a bad one, or an ended session."""
    refresh, _ = _checked(encoded)
    if not _end(refresh):
        raise _refused()


def _tokens(user: User, refresh: RefreshToken) -> Tokens:
    refresh[api_settings.USER_ID_CLAIM] = str(user.pk)
    refresh[PASSWORD_CLAIM] = _password_claim(user)
    return {"access": str(AccessToken.for_user(user)), "refresh": str(refresh)}


def _password_claim(user: User) -> str:
    return keyed_hash(f"session\n{user.get_session_auth_hash()}\n{user.email}")


def _checked(encoded: str) -> tuple[RefreshToken, User]:
    try:
        refresh = RefreshToken(encoded)  # type: ignore[arg-type]  # the library means the encoded text
    except TokenError as error:
        raise _refused() from error
    user = User.objects.filter(pk=refresh.get(api_settings.USER_ID_CLAIM)).first()
    if user is None or not may_log_in(user):
        raise _refused()
    if not constant_time_compare(refresh.get(PASSWORD_CLAIM, ""), _password_claim(user)):
        raise _refused()
    if EndedSession.objects.filter(session=refresh[SESSION_CLAIM]).exists():
        raise _refused()
    return refresh, user


def _use(refresh: RefreshToken) -> datetime:
    """Note that a token was used and return when that was first."""
    jti = refresh[api_settings.JTI_CLAIM]
    try:
        with transaction.atomic():
            UsedRefreshToken.objects.create(
                jti=jti, used_at=refresh.current_time, expires_at=datetime_from_epoch(refresh["exp"])
            )
    except IntegrityError:  # asking first would let two at once through
        return UsedRefreshToken.objects.get(jti=jti).used_at
    return refresh.current_time


def _successor(refresh: RefreshToken, used_at: datetime) -> RefreshToken:
    successor = RefreshToken()
    successor.set_iat(at_time=used_at)
    successor.set_exp(from_time=used_at, lifetime=successor.lifetime)
    successor[api_settings.JTI_CLAIM] = keyed_hash(f"successor\n{refresh[api_settings.JTI_CLAIM]}")
    successor[SESSION_CLAIM] = refresh[SESSION_CLAIM]
    return successor


def _end(refresh: RefreshToken) -> bool:
    """Note that a token's session has ended; False where it had already."""
    expires_at = refresh.current_time + refresh.lifetime + api_settings.LEEWAY
    _, is_new = EndedSession.objects.get_or_create(
        session=refresh[SESSION_CLAIM], defaults={"expires_at": expires_at}
    )
    return is_new


def _refused() -> AuthenticationFailed:
    return AuthenticationFailed("The refresh token is not valid.", code="token_not_valid")
