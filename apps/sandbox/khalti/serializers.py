"""What Khalti accepts. Khalti runs on Django REST framework too, so the framework's messages are its own."""

from typing import Any

from rest_framework import serializers

MINIMUM_PAISA = 1000
# No upper limit is documented for Khalti's sandbox; this one only keeps the column from overflowing.
MAXIMUM_PAISA = 10**12
MINIMUM_MESSAGE = "Amount should be greater than Rs. 10, that is 1000 paisa."


class AmountField(serializers.IntegerField):
    """Paisa, from exactly 1000 on although the message says greater."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            min_value=MINIMUM_PAISA,
            max_value=MAXIMUM_PAISA,
            error_messages={"min_value": MINIMUM_MESSAGE},
            **kwargs,
        )


class SandboxBreakdownSerializer(serializers.Serializer[Any]):
    amount = serializers.IntegerField()


class SandboxInitiateSerializer(serializers.Serializer[Any]):
    return_url = serializers.URLField(max_length=2048)
    website_url = serializers.URLField(max_length=2048)
    amount = AmountField()
    purchase_order_id = serializers.CharField(max_length=255)
    purchase_order_name = serializers.CharField(max_length=255)
    customer_info = serializers.DictField(required=False)
    amount_breakdown = SandboxBreakdownSerializer(many=True, required=False)
    product_details = serializers.ListField(child=serializers.DictField(), required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        breakdown = attrs.get("amount_breakdown")
        if breakdown and sum(part["amount"] for part in breakdown) != attrs["amount"]:
            raise serializers.ValidationError({"amount": ["Amount Breakdown mismatch."]})
        return attrs


class SandboxLookupSerializer(serializers.Serializer[Any]):
    pidx = serializers.CharField()


class SandboxTokenSerializer(serializers.Serializer[Any]):
    amount = AmountField()
    product_identity = serializers.CharField(max_length=255)
    product_name = serializers.CharField(max_length=255, default="Sandbox product")
    product_url = serializers.URLField(max_length=2048, default="http://localhost/")


class SandboxVerifySerializer(serializers.Serializer[Any]):
    token = serializers.CharField()
    amount = serializers.IntegerField()


class SandboxRefundSerializer(serializers.Serializer[Any]):
    amount = serializers.IntegerField(min_value=1, required=False)
    mobile = serializers.CharField(required=False)
