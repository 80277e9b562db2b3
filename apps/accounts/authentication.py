"""`Authorization: Bearer <access token>`."""

from rest_framework_simplejwt.authentication import JWTAuthentication


class BearerAuthentication(JWTAuthentication):
    """The user of the access token. 401 for a bad one, also on public endpoints."""
