import json
from typing import Any

from django.http import HttpRequest


def request_body(request: HttpRequest) -> dict[str, Any]:
    """The fields of a JSON or form body; nothing at all for a body that is neither."""
    if request.content_type != "application/json":
        return {name: str(value) for name, value in request.POST.items()}
    try:
        body = json.loads(request.body or b"{}")
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def wants_page(request: HttpRequest) -> bool:
    """Whether a browser asks, which gets a page where a script gets JSON."""
    return "text/html" in request.headers.get("Accept", "")
