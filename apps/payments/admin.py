"""Payments for the staff: everything can be read, money and states can't be edited."""

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from apps.payments.models import PaymentMethod
from apps.payments.staff import bank_transfers, payments, payouts, receipts, refunds  # noqa: F401


@admin.register(PaymentMethod)
class PaymentMethodAdmin(ModelAdmin):
    """Fees and limits count for choices made from now on."""

    list_display = [
        "name",
        "code",
        "payment_type",
        "processing_fee_percentage",
        "min_amount",
        "max_amount",
        "is_active",
    ]
    list_filter = ["is_active", "payment_type"]
    search_fields = ["name", "code"]
    readonly_fields = ["code", "payment_type"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: PaymentMethod | None = None) -> bool:
        return False
