from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

# Browsers apply form-action to every address a submitted form is redirected to, and the merchant's return
# address redirects on to wherever its front end runs. The rest is as strict as it can be.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self' http: https:; "
    "base-uri 'none'; frame-ancestors 'none'"
)


def page(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A sandbox page under its own strict policy: no script, no style but ours, no outside address."""
    response = render(request, f"sandbox/{template}", context, status=status)
    response["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
    return response
