"""Which SMS services there are. The first that has its credentials is used; without one there is no SMS."""

from apps.notifications.sms.base import SmsBackend
from apps.notifications.sms.sparrow import SparrowSms

BACKENDS: dict[str, SmsBackend] = {
    "sparrow": SparrowSms(),
}


def sms_backend() -> SmsBackend | None:
    """Return the service in use, None where SMS is off."""
    return next((backend for backend in BACKENDS.values() if backend.is_configured()), None)
