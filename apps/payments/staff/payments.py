"""Payments in the admin: the payment, its trail and refunds; money goes back or is asked about by actions."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import action, display

from apps.accounts.authentication import signed_in
from apps.accounts.models import User
from apps.common.admin import ReadOnly
from apps.common.admin_exports import Exported
from apps.common.admin_lists import DaysFilter, LargeTable, SearchByKeys
from apps.common.decision_pages import Fact, decision_page, row_or_404
from apps.common.errors import DomainError
from apps.payments.actions.attention import payment_mark_handled
from apps.payments.actions.lookup import payment_verify
from apps.payments.attention import (
    attention_reason,
    attention_reason_of,
    needs_a_person,
    payments_in_doubt,
    reason_text,
)
from apps.payments.models import AttentionNote, Payment, PaymentEvent, Refund
from apps.payments.refunds.request import payment_refund
from apps.payments.selectors import is_askable, refundable
from apps.payments.staff.amounts import rupees, rupees_column
from apps.payments.staff.forms import NoteForm, RefundForm
from apps.payments.staff.rights import COLOURS, DecidesOnMoney
from apps.payments.staff.search import payments_found
from apps.payments.states import PAID


class TrailInline(ReadOnly, TabularInline):
    model = PaymentEvent
    fields = [
        "at",
        "kind",
        "operation",
        "outcome",
        "from_status",
        "to_status",
        "reason",
        "detail",
        "actor",
        "request_id",
    ]
    readonly_fields = fields
    extra = 0
    verbose_name_plural = "trail"

    def get_queryset(self, request: HttpRequest) -> QuerySet[PaymentEvent]:
        events: QuerySet[PaymentEvent] = super().get_queryset(request).select_related("actor")
        return events


class RefundInline(ReadOnly, TabularInline):
    model = Refund
    amount_back = rupees_column("amount")
    fields = [
        "created_at",
        "amount_back",
        "status",
        "attention_reason",
        "reason",
        "requested_by",
        "completed_at",
        "note",
    ]
    readonly_fields = fields
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet[Refund]:
        refunds: QuerySet[Refund] = super().get_queryset(request).select_related("requested_by")
        return refunds


class NoteInline(ReadOnly, TabularInline):
    model = AttentionNote
    fields = ["at", "noted_by", "refund", "note"]
    readonly_fields = fields
    extra = 0
    verbose_name_plural = "what people found"

    def get_queryset(self, request: HttpRequest) -> QuerySet[AttentionNote]:
        notes: QuerySet[AttentionNote] = super().get_queryset(request).select_related("noted_by", "refund")
        return notes


class AttentionFilter(admin.SimpleListFilter):
    """Those that only a person can settle, and whether somebody has looked at them since."""

    title = "attention"
    parameter_name = "attention"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("needed", "Nobody has looked yet"), ("noted", "Somebody has")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Payment]) -> QuerySet[Payment]:
        if self.value() not in ("needed", "noted"):
            return queryset
        in_doubt = payments_in_doubt(handled=self.value() == "noted")
        return queryset.filter(pk__in=in_doubt.values("pk"))


class SettledFilter(DaysFilter):
    """By the day on which a payment that counts was paid."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.title = "paid at, of those that count"

    def queryset(self, request: HttpRequest, queryset: QuerySet[Payment]) -> QuerySet[Payment]:
        asks = any(self.used_parameters.values())
        return super().queryset(request, queryset.filter(is_settlement=True) if asks else queryset)


