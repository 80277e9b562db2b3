"""Serializer fields that several apps use."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Model, QuerySet
from rest_framework import serializers

from apps.common.bikram_sambat import bikram_sambat_iso
from apps.common.image_fields import WIDTHS
from apps.common.image_reading import UnfitImage
from apps.common.images import Picture, reencoded_image
from apps.common.localtime import today
from apps.common.phones import LONGEST_INPUT, InvalidPhone, normalised_phone
from apps.common.text import UnfitText, cleaned

LARGEST_ID = 2**63 - 1
MOST_REFERENCES = 100


class IdField(serializers.IntegerField):
    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=0, max_value=LARGEST_ID, **options)


class BikramSambatField(serializers.CharField):
    """A day of an answer, also that of an instant, in the calendar of Nepal; null beyond its tables."""

    def __init__(self, **options: Any) -> None:
        super().__init__(read_only=True, allow_null=True, **options)

    def to_representation(self, value: date) -> str | None:  # type: ignore[override]
        return bikram_sambat_iso(today(value) if isinstance(value, datetime) else value)


class TextField(serializers.CharField):
    """One line of text that somebody types. What shows nothing counts as blank.

    Every field that takes text is one of these, but passwords.
    """

    keeps_lines = False

    def run_validation(self, data: Any = serializers.empty) -> Any:
        if isinstance(data, str):
            try:
                data = cleaned(data, lines=self.keeps_lines)
            except UnfitText as error:
                raise serializers.ValidationError(str(error), code="invalid_text") from error
        return super().run_validation(data)


class TextLinesField(TextField):
    """Text of several lines."""

    keeps_lines = True


class UploadedImageField(serializers.FileField):
    """A picture for a `SizedImageField`, re-encoded: what comes out are files that we wrote."""

    def to_internal_value(self, data: Any) -> Picture:
        upload = super().to_internal_value(data)
        try:
            return reencoded_image(upload, widths=WIDTHS)
        except UnfitImage as error:
            raise serializers.ValidationError(str(error), code="invalid_image") from error


class ReferencesField(serializers.ListField):
    """A list of ids, answered by the rows themselves. One query, whatever the number of ids."""

    default_error_messages = {"does_not_exist": 'Invalid pk "{pk_value}" - object does not exist.'}

    def __init__(self, *, queryset: QuerySet[Any], **options: Any) -> None:
        self.queryset = queryset
        super().__init__(
            child=serializers.IntegerField(min_value=1, max_value=LARGEST_ID),
            max_length=MOST_REFERENCES,
            **options,
        )

    def to_internal_value(self, data: Any) -> list[Model]:
        ids: list[int] = super().to_internal_value(data)
        if len(ids) > MOST_REFERENCES:
            self.fail("max_length", max_length=MOST_REFERENCES)
        rows = self.queryset.in_bulk(ids)
        for pk_value in ids:
            if pk_value not in rows:
                self.fail("does_not_exist", pk_value=pk_value)
        return list(rows.values())


class PhoneField(TextField):
    """A phone number of Nepal, with or without `+977`; comes out in E.164."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", LONGEST_INPUT)
        options.setdefault("help_text", "Of Nepal, with or without +977; answered in E.164.")
        super().__init__(**options)

    def to_internal_value(self, data: Any) -> str:
        text = super().to_internal_value(data)
        try:
            return normalised_phone(text)
        except InvalidPhone as error:
            raise serializers.ValidationError(str(error), code="invalid_phone") from error
