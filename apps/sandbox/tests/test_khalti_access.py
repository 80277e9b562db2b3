import pytest
from django.conf import settings
from django.test import Client

from apps.sandbox.tests.orders import khalti_order

INITIATE = "/sandbox/khalti/api/v2/epayment/initiate/"
CALLS = [
    ("post", INITIATE),
    ("post", "/sandbox/khalti/api/v2/epayment/lookup/"),
    ("post", "/sandbox/khalti/api/v2/payment/verify/"),
    ("get", "/sandbox/khalti/api/v2/payment/status/"),
    ("get", "/sandbox/khalti/api/v2/merchant-transaction/"),
    ("get", "/sandbox/khalti/api/v2/merchant-transaction/abc/"),
    ("post", "/sandbox/khalti/api/merchant-transaction/abc/refund/"),
]

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("method", "path"), CALLS)
def test_a_wrong_key_is_refused(client: Client, method: str, path: str) -> None:
    answer = getattr(client, method)(path, headers={"Authorization": "Key test_secret_key_0000"})
    assert answer.status_code == 401
    assert answer.json() == {"detail": "Invalid token.", "status_code": 401}


@pytest.mark.parametrize(("method", "path"), CALLS)
@pytest.mark.parametrize("header", [None, "", "Key", "Key ", settings.KHALTI_SECRET_KEY, "Bearer abc"])
def test_a_call_without_a_key_is_refused(client: Client, method: str, path: str, header: str | None) -> None:
    headers = {} if header is None else {"Authorization": header}
    answer = getattr(client, method)(path, headers=headers)
    assert answer.status_code == 401
    assert answer.json() == {"detail": "Authentication credentials were not provided.", "status_code": 401}


@pytest.mark.parametrize("word", ["Key", "key", "KEY"])
def test_the_word_key_may_be_in_any_case(client: Client, word: str) -> None:
    header = {"Authorization": f"{word} {settings.KHALTI_SECRET_KEY}"}
    answer = client.post(INITIATE, khalti_order(), content_type="application/json", headers=header)
    assert answer.status_code == 200


def test_no_token_against_forged_requests_is_asked_for() -> None:
    strict = Client(enforce_csrf_checks=True, headers={"Authorization": f"Key {settings.KHALTI_SECRET_KEY}"})
    assert strict.post(INITIATE, khalti_order(), content_type="application/json").status_code == 200