@admin.register(Payment)
class PaymentAdmin(DecidesOnMoney, ReadOnly, LargeTable, SearchByKeys, Exported, ModelAdmin):
    list_display = [
        "id",
        "booking",
        "method",
        "total",
        "state",
        "attention",
        "is_settlement",
        "created_at",
        "paid_at",
    ]
    date_hierarchy = "created_at"
    list_filter = [
        "status",
        AttentionFilter,
        "method",
        "is_settlement",
        ("created_at", DaysFilter),
        ("paid_at", SettledFilter),
    ]
    list_select_related = ["booking", "method"]
    search_fields = ["id"]
    search_help_text = "Id, booking's reference, transaction's id, or the customer's name, e-mail or phone"
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("booking", "method"),
                    ("status", "is_settlement"),
                    "attention",
                    ("price", "fee"),
                    ("total", "currency"),
                    ("created_at", "paid_at"),
                    "failure_reason",
                ]
            },
        ),
        (
            "At the gateway",
            {
                "fields": [
                    ("transaction_id", "gateway_transaction_id"),
                    ("is_widget_token", "claimed_paid_at"),
                    ("asked_at", "times_tried"),
                    ("try_again_at", "link_expires_at"),
                ]
            },
        ),
        ("With the provider", {"fields": [("collected", "commission_percent")]}),
    ]
    price = rupees_column("amount")
    fee = rupees_column("processing_fee")
    total = rupees_column("total_amount")
    collected = rupees_column("amount_collected")
    readonly_fields = ["price", "fee", "total", "collected", "attention"]
    inlines = [RefundInline, NoteInline, TrailInline]
    actions = ["ask_the_gateway_again"]
    actions_detail = ["verify", "refund", "mark_handled"]
    export_columns = [
        "id",
        "booking__reference",
        "method__code",
        "amount",
        "processing_fee",
        "total_amount",
        "currency",
        "status",
        "is_settlement",
        "transaction_id",
        "gateway_transaction_id",
        "failure_reason",
        "amount_collected",
        "commission_percent",
        "created_at",
        "paid_at",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Payment]:
        payments: QuerySet[Payment] = super().get_queryset(request)
        payments = payments.annotate(attention_reason=attention_reason())
        return payments.select_related("booking", "method")

    def found(self, text: str) -> Q:
        return payments_found(text)

    @display(description="Status", ordering="status", label=COLOURS)
    def state(self, payment: Payment) -> str:
        return payment.status

    @display(description="Needs attention", empty_value="-")
    def attention(self, payment: Payment) -> str | None:
        return reason_text(payment.attention_reason) or None  # type: ignore[attr-defined]  # annotated

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """Offer what the payment's state allows; the actions themselves decide."""
        payment = self.get_object(request, str(object_id))
        hidden = set()
        if payment is None or payment.status in PAID or not is_askable(payment):
            hidden.add("verify")
        if payment is None or payment.status not in PAID or refundable(payment) <= 0:
            hidden.add("refund")
        if payment is None or not needs_a_person(payment):
            hidden.add("mark_handled")
        offered = super().get_actions_detail(request, object_id)
        return [one for one in offered if one.method.original_function_name not in hidden]

    @admin.action(description="Ask the gateway again", permissions=["decide"])
    def ask_the_gateway_again(self, request: HttpRequest, queryset: QuerySet[Payment]) -> None:
        for payment in queryset.select_related("method"):
            try:
                self.message_user(request, asked(payment, signed_in(request)), messages.SUCCESS)
            except DomainError as error:
                self.message_user(request, f"{payment}: {error.detail}", messages.WARNING)

    @action(description="Ask the gateway again", url_path="verify", permissions=["decide"], icon="sync")
    def verify(self, request: HttpRequest, object_id: str) -> HttpResponse:
        payment = row_or_404(self, request, object_id)
        return decision_page(
            self,
            request,
            payment,
            question="Ask the gateway again",
            facts=facts_of,
            act=lambda values: asked(payment, signed_in(request)),
            warning="What it says settles the payment.",
        )

    @action(description="Refund", url_path="refund", permissions=["decide"], icon="undo")
    def refund(self, request: HttpRequest, object_id: str) -> HttpResponse:
        payment = row_or_404(self, request, object_id)

        def act(values: dict[str, Any]) -> str:
            known = set(payment.refunds.values_list("pk", flat=True))
            refund = payment_refund(payment=payment, actor=signed_in(request), **values)
            since = f", asked for before: {refund.reason}" if refund.pk in known else ""
            return f"{refund}{since}: {rupees(refund.amount)}, {refund.status}"

        return decision_page(
            self,
            request,
            payment,
            question="Give money back",
            facts=lambda payment: [*facts_of(payment), ("Left to give back", rupees(refundable(payment)))],
            form_class=RefundForm,
            act=act,
            is_grave=True,
        )

    @action(description="Mark as handled", url_path="handled", permissions=["decide"], icon="task_alt")
    def mark_handled(self, request: HttpRequest, object_id: str) -> HttpResponse:
        payment = row_or_404(self, request, object_id)

        def act(values: dict[str, Any]) -> str:
            payment_mark_handled(payment=payment, actor=signed_in(request), **values)
            return f"{payment} is off the list of what needs attention."

        return decision_page(
            self,
            request,
            payment,
            question="Somebody has looked at this payment",
            facts=facts_of,
            form_class=NoteForm,
            act=act,
            warning="It moves no money. The gateway is asked on, and an answer that is in order settles it.",
        )


def asked(payment: Payment, actor: User) -> str:
    """Ask about a payment, and say what came of it. Raises DomainError, also where nobody is to be asked."""
    if payment.status in PAID:
        raise DomainError("invalid_transition", f"It is already {payment.status}.")
    if not is_askable(payment):
        raise DomainError("invalid_transition", "No gateway knows this payment.")
    return f"{payment}: {payment_verify(payment=payment, actor=actor).status}"


def facts_of(payment: Payment) -> list[Fact]:
    """Return what stands on every page that decides about a payment."""
    booking, reason = payment.booking, attention_reason_of(payment)
    facts: list[Fact] = [
        (
            "Booking",
            f"{booking.reference} ({booking.status})",
            reverse("admin:bookings_booking_change", args=[booking.pk]),
        ),
        ("Payment", f"{rupees(payment.total_amount)} by {payment.method.name} ({payment.status})"),
        ("Theirs", payment.gateway_transaction_id or "no transaction's id"),
    ]
    return [*facts, ("Needs attention", reason)] if reason else facts
