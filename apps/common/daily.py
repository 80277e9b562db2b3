"""Limits that count by the marketplace's day."""

import math
from datetime import datetime

from rest_framework.exceptions import Throttled

from apps.common.localtime import day_bounds, marketplace_zone, today


def day_began(now: datetime) -> datetime:
    """Return when the local day began."""
    return day_bounds(today(now), marketplace_zone())[0]


def enough_for_today(detail: str, *, now: datetime) -> Throttled:
    """Return the error for who has used a day's limit up; `Retry-After` says when the next day begins."""
    _, ends = day_bounds(today(now), marketplace_zone())
    return Throttled(wait=math.ceil((ends - now).total_seconds()), detail=detail)
