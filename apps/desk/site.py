"""The admin's site: for those whose role is `admin`."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from unfold.sites import UnfoldAdminSite

from apps.accounts.models import User


class DeskSite(UnfoldAdminSite):
    def has_permission(self, request: HttpRequest) -> bool:
        """Who is an admin no more gets in no more, also where nobody took `is_staff` and groups from him."""
        user = request.user
        is_admin = isinstance(user, User) and (user.is_admin or user.is_superuser)
        return is_admin and bool(super().has_permission(request))

    def admin_view(self, view: Callable[..., HttpResponse], cacheable: bool = False) -> Any:
        """Refuse a character that PostgreSQL has in no text, before a filter hands it on."""
        inner: Callable[..., HttpResponse] = super().admin_view(view, cacheable)

        @wraps(inner)
        def checked(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
            if any("\0" in text for _, texts in request.GET.lists() for text in texts):
                raise BadRequest("A NUL is in no name, state or number.")
            return inner(request, *arguments, **named)

        return checked
