"""A transfer that the customer makes at their bank, and an admin finds on our statement."""

from collections.abc import Mapping

from apps.payments.gateways.base import Gateway, InitiateAnswer, InitiateRequest, Instructions

ACCOUNT_FIELDS = ("bank_name", "branch", "account_name", "account_number")


class BankTransferGateway(Gateway):
    def is_configured(self, configuration: Mapping[str, str]) -> bool:
        return bool(configuration.get("account_number"))

    def initiate(self, request: InitiateRequest) -> InitiateAnswer:
        account = {name: str(request.configuration.get(name, "")) for name in ACCOUNT_FIELDS}
        return InitiateAnswer(
            action=Instructions(account=account, reference=request.order_reference, amount=request.amount)
        )
