"""No field that takes text goes past the rule for it, whoever adds it: the API's, the models', the forms'."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.apps import apps
from django.db import models
from drf_spectacular.generators import SchemaGenerator
from rest_framework import serializers

from apps.accounts.api.serializers import EmailField, PasswordField
from apps.common.api.fields import TextField
from apps.common.encryption import EncryptedTextField
from apps.common.model_fields import LineField, LinesField

# What no person types: made by the system, a gateway or a table of ours.
MADE_BY_MACHINES = {
    "accounts.AttemptCount": {"subject"},
    "accounts.EndedSession": {"session"},
    "accounts.PhoneCode": {"phone", "code_hash"},
    "accounts.UsedRefreshToken": {"jti"},
    "accounts.User": {"password", "phone"},  # Django's hash; `clean` brings phones into shape
    "analytics": {"scope", "method", "reason"},
    "bookings.Booking": {"reference", "phone", "payment_method", "payment_status"},
    "bookings.BookingEvent": {"from_status", "to_status"},
    "bookings.CalendarFeed": {"secret_hash"},
    "common.IdempotencyKey": {"method", "path", "key", "body_hash"},
    "notifications.Delivery": {"message_id", "last_error"},
    "payments.Payment": {
        "currency",
        "transaction_id",
        "gateway_transaction_id",
        "gateway_token_hash",
        "failure_reason",
    },
    "payments.PaymentEvent": {
        "operation",
        "from_status",
        "to_status",
        "detail",
        "digest",
        "request_id",
    },
    "payments.Receipt": {"fiscal_year", "seller_name", "seller_pan", "customer_name", "service_title"},
    "payments.ReceiptCounter": {"fiscal_year"},
    "payments.RefundKey": {"key_hash", "body_hash"},
    "services.Service": {"search_text"},
}
ASCII_ALONE = (models.SlugField, models.EmailField, models.FileField, serializers.SlugField)


def subclasses(of: type[Any]) -> Iterator[type[Any]]:
    for one in of.__subclasses__():
        yield from subclasses(one)
        if one.__module__.startswith("apps.") and ".tests." not in one.__module__:
            yield one


def ours(of: type[Any]) -> list[type[Any]]:
    """Return the product's own classes; the sandbox stands in for others."""
    SchemaGenerator().get_schema(request=None, public=True)  # imports whatever the API is made of
    return [one for one in subclasses(of) if not one.__module__.startswith("apps.sandbox")]


def is_bare_text(field: Any) -> bool:
    """Return whether a serializer takes text here that nothing cleans. What it only answers has no bounds."""
    if not isinstance(field, serializers.CharField) or isinstance(field, ASCII_ALONE) or field.read_only:
        return False
    return field.max_length is not None and not isinstance(field, TextField | EmailField | PasswordField)


def bare_fields(serializer_class: type[Any]) -> set[str]:
    try:
        fields = serializer_class().fields
    except AssertionError:  # an abstract one, without a model
        return set()
    return {f"{serializer_class.__name__}.{name}" for name, field in fields.items() if is_bare_text(field)}


def test_every_text_that_the_api_takes_is_cleaned() -> None:
    bare = set[str]().union(*map(bare_fields, ours(serializers.Serializer)))
    assert bare == set(), "make these TextField or TextLinesField"


def test_every_text_that_the_api_takes_is_bounded() -> None:
    """So none escapes the test above for want of a bound."""
    schema = SchemaGenerator().get_schema(request=None, public=True)
    parts, everything = schema["components"]["schemas"], json.dumps(schema)
    unbounded = [
        f"{name}.{attribute}"
        for name, part in parts.items()
        if name.endswith("Request") and f'/{name}"' in everything
        for attribute, takes in part.get("properties", {}).items()
        if takes.get("type") == "string" and not {"maxLength", "enum", "format", "pattern"} & takes.keys()
    ]
    assert unbounded == []


def machine_made(model: type[models.Model]) -> set[str]:
    return MADE_BY_MACHINES.get(model._meta.label, set()) | MADE_BY_MACHINES.get(model._meta.app_label, set())


def test_every_column_that_people_type_into_is_cleaned() -> None:
    bare = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("apps.") and not model.__module__.startswith("apps.sandbox")
        if not model._meta.proxy
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not isinstance(field, (LineField, LinesField, EncryptedTextField, *ASCII_ALONE))
        and not field.choices
        and field.name not in machine_made(model)
    ]
    assert bare == [], "make these LineField or LinesField, or say above who writes them"


@pytest.mark.parametrize("form_class", ours(forms.Form), ids=lambda form: form.__name__)
def test_every_form_of_the_admin_cleans_its_text(form_class: type[forms.Form]) -> None:
    bare = [
        name
        for name, field in form_class.base_fields.items()
        if type(field) is forms.CharField and "password" not in name
    ]
    assert bare == []
