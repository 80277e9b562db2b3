"""ConnectIPS, of Nepal Clearing House: https://doc.connectips.com. It counts in paisa."""

import base64
import secrets
from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import timezone

from apps.common.money import from_paisa, to_paisa
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
from apps.payments.gateways.connectips.signing import private_key, signature
from apps.payments.gateways.defaults import MethodDefaults
from apps.payments.gateways.needed_settings import NeededSettings
from apps.payments.gateways.returns import Brings, Return

LOGIN_PAGE = "connectipswebgw/loginpage"
VALIDATION = "connectipswebws/api/creditor/validatetxn"
# With `SB-` in front 19 of the 20 characters that it takes.
REFERENCE_BYTES = 8
# It names no lifetime of its login page; until then "not found" and "incomplete" say nothing.
FORM_LIFETIME = timedelta(minutes=30)
OUTCOMES = {"SUCCESS": Outcome.PAID, "FAILED": Outcome.FAILED}
# What ERROR says of a payment that nobody has finished. Any other ERROR is one of the call.
UNFINISHED = ("TRANSACTION NOT FOUND", "TRANSACTION INCOMPLETE")


class ConnectipsGateway(Gateway):
    code = "connectips"
    defaults = MethodDefaults(
        name="ConnectIPS",
        name_ne="कनेक्ट आईपीएस",
        payment_type="bank",
        description="Pay now from your bank account.",
        description_ne="आफ्नो बैंक खाताबाट अहिले नै तिर्नुहोस्।",
        icon="connectips",
        min_amount=Decimal("10.00"),
    )
    needs = NeededSettings(
        switch="CONNECTIPS_PRIVATE_KEY",
        others=(
            "CONNECTIPS_URL",
            "CONNECTIPS_MERCHANT_ID",
            "CONNECTIPS_APP_ID",
            "CONNECTIPS_APP_NAME",
            "CONNECTIPS_PASSWORD",
        ),
        reads=private_key,
        public={"CONNECTIPS_APP_ID": "MER-550-APP-1"},
        is_optional=True,
    )
    # Registered with it beforehand, one address for all payments.
    comes_back = Return(
        brings=Brings.REFERENCE,
        parameter="TXNID",
        parameter_text="The payment's `transaction_id`: all that is read.",
        description="The browser comes back from ConnectIPS, paid or not; asks ConnectIPS, and sends it on.",
    )
    can_be_asked = True

    def new_reference(self) -> str:
        return f"SB-{secrets.token_hex(REFERENCE_BYTES)}"

    def initiate(self, request: InitiateRequest) -> InitiateAnswer:
        """Sign the form that the browser posts; nothing is sent from here.

        The remarks hold no title: a comma would split what is signed, and banks print few letters.
        """
        signed = {
            "MERCHANTID": str(settings.CONNECTIPS_MERCHANT_ID),
            "APPID": settings.CONNECTIPS_APP_ID,
            "APPNAME": settings.CONNECTIPS_APP_NAME,
            "TXNID": request.reference,
            "TXNDATE": timezone.localdate().strftime("%d-%m-%Y"),
            "TXNCRNCY": "NPR",
            "TXNAMT": str(to_paisa(request.amount)),
            "REFERENCEID": request.order_reference,
            "REMARKS": request.order_reference,
            "PARTICULARS": request.order_reference,
        }
        token = signature({**signed, "TOKEN": "TOKEN"})
        return InitiateAnswer(
            action=FormPost(url=_address(LOGIN_PAGE), fields={**signed, "TOKEN": token}),
            expires_at=timezone.now() + FORM_LIFETIME,
        )

    def lookup(self, request: LookupRequest) -> LookupAnswer:
        answer = http.call("POST", _address(VALIDATION), headers=_login(), json=_question(request))
        body = answer.json_object()
        word, said = checked.word(body.get("status")), checked.word(body.get("statusDesc"))
        outcome = _outcome(word, said, request)
        if answer.status >= 500 or outcome is None or "referenceId" not in body:
            is_refusal = answer.status == 401 or (answer.status < 500 and word == "ERROR")
            raise GatewayError(
                f"HTTP {answer.status}: {said or 'not an answer'}",
                permanent=is_refusal,
                raw=answer.text,
                status=answer.status,
            )
        found = LookupAnswer(
            outcome=outcome,
            word=said if word == "ERROR" else word,
            amount=_rupees(body.get("txnAmt")),
            is_of_another=not _is_ours(body, request),
            raw=answer.text,
        )
        if found.amount is None and (found.speaks_of_money or found.is_of_another):
            raise GatewayError(f"HTTP {answer.status}: no amount", raw=answer.text)
        return found.without_empty_amount()


def _address(path: str) -> str:
    return f"{settings.CONNECTIPS_URL.rstrip('/')}/{path}"


def _login() -> dict[str, str]:
    login = f"{settings.CONNECTIPS_APP_ID}:{settings.CONNECTIPS_PASSWORD}"
    return {"Authorization": f"Basic {base64.b64encode(login.encode()).decode()}"}


def _question(request: LookupRequest) -> dict[str, Any]:
    """Its `referenceId` is the form's TXNID, not the form's REFERENCEID."""
    paisa = to_paisa(request.amount)
    signed = {
        "MERCHANTID": str(settings.CONNECTIPS_MERCHANT_ID),
        "APPID": settings.CONNECTIPS_APP_ID,
        "REFERENCEID": request.reference,
        "TXNAMT": str(paisa),
    }
    return {
        "merchantId": settings.CONNECTIPS_MERCHANT_ID,
        "appId": settings.CONNECTIPS_APP_ID,
        "referenceId": request.reference,
        "txnAmt": paisa,
        "token": signature(signed),
    }


def _outcome(word: str, said: str, request: LookupRequest) -> Outcome | None:
    """Return what an answer means, None where it is an error of the call.

    "Incomplete" may stay for ever, also for who cancelled: it keeps nobody from trying again.
    """
    if word == "ERROR" and said.upper() in UNFINISHED:
        return request.outcome_of_unknown(now=timezone.now())
    return None if word in ("", "ERROR") else OUTCOMES.get(word, Outcome.UNKNOWN)


def _is_ours(body: Mapping[str, Any], request: LookupRequest) -> bool:
    named = (body["referenceId"], body.get("appId"), str(body.get("merchantId")))
    return named == (request.reference, settings.CONNECTIPS_APP_ID, str(settings.CONNECTIPS_MERCHANT_ID))


def _rupees(paisa: object) -> Decimal | None:
    """Return rupees, None for what is no whole number of paisa. It prints `"500"` and `1000.00`."""
    found = number(paisa)
    return from_paisa(int(found)) if found is not None and found == found.to_integral_value() else None
