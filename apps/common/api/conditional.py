"""Answers that a client may ask for again and again: an ETag, and 304 where nothing has changed."""

import hashlib
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter

from apps.common.rendering import to_json

ETAG = OpenApiParameter(
    "If-None-Match",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description="The ETag of the answer you have: 304.",
)


def json_with_etag(request: HttpRequest, data: Any) -> HttpResponse:
    """Return the answer as JSON with an ETag of its text, or 304 where the client has it already."""
    return with_etag(request, to_json(data), "application/json")


def with_etag(request: HttpRequest, body: bytes, content_type: str) -> HttpResponse:
    """Return a body with an ETag of it, or 304 where the client has it already."""
    return made_unless_known(request, body, lambda: body, content_type)


def made_unless_known(
    request: HttpRequest, facts: bytes, make: Callable[[], bytes], content_type: str
) -> HttpResponse:
    """As `with_etag`, for a body that costs more than the `facts` that it follows from.

    It is made for those who haven't got it. A private answer has an ETag too, for programs that keep it
    themselves; `PrivateAnswersMiddleware` tells caches not to.
    """
    etag = f'"{hashlib.blake2b(facts, digest_size=16).hexdigest()}"'
    known = [tag.strip().removeprefix("W/") for tag in request.headers.get("If-None-Match", "").split(",")]
    response = (
        HttpResponse(status=304)
        if etag in known or "*" in known
        else HttpResponse(make(), content_type=content_type)
    )
    response["ETag"] = etag
    response["Cache-Control"] = "no-cache"
    return response
