"""eSewa ePay v2: https://developer.esewa.com.np/pages/Epay. eSewa counts in rupees, as text."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import timezone

from apps.payments.gateways import checked, http
from apps.payments.gateways.amounts import number
from apps.payments.gateways.base import (
    FormPost,
    Gateway,
    GatewayError,
    InitiateAnswer,
    InitiateRequest,
    LookupAnswer,
    LookupRequest,
    Outcome,
)
from apps.payments.gateways.defaults import MOST_BY_WALLET, MethodDefaults
from apps.payments.gateways.needed_settings import NeededSettings
from apps.payments.gateways.returns import Brings, Return

# eSewa names no lifetime of a form that was not posted yet; until then NOT_FOUND says nothing.
FORM_LIFETIME = timedelta(minutes=30)
SIGNED_FIELDS = ("total_amount", "transaction_uuid", "product_code")
OUTCOMES = {
    "COMPLETE": Outcome.PAID,
    "PENDING": Outcome.BEGUN,
    "AMBIGUOUS": Outcome.PROCESSING,
    "CANCELED": Outcome.FAILED,
    "FAILED": Outcome.FAILED,
    "FULL_REFUND": Outcome.REFUNDED,
    "PARTIAL_REFUND": Outcome.PARTIALLY_REFUNDED,
}


class EsewaGateway(Gateway):
    code = "esewa"
    defaults = MethodDefaults(
        name="eSewa",
        name_ne="इसेवा",
        payment_type="wallet",
        description="Pay now from your eSewa wallet.",
        description_ne="इसेवा वालेटबाट अहिले नै तिर्नुहोस्।",
        icon="esewa",
        min_amount=Decimal("10.00"),
        max_amount=MOST_BY_WALLET,
    )
    needs = NeededSettings(
        switch="ESEWA_SECRET_KEY",
        others=("ESEWA_PRODUCT_CODE", "ESEWA_FORM_URL", "ESEWA_STATUS_URL"),
        public={"ESEWA_SECRET_KEY": "8gBm/:&EnhH.1/q", "ESEWA_PRODUCT_CODE": "EPAYTEST"},
    )
    # The reference stands in the path: eSewa appends `?data=` even to an address that has a query.
    comes_back = Return(
        brings=Brings.SIGNED_WORD,
        parameter="data",
        parameter_text="eSewa's signed word: a hint, no proof.",
        description="The browser comes back from eSewa, paid or not; asks eSewa, and sends it on.",
    )
    can_be_asked = True

    def initiate(self, request: InitiateRequest) -> InitiateAnswer:
        """Sign the form that the browser posts; nothing is sent from here."""
        total = amount_text(request.amount)
        signed = {
            "total_amount": total,
            "transaction_uuid": request.reference,
            "product_code": settings.ESEWA_PRODUCT_CODE,
        }
        fields = {
            "amount": total,
            "tax_amount": "0",
            "product_service_charge": "0",
            "product_delivery_charge": "0",
            **signed,
            "success_url": request.return_url,
            "failure_url": request.return_url,
            "signed_field_names": ",".join(SIGNED_FIELDS),
            "signature": signature(signed, SIGNED_FIELDS),
        }
        return InitiateAnswer(
            action=FormPost(url=settings.ESEWA_FORM_URL, fields=fields),
            expires_at=timezone.now() + FORM_LIFETIME,
        )

    def lookup(self, request: LookupRequest) -> LookupAnswer:
        query = {
            "product_code": settings.ESEWA_PRODUCT_CODE,
            "total_amount": amount_text(request.amount),
            "transaction_uuid": request.reference,
        }
        answer = http.call("GET", settings.ESEWA_STATUS_URL, query=query)
        body = answer.json_object()
        word, amount = checked.word(body.get("status")), _rupees(body.get("total_amount"))
        ref_id = checked.identifier(body.get("ref_id"))
        is_garbled = body.get("ref_id") not in (None, "") and not ref_id
        not_an_answer = GatewayError(f"HTTP {answer.status}, not an answer", raw=answer.text)
        if not word or "transaction_uuid" not in body or is_garbled:
            raise not_an_answer
        is_ours = (body["transaction_uuid"], body.get("product_code")) == (
            request.reference,
            settings.ESEWA_PRODUCT_CODE,
        )
        found = LookupAnswer(
            outcome=_outcome(word, request),
            word=word,
            amount=amount,
            transaction_id=ref_id,
            is_of_another=not is_ours,
            raw=answer.text,
        )
        if amount is None and (found.speaks_of_money or found.is_of_another):
            raise not_an_answer
        return found.without_empty_amount()


def amount_text(rupees: Decimal) -> str:
    """Return the one spelling that goes into signature, form and status query: `1500`, `99.5`."""
    return f"{rupees.normalize():f}"


def signature(values: Mapping[str, str], names: tuple[str, ...]) -> str:
    message = ",".join(f"{name}={values[name]}" for name in names)
    digest = hmac.new(settings.ESEWA_SECRET_KEY.encode(), message.encode(), hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


def _outcome(word: str, request: LookupRequest) -> Outcome:
    if word == "NOT_FOUND":
        return request.outcome_of_unknown(now=timezone.now())
    return OUTCOMES.get(word, Outcome.UNKNOWN)


def _rupees(value: Any) -> Decimal | None:
    """Return rupees of a number or of text with thousands commas, None for anything else."""
    return number(value.replace(",", "") if isinstance(value, str) else value)
