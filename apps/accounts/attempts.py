"""How many failures an account and an address may have, counted in the database for all processes.

An attempt counts before it is looked at and is taken back when it succeeds, so that of a burst of parallel
guesses no more than the limit is ever looked at. A window begins with the first attempt that counts.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone
from rest_framework.exceptions import Throttled

from apps.accounts.models import AttemptCount
from apps.common.encryption import keyed_hash
from apps.common.throttling import parsed_rate

# An office shares an address, and a victim must not be locked out by one address alone.
ALONE = 10
MAILS_AN_HOUR = 5


class TooManyAttempts(Throttled):
    """429 with `Retry-After`."""

    def __init__(self, seconds: int) -> None:
        super().__init__(wait=seconds)
        self.seconds = seconds


@dataclass(frozen=True)
class Limit:
    """At most `attempts` of one subject in a window."""

    subject: str
    attempts: int
    window: timedelta


def failure_limits(scope: str, *, account: str, address: str) -> list[Limit]:
    """Return the limits of `THROTTLE_LOGIN` for one attempt; none where it is switched off.

    Everybody has the same order, account before address: no two attempts wait for each other's rows.
    """
    rate = parsed_rate(settings.THROTTLE_LOGIN)
    if rate is None:
        return []
    attempts, window = rate[0], timedelta(seconds=rate[1])
    return [
        Limit(keyed_hash(f"{scope}\n{account}\n{address}"), attempts, window),
        Limit(keyed_hash(f"{scope} account\n{account}"), attempts * ALONE, window),
        Limit(keyed_hash(f"{scope} address\n{address}"), attempts * ALONE, window),
    ]


def register_limits(*, address: str) -> list[Limit]:
    """Return the limit of `THROTTLE_REGISTER` for one address; none where it is switched off."""
    rate = parsed_rate(settings.THROTTLE_REGISTER)
    if rate is None:
        return []
    return [Limit(keyed_hash(f"registrations\n{address}"), rate[0], timedelta(seconds=rate[1]))]


def request_limits(scope: str, *, address: str) -> list[Limit]:
    """Return the limit of one address for what any request may bring about, failed or not."""
    return failure_limits(scope, account="", address=address)[-1:]


def mail_limit(scope: str, *, account: str) -> list[Limit]:
    """Return how many mails of a kind an account gets; no limit where `THROTTLE_LOGIN` is switched off."""
    if not settings.THROTTLE_LOGIN:
        return []
    return [Limit(keyed_hash(f"{scope} mail\n{account}"), MAILS_AN_HOUR, timedelta(hours=1))]


def mails_limit(*, account: str) -> list[Limit]:
    """Return the limit of `THROTTLE_MAIL` for the mails of all kinds; none where it is switched off."""
    rate = parsed_rate(settings.THROTTLE_MAIL)
    if rate is None:
        return []
    return [Limit(keyed_hash(f"mails\n{account}"), rate[0], timedelta(seconds=rate[1]))]


def attempt_begin(limits: Sequence[Limit]) -> None:
    """Count one attempt against every limit; where one is reached, count nothing. Raises TooManyAttempts."""
    if not limits:
        return
    now = timezone.now()
    AttemptCount.objects.bulk_create(
        [AttemptCount(subject=limit.subject, started_at=now) for limit in limits], ignore_conflicts=True
    )
    with transaction.atomic():
        for limit in limits:
            if not _counted(limit, now):
                raise TooManyAttempts(_seconds_left(limit, now))


def attempt_forgive(limits: Sequence[Limit]) -> None:
    """Take an attempt back that was no failure."""
    for limit in limits:  # one by one: a single UPDATE would lock the rows in any order
        AttemptCount.objects.filter(subject=limit.subject, count__gt=0).update(count=F("count") - 1)


def _counted(limit: Limit, now: datetime) -> bool:
    begins_anew = Q(started_at__lte=now - limit.window) | Q(count=0)
    below = AttemptCount.objects.filter(begins_anew | Q(count__lt=limit.attempts), subject=limit.subject)
    changed = below.update(
        count=Case(When(begins_anew, then=Value(1)), default=F("count") + 1),
        started_at=Case(When(begins_anew, then=Value(now)), default=F("started_at")),
    )
    return changed == 1


def _seconds_left(limit: Limit, now: datetime) -> int:
    row = AttemptCount.objects.filter(subject=limit.subject).first()
    left = row.started_at + limit.window - now if row else timedelta()
    return max(1, math.ceil(left.total_seconds()))
