"""How much of a schedule there may be: enough for any firm, and what one read goes through quickly."""

from datetime import datetime

from django.conf import settings
from rest_framework.exceptions import ValidationError

from apps.accounts.models import User
from apps.slots.models import BookingSlot, TimeOff

MOST_INTERVALS_A_DAY = 8


def provider_locked(provider_id: int) -> None:
    """Lock a provider until the transaction ends, so that of two additions the later counts the earlier."""
    list(User.objects.filter(pk=provider_id).select_for_update(no_key=True).values_list("pk"))


def refuse_too_much_time_off(provider_id: int, *, now: datetime, besides: int = 0) -> None:
    """Raise ValidationError where a provider, members included, has as many periods ahead as may be."""
    ahead = TimeOff.objects.filter(provider=provider_id, ends_at__gt=now).exclude(pk=besides).count()
    if ahead >= settings.MAX_TIME_OFF_PER_PROVIDER:
        raise ValidationError(
            f"There may be at most {settings.MAX_TIME_OFF_PER_PROVIDER} periods of time off ahead.",
            code="too_many",
        )


def refuse_too_many_overrides(provider_id: int, *, now: datetime, besides: int = 0) -> None:
    """Raise ValidationError where as many slots ahead depart from a provider's hours as may."""
    overrides = BookingSlot.objects.filter(service__provider=provider_id, is_override=True)
    if overrides.filter(ends_at__gt=now).exclude(pk=besides).count() >= settings.MAX_DEPARTURES_PER_PROVIDER:
        raise ValidationError(
            f"At most {settings.MAX_DEPARTURES_PER_PROVIDER} slots ahead may depart from the hours.",
            code="too_many",
        )
