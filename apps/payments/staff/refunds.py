"""Refunds in the admin: those that wait for a person, and a page each to say what became of the money."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from unfold.admin import ModelAdmin
from unfold.decorators import action, display

from apps.accounts.authentication import signed_in
from apps.common.admin import ReadOnly
from apps.common.admin_exports import Exported
from apps.common.admin_lists import DaysFilter, LargeTable, SearchByKeys
from apps.common.decision_pages import Fact, decision_page, row_or_404
from apps.payments.actions.attention import refund_mark_handled
from apps.payments.attention import reason_text, refunds_in_doubt
from apps.payments.models import Payment, Refund, RefundStatus
from apps.payments.refunds.by_hand import refund_record_done, refund_try_again
from apps.payments.refunds.selectors import REFUND_OPEN
from apps.payments.staff.amounts import rupees, rupees_column
from apps.payments.staff.forms import NoteForm
from apps.payments.staff.payments import NoteInline, facts_of
from apps.payments.staff.rights import COLOURS, DecidesOnMoney
from apps.payments.staff.search import payments_found


class RefundNoteInline(NoteInline):
    fields = ["at", "noted_by", "note"]
    readonly_fields = fields


class WaitingFilter(admin.SimpleListFilter):
    """Those that are not done: all, those in doubt, and those in doubt that nobody has looked at."""

    title = "what waits"
    parameter_name = "waiting"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "Not done yet"), ("doubt", "Needs attention, nobody has looked yet")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Refund]) -> QuerySet[Refund]:
        if self.value() == "yes":
            return queryset.filter(status__in=REFUND_OPEN)
        if self.value() == "doubt":
            return queryset.filter(pk__in=refunds_in_doubt(handled=False).values("pk"))
        return queryset


@admin.register(Refund)
class RefundAdmin(DecidesOnMoney, ReadOnly, LargeTable, SearchByKeys, Exported, ModelAdmin):
    total = rupees_column("amount")
    list_display = [
        "id",
        "payment",
        "way",
        "total",
        "state",
        "attention",
        "reason",
        "created_at",
        "completed_at",
    ]
    date_hierarchy = "created_at"
    list_filter = [WaitingFilter, "status", "payment__method", ("created_at", DaysFilter)]
    list_select_related = ["payment__method"]
    search_fields = ["id"]
    ordering = ["-id"]
    search_help_text = (
        "Payment, booking's reference, transaction's id, or the customer's name, e-mail or phone"
    )
    readonly_fields = ["total", "attention"]
    fields = [
        "payment",
        "total",
        "reason",
        "status",
        "attention",
        "note",
        "requested_by",
        "created_at",
        "completed_by",
        "completed_at",
        "times_tried",
        "try_again_at",
    ]
    inlines = [RefundNoteInline]
    actions_detail = ["record_done", "try_again", "mark_handled"]
    export_columns = [
        "id",
        "payment__id",
        "payment__booking__reference",
        "payment__method__code",
        "amount",
        "status",
        "reason",
        "note",
        "created_at",
        "completed_at",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Refund]:
        refunds: QuerySet[Refund] = super().get_queryset(request)
        return refunds.select_related("payment__booking", "payment__method", "requested_by", "completed_by")

    def found(self, text: str) -> Q:
        return Q(payment__in=list(Payment.objects.filter(payments_found(text)).values_list("pk", flat=True)))

    @admin.display(description="Paid by")
    def way(self, refund: Refund) -> str:
        return refund.payment.method.name

    @display(description="Status", ordering="status", label=COLOURS)
    def state(self, refund: Refund) -> str:
        return refund.status

    @display(description="Needs attention", empty_value="-")
    def attention(self, refund: Refund) -> str | None:
        return reason_text(refund.attention_reason) or None

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """Offer what the refund's state allows; the actions themselves decide."""
        refund = self.get_object(request, str(object_id))
        status = refund.status if refund else RefundStatus.COMPLETED
        allowed = set()
        if status in REFUND_OPEN:
            allowed.add("record_done")
        if status == RefundStatus.NEEDS_ATTENTION:
            allowed |= {"try_again", "mark_handled"}
        offered = super().get_actions_detail(request, object_id)
        return [one for one in offered if one.method.original_function_name in allowed]

    @action(description="It was done", url_path="record-done", permissions=["decide"], icon="task_alt")
    def record_done(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self.decide(
            request, object_id, question="The money is with the customer", do=refund_record_done
        )

    @action(description="It was not done: try again", url_path="try-again", permissions=["decide"])
    def try_again(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self.decide(request, object_id, question="The money never left us", do=refund_try_again)

    @action(description="Mark as handled", url_path="handled", permissions=["decide"])
    def mark_handled(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self.decide(
            request, object_id, question="Somebody has looked at this refund", do=refund_mark_handled
        )

    def decide(
        self, request: HttpRequest, object_id: str, *, question: str, do: Callable[..., Any]
    ) -> HttpResponse:
        refund = row_or_404(self, request, object_id)

        def act(values: dict[str, Any]) -> str:
            do(refund=refund, actor=signed_in(request), **values)
            refund.refresh_from_db(fields=["status"])
            return f"{refund}: {refund.status}"

        return decision_page(
            self,
            request,
            refund,
            question=question,
            facts=_facts,
            form_class=NoteForm,
            act=act,
        )


def _facts(refund: Refund) -> list[Fact]:
    back = f"{rupees(refund.amount)}: {refund.reason} ({refund.status})"
    facts = [*facts_of(refund.payment), ("To go back", back)]
    if refund.attention_reason:
        facts.append(("Needs attention", reason_text(refund.attention_reason)))
    if refund.note:
        facts.append(("Note", refund.note))
    return facts
