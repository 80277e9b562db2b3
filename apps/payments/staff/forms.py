"""What the admin's own pages ask for."""

from django import forms
from unfold.widgets import (
    UnfoldAdminDecimalFieldWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)


class ConfirmTransferForm(forms.Form):
    """Both as they stand on our bank statement."""

    bank_reference = forms.CharField(max_length=100, widget=UnfoldAdminTextInputWidget)
    amount = forms.DecimalField(
        max_digits=10,
        decimal_places=2,
        min_value=0,
        label="Amount received, in rupees",
        widget=UnfoldAdminDecimalFieldWidget,
    )


class RejectTransferForm(forms.Form):
    reason = forms.CharField(
        max_length=200, widget=UnfoldAdminTextareaWidget, help_text="The customer reads this."
    )
