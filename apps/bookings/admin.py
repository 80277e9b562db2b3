"""Reviews in the admin. Bookings themselves are shown by the desk, beside what was paid for them."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from apps.bookings.models import Review
from apps.common.admin import ReadOnly
from apps.common.admin_exports import Exported
from apps.common.admin_lists import BoundedPaginator


class StarsFilter(admin.SimpleListFilter):
    """Reading the column for its values would read the whole table."""

    title = "rating"
    parameter_name = "rating"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(stars), f"{stars} of 5") for stars in range(5, 0, -1)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Review]) -> QuerySet[Review]:
        stars = str(self.value())
        return queryset.filter(rating=int(stars)) if stars in dict(self.lookup_choices) else queryset


@admin.register(Review)
class ReviewAdmin(ReadOnly, Exported, ModelAdmin):
    list_display = ("service", "customer", "rating", "comment", "created_at", "answered_at")
    list_filter = (StarsFilter, "service__category")
    list_per_page = 50
    paginator = BoundedPaginator
    search_fields = ("service__title", "customer__full_name", "comment")
    date_hierarchy = "created_at"
    list_select_related = ("service", "customer")
    export_columns = (
        "id",
        "booking__reference",
        "service__title",
        "customer__full_name",
        "rating",
        "comment",
        "answer",
        "created_at",
        "answered_at",
    )
