"""What the admin's own pages ask for."""

from typing import Any

from django import forms
from unfold.widgets import (
    UnfoldAdminDecimalFieldWidget,
    UnfoldAdminSingleDateWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from apps.common.form_fields import LineFormField
from apps.payments.earnings.owed import YEARS

LINES = {"rows": 3}


class ConfirmTransferForm(forms.Form):
    """Both as they stand on our bank statement."""

    bank_reference = LineFormField(max_length=100, widget=UnfoldAdminTextInputWidget)
    amount = forms.DecimalField(
        max_digits=10,
        decimal_places=2,
        min_value=0,
        label="Amount received, in rupees",
        widget=UnfoldAdminDecimalFieldWidget,
    )


class RejectTransferForm(forms.Form):
    reason = LineFormField(
        max_length=200, widget=UnfoldAdminTextareaWidget(attrs=LINES), help_text="The customer reads this."
    )


class RefundForm(forms.Form):
    amount = forms.DecimalField(
        max_digits=10,
        decimal_places=2,
        required=False,
        label="Amount in rupees",
        help_text="Empty: all that is left.",
        widget=UnfoldAdminDecimalFieldWidget,
    )
    reason = LineFormField(max_length=500, widget=UnfoldAdminTextareaWidget(attrs=LINES))


class NoteForm(forms.Form):
    note = LineFormField(
        max_length=500,
        widget=UnfoldAdminTextareaWidget(attrs=LINES),
        help_text="How you know: a reference, a page of the gateway's panel, who got the money.",
    )


class PeriodForm(forms.Form):
    """Local days, both included."""

    first = forms.DateField(widget=UnfoldAdminSingleDateWidget)
    last = forms.DateField(widget=UnfoldAdminSingleDateWidget)

    def clean(self) -> dict[str, Any]:
        days = self.cleaned_data
        for name in [name for name, day in days.items() if day.year not in YEARS]:
            self.add_error(name, f"Only the years {YEARS[0]} to {YEARS[-1]} have accounts.")
        if "first" in days and "last" in days and days["first"] > days["last"]:
            raise forms.ValidationError("The period ends before it begins.")
        return days
