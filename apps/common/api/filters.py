"""Filters that lists of several apps use."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django_filters import rest_framework as filters

from apps.common.api.fields import LARGEST_ID


class IdFilter(filters.NumberFilter):
    """Rows of one id; none for an unknown one. Whose rows they may be, the list decides."""

    field_class = forms.IntegerField

    def __init__(self, field_name: str) -> None:
        super().__init__(field_name=field_name, min_value=0, max_value=LARGEST_ID)


def values_asked(data: Any, name: str) -> list[str]:
    """Return the values of a parameter that is repeated, or holds several with commas between them."""
    given: list[str] = data.getlist(name) if hasattr(data, "getlist") else [data.get(name) or ""]
    return [value.strip() for values in given for value in values.split(",") if value.strip()]


class Several(forms.SelectMultiple):
    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[str]:
        return values_asked(data, name)


class AnyOfFilter(filters.MultipleChoiceFilter):
    """Rows with any of the values asked for: `?status=pending,confirmed`, or repeated."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", "Any of these: repeated, or with commas between them.")
        super().__init__(widget=Several, **options)

    def filter(self, queryset: QuerySet[Any], value: list[str]) -> QuerySet[Any]:
        return queryset.filter(**{f"{self.field_name}__in": value}) if value else queryset
