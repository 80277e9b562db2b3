"""What stands in the links of our mails: signed, short-lived, and good for one account."""

from datetime import timedelta

from django.contrib.auth.tokens import default_token_generator
from django.core import signing
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from apps.accounts.models import User

VERIFICATION_DAYS = 7
_VERIFICATION_SALT = "apps.accounts.verify-email"


def verification_token(user: User) -> str:
    """Return a token that says that the e-mail is this user's."""
    return signing.dumps({"user": user.pk, "email": user.email}, salt=_VERIFICATION_SALT)


def user_of_verification_token(token: str) -> User | None:
    """Return the user, or None where the token isn't ours, is too old, or the e-mail has changed since."""
    try:
        claim = signing.loads(token, salt=_VERIFICATION_SALT, max_age=timedelta(days=VERIFICATION_DAYS))
    except signing.BadSignature:
        return None
    return User.objects.filter(pk=claim["user"], email=claim["email"]).first()


def reset_link(user: User) -> tuple[str, str]:
    """Return (uid, token). It dies with `PASSWORD_RESET_TIMEOUT`, a login to the admin, a new password."""
    return urlsafe_base64_encode(str(user.pk).encode()), default_token_generator.make_token(user)


def user_of_reset_link(uid: str, token: str) -> User | None:
    """Return the user whose link this is, or None."""
    try:
        user = User.objects.filter(pk=int(urlsafe_base64_decode(uid))).first()
    except (ValueError, OverflowError):
        return None
    return user if default_token_generator.check_token(user, token) else None
