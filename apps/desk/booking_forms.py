"""What the pages that move a booking ask for."""

from django import forms
from unfold.widgets import (
    UnfoldAdminDateWidget,
    UnfoldAdminDecimalFieldWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTimeWidget,
)

from apps.common.form_fields import LineFormField


class ReasonForm(forms.Form):
    reason = LineFormField(
        max_length=500,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text="Customer and provider read this.",
    )


class DecisionForm(forms.Form):
    note = LineFormField(
        max_length=500,
        label="Why",
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text="Customer and provider read this.",
    )


class NewTimeForm(forms.Form):
    """Local date and time: a start of the provider's grid."""

    day = forms.DateField(label="Date", help_text="As 2026-12-31.", widget=UnfoldAdminDateWidget)
    at = forms.TimeField(label="Time", help_text="As 10:30.", widget=UnfoldAdminTimeWidget(format="%H:%M"))


class CollectedForm(forms.Form):
    amount_collected = forms.DecimalField(
        max_digits=10,
        decimal_places=2,
        min_value=0,
        required=False,
        label="Taken in cash, in rupees",
        help_text="Empty: all that was due. 0: it stays unpaid. Counts where the booking is paid in cash.",
        widget=UnfoldAdminDecimalFieldWidget,
    )
    reason = LineFormField(
        max_length=500,
        required=False,
        label="Why less than was due",
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text="Customer and provider read this.",
    )
