from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings
from rest_framework.exceptions import ValidationError
from rest_framework.test import APIClient

from apps.payments.models import PaymentMethod
from apps.payments.pricing import price_for
from apps.payments.selectors import payment_method_offered
from apps.services.models import Service

Methods = dict[str, PaymentMethod]


def codes(api: APIClient) -> list[str]:
    return [method["code"] for method in api.get("/api/payment-methods/").json()]


def test_everybody_sees_the_four_ways_to_pay(
    api: APIClient, methods: Methods, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        answer = api.get("/api/payment-methods/")
    assert answer.status_code == 200
    assert [method["code"] for method in answer.json()] == ["khalti", "esewa", "bank_transfer", "cash"]
    khalti = answer.json()[0]
    assert set(khalti) == {
        "id",
        "code",
        "name",
        "payment_type",
        "processing_fee_percentage",
        "min_amount",
        "max_amount",
        "icon",
        "description",
    }
    assert (khalti["min_amount"], khalti["max_amount"]) == ("10.00", "200000.00")
    assert khalti["processing_fee_percentage"] == "0.00"


def test_they_are_named_in_the_language_asked_for(api: APIClient, methods: Methods) -> None:
    call_command("create_default_payment_methods", stdout=StringIO())
    PaymentMethod.objects.filter(code="cash").update(name_ne="", description_ne="")
    english, nepali = (
        api.get("/api/payment-methods/", headers={"Accept-Language": language})
        for language in ("en", "ne-NP,en;q=0.5")
    )

    assert [method["name"] for method in english.json()] == ["Khalti", "eSewa", "Bank transfer", "Cash"]
    assert [method["name"] for method in nepali.json()] == ["खल्ती", "इसेवा", "बैंक ट्रान्सफर", "Cash"]
    assert english.json()[1]["description"] == "Pay now from your eSewa wallet."
    assert nepali.json()[1]["description"] == "इसेवा वालेटबाट अहिले नै तिर्नुहोस्।"
    assert "Accept-Language" in nepali["Vary"]


def test_one_that_is_switched_off_is_not_listed(api: APIClient, methods: Methods) -> None:
    PaymentMethod.objects.filter(code="esewa").update(is_active=False)
    assert codes(api) == ["khalti", "bank_transfer", "cash"]


def test_one_without_credentials_is_not_listed(api: APIClient, methods: Methods, settings: Settings) -> None:
    settings.KHALTI_SECRET_KEY = settings.ESEWA_SECRET_KEY = ""
    PaymentMethod.objects.filter(code="bank_transfer").update(configuration={})
    assert codes(api) == ["cash"]


def test_only_cash_is_listed_without_payment_integration(
    api: APIClient, methods: Methods, settings: Settings
) -> None:
    settings.ENABLE_PAYMENT_INTEGRATION = False
    assert codes(api) == ["cash"]
    with pytest.raises(ValidationError):
        payment_method_offered("khalti")


def test_the_command_runs_again_and_again(db: None) -> None:
    summaries = []
    for _ in range(2):
        output = StringIO()
        call_command("create_default_payment_methods", stdout=output)
        summaries.append(output.getvalue())
    assert summaries == [
        "Payment methods: 4 added, 0 there already.\n",
        "Payment methods: 0 added, 4 there already.\n",
    ]


def test_the_command_changes_nothing_that_an_admin_set(methods: Methods) -> None:
    PaymentMethod.objects.filter(code="khalti").update(
        name="Khalti wallet", name_ne="", is_active=False, processing_fee_percentage=Decimal("1.50")
    )
    PaymentMethod.objects.get(code="cash").delete()
    call_command("create_default_payment_methods", stdout=StringIO())
    khalti = PaymentMethod.objects.get(code="khalti")
    assert (khalti.name, khalti.name_ne, khalti.is_active) == ("Khalti wallet", "", False)
    assert khalti.processing_fee_percentage == Decimal("1.50")
    assert PaymentMethod.objects.count() == 4


@pytest.mark.parametrize(
    ("price", "discounted", "percent", "expected"),
    [
        ("1500.00", None, "0.00", ("1500.00", "0.00", "0.00", "1500.00")),
        ("1500.00", "1200.00", "0.00", ("1500.00", "300.00", "0.00", "1200.00")),
        ("1500.00", "1200.00", "2.50", ("1500.00", "300.00", "30.00", "1230.00")),
        ("0.50", None, "1.00", ("0.50", "0.00", "0.01", "0.51")),
        ("99.99", None, "2.50", ("99.99", "0.00", "2.50", "102.49")),
        ("999999.00", None, "10.00", ("999999.00", "0.00", "99999.90", "1099998.90")),
    ],
)
def test_the_price_has_discount_and_fee(
    methods: Methods, price: str, discounted: str | None, percent: str, expected: tuple[str, ...]
) -> None:
    service = Service(price=Decimal(price), discount_price=discounted and Decimal(discounted))
    khalti = methods["khalti"]
    khalti.processing_fee_percentage = Decimal(percent)
    computed = price_for(service, khalti)
    assert (computed.base, computed.discount, computed.fee, computed.total) == tuple(map(Decimal, expected))


@pytest.mark.parametrize(
    ("total", "is_offered"),
    [("9.89", False), ("10.00", True), ("198019.80", True), ("198019.81", False)],
)
def test_limits_count_with_the_fee(methods: Methods, total: str, is_offered: bool) -> None:
    PaymentMethod.objects.filter(code="khalti").update(processing_fee_percentage=Decimal("1.00"))
    if is_offered:
        assert payment_method_offered("khalti", Decimal(total)).code == "khalti"
    else:
        with pytest.raises(ValidationError) as raised:
            payment_method_offered("khalti", Decimal(total))
        assert "payment_method" in str(raised.value.detail)
