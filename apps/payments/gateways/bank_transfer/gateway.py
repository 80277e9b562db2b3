"""A transfer that the customer makes at their bank, and an admin finds on our statement."""

from collections.abc import Mapping
from typing import ClassVar

from apps.payments.gateways.base import Gateway, InitiateAnswer, InitiateRequest, Instructions
from apps.payments.gateways.defaults import MethodDefaults

ACCOUNT_FIELDS = ("bank_name", "branch", "account_name", "account_number")


class BankTransferGateway(Gateway):
    code = "bank_transfer"
    defaults = MethodDefaults(
        name="Bank transfer",
        name_ne="बैंक ट्रान्सफर",
        payment_type="bank",
        description="Transfer to our account and quote the reference.",
        description_ne="हाम्रो बैंक खातामा रकम पठाउनुहोस् र सन्दर्भ नम्बर उल्लेख गर्नुहोस्।",
        icon="bank",
    )
    # A real account is entered by an admin, and until then production lists no bank transfer.
    sample_configuration: ClassVar[Mapping[str, str]] = {
        "bank_name": "Himalayan Sandbox Bank",
        "branch": "Thamel, Kathmandu",
        "account_name": "SewaBazaar Pvt. Ltd.",
        "account_number": "00100123456789",
    }

    def is_configured(self, configuration: Mapping[str, str]) -> bool:
        return bool(configuration.get("account_number"))

    def initiate(self, request: InitiateRequest) -> InitiateAnswer:
        account = {name: str(request.configuration.get(name, "")) for name in ACCOUNT_FIELDS}
        return InitiateAnswer(
            action=Instructions(account=account, reference=request.order_reference, amount=request.amount)
        )
