"""Bank transfers in the admin: those that wait, their slips, and a page each to confirm or reject."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.html import format_html
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import action, display

from apps.accounts.authentication import signed_in
from apps.accounts.models import User
from apps.common.admin import ReadOnly
from apps.common.admin_exports import Exported
from apps.common.admin_lists import DaysFilter, LargeTable, SearchByKeys
from apps.common.decision_pages import Fact, decision_page, row_or_404
from apps.common.errors import DomainError
from apps.payments.gateways.bank_transfer.actions import (
    REJECTABLE,
    bank_transfer_confirm,
    bank_transfer_reject,
)
from apps.payments.gateways.bank_transfer.slips import slip_response
from apps.payments.models import BankTransfer, BankTransferProof, MethodCode, Payment, PaymentMethod
from apps.payments.selectors import latest_proof
from apps.payments.staff.amounts import rupees_column
from apps.payments.staff.forms import ConfirmTransferForm, RejectTransferForm
from apps.payments.staff.payments import facts_of
from apps.payments.staff.rights import COLOURS, DecidesOnMoney
from apps.payments.staff.search import payments_found
from apps.payments.states import OPEN, PAID

Decide = Callable[[Payment, User, dict[str, Any]], Payment]


class ProofInline(ReadOnly, TabularInline):
    model = BankTransferProof
    fields = ["created_at", "reference", "download"]
    readonly_fields = fields
    extra = 0

    @admin.display(description="Slip")
    def download(self, proof: BankTransferProof) -> str:
        if not proof.has_slip:
            return "removed" if proof.slip else "-"
        return format_html('<a href="{}">Download</a>', reverse("admin:payments_slip", args=[proof.pk]))


class ToCheckFilter(admin.SimpleListFilter):
    """Those that wait for the money; with a proof, somebody says that it is there."""

    title = "to check"
    parameter_name = "check"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("proof", "Waits, and the customer sent a proof"), ("open", "Waits for the money")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[BankTransfer]) -> QuerySet[BankTransfer]:
        if self.value() == "open":
            return queryset.filter(status__in=OPEN)
        if self.value() == "proof":
            proofs = BankTransferProof.objects.filter(payment=OuterRef("pk"))
            return queryset.filter(Exists(proofs), status__in=OPEN)
        return queryset


@admin.register(BankTransfer)
class BankTransferAdmin(DecidesOnMoney, ReadOnly, LargeTable, SearchByKeys, Exported, ModelAdmin):
    total = rupees_column("total_amount")
    list_display = ["id", "booking", "total", "state", "customers_reference", "created_at", "paid_at"]
    date_hierarchy = "created_at"
    list_filter = [ToCheckFilter, "status", ("created_at", DaysFilter)]
    list_select_related = ["booking", "method"]
    search_fields = ["id"]
    search_help_text = (
        "Id, booking's reference, the bank's reference, or the customer's name, e-mail or phone"
    )
    readonly_fields = ["total"]
    fields = [
        "booking",
        "total",
        "status",
        "failure_reason",
        "gateway_transaction_id",
        "created_at",
        "paid_at",
    ]
    inlines = [ProofInline]
    actions_detail = ["confirm", "reject"]
    export_columns = [
        "id",
        "booking__reference",
        "total_amount",
        "status",
        "gateway_transaction_id",
        "failure_reason",
        "created_at",
        "paid_at",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[BankTransfer]:
        """The method's id is looked up apart, so that the database goes by it instead of joining."""
        methods = list(
            PaymentMethod.objects.filter(code=MethodCode.BANK_TRANSFER).values_list("pk", flat=True)
        )
        transfers: QuerySet[BankTransfer] = super().get_queryset(request).filter(method__in=methods)
        return transfers.select_related("booking", "method").prefetch_related("proofs")

    def found(self, text: str) -> Q:
        return payments_found(text)

    def get_urls(self) -> list[Any]:
        slip = self.admin_site.admin_view(self.slip)
        return [path("slips/<int:proof_id>/", slip, name="payments_slip"), *super().get_urls()]

    @display(description="Status", ordering="status", label=COLOURS)
    def state(self, transfer: BankTransfer) -> str:
        return transfer.status

    @admin.display(description="Customer's reference")
    def customers_reference(self, transfer: BankTransfer) -> str:
        proofs = list(transfer.proofs.all())
        return proofs[0].reference if proofs else "-"

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """Offer to reject what can be rejected. Confirming also takes money that came after all."""
        transfer = self.get_object(request, str(object_id))
        hidden = set()
        if transfer is None or transfer.is_settlement:
            hidden.add("confirm")
        if transfer is None or transfer.status not in REJECTABLE:
            hidden.add("reject")
        offered = super().get_actions_detail(request, object_id)
        return [one for one in offered if one.method.original_function_name not in hidden]

    @action(description="Confirm", url_path="confirm", permissions=["decide"], icon="task_alt")
    def confirm(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self.decide(
            request,
            object_id,
            form_class=ConfirmTransferForm,
            question="This transfer is on our statement",
            done=lambda payment, actor, values: bank_transfer_confirm(payment=payment, actor=actor, **values),
        )

    @action(description="Reject", url_path="reject", permissions=["decide"], icon="block")
    def reject(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self.decide(
            request,
            object_id,
            form_class=RejectTransferForm,
            question="No such money came",
            done=lambda payment, actor, values: bank_transfer_reject(payment=payment, actor=actor, **values),
        )

    def decide(
        self,
        request: HttpRequest,
        object_id: str,
        *,
        form_class: type[forms.Form],
        question: str,
        done: Decide,
    ) -> HttpResponse:
        transfer = row_or_404(self, request, object_id)
        proof = latest_proof(transfer)

        def act(values: dict[str, Any]) -> str:
            was = transfer.status
            payment = done(transfer, signed_in(request), values)
            if was in PAID:
                # Confirming again does no harm, but must not be taken for what settled it.
                raise DomainError("invalid_transition", f"It is already {was}; nothing was changed.")
            return f"{payment}: {payment.status}"

        return decision_page(
            self,
            request,
            transfer,
            question=question,
            facts=lambda transfer: [*facts_of(transfer), *_said(latest_proof(transfer))],
            form_class=form_class,
            initial={"bank_reference": proof.reference if proof else ""},
            act=act,
        )

    def slip(self, request: HttpRequest, proof_id: int) -> FileResponse:
        """The slip of a proof, as a file to save."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        proof = BankTransferProof.objects.filter(pk=proof_id).first()
        if proof is None:
            raise Http404
        return slip_response(proof)


def _said(proof: BankTransferProof | None) -> list[Fact]:
    if proof is None:
        return [("The customer says", "nothing yet")]
    said: list[Fact] = [("The customer says", proof.reference), ("On", proof.created_at)]
    if proof.has_slip:
        said.append(("Slip", "Download", reverse("admin:payments_slip", args=[proof.pk])))
    return said
