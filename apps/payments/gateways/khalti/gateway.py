"""Khalti's web checkout, "ePayment": https://docs.khalti.com/khalti-epayment/"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from apps.common.money import to_paisa
from apps.payments.gateways import checked
from apps.payments.gateways.base import (
    Gateway,
    GatewayError,
    InitiateAnswer,
    InitiateRequest,
    LookupAnswer,
    LookupRequest,
    Outcome,
    Redirect,
    RefundAnswer,
    RefundRequest,
)
from apps.payments.gateways.defaults import MOST_BY_WALLET, MethodDefaults
from apps.payments.gateways.khalti import client
from apps.payments.gateways.needed_settings import NeededSettings
from apps.payments.gateways.returns import Brings, Return

# Documented for production. The sandbox's 30 minutes come with its answer.
LINK_LIFETIME = timedelta(minutes=60)
# What they may state. Anything outside is no date of a link, and some of it is none that can be stored.
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
LONGEST_LIFETIME = timedelta(days=1)

# The one text that is documented, in lower case.
REFUNDED = "transaction refund successful"
# In lower case: Khalti's own pages spell some of them in two ways.
OUTCOMES = {
    "completed": Outcome.PAID,
    "pending": Outcome.PROCESSING,
    "initiated": Outcome.UNPAID,
    "expired": Outcome.EXPIRED,
    "user canceled": Outcome.FAILED,
    "canceled": Outcome.FAILED,
    "failed": Outcome.FAILED,
    "refunded": Outcome.REFUNDED,
    "partially refunded": Outcome.PARTIALLY_REFUNDED,
}


class KhaltiGateway(Gateway):
    code = "khalti"
    defaults = MethodDefaults(
        name="Khalti",
        name_ne="खल्ती",
        payment_type="wallet",
        description="Pay now from your Khalti wallet, mobile banking or card.",
        description_ne="खल्ती वालेट, मोबाइल बैंकिङ वा कार्डबाट अहिले नै तिर्नुहोस्।",
        icon="khalti",
        min_amount=Decimal("10.00"),
        max_amount=MOST_BY_WALLET,
    )
    needs = NeededSettings(switch="KHALTI_SECRET_KEY", others=("KHALTI_BASE_URL",))
    comes_back = Return(
        brings=Brings.TOKEN,
        parameter="pidx",
        parameter_text="All that is read.",
        description="The browser comes back from Khalti; asks Khalti, and sends it on.",
    )
    opens_over_network = True
    can_be_asked = True
    can_refund = True

    def initiate(self, request: InitiateRequest) -> InitiateAnswer:
        answer = client.call("POST", "epayment/initiate/", json=_order(request))
        body = answer.json_object()
        pidx = checked.identifier(body.get("pidx"))
        url = checked.payment_address(
            body.get("payment_url"),
            asked_at=settings.KHALTI_BASE_URL,
            hosts=tuple(settings.KHALTI_PAYMENT_HOSTS),
        )
        if answer.status != 200 or not pidx or not url:
            raise client.refusal(answer, body)
        expires_at = _expiry(body)
        return InitiateAnswer(
            action=Redirect(url=url, expires_at=expires_at),
            token=pidx,
            expires_at=expires_at,
            raw=answer.text,
        )

    def lookup(self, request: LookupRequest) -> LookupAnswer:
        """Judges by the body: `Expired` and `User canceled` come with HTTP 400, perhaps without amount."""
        answer = client.call("POST", "epayment/lookup/", json={"pidx": request.token})
        body = answer.json_object()
        word, pidx = checked.word(body.get("status")), checked.text(body.get("pidx"))
        amount = client.rupees(body.get("total_amount"))
        transaction_id = checked.identifier(body.get("transaction_id"))
        is_garbled = body.get("transaction_id") not in (None, "") and not transaction_id
        if not word or not pidx or is_garbled:
            raise client.refusal(answer, body, secret=request.token)
        outcome = OUTCOMES.get(word.lower(), Outcome.UNKNOWN)
        if outcome == Outcome.PAID and body.get("refunded") is True:
            # Khalti documents no such answer, nor how much of it went back: a person looks at it.
            outcome = Outcome.UNKNOWN
        found = LookupAnswer(
            outcome=outcome,
            word=word,
            amount=amount,
            transaction_id=transaction_id,
            fee=client.rupees(body.get("fee")),
            is_of_another=pidx != request.token,
            raw=answer.text,
        )
        if amount is None and (found.speaks_of_money or found.is_of_another):
            raise client.refusal(answer, body, secret=request.token)
        return found.without_empty_amount()

    def refund(self, request: RefundRequest) -> RefundAnswer:
        """A full refund has an empty body. The address is the only one without a version.

        HTTP 200 alone proves nothing: an error's body may come with it.
        """
        base = client.base_url().removesuffix("v2/")
        path = f"{base}merchant-transaction/{quote(request.transaction_id, safe='')}/refund/"
        body = {} if request.is_full else {"amount": to_paisa(request.amount)}
        answer = client.call("POST", path, json=body)
        said = answer.json_object()
        if answer.status != 200 or "detail" not in said or client.is_refusal(said):
            raise client.refusal(answer, said, secret=request.transaction_id)
        is_clear = checked.text(said["detail"]).strip().rstrip(".").lower() == REFUNDED
        return RefundAnswer(raw=answer.text, is_clear=is_clear)


def _order(request: InitiateRequest) -> dict[str, Any]:
    if not request.amount > 0:
        raise GatewayError("nothing to pay", permanent=True)
    return {
        "return_url": request.return_url,
        "website_url": request.website_url,
        "amount": to_paisa(request.amount),
        "purchase_order_id": request.reference,
        "purchase_order_name": request.title,
        "customer_info": {
            "name": request.customer_name,
            "email": request.customer_email,
            # A Khalti ID is a mobile number without the country's code.
            "phone": request.customer_phone.removeprefix("+977"),
        },
    }


def _expiry(body: Mapping[str, Any]) -> datetime:
    """Return when a link ends: as stated, else after as many seconds as stated, else after an hour."""
    now = timezone.now()
    try:
        stated = parse_datetime(checked.text(body.get("expires_at")))
    except ValueError:
        stated = None
    if stated is not None and timezone.is_aware(stated) and EARLIEST <= stated <= now + LONGEST_LIFETIME:
        return stated
    seconds = body.get("expires_in")
    if type(seconds) is int and 0 < seconds <= LINK_LIFETIME.total_seconds():
        return now + timedelta(seconds=seconds)
    return now + LINK_LIFETIME
