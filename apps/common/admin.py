"""What the admin pages of several apps share."""

from typing import Any

from django.http import HttpRequest


class ReadOnly:
    """Rows that actions write: staff look at them, and nobody types in them."""

    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
