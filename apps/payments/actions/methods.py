"""The four ways to pay, as a new marketplace has them."""

from decimal import Decimal
from typing import Any

from django.apps import apps

from apps.payments.models import MethodCode, PaymentMethod, PaymentType

MAX_WALLET_AMOUNT = Decimal("200000.00")

DEFAULTS: dict[str, dict[str, Any]] = {
    MethodCode.KHALTI: {
        "name": "Khalti",
        "name_ne": "खल्ती",
        "payment_type": PaymentType.WALLET,
        "description": "Pay now from your Khalti wallet, mobile banking or card.",
        "description_ne": "खल्ती वालेट, मोबाइल बैंकिङ वा कार्डबाट अहिले नै तिर्नुहोस्।",
        "icon": "khalti",
        "min_amount": Decimal("10.00"),
        "max_amount": MAX_WALLET_AMOUNT,
    },
    MethodCode.ESEWA: {
        "name": "eSewa",
        "name_ne": "इसेवा",
        "payment_type": PaymentType.WALLET,
        "description": "Pay now from your eSewa wallet.",
        "description_ne": "इसेवा वालेटबाट अहिले नै तिर्नुहोस्।",
        "icon": "esewa",
        "min_amount": Decimal("10.00"),
        "max_amount": MAX_WALLET_AMOUNT,
    },
    MethodCode.BANK_TRANSFER: {
        "name": "Bank transfer",
        "name_ne": "बैंक ट्रान्सफर",
        "payment_type": PaymentType.BANK,
        "description": "Transfer to our account and quote the reference.",
        "description_ne": "हाम्रो बैंक खातामा रकम पठाउनुहोस् र सन्दर्भ नम्बर उल्लेख गर्नुहोस्।",
        "icon": "bank",
    },
    MethodCode.CASH: {
        "name": "Cash",
        "name_ne": "नगद",
        "payment_type": PaymentType.CASH,
        "description": "Pay in cash when the work is done.",
        "description_ne": "काम सकिएपछि नगद तिर्नुहोस्।",
        "icon": "cash",
    },
}

# Made up: a real account is entered by an admin, and until then production lists no bank transfer.
DEVELOPMENT_ACCOUNT = {
    "bank_name": "Himalayan Sandbox Bank",
    "branch": "Thamel, Kathmandu",
    "account_name": "SewaBazaar Pvt. Ltd.",
    "account_number": "00100123456789",
}


def default_payment_methods_create() -> int:
    """Add the methods that are missing, change none that is there, and return how many were added."""
    # As for the sandbox gateways: the settings have decided whether this is development.
    is_development = apps.is_installed("apps.sandbox")
    added = 0
    for position, (code, columns) in enumerate(DEFAULTS.items(), start=1):
        is_sample = is_development and code == MethodCode.BANK_TRANSFER
        _, is_new = PaymentMethod.objects.get_or_create(
            code=code,
            defaults={
                **columns,
                "position": position,
                "configuration": DEVELOPMENT_ACCOUNT if is_sample else {},
            },
        )
        added += is_new
    return added
