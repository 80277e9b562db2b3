from typing import Any

from django import forms

from apps.sandbox.faults import OPERATIONS
from apps.sandbox.models import ConnectipsPayment, EsewaPayment, Fault, KhaltiPayment

MOST_TIMES = 1000
LONGEST_DELAY_SECONDS = 120


class FaultForm(forms.Form):
    gateway = forms.ChoiceField(choices=[(gateway, gateway) for gateway in OPERATIONS])
    operation = forms.CharField()
    fault = forms.ChoiceField(choices=Fault.Kind.choices)
    times = forms.IntegerField(min_value=1, max_value=MOST_TIMES, required=False)
    delay_seconds = forms.FloatField(min_value=0, max_value=LONGEST_DELAY_SECONDS, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        known = OPERATIONS.get(cleaned.get("gateway", ""), ())
        if known and cleaned.get("operation") not in known:
            self.add_error("operation", f"One of {', '.join(known)}.")
        return cleaned


class KhaltiOverrideForm(forms.Form):
    status = forms.ChoiceField(choices=KhaltiPayment.Status.choices)
    refunded_amount = forms.IntegerField(min_value=0, max_value=10**12, required=False)


class EsewaOverrideForm(forms.Form):
    status = forms.ChoiceField(choices=EsewaPayment.Status.choices)


class ConnectipsOverrideForm(forms.Form):
    status = forms.ChoiceField(choices=ConnectipsPayment.Status.choices)
