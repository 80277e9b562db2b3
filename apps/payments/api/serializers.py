"""What payments look like outside, and what their endpoints take."""

from decimal import Decimal
from typing import Any

from rest_framework import serializers

from apps.bookings.api.serializers import BookingSerializer
from apps.common.api.fields import LARGEST_ID, BikramSambatField, TextField
from apps.payments.gateways.base import Action, FormPost, Instructions, Redirect
from apps.payments.models import MethodCode, Payment, PaymentMethod, Refund

LONGEST_TOKEN = 200
LARGEST_AMOUNT = 10**10  # paisa, far above any booking


class PaymentMethodSerializer(serializers.ModelSerializer[PaymentMethod]):
    """A way to pay. Its context names the language."""

    name = serializers.SerializerMethodField(help_text="In the language of `Accept-Language`, en or ne.")
    description = serializers.SerializerMethodField(help_text="As `name`.")

    class Meta:
        model = PaymentMethod
        fields = [
            "id",
            "code",
            "name",
            "payment_type",
            "processing_fee_percentage",
            "min_amount",
            "max_amount",
            "icon",
            "description",
        ]

    def get_name(self, method: PaymentMethod) -> str:
        return method.name_in(self.context["language"])

    def get_description(self, method: PaymentMethod) -> str:
        return method.description_in(self.context["language"])


class PaymentSerializer(serializers.ModelSerializer[Payment]):
    """One payment. Amounts in rupees."""

    booking = serializers.IntegerField(source="booking_id", read_only=True)
    payment_method = serializers.ChoiceField(source="method.code", choices=MethodCode.choices, read_only=True)
    paid_on_bs = BikramSambatField(
        source="paid_at",
        help_text="The local day of `paid_at` in Bikram Sambat, `2083-08-16`, as on receipts; null before.",
    )

    class Meta:
        model = Payment
        fields = [
            "id",
            "booking",
            "payment_method",
            "amount",
            "processing_fee",
            "total_amount",
            "currency",
            "status",
            "transaction_id",
            "gateway_transaction_id",
            "paid_at",
            "paid_on_bs",
            "failure_reason",
            "created_at",
        ]
        read_only_fields = fields


class BookingIdField(serializers.IntegerField):
    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=1, max_value=LARGEST_ID, **options)


class InitiateSerializer(serializers.Serializer[Any]):
    booking_id = BookingIdField()
    payment_method = serializers.ChoiceField(
        choices=MethodCode.choices, required=False, help_text="Left out: as chosen in the payment step."
    )


class PidxSerializer(serializers.Serializer[Any]):
    """What Khalti's web checkout brings back."""

    booking_id = BookingIdField()
    pidx = TextField(max_length=LONGEST_TOKEN)


class WidgetTokenSerializer(serializers.Serializer[Any]):
    """What Khalti's older widget brings back."""

    booking_id = BookingIdField()
    token = TextField(max_length=LONGEST_TOKEN)
    amount = serializers.IntegerField(min_value=1, max_value=LARGEST_AMOUNT, help_text="Paisa.")


class PaidBookingSerializer(serializers.Serializer[Any]):
    payment = PaymentSerializer()
    booking = BookingSerializer()


class PaymentRefundSerializer(serializers.Serializer[Any]):
    amount = serializers.DecimalField(
        max_digits=10,
        decimal_places=2,
        min_value=Decimal("0.01"),
        required=False,
        help_text="Rupees. Left out: all that is left, processing fee included.",
    )
    reason = TextField(max_length=500)


class RefundSerializer(serializers.ModelSerializer[Refund]):
    """Money that goes back, in rupees. `pending`: an admin gives it back by hand and records it."""

    class Meta:
        model = Refund
        fields = ["id", "amount", "status", "reason", "created_at", "completed_at"]
        read_only_fields = fields


class RefundedPaymentSerializer(serializers.Serializer[Any]):
    payment = PaymentSerializer()
    booking = BookingSerializer()
    refund = RefundSerializer()


class RedirectActionSerializer(serializers.Serializer[Any]):
    """Send the browser to `url`."""

    type = serializers.ChoiceField(choices=["redirect"])
    url = serializers.URLField()
    expires_at = serializers.DateTimeField(allow_null=True)


class FormPostActionSerializer(serializers.Serializer[Any]):
    """Let the browser post `fields` to `url`, as a form."""

    type = serializers.ChoiceField(choices=["form_post"])
    url = serializers.URLField()
    fields = serializers.DictField(child=serializers.CharField())  # type: ignore[assignment]


class BankAccountSerializer(serializers.Serializer[Any]):
    bank_name = serializers.CharField()
    branch = serializers.CharField()
    account_name = serializers.CharField()
    account_number = serializers.CharField()


class InstructionsActionSerializer(serializers.Serializer[Any]):
    """Tell the customer to transfer `amount` rupees and to quote `reference`."""

    type = serializers.ChoiceField(choices=["instructions"])
    account = BankAccountSerializer()
    reference = serializers.CharField()
    amount = serializers.DecimalField(max_digits=10, decimal_places=2)


class NoActionSerializer(serializers.Serializer[Any]):
    """Nothing to do: cash is paid when the work is done."""

    type = serializers.ChoiceField(choices=["none"])


def action_as_dict(action: Action) -> dict[str, Any]:
    """Return an action as the API shows it."""
    if isinstance(action, Redirect):
        body = {"type": "redirect", "url": action.url, "expires_at": action.expires_at}
        return dict(RedirectActionSerializer(body).data)
    if isinstance(action, FormPost):
        return {"type": "form_post", "url": action.url, "fields": dict(action.fields)}
    if isinstance(action, Instructions):
        return {
            "type": "instructions",
            "account": dict(action.account),
            "reference": action.reference,
            "amount": f"{action.amount:.2f}",
        }
    return {"type": "none"}
