"""Filters that lists of several apps use."""

from typing import Any

from django import forms
from django_filters import rest_framework as filters

from apps.common.api.fields import LARGEST_ID


class IdFilter(filters.NumberFilter):
    """Rows of one id; none for an unknown one. Whose rows they may be, the list decides."""

    field_class = forms.IntegerField

    def __init__(self, field_name: str) -> None:
        super().__init__(field_name=field_name, min_value=0, max_value=LARGEST_ID)


class AnyOfField(forms.MultipleChoiceField):
    def to_python(self, value: Any) -> list[str]:
        """Take `?status=a&status=b` as `?status=a,b`."""
        parts = [part.strip() for text in super().to_python(value) for part in text.split(",")]
        return [part for part in parts if part]


class AnyOfFilter(filters.MultipleChoiceFilter):
    """Rows with any of the values: a repeated parameter, or a list with commas."""

    field_class = AnyOfField
