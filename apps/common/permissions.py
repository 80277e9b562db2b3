"""Who may use an endpoint at all. Whose object it is, the selectors decide (404)."""

from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView


class RolePermission(BasePermission):
    """Logged in (else 401) and in one of the roles (else 403)."""

    roles: tuple[str, ...] = ()

    def has_permission(self, request: Request, view: APIView) -> bool:
        return bool(request.user.is_authenticated and request.user.role in self.roles)


class IsCustomer(RolePermission):
    roles = ("customer",)


class IsCustomerOrAdmin(RolePermission):
    roles = ("customer", "admin")


class IsCustomerOrProvider(RolePermission):
    roles = ("customer", "provider")


class IsProvider(RolePermission):
    roles = ("provider",)


class IsProviderOrAdmin(RolePermission):
    roles = ("provider", "admin")


class IsAdmin(RolePermission):
    roles = ("admin",)


def admin_with(permission: str) -> type[IsAdmin]:
    """Return what lets admins through, but none whose group doesn't give him this permission."""

    class IsAdminWith(IsAdmin):
        def has_permission(self, request: Request, view: APIView) -> bool:
            user: Any = request.user
            return super().has_permission(request, view) and bool(user.may(permission))

    return IsAdminWith
