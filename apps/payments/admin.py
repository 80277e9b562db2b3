"""Payments for the staff: everything can be read, money and states can't be edited."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin, TabularInline

from apps.accounts.models import User
from apps.common.errors import DomainError
from apps.common.read_only_admin import ReadOnly
from apps.payments.actions.ask import payment_verify
from apps.payments.models import Payment, PaymentEvent, PaymentMethod, Refund
from apps.payments.staff import bank_transfers, payouts, receipts, refunds  # noqa: F401


class TrailInline(ReadOnly, TabularInline):
    model = PaymentEvent
    fields = ["at", "kind", "operation", "from_status", "to_status", "detail", "actor", "request_id"]
    readonly_fields = fields
    extra = 0
    tab = True


class RefundInline(ReadOnly, TabularInline):
    model = Refund
    fields = ["created_at", "amount", "status", "reason", "requested_by", "completed_at"]
    readonly_fields = fields
    extra = 0
    tab = True


@admin.register(Payment)
class PaymentAdmin(ReadOnly, ModelAdmin):
    list_display = [
        "id",
        "booking",
        "method",
        "total_amount",
        "status",
        "is_settlement",
        "created_at",
        "paid_at",
    ]
    list_filter = ["status", "method", "is_settlement", "created_at"]
    list_select_related = ["booking", "method"]
    search_fields = ["=id", "booking__reference", "transaction_id", "gateway_transaction_id"]
    search_help_text = "Payment, booking reference, or transaction id"
    date_hierarchy = "created_at"
    exclude = ["gateway_token_hash"]
    inlines = [RefundInline, TrailInline]
    actions = ["ask_the_gateway_again"]

    @admin.action(description="Ask the gateway again", permissions=["view"])
    def ask_the_gateway_again(self, request: HttpRequest, queryset: QuerySet[Payment]) -> None:
        actor = request.user if isinstance(request.user, User) else None
        for payment in queryset.select_related("method"):
            try:
                status = payment_verify(payment=payment, actor=actor).status
            except DomainError as error:
                self.message_user(request, f"{payment}: {error.detail}", messages.WARNING)
            else:
                self.message_user(request, f"{payment}: {status}", messages.SUCCESS)


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
