"""The OpenAPI document across apps: the wizard's examples, and what a switched off part leaves of it."""

from typing import Any

import pytest
from drf_spectacular.generators import SchemaGenerator
from pytest_django.fixtures import Settings

from apps.bookings.models import BookingStep
from apps.bookings.wizard.api.examples import STEP_REQUEST
from apps.common.errors import STATUS_OF_CODE

PAYMENTS_UNDER_WAY = {
    "/api/payment-methods/",
    "/api/payments/",
    "/api/payments/{payment_id}/",
    "/api/payments/{payment_id}/verify/",
    "/api/payments/process-khalti-payment/",
    "/api/payments/khalti/return/",
    "/api/payments/esewa/return/{transaction_id}/",
    "/api/payments/connectips/return/",
}


def documented() -> dict[str, Any]:
    """Return the paths of the document."""
    paths: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    return paths


def test_every_step_of_the_wizard_has_an_example_that_it_takes() -> None:
    body = documented()["/api/booking-wizard/create-step/"]["post"]["requestBody"]
    examples = [example["value"] for example in body["content"]["application/json"]["examples"].values()]

    assert {example["booking_step"] for example in examples} == set(list(BookingStep)[:-1])
    for example in examples:
        step = STEP_REQUEST.serializers[example["booking_step"]](data=example)
        assert step.is_valid(), step.errors


def test_what_can_conflict_names_codes_of_the_contract() -> None:
    for path, methods in documented().items():
        for method, operation in methods.items():
            named = operation["responses"].get("409", {}).get("description", "").split("`")[1::2]
            assert set(named) <= STATUS_OF_CODE.keys(), (method, path)
            assert named or "409" not in operation["responses"], (method, path)


@pytest.mark.parametrize(
    ("flag", "gone"),
    [
        ("ENABLE_NEW_BOOKING_WIZARD", "/api/booking-wizard/"),
        ("ENABLE_BOOKING_SLOTS", "/api/booking-slots/"),
        ("ENABLE_PAYMENT_INTEGRATION", "/api/payments/initiate/"),
    ],
)
def test_a_part_that_is_off_leaves_only_itself_out(settings: Settings, flag: str, gone: str) -> None:
    before = documented().keys()
    setattr(settings, flag, False)

    left_out = before - documented().keys()

    assert left_out == {path for path in before if path.startswith(gone)} != set()
    assert before - left_out >= PAYMENTS_UNDER_WAY


def test_facets_and_pictures_are_components_of_their_own() -> None:
    components = SchemaGenerator().get_schema(request=None, public=True)["components"]["schemas"]

    assert components["PaginatedServiceList"]["properties"]["facets"] == {
        "$ref": "#/components/schemas/ServiceFacets"
    }
    assert set(components["ServiceFacets"]["properties"]) == {"categories", "cities", "price"}
    assert {"Facet", "PriceRange", "ImageSet", "ImageSizes"} <= components.keys()
