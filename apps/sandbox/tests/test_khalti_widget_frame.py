"""The stand-in for Khalti's older widget: its script, and the page that it opens in a frame."""

import html
import json
import re
from typing import Any

import pytest
from django.test import Client

from apps.sandbox.models import KhaltiPayment
from apps.sandbox.tests.conftest import KhaltiCall

FRAME = "/sandbox/khalti/widget/frame/"
SITE = "http://127.0.0.1:3000"
PRODUCT = {
    "amount": "1000",
    "product_identity": "7",
    "product_name": "SewaBazaar 7",
    "product_url": SITE,
    "origin": SITE,
}


def told(page: Any) -> dict[str, str]:
    """Return what the page tells the one around it."""
    found = re.findall(r'data-(\w+)="([^"]*)"', page.content.decode())
    return {name: html.unescape(value) for name, value in found}


def test_the_script_brings_the_widget(client: Client) -> None:
    answer = client.get("/sandbox/khalti/widget.js")

    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert "window.KhaltiCheckout" in answer.content.decode()


def test_the_site_may_frame_it_and_nothing_inline_runs(client: Client) -> None:
    answer = client.get(FRAME, PRODUCT)

    policy = answer["Content-Security-Policy"]
    assert answer.status_code == 200
    assert "X-Frame-Options" not in answer
    assert "frame-ancestors 'self' http://127.0.0.1:3000 http://127.0.0.1:* http://localhost:*" in policy
    assert "unsafe-inline" not in policy


def test_who_pays_gets_a_token_that_verify_takes(client: Client, khalti: KhaltiCall) -> None:
    told_to_site = told(client.post(FRAME, {**PRODUCT, "decision": "pay"}))

    payload = json.loads(told_to_site["payload"])
    assert (told_to_site["realm"], told_to_site["origin"]) == ("success", SITE)
    assert (payload["amount"], payload["product_identity"]) == (1000, "7")
    assert khalti("v2/payment/verify/", {"token": payload["token"], "amount": 1000}).status_code == 200


@pytest.mark.parametrize(("decision", "realm"), [("cancel", "close"), ("error", "error"), ("", "close")])
def test_who_does_not_pay_gets_none(client: Client, db: None, decision: str, realm: str) -> None:
    assert told(client.post(FRAME, {**PRODUCT, "decision": decision}))["realm"] == realm
    assert not KhaltiPayment.objects.exists()


@pytest.mark.parametrize("change", [{"amount": "999"}, {"amount": "a"}, {"product_identity": ""}])
def test_what_khalti_refuses_is_refused(client: Client, db: None, change: dict[str, str]) -> None:
    assert client.get(FRAME, {**PRODUCT, **change}).status_code == 400


def test_only_an_origin_is_told(client: Client, db: None) -> None:
    answer = client.post(FRAME, {**PRODUCT, "origin": "javascript:alert(1)", "decision": "cancel"})

    assert told(answer)["origin"] == SITE
