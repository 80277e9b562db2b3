"""Khalti's older widget: a token from the browser, which `payment/verify/` turns into money.

https://docs.khalti.com/api/verification/ and `/api/transaction_status/`, no longer linked there.
"""

from apps.common.money import to_paisa
from apps.payments.gateways import checked
from apps.payments.gateways.base import GatewayError, LookupAnswer, LookupRequest, Outcome
from apps.payments.gateways.http import HttpAnswer
from apps.payments.gateways.khalti import client
from apps.payments.gateways.khalti.gateway import KhaltiGateway

# Verify says Completed, status says Complete. `Error` is a wrong token, or one for another amount.
STATES = {
    "complete": Outcome.PAID,
    "completed": Outcome.PAID,
    "initiated": Outcome.PROCESSING,
    "confirmed": Outcome.UNPAID,
    "refunded": Outcome.REFUNDED,
    "partially refunded": Outcome.PARTIALLY_REFUNDED,
    "failed": Outcome.FAILED,
    "error": Outcome.FAILED,
}


class KhaltiTokenGateway(KhaltiGateway):
    def verify(self, request: LookupRequest) -> LookupAnswer:
        """Complete the payment: this is the call that takes the money.

        A refusal is looked up, since a second verify of one token may be refused (undocumented).
        """
        form = {"token": request.token, "amount": to_paisa(request.amount)}
        answer = client.call("POST", "payment/verify/", json=form)
        body = answer.json_object()
        if "token" in body and "idx" not in body:
            return self._refused(request, answer)
        state = body.get("state")
        word = checked.word(state.get("name")) if isinstance(state, dict) else ""
        transaction_id = checked.identifier(body.get("idx"))
        amount = client.rupees(body.get("amount"))
        if not word or not transaction_id or amount is None:
            raise client.refusal(answer, body, secret=request.token)
        return LookupAnswer(
            outcome=STATES.get(word.lower(), Outcome.UNKNOWN),
            word=word,
            amount=amount,
            transaction_id=transaction_id,
            fee=client.rupees(body.get("fee_amount")),
            raw=answer.text,
        )

    def _refused(self, request: LookupRequest, answer: HttpAnswer) -> LookupAnswer:
        """Look the token up; where Khalti knows nothing of it there either, its refusal stands."""
        try:
            return self.lookup(request)
        except GatewayError as error:
            if not 400 <= error.status < 500:
                raise
            return LookupAnswer(outcome=Outcome.FAILED, word="Invalid token", raw=answer.text)

    def lookup(self, request: LookupRequest) -> LookupAnswer:
        """Takes no money. The amount is part of what Khalti is asked for; it names no transaction id."""
        query = {"token": request.token, "amount": str(to_paisa(request.amount))}
        answer = client.call("GET", "payment/status/", query=query)
        body = answer.json_object()
        word = checked.word(body.get("state"))
        if not word:
            raise client.refusal(answer, body, secret=request.token)
        return LookupAnswer(outcome=STATES.get(word.lower(), Outcome.UNKNOWN), word=word, raw=answer.text)
