"""Every amount and every fee: what the gateway is asked for is what the booking costs, to the paisa."""

from decimal import ROUND_HALF_UP, Decimal

from hypothesis import example, given, settings
from hypothesis import strategies as st

from apps.common.money import from_paisa, to_paisa
from apps.payments.gateways.base import InitiateRequest
from apps.payments.gateways.esewa.gateway import EsewaGateway, amount_text
from apps.payments.gateways.khalti.gateway import _order
from apps.payments.models import PaymentMethod
from apps.payments.pricing import fee_for

nets = st.integers(1, 99_999_999).map(from_paisa)
percents = st.integers(0, 1000).map(from_paisa)


def request_for(total: Decimal) -> InitiateRequest:
    return InitiateRequest(
        reference="SB-1",
        order_reference="SB-2",
        amount=total,
        title="Cleaning",
        return_url="https://example.com/back",
        website_url="https://example.com/",
        customer_name="Kamala",
        customer_email="kamala@example.com",
        customer_phone="+9779841234567",
    )


def total_of(net: Decimal, percent: Decimal) -> Decimal:
    return net + fee_for(net, PaymentMethod(processing_fee_percentage=percent))


@settings(deadline=None, max_examples=300)
@given(net=nets, percent=percents)
@example(net=Decimal("0.01"), percent=Decimal("10.00"))
@example(net=Decimal("999999.99"), percent=Decimal("10.00"))
@example(net=Decimal("0.50"), percent=Decimal("1.00"))
def test_both_gateways_are_asked_for_exactly_what_the_booking_costs(net: Decimal, percent: Decimal) -> None:
    total = total_of(net, percent)
    assert total == total.quantize(Decimal("0.01"))
    paisa = _order(request_for(total))["amount"]
    assert isinstance(paisa, int)
    assert Decimal(paisa) / 100 == total
    fields = EsewaGateway().initiate(request_for(total)).action.fields  # type: ignore[union-attr]
    assert Decimal(fields["total_amount"]) == Decimal(fields["amount"]) == total


@settings(deadline=None, max_examples=300)
@given(net=nets, percent=percents)
@example(net=Decimal("0.50"), percent=Decimal("1.00"))
def test_a_fee_is_rounded_once_halves_up(net: Decimal, percent: Decimal) -> None:
    exact = net * percent / 100
    fee = total_of(net, percent) - net
    assert fee == exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    assert abs(fee - exact) <= Decimal("0.005")


@settings(deadline=None, max_examples=300)
@given(total=nets)
@example(total=Decimal("1000000.00"))
@example(total=Decimal("100.00"))
def test_an_amount_survives_the_way_there_and_back(total: Decimal) -> None:
    assert from_paisa(to_paisa(total)) == total
    text = amount_text(total)
    assert Decimal(text) == total
    assert "E" not in text
    # eSewa's status call answers with a JSON number.
    assert Decimal(str(float(text))) == total
