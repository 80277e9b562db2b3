"""A request's body as values."""

from typing import Any

from rest_framework.request import Request
from rest_framework.serializers import Serializer


def valid_body(
    serializer_class: type[Serializer[Any]], request: Request, *, partial: bool = False
) -> dict[str, Any]:
    """Return the body's fields; `partial` asks for none of them. Raises ValidationError."""
    body = serializer_class(data=request.data, partial=partial)
    body.is_valid(raise_exception=True)
    values: dict[str, Any] = body.validated_data
    return values
