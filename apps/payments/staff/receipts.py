"""Receipts in the admin, and the tax numbers of providers."""

from django.contrib import admin
from unfold.admin import ModelAdmin

from apps.common.read_only_admin import ReadOnly
from apps.payments.models import Receipt, SellerDetails


@admin.register(Receipt)
class ReceiptAdmin(ReadOnly, ModelAdmin):
    list_display = ["__str__", "payment", "seller_name", "seller_pan", "customer_name", "issued_at"]
    list_filter = ["fiscal_year"]
    list_select_related = ["payment"]
    search_fields = ["=number", "=payment__id", "payment__booking__reference", "customer_name"]
    date_hierarchy = "issued_at"


@admin.register(SellerDetails)
class SellerDetailsAdmin(ModelAdmin):
    """Counts for receipts that are given from now on."""

    list_display = ["provider", "name", "pan"]
    list_select_related = ["provider"]
    search_fields = ["name", "pan", "provider__full_name"]
    autocomplete_fields = ["provider"]
