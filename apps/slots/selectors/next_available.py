"""The first slot of services that can be booked, for pages that show many of them."""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from django.core.cache import cache
from redis.exceptions import RedisError

from apps.common.errors import DomainError
from apps.common.localtime import local, marketplace_zone, today
from apps.services.models import Service, ServiceStatus
from apps.slots.availability import earliest_start
from apps.slots.clock import local_day
from apps.slots.first_start import OpenTime, first_free_start
from apps.slots.selectors.schedules import rules_of
from apps.slots.selectors.teams import teams_of

logger = logging.getLogger(__name__)

# Days ahead. Nearly every service has something free in the first ones, and the rest isn't read.
STAGES = (range(2), range(2, 15))
# Cards of a page; whoever books reads the slots themselves, which are fresh.
CACHED_SECONDS = 60
WAITS_SECONDS = 4
COME_AGAIN_SECONDS = 5
NOTHING = {"date": None, "start_time": None, "starts_at": None}
TURN = Lock()


def next_available(service_ids: Sequence[int], *, now: datetime) -> list[dict[str, Any]]:
    """Return the first bookable slot of each service within two weeks, in the order asked.

    At most a minute old. Nothing for a service that has none, is not offered or doesn't exist. Raises
    `unavailable` where the work for others doesn't end.
    """
    keys = {pk: f"next-available:{pk}" for pk in service_ids}
    known = _remembered(list(keys.values()))
    if len(known) < len(keys):
        known |= _computed_in_turn({pk: key for pk, key in keys.items() if key not in known}, now=now)
    return [{"service": pk, **known[key]} for pk, key in keys.items()]


def _computed_in_turn(keys: Mapping[int, str], *, now: datetime) -> dict[str, dict[str, Any]]:
    """Let one request of this process compute at a time: those that wait find it in the cache."""
    if not TURN.acquire(timeout=WAITS_SECONDS):
        detail = "Others ask for free times. Please try again in a few seconds."
        raise DomainError("unavailable", detail, retry_after=COME_AGAIN_SECONDS)
    try:
        known = _remembered(list(keys.values()))
        missing = [pk for pk, key in keys.items() if key not in known]
        found = {keys[pk]: _shown(start) for pk, start in _first_starts(missing, now=now).items()}
        _remember(found)
        return known | found
    finally:
        TURN.release()


def _first_starts(service_ids: Sequence[int], *, now: datetime) -> dict[int, datetime | None]:
    """Return the first bookable start of each service, or None."""
    zone, first = marketplace_zone(), today(now)
    found: dict[int, datetime | None] = dict.fromkeys(service_ids)
    services = Service.objects.filter(
        pk__in=service_ids, status=ServiceStatus.ACTIVE, provider__is_active=True
    )
    waiting = {service.pk: rules_of(service) for service in services} if service_ids else {}
    for ahead in STAGES:
        days = [local_day(first + timedelta(days=number), zone) for number in ahead]
        asked = {pk: rules for pk, rules in waiting.items() if earliest_start(rules, now) < days[-1].ends_at}
        if not asked:
            continue
        teams, open_time = teams_of(asked, days[0].date, days[-1].date, now=now), OpenTime()
        for pk, rules in asked.items():
            found[pk] = first_free_start(rules, teams[pk], days, open_time=open_time, now=now, zone=zone)
        waiting = {pk: rules for pk, rules in waiting.items() if found[pk] is None}
    return found


def _shown(start: datetime | None) -> dict[str, Any]:
    if start is None:
        return NOTHING
    at = local(start)
    return {
        "date": at.date().isoformat(),
        "start_time": at.time().isoformat(),
        "starts_at": at.isoformat(),
    }


def _remembered(keys: list[str]) -> dict[str, dict[str, Any]]:
    try:
        return cache.get_many(keys)
    except (OSError, RedisError):  # without a cache it only takes longer
        logger.exception("the cache is away")
        return {}


def _remember(slots: dict[str, dict[str, Any]]) -> None:
    try:
        cache.set_many(slots, timeout=CACHED_SECONDS)
    except (OSError, RedisError):
        logger.exception("the cache is away")
