"""The admin's site: for those whose role is `admin`."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.admin.views.main import ERROR_FLAG
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from unfold.sites import UnfoldAdminSite

from apps.accounts.models import User
from apps.common.admin_lists import YEARS

SEARCH = "q"
# A longer one fits into no column, and the database falls over it.
LONGEST_NUMBER = 18


def is_beyond(name: str, text: str) -> bool:
    """Return whether a filter asks for a number, or for a year, that lies beyond all rows."""
    if name == SEARCH:
        return False
    numbers = [re.sub(r"[\s_+-]", "", part) for part in text.split(",")]
    if any(number.isdecimal() and len(number) > LONGEST_NUMBER for number in numbers):
        return True
    if name.endswith("__year") and re.fullmatch(r"[+-]?\d+", text):
        return int(text) not in YEARS
    day = re.match(r"\s*([+-]?\d+)-\d{1,2}-\d{1,2}", text)
    # A lookup alone: a page that asks for days has words for those that it can't take.
    return "__" in name and day is not None and int(day[1]) not in YEARS


class DeskSite(UnfoldAdminSite):
    def has_permission(self, request: HttpRequest) -> bool:
        """Who is an admin no more gets in no more, also where nobody took `is_staff` and groups from them."""
        user = request.user
        is_admin = isinstance(user, User) and (user.is_admin or user.is_superuser)
        return is_admin and bool(super().has_permission(request))

    def admin_view(self, view: Callable[..., HttpResponse], cacheable: bool = False) -> Any:
        """Refuse a character that PostgreSQL has in no text, before a filter hands it on.

        A number or a year that no row can have leads back to the list.
        """
        inner: Callable[..., HttpResponse] = super().admin_view(view, cacheable)

        @wraps(inner)
        def checked(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
            if any("\0" in text for _, texts in request.GET.lists() for text in texts):
                raise BadRequest("A NUL is in no name, state or number.")
            if any(is_beyond(name, text) for name, texts in request.GET.lists() for text in texts):
                return HttpResponseRedirect(f"{request.path}?{ERROR_FLAG}=1")
            return inner(request, *arguments, **named)

        return checked
