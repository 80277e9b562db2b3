"""Cash into the provider's hand when the work is done."""

from apps.payments.gateways.base import Gateway, InitiateAnswer, InitiateRequest, NoAction
from apps.payments.gateways.defaults import MethodDefaults


class CashGateway(Gateway):
    code = "cash"
    defaults = MethodDefaults(
        name="Cash",
        name_ne="नगद",
        payment_type="cash",
        description="Pay in cash when the work is done.",
        description_ne="काम सकिएपछि नगद तिर्नुहोस्।",
        icon="cash",
    )

    def initiate(self, request: InitiateRequest) -> InitiateAnswer:
        return InitiateAnswer(action=NoAction())
