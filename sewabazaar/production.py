"""What a production process refuses to start on. What is merely unwise, `check --deploy` says."""

from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

# An empty gateway secret is an explicit "we don't offer it"; an unset one would mean the sandbox.
REQUIRED = (
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "CSRF_TRUSTED_ORIGINS",
    "CORS_ALLOWED_ORIGINS",
    "FIELD_ENCRYPTION_KEYS",
    "KHALTI_SECRET_KEY",
    "ESEWA_SECRET_KEY",
)
NEVER_EMPTY = ("SECRET_KEY", "ALLOWED_HOSTS", "FIELD_ENCRYPTION_KEYS")
GATEWAY_ADDRESSES = {
    "KHALTI_SECRET_KEY": ("KHALTI_BASE_URL",),
    "ESEWA_SECRET_KEY": ("ESEWA_PRODUCT_CODE", "ESEWA_FORM_URL", "ESEWA_STATUS_URL"),
}
# Printed in the vendor's documentation, so everybody can sign with it.
PUBLIC_ESEWA_VALUES = {"ESEWA_SECRET_KEY": "8gBm/:&EnhH.1/q", "ESEWA_PRODUCT_CODE": "EPAYTEST"}


def refuse_development_values(
    *, env: environ.Env, sandbox_url: str, secret_key: str, development_secret: str
) -> None:
    """Raise ImproperlyConfigured that names each variable at fault."""
    values = {name: str(env.ENVIRON.get(name, "")) for name in env.ENVIRON}
    problems = [f"{name} is not set" for name in REQUIRED if name not in values]
    problems += [f"{name} is empty" for name in NEVER_EMPTY if values.get(name) == ""]
    if secret_key == development_secret:
        problems.append("SECRET_KEY is the development default")
    for secret, addresses in GATEWAY_ADDRESSES.items():
        if not values.get(secret):
            continue
        for name in addresses:
            if not values.get(name):
                problems.append(f"{name} is not set, but {secret} is")
            elif values[name].startswith(sandbox_url) or urlsplit(values[name]).path.startswith("/sandbox/"):
                problems.append(f"{name} points at the sandbox")
    problems += [
        f"{name} is the vendor's public test value"
        for name, public in PUBLIC_ESEWA_VALUES.items()
        if values.get(name) == public
    ]
    if problems:
        raise ImproperlyConfigured("DEBUG is off, and " + "; ".join(problems) + ". See .env.example.")
