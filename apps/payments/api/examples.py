"""What `/api/docs/` shows for payments."""

from drf_spectacular.utils import OpenApiExample, PolymorphicProxySerializer, inline_serializer

from apps.payments.api.serializers import (
    FormPostActionSerializer,
    InstructionsActionSerializer,
    NoActionSerializer,
    PaymentSerializer,
    PidxSerializer,
    RedirectActionSerializer,
    WidgetTokenSerializer,
)

INITIATED = inline_serializer(
    "InitiatedPayment",
    {
        "payment": PaymentSerializer(),
        "action": PolymorphicProxySerializer(
            component_name="PaymentAction",
            serializers={
                "redirect": RedirectActionSerializer,
                "form_post": FormPostActionSerializer,
                "instructions": InstructionsActionSerializer,
                "none": NoActionSerializer,
            },
            resource_type_field_name="type",
        ),
    },
)
FROM_KHALTI = PolymorphicProxySerializer(
    component_name="FromKhalti",
    serializers=[PidxSerializer, WidgetTokenSerializer],
    resource_type_field_name=None,
)
_PAYMENT = {
    "id": 71,
    "booking": 52,
    "payment_method": "khalti",
    "amount": "1500.00",
    "processing_fee": "0.00",
    "total_amount": "1500.00",
    "currency": "NPR",
    "status": "processing",
    "transaction_id": "SB-5f1f6b0c8b4d4f0e9d3d0f4a2b7c9e11",
    "gateway_transaction_id": "",
    "paid_at": None,
    "failure_reason": "",
    "created_at": "2026-12-01T09:41:27.120000+05:45",
}
INITIATE_EXAMPLES = [
    OpenApiExample("Pay a draft as chosen", {"booking_id": 52}, request_only=True),
    OpenApiExample(
        "Pay a cash booking by wallet", {"booking_id": 52, "payment_method": "khalti"}, request_only=True
    ),
    OpenApiExample(
        "Khalti",
        {
            "payment": _PAYMENT,
            "action": {
                "type": "redirect",
                "url": "https://test-pay.khalti.com/?pidx=HT6o6PEZRWFJ5ygavzHWd5",
                "expires_at": "2026-12-01T10:11:27.120000+05:45",
            },
        },
        response_only=True,
        status_codes=["201"],
    ),
]
FROM_KHALTI_EXAMPLES = [
    OpenApiExample("Web checkout", {"booking_id": 52, "pidx": "HT6o6PEZRWFJ5ygavzHWd5"}, request_only=True),
    OpenApiExample(
        "Older widget",
        {"booking_id": 52, "token": "QUao9cqFzxPgvWJNi9aKac", "amount": 150000},
        request_only=True,
    ),
]
