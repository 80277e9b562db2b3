"""The ways to pay: one list, in the order in which they are offered."""

from apps.payments.gateways.bank_transfer.gateway import BankTransferGateway
from apps.payments.gateways.base import Gateway
from apps.payments.gateways.cash.gateway import CashGateway
from apps.payments.gateways.connectips.gateway import ConnectipsGateway
from apps.payments.gateways.esewa.gateway import EsewaGateway
from apps.payments.gateways.khalti.gateway import KhaltiGateway
from apps.payments.gateways.khalti.widget import KhaltiTokenGateway

GATEWAYS: dict[str, Gateway] = {
    gateway.code: gateway
    for gateway in (
        KhaltiGateway(),
        EsewaGateway(),
        ConnectipsGateway(),
        BankTransferGateway(),
        CashGateway(),
    )
}
# Khalti's older widget is a second way into the same method.
KHALTI_TOKEN = KhaltiTokenGateway()


def gateway_for(code: str, *, is_widget_token: bool = False) -> Gateway:
    """Return the gateway of a method's code; `is_widget_token`: the payment began in the older widget."""
    return KHALTI_TOKEN if is_widget_token else GATEWAYS[code]
