"""`Authorization: Bearer <access token>`."""

from typing import Any

from django.http import HttpRequest
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated
from rest_framework.request import Request
from rest_framework_simplejwt.authentication import JWTAuthentication
from rest_framework_simplejwt.exceptions import AuthenticationFailed as LibrarysAuthenticationFailed
from rest_framework_simplejwt.tokens import Token

from apps.accounts.backends import may_log_in
from apps.accounts.models import User


class BearerAuthentication(JWTAuthentication):
    """The user of the access token. 401 for a bad one, also on public endpoints."""

    def authenticate(self, request: Request) -> Any:
        try:
            return super().authenticate(request)
        except LibrarysAuthenticationFailed as error:
            # The library answers with a nested structure, which isn't the API's error shape.
            raise AuthenticationFailed("The access token is not valid.", code="token_not_valid") from error

    def get_user(self, validated_token: Token) -> Any:
        user = super().get_user(validated_token)
        if not may_log_in(user):
            raise AuthenticationFailed("This account may not log in.", code="user_inactive")
        return user


def signed_in(request: HttpRequest) -> User:
    """Return who asks. Raises NotAuthenticated, though the view's permission comes before."""
    if not isinstance(request.user, User):
        raise NotAuthenticated
    return request.user
