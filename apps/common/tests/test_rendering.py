import json
from decimal import Decimal

import pytest
from django.utils.translation import gettext_lazy

from apps.common.openapi import ErrorItemSerializer
from apps.common.rendering import JsonRenderer, to_json


def test_an_answer_without_a_body_is_empty() -> None:
    assert JsonRenderer().render(None) == b""


def test_decimals_and_lazy_texts_become_strings() -> None:
    answer = {"price": Decimal("1500.00"), "label": gettext_lazy("Yes"), 1: ("a", "b")}

    assert json.loads(to_json(answer)) == {"price": "1500.00", "label": "Yes", "1": ["a", "b"]}


def test_what_serializers_answer_is_written_as_json() -> None:
    answer = ErrorItemSerializer({"code": "a", "detail": "सेवा", "attr": None}).data

    assert to_json(answer).decode() == '{"code":"a","detail":"सेवा","attr":null}'


def test_anything_else_is_a_mistake() -> None:
    with pytest.raises(TypeError):
        to_json({"a": object()})
