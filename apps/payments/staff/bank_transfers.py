"""Bank transfers in the admin: those that wait, their slips, and a page each to confirm or reject."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import action

from apps.accounts.authentication import signed_in
from apps.accounts.models import User
from apps.common.errors import DomainError
from apps.common.read_only_admin import ReadOnly
from apps.payments.actions.bank_transfer import bank_transfer_confirm, bank_transfer_reject
from apps.payments.models import BankTransfer, BankTransferProof, MethodCode, Payment
from apps.payments.selectors import latest_proof
from apps.payments.slips import slip_response
from apps.payments.staff.forms import ConfirmTransferForm, RejectTransferForm

Decide = Callable[[Payment, User, dict[str, Any]], Payment]


class ProofInline(ReadOnly, TabularInline):
    model = BankTransferProof
    fields = ["created_at", "reference", "download"]
    readonly_fields = fields
    extra = 0

    @admin.display(description="Slip")
    def download(self, proof: BankTransferProof) -> str:
        if not proof.slip:
            return "-"
        return format_html('<a href="{}">Download</a>', reverse("admin:payments_slip", args=[proof.pk]))


@admin.register(BankTransfer)
class BankTransferAdmin(ReadOnly, ModelAdmin):
    list_display = ["id", "booking", "total_amount", "status", "customers_reference", "created_at", "paid_at"]
    list_filter = ["status", "created_at"]
    list_select_related = ["booking"]
    search_fields = ["=id", "booking__reference", "proofs__reference", "gateway_transaction_id"]
    search_help_text = "Payment, booking reference, or the bank's reference"
    date_hierarchy = "created_at"
    fields = [
        "booking",
        "total_amount",
        "status",
        "failure_reason",
        "gateway_transaction_id",
        "created_at",
        "paid_at",
    ]
    inlines = [ProofInline]
    actions_row = ["confirm", "reject"]
    actions_detail = ["confirm", "reject"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[BankTransfer]:
        transfers: QuerySet[BankTransfer] = super().get_queryset(request)
        return transfers.filter(method__code=MethodCode.BANK_TRANSFER).prefetch_related("proofs")

    def get_urls(self) -> list[Any]:
        slip = self.admin_site.admin_view(self.slip)
        return [path("slips/<int:proof_id>/", slip, name="payments_slip"), *super().get_urls()]

    def has_decide_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Money is an admin's to move, whatever else a member of the staff may look at."""
        user = request.user
        return isinstance(user, User) and user.is_admin and user.has_perm("payments.change_banktransfer")

    @admin.display(description="Customer's reference")
    def customers_reference(self, transfer: BankTransfer) -> str:
        proofs = list(transfer.proofs.all())
        return proofs[0].reference if proofs else "-"

    @action(description="Confirm", url_path="confirm", permissions=["decide"])
    def confirm(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self.decide(
            request,
            object_id,
            form_class=ConfirmTransferForm,
            question="This transfer is on our statement",
            done=lambda payment, actor, values: bank_transfer_confirm(payment=payment, actor=actor, **values),
        )

    @action(description="Reject", url_path="reject", permissions=["decide"])
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
        """Ask on a page of its own, and do it when that page is sent."""
        transfer = get_object_or_404(
            self.get_queryset(request).select_related("booking", "method"), pk=object_id
        )
        proof = latest_proof(transfer)
        form = form_class(request.POST or None, initial={"bank_reference": proof.reference if proof else ""})
        if request.method == "POST" and form.is_valid():
            try:
                payment = done(transfer, signed_in(request), form.cleaned_data)
            except DomainError as error:
                form.add_error(None, error.detail)
            else:
                self.message_user(request, f"{payment}: {payment.status}", messages.SUCCESS)
                return HttpResponseRedirect(reverse("admin:payments_banktransfer_changelist"))
        context = {
            **self.admin_site.each_context(request),
            "title": question,
            "opts": self.opts,
            "transfer": transfer,
            "proof": proof,
            "form": form,
        }
        return TemplateResponse(request, "admin/payments/decide_transfer.html", context)

    def slip(self, request: HttpRequest, proof_id: int) -> FileResponse:
        """The slip of a proof, as a file to save."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        proof = BankTransferProof.objects.filter(pk=proof_id).first()
        if proof is None:
            raise Http404
        return slip_response(proof)
