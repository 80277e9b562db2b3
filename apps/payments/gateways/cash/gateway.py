"""Cash into the provider's hand when the work is done."""

from apps.payments.gateways.base import Gateway, InitiateAnswer, InitiateRequest, NoAction


class CashGateway(Gateway):
    def initiate(self, request: InitiateRequest) -> InitiateAnswer:
        return InitiateAnswer(action=NoAction())
