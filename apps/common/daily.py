"""Limits that count by the marketplace's day, or by the last 24 hours."""

import math
from datetime import datetime, timedelta

from rest_framework.exceptions import Throttled

from apps.common.errors import DomainError
from apps.common.localtime import day_bounds, marketplace_zone, today

DAY = timedelta(hours=24)


def day_began(now: datetime) -> datetime:
    """Return when the local day began."""
    return day_bounds(today(now), marketplace_zone())[0]


def enough_for_today(detail: str, *, now: datetime) -> Throttled:
    """Return the error for who has used a day's limit up; `Retry-After` says when the next day begins."""
    _, ends = day_bounds(today(now), marketplace_zone())
    return Throttled(wait=math.ceil((ends - now).total_seconds()), detail=detail)


def enough_for_a_day(detail: str, *, oldest: datetime, now: datetime) -> DomainError:
    """Return the error for a limit of the last 24 hours; `Retry-After` says when the oldest is a day old."""
    return DomainError("throttled", detail, retry_after=math.ceil((oldest + DAY - now).total_seconds()))
