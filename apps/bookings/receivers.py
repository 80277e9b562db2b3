"""What bookings do when something happens below them."""

from typing import Any

from django.dispatch import receiver

from apps.accounts.events import password_replaced
from apps.accounts.models import User
from apps.bookings.actions import calendar_feed_switch_off


@receiver(password_replaced)
def end_calendar_address(user: User, **kwargs: Any) -> None:
    """A new password shuts everybody out who knew the old one, and so whoever they gave the address to."""
    calendar_feed_switch_off(user=user)
