"""What providers are owed, in the admin: a period's figures, as a page and as CSV, and what was paid out."""

from decimal import Decimal
from typing import Any

from django.contrib import admin
from django.core.paginator import Paginator
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
from apps.common.money import rupees_text
from apps.payments.earnings.owed import Account, accounts_of, providers_with_accounts
from apps.payments.earnings.payouts import payout_record
from apps.payments.earnings.per_payment import NAMES
from apps.payments.models import Payout
from apps.payments.staff.amounts import rupees_column
from apps.payments.staff.forms import PeriodForm
from apps.payments.staff.rights import DecidesOnMoney

COLUMNS = ("provider_id", "provider", "opening", *NAMES, "held", "unpaid_commission", "paid_out", "closing")

# A page adds up all that these ever earned: 25 of 300, of a million bookings, in a third of a second.
PROVIDERS_A_PAGE = 25


@admin.register(Payout)
class PayoutAdmin(DecidesOnMoney, ReadOnly, Exported, ModelAdmin):
    paid = rupees_column("amount")
    list_display = ["id", "provider", "paid", "period_from", "period_to", "note", "recorded_by", "at"]
    list_filter = ["at"]
    list_select_related = ["provider", "recorded_by"]
    search_fields = ["provider__full_name", "provider__email", "note"]
    date_hierarchy = "at"
    autocomplete_fields = ["provider"]
    fields = ["provider", "amount", "period_from", "period_to", "note"]
    readonly_fields = ["paid"]
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

    def get_fields(self, request: HttpRequest, obj: Payout | None = None) -> list[str]:
        return ["paid" if obj and name == "amount" else name for name in self.fields]

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
        page = Paginator(providers_with_accounts(), PROVIDERS_A_PAGE).get_page(request.GET.get("page"))
        accounts: list[Account] = []
        if form.is_valid():
            first, last = form.cleaned_data["first"], form.cleaned_data["last"]
            if request.GET.get("export") == "csv":
                accounts = accounts_of(providers_with_accounts(), first=first, last=last)
                return csv_response(f"owed-{first}-{last}.csv", COLUMNS, map(_row, accounts))
            accounts = accounts_of(page.object_list, first=first, last=last)
        context = {
            **self.admin_site.each_context(request),
            "title": "What providers are owed",
            "opts": self.opts,
            "form": form,
            "labels": [name.replace("_", " ").capitalize() for name in COLUMNS[1:]],
            "accounts": [(account, list(map(rupees_text, _figures(account)))) for account in accounts],
            "page": page,
            "may_record": self.has_add_permission(request),
        }
        return TemplateResponse(request, "admin/payments/owed.html", context)


def _figures(account: Account) -> list[Decimal]:
    """Return a row's figures, in the order of `COLUMNS`."""
    earned = [getattr(account.earned, name) for name in NAMES]
    return [
        account.opening,
        *earned,
        account.held,
        account.unpaid_commission,
        account.paid_out,
        account.closing,
    ]


def _row(account: Account) -> list[Any]:
    return [account.provider.pk, account.provider.full_name, *_figures(account)]
