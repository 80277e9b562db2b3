"""What a production process refuses to start on. What is merely unwise, `check --deploy` says."""

import environ
from django.core.exceptions import ImproperlyConfigured

from apps.payments.gateways.registry import GATEWAYS

NEEDED_BY_GATEWAYS = [gateway.needs for gateway in GATEWAYS.values() if gateway.needs is not None]
REQUIRED = (
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "CSRF_TRUSTED_ORIGINS",
    "CORS_ALLOWED_ORIGINS",
    "FIELD_ENCRYPTION_KEYS",
    # Empty is an explicit "we don't offer it"; unset would mean the sandbox.
    *(needed.switch for needed in NEEDED_BY_GATEWAYS if not needed.is_optional),
)
NEVER_EMPTY = ("SECRET_KEY", "ALLOWED_HOSTS", "FIELD_ENCRYPTION_KEYS")


def refuse_development_values(
    *, env: environ.Env, sandbox_url: str, secret_key: str, development_secret: str
) -> None:
    """Raise ImproperlyConfigured that names each variable at fault."""
    values = {name: str(env.ENVIRON.get(name, "")) for name in env.ENVIRON}
    problems = [f"{name} is not set" for name in REQUIRED if name not in values]
    problems += [f"{name} is empty" for name in NEVER_EMPTY if values.get(name) == ""]
    if secret_key == development_secret:
        problems.append("SECRET_KEY is the development default")
    for needed in NEEDED_BY_GATEWAYS:
        problems += needed.problems(values, sandbox_url=sandbox_url)
    if problems:
        raise ImproperlyConfigured("DEBUG is off, and " + "; ".join(problems) + ". See .env.example.")
