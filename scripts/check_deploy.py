"""Run Django's deployment checks with settings as in production, made up on the spot. Connects to nothing."""

import base64
import os
import secrets
import subprocess
import sys

COMMAND = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]


def production() -> dict[str, str]:
    return {
        "DEBUG": "False",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "FIELD_ENCRYPTION_KEYS": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "ALLOWED_HOSTS": "sewabazaar.example",
        "CSRF_TRUSTED_ORIGINS": "https://sewabazaar.example",
        "CORS_ALLOWED_ORIGINS": "https://www.sewabazaar.example",
        "PUBLIC_URL": "https://sewabazaar.example",
        "SECURE_SSL_REDIRECT": "True",
        "FRONTEND_URL": "https://www.sewabazaar.example",
        "DATABASE_URL": "postgres://sewabazaar@database.example:5432/sewabazaar",
        "REDIS_URL": "redis://redis.example:6379/0",
        "EMAIL_URL": "smtp+tls://sewabazaar@mail.example:587",
        "DEFAULT_FROM_EMAIL": "bookings@sewabazaar.example",
        "KHALTI_PUBLIC_KEY": secrets.token_hex(16),
        "KHALTI_SECRET_KEY": secrets.token_hex(16),
        "KHALTI_BASE_URL": "https://khalti.com/api/v2",
        "ESEWA_PRODUCT_CODE": "SEWABAZAAR",
        "ESEWA_SECRET_KEY": secrets.token_hex(16),
        "ESEWA_FORM_URL": "https://epay.esewa.com.np/api/epay/main/v2/form",
        "ESEWA_STATUS_URL": "https://epay.esewa.com.np/api/epay/transaction/status/",
        "SELLER_PAN": "600000000",
    }


if __name__ == "__main__":
    sys.exit(subprocess.run(COMMAND, env={**os.environ, **production()}, check=False).returncode)
