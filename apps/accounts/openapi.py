"""The login, as the OpenAPI schema describes it."""

from drf_spectacular.contrib.rest_framework_simplejwt import SimpleJWTScheme


class BearerScheme(SimpleJWTScheme):
    target_class = "apps.accounts.authentication.BearerAuthentication"
    name = "bearer"
