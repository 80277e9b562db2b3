"""What providers are owed, in the admin: a period's figures, as a page and as CSV, and what was paid out."""

from typing import Any

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from unfold.admin import ModelAdmin
from unfold.decorators import action

from apps.accounts.authentication import signed_in
from apps.common.admin import ReadOnly
from apps.common.admin_exports import Exported
from apps.common.csv_export import csv_response
from apps.common.localtime import today
from apps.payments.actions.payouts import payout_record
from apps.payments.earnings import NAMES
from apps.payments.models import Payout
from apps.payments.owed import Account, accounts_of
from apps.payments.staff.forms import PeriodForm
from apps.payments.staff.rights import DecidesOnMoney

COLUMNS = ("provider_id", "provider", "opening", *NAMES, "paid_out", "closing")


@admin.register(Payout)
class PayoutAdmin(DecidesOnMoney, ReadOnly, Exported, ModelAdmin):
    list_display = ["id", "provider", "amount", "period_from", "period_to", "note", "recorded_by", "at"]
    list_filter = ["at"]
    list_select_related = ["provider", "recorded_by"]
    search_fields = ["provider__full_name", "provider__email", "note"]
    date_hierarchy = "at"
    autocomplete_fields = ["provider"]
    fields = ["provider", "amount", "period_from", "period_to", "note"]
    actions_list = ["figures"]
    export_columns = [
        "id",
        "provider__full_name",
        "provider__email",
        "amount",
        "period_from",
        "period_to",
        "note",
        "recorded_by__full_name",
        "at",
    ]

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        """Recording money is an admin's, whatever else a member of the staff may look at."""
        return self.has_decide_permission(request)

    def save_model(self, request: HttpRequest, obj: Payout, form: ModelForm, change: bool) -> None:
        recorded = payout_record(**form.cleaned_data, recorded_by=signed_in(request))
        obj.pk, obj.recorded_by = recorded.pk, recorded.recorded_by

    @action(description="What providers are owed", url_path="figures", permissions=["view"])
    def figures(self, request: HttpRequest) -> HttpResponse:
        """The figures of a period: this month so far, unless another one is asked for."""
        now = today(timezone.now())
        asked = {"first": now.replace(day=1), "last": now, **request.GET.dict()}
        form = PeriodForm(asked)
        accounts: list[Account] = []
        if form.is_valid():
            first, last = form.cleaned_data["first"], form.cleaned_data["last"]
            accounts = accounts_of(first=first, last=last)
            if request.GET.get("export") == "csv":
                return csv_response(f"owed-{first}-{last}.csv", COLUMNS, map(_row, accounts))
        context = {
            **self.admin_site.each_context(request),
            "title": "What providers are owed",
            "opts": self.opts,
            "form": form,
            "labels": [name.replace("_", " ").capitalize() for name in COLUMNS[1:]],
            "accounts": accounts,
            "may_record": self.has_add_permission(request),
        }
        return TemplateResponse(request, "admin/payments/owed.html", context)


def _row(account: Account) -> list[Any]:
    earned = [getattr(account.earned, name) for name in NAMES]
    provider = account.provider
    return [provider.pk, provider.full_name, account.opening, *earned, account.paid_out, account.closing]
