"""What an operator should know before going live, beyond what the settings refuse."""

from typing import Any

from django.conf import settings
from django.core import checks

SHORTEST_KEY = 32
LOCAL = ("http://127.0.0.1", "http://localhost")


@checks.register(checks.Tags.security, deploy=True)
def development_values(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Warn of values that work on a developer's machine only."""
    found = []
    for name in ("PUBLIC_URL", "FRONTEND_URL"):
        if getattr(settings, name).startswith(LOCAL):
            found.append((f"{name} is an address of this machine: nobody's browser gets there.", name))
    if settings.EMAIL_BACKEND.endswith(".console.EmailBackend"):
        found.append(("Mails, with links that set a password, are printed to the console.", "EMAIL_URL"))
    if 0 < len(settings.SITE_KEY) < SHORTEST_KEY:
        found.append(("Whoever guesses the site's key escapes the throttles.", "SITE_KEY"))
    if "*" in settings.ALLOWED_HOSTS:
        found.append(("Any Host header is believed.", "ALLOWED_HOSTS"))
    return [
        checks.Warning(text, hint=f"Set {name}, see .env.example.", id=f"common.W00{number}")
        for number, (text, name) in enumerate(found, start=1)
    ]
