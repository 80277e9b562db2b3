"""JSON bodies and forms, read so that nothing a client sends becomes a server error."""

from collections.abc import Mapping
from typing import IO, Any

import orjson
from django.core.exceptions import RequestDataTooBig
from rest_framework.exceptions import ParseError
from rest_framework.parsers import DataAndFiles, JSONParser, MultiPartParser

# A file may have 5 MB; the rest is for the other fields.
LARGEST_FORM = 6 * 1024 * 1024


class JsonParser(JSONParser):
    """UTF-8 JSON through orjson, which refuses lone surrogates, infinite numbers and bottomless nesting.

    Integers beyond 64 bits come as floats, which no field takes for an id.
    """

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        # Django limits `body` to DATA_UPLOAD_MAX_MEMORY_SIZE, but not what is read from the stream.
        body = parser_context["request"].body if parser_context else stream.read()
        try:
            return orjson.loads(body)
        except orjson.JSONDecodeError as error:
            raise ParseError(f"JSON parse error - {error}") from error


class FormParser(MultiPartParser):
    """A form with a file. Django bounds what of it goes to memory, but not what goes to the disk."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> DataAndFiles:
        length = parser_context["request"].META.get("CONTENT_LENGTH", "") if parser_context else ""
        if str(length).isdecimal() and int(length) > LARGEST_FORM:
            raise RequestDataTooBig("The form is larger than 6 MB.")
        return super().parse(stream, media_type, parser_context)
