"""A user's private calendar address: made, renewed, switched off."""

import logging
import secrets
from datetime import datetime

from apps.accounts.models import User
from apps.bookings.models import CalendarFeed
from apps.common.encryption import keyed_hash

logger = logging.getLogger(__name__)

SECRET_BYTES = 16


def calendar_feed_renew(*, user: User, now: datetime) -> str:
    """Make a user's address, or a new one in the place of their old one; return its secret, 128 random bits.

    It is told this once: afterwards nobody can read it anywhere.
    """
    secret = secrets.token_urlsafe(SECRET_BYTES)
    made = {"secret_hash": keyed_hash(secret), "created_at": now}
    CalendarFeed.objects.update_or_create(user=user, defaults=made)
    logger.info("calendar address of user %s renewed", user.pk)
    return secret


def calendar_feed_switch_off(*, user: User) -> None:
    """Let a user's address lead nowhere. Quiet where there is none."""
    CalendarFeed.objects.filter(user=user).delete()
