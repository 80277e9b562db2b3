"""Admin pages for rows that only actions write."""

from typing import Any

from django.http import HttpRequest


class ReadOnly:
    """Mixin: the rows can be seen, not added, changed or deleted."""

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
