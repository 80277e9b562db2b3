"""The first slot of services that can be booked, for pages that show many of them."""

import logging
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.core.cache import cache
from django.http import Http404
from redis.exceptions import RedisError

from apps.common.localtime import local, today
from apps.slots.selectors.schedules import Wish
from apps.slots.selectors.slots import bookable_offer, nearest_slots

logger = logging.getLogger(__name__)

WEEKS = 2
# Cards of a page; whoever books reads the slots themselves, which are fresh.
CACHED_SECONDS = 60
NOTHING = {"date": None, "start_time": None, "starts_at": None}


def next_available(service_ids: Sequence[int], *, now: datetime) -> list[dict[str, Any]]:
    """Return the first bookable slot of each service within two weeks, in the order asked.

    At most a minute old. Nothing for a service that has none, is not offered or doesn't exist.
    """
    keys = {pk: f"next-available:{pk}" for pk in service_ids}
    known = _remembered(list(keys.values()))
    found = {pk: _first_slot(pk, now=now) for pk, key in keys.items() if key not in known}
    _remember({keys[pk]: slot for pk, slot in found.items()})
    return [{"service": pk, **(found[pk] if pk in found else known[key])} for pk, key in keys.items()]


def _first_slot(service_id: int, *, now: datetime) -> dict[str, Any]:
    try:
        rules = bookable_offer(service_id, Wish()).rules
    except Http404:
        return NOTHING
    last = today(now) + timedelta(weeks=WEEKS)
    for week in range(WEEKS):
        # What is nearest to a midnight before which there is nothing is the first one after it.
        midnight = today(now) + timedelta(weeks=week)
        for slot in nearest_slots(rules, midnight, time.min, wish=Wish(), now=now, count=1):
            starts_at = local(slot.starts_at)
            if starts_at.date() <= last:
                return {
                    "date": starts_at.date().isoformat(),
                    "start_time": starts_at.time().isoformat(),
                    "starts_at": starts_at.isoformat(),
                }
    return NOTHING


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
