"""Refunds in the admin: those that wait for a person, and a page each to say what became of the money."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from unfold.admin import ModelAdmin
from unfold.decorators import action
from unfold.widgets import UnfoldAdminTextareaWidget

from apps.accounts.authentication import signed_in
from apps.accounts.models import User
from apps.common.errors import DomainError
from apps.common.read_only_admin import ReadOnly
from apps.payments.actions.refund_by_hand import refund_record_done, refund_try_again
from apps.payments.models import Refund

Decide = Callable[..., Refund]


class RefundNoteForm(forms.Form):
    note = forms.CharField(
        max_length=500,
        widget=UnfoldAdminTextareaWidget,
        help_text="How you know: a reference, a page of the gateway's panel, who got the money.",
    )


@admin.register(Refund)
class RefundAdmin(ReadOnly, ModelAdmin):
    list_display = ["id", "payment", "way", "amount", "status", "reason", "created_at", "completed_at"]
    list_filter = ["status", "payment__method", "created_at"]
    list_select_related = ["payment__method"]
    search_fields = ["=payment__id", "payment__booking__reference", "payment__transaction_id"]
    search_help_text = "Payment, booking reference, or transaction id"
    date_hierarchy = "created_at"
    fields = [
        "payment",
        "amount",
        "reason",
        "status",
        "note",
        "requested_by",
        "created_at",
        "completed_by",
        "completed_at",
        "times_tried",
        "try_again_at",
    ]
    actions_row = ["record_done", "try_again"]
    actions_detail = ["record_done", "try_again"]

    def has_decide_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Money is an admin's to move, whatever else a member of the staff may look at."""
        user = request.user
        return isinstance(user, User) and user.is_admin and user.has_perm("payments.change_refund")

    @admin.display(description="Paid by")
    def way(self, refund: Refund) -> str:
        return refund.payment.method.name

    @action(description="It was done", url_path="record-done", permissions=["decide"])
    def record_done(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self.decide(
            request, object_id, question="The money is with the customer", do=refund_record_done
        )

    @action(description="It was not done: try again", url_path="try-again", permissions=["decide"])
    def try_again(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self.decide(request, object_id, question="The money never left us", do=refund_try_again)

    def decide(self, request: HttpRequest, object_id: str, *, question: str, do: Decide) -> HttpResponse:
        """Ask on a page of its own, and do it when that page is sent."""
        refunds = Refund.objects.select_related("payment__booking", "payment__method")
        refund = get_object_or_404(refunds, pk=object_id)
        form = RefundNoteForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                refund = do(refund=refund, actor=signed_in(request), note=form.cleaned_data["note"])
            except DomainError as error:
                form.add_error(None, error.detail)
            else:
                self.message_user(request, f"{refund}: {refund.status}", messages.SUCCESS)
                return HttpResponseRedirect(reverse("admin:payments_refund_changelist"))
        context = {
            **self.admin_site.each_context(request),
            "title": question,
            "opts": self.opts,
            "refund": refund,
            "form": form,
        }
        return TemplateResponse(request, "admin/payments/decide_refund.html", context)
