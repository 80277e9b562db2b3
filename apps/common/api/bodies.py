"""A request's body, or the parameters in its address, as values."""

from typing import Any

from rest_framework.exceptions import ParseError
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


def require_body(request: Request) -> None:
    """Raise ParseError for a request without a body; an empty object is one."""
    if request.stream is None:
        raise ParseError("There is no body.")


def valid_query(serializer_class: type[Serializer[Any]], request: Request) -> dict[str, Any]:
    """Return the parameters in the address. Raises ValidationError."""
    query = serializer_class(data=request.query_params.dict())
    query.is_valid(raise_exception=True)
    values: dict[str, Any] = query.validated_data
    return values
