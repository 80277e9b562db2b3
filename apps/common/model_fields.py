"""Columns for what people type: forms of the admin, commands and serializers clean it by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models

from apps.common.form_fields import LineFormField, LinesFormField
from apps.common.text import UnfitText, cleaned

if TYPE_CHECKING:
    from django.db.models.expressions import Combinable

    CharField = models.CharField[str | Combinable, str]
    TextField = models.TextField[str | Combinable, str]
else:
    CharField, TextField = models.CharField, models.TextField


class LineField(CharField):
    """One line of text. To migrations it is a `CharField`: the database knows no difference."""

    def to_python(self, value: Any) -> Any:
        return _cleaned(super().to_python(value), lines=False)

    def get_prep_value(self, value: Any) -> Any:
        """Return it as it is: what is stored or looked up has been cleaned, or is nobody's typing."""
        return CharField.to_python(self, models.Field.get_prep_value(self, value))

    def formfield(self, **options: Any) -> Any:
        return super().formfield(**{"form_class": LineFormField, **options})

    def deconstruct(self) -> Any:
        name, _, args, options = super().deconstruct()
        return name, "django.db.models.CharField", args, options


class LinesField(TextField):
    """Text of several lines. To migrations it is a `TextField`."""

    def to_python(self, value: Any) -> Any:
        return _cleaned(super().to_python(value), lines=True)

    def get_prep_value(self, value: Any) -> Any:
        return TextField.to_python(self, models.Field.get_prep_value(self, value))

    def formfield(self, **options: Any) -> Any:
        return super().formfield(**{"form_class": LinesFormField, **options})

    def deconstruct(self) -> Any:
        name, _, args, options = super().deconstruct()
        return name, "django.db.models.TextField", args, options


def _cleaned(value: Any, *, lines: bool) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return cleaned(value, lines=lines)
    except UnfitText as error:
        raise ValidationError(str(error), code="invalid_text") from error
