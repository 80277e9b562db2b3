"""Receipts in the admin, and the tax numbers of providers."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from apps.common.admin import ReadOnly
from apps.common.admin_exports import Exported
from apps.common.admin_lists import DaysFilter, LargeTable, SearchByKeys
from apps.payments.models import Receipt, ReceiptCounter, SellerDetails
from apps.payments.staff.search import receipts_found


class FiscalYearFilter(admin.SimpleListFilter):
    """The years that have numbers, from their counters: the receipts themselves may be a million."""

    title = "fiscal year"
    parameter_name = "fiscal_year"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        years = ReceiptCounter.objects.order_by("-pk").values_list("pk", flat=True)
        return [(year, year) for year in years]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Receipt]) -> QuerySet[Receipt]:
        return queryset.filter(fiscal_year=self.value()) if self.value() else queryset


@admin.register(Receipt)
class ReceiptAdmin(ReadOnly, LargeTable, SearchByKeys, Exported, ModelAdmin):
    list_display = ["__str__", "payment", "seller_name", "seller_pan", "customer_name", "issued_at"]
    date_hierarchy = "issued_at"
    list_filter = [FiscalYearFilter, ("issued_at", DaysFilter)]
    list_select_related = ["payment"]
    search_fields = ["number"]
    search_help_text = "Number, with or without its year, payment, or booking's reference"
    export_columns = [
        "fiscal_year",
        "number",
        "payment__id",
        "payment__booking__reference",
        "payment__total_amount",
        "seller_name",
        "seller_pan",
        "customer_name",
        "service_title",
        "issued_at",
    ]

    def found(self, text: str) -> Q:
        return receipts_found(text)


@admin.register(SellerDetails)
class SellerDetailsAdmin(ModelAdmin):
    """Counts for receipts that are given from now on."""

    list_display = ["provider", "name", "pan"]
    list_select_related = ["provider"]
    search_fields = ["name", "pan", "provider__full_name"]
    autocomplete_fields = ["provider"]
