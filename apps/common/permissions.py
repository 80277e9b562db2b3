"""Who may use an endpoint at all. Whose object it is, the selectors decide (404)."""

from typing import Any

from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.views import APIView

# What a request's method does to rows, as permissions call it.
VERBS = {"POST": "add", "PUT": "change", "PATCH": "change", "DELETE": "delete"}


class RolePermission(BasePermission):
    """Logged in (else 401) and in one of the roles (else 403)."""

    roles: tuple[str, ...] = ()

    def has_permission(self, request: Request, view: APIView) -> bool:
        return bool(request.user.is_authenticated and request.user.role in self.roles)


class IsCustomer(RolePermission):
    roles = ("customer",)


class IsCustomerOrProvider(RolePermission):
    roles = ("customer", "provider")


class IsProvider(RolePermission):
    roles = ("provider",)


class IsProviderOrAdmin(RolePermission):
    roles = ("provider", "admin")


class IsAdmin(RolePermission):
    roles = ("admin",)


def signed_in_with(permission: str) -> type[IsAuthenticated]:
    """Return what lets through whoever is logged in, but of admins only those with this permission."""

    class IsSignedInWith(IsAuthenticated):
        def has_permission(self, request: Request, view: APIView) -> bool:
            user: Any = request.user
            return super().has_permission(request, view) and (not user.is_admin or bool(user.may(permission)))

    return IsSignedInWith


def admin_with(permission: str) -> type[IsAdmin]:
    """Return what lets admins through, but none without this permission."""

    class IsAdminWith(IsAdmin):
        def has_permission(self, request: Request, view: APIView) -> bool:
            user: Any = request.user
            return super().has_permission(request, view) and bool(user.may(permission))

    return IsAdminWith


def customer_or_admin_with(permission: str) -> type[RolePermission]:
    """Return what lets customers through, and admins with this permission."""

    class IsCustomerOrAdminWith(RolePermission):
        roles = ("customer", "admin")

        def has_permission(self, request: Request, view: APIView) -> bool:
            user: Any = request.user
            return super().has_permission(request, view) and (not user.is_admin or bool(user.may(permission)))

    return IsCustomerOrAdminWith


def provider_or_admin_with(app_label: str, model: str) -> type[IsProviderOrAdmin]:
    """Return what lets providers through, and admins, but none without the permission for such rows.

    To read asks for the model's `view` permission, to write for `add`, `change` or `delete`.
    """

    class IsProviderOrAdminWith(IsProviderOrAdmin):
        def has_permission(self, request: Request, view: APIView) -> bool:
            user: Any = request.user
            if not super().has_permission(request, view) or request.method is None:
                return False
            verb = VERBS.get(request.method, "view")
            return not user.is_admin or bool(user.may(f"{app_label}.{verb}_{model}"))

    return IsProviderOrAdminWith
