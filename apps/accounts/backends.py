"""Login by e-mail and password, for the API and the admin alike."""

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from apps.accounts.attempts import attempt_begin, attempt_forgive, failure_limits
from apps.accounts.models import User, normalised_email
from apps.common.client_address import client_network


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
        """Return the user, or None. Raises TooManyAttempts after too many failures."""
        email = normalised_email(username or kwargs.get("email") or "")
        address = client_network(request) if request is not None else ""
        limits = failure_limits("login", account=email, address=address)
        attempt_begin(limits)
        user = self._checked(email, password or "")
        if user is not None:
            attempt_forgive(limits)
        return user

    def _checked(self, email: str, password: str) -> User | None:
        user = User.objects.filter(email=email).first()
        if user is None:
            User().set_password(password)
            return None
        if user.check_password(password) and self.user_can_authenticate(user):
            return user
        return None

    def user_can_authenticate(self, user: Any) -> bool:
        return may_log_in(user)
