"""What the admin pages of several apps share."""

from typing import Any

from django.http import HttpRequest, HttpResponse


class ReadOnly:
    """Rows that actions write: staff look at them, and nobody types in them."""

    show_full_result_count = False

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Without the button that leads to Django's history, which knows nothing of what actions did."""
        without = {**(extra_context or {}), "show_history": False}
        page: HttpResponse = super().change_view(request, object_id, form_url, without)  # type: ignore[misc]
        return page

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
