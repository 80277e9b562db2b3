"""Fields of the admin's forms that take text."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from apps.common.text import UnfitText, cleaned


class LineFormField(forms.CharField):
    """One line of text. What shows nothing counts as left out."""

    keeps_lines = False

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return text
        try:
            return cleaned(text, lines=self.keeps_lines) or self.empty_value
        except UnfitText as error:
            raise ValidationError(str(error), code="invalid_text") from error


class LinesFormField(LineFormField):
    """Text of several lines."""

    keeps_lines = True
