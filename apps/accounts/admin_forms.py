"""Forms of the admin that are about users."""

from typing import Any

from django.core.exceptions import ValidationError
from unfold.forms import AuthenticationForm
from unfold.forms import UserCreationForm as UnfoldUserCreationForm

from apps.accounts.attempts import TooManyAttempts
from apps.accounts.models import User


class LoginForm(AuthenticationForm):  # type: ignore[misc]  # unfold comes without types
    """The admin's login, under the same throttle as the API's."""

    def clean(self) -> dict[str, Any]:
        try:
            data: dict[str, Any] = super().clean()
        except TooManyAttempts as error:
            raise ValidationError(f"Too many attempts. Try again in {error.seconds} seconds.") from error
        return data


class UserCreationForm(UnfoldUserCreationForm):  # type: ignore[misc]  # unfold comes without types
    class Meta:
        model = User
        fields = ["email", "full_name", "phone", "role"]
