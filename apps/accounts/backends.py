"""Login by e-mail and password."""

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from apps.accounts.models import User


def may_log_in(user: AbstractBaseUser | None) -> bool:
    """Return whether this user may use the system at all. Demo accounts may in development only."""
    if not isinstance(user, User) or not user.is_active:
        return False
    return settings.DEBUG or not user.email.endswith(settings.DEMO_EMAIL_DOMAIN)


class EmailBackend(ModelBackend):
    """Takes the same time for an unknown e-mail as for a wrong password."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> User | None:
        email = (username or kwargs.get("email") or "").strip().lower()
        user = User.objects.filter(email=email).first()
        if user is None:
            User().set_password(password)
            return None
        if user.check_password(password or "") and self.user_can_authenticate(user):
            return user
        return None

    def user_can_authenticate(self, user: AbstractBaseUser | None) -> bool:
        return may_log_in(user)
