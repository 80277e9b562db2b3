"""Rollups, and which days are not rolled up yet. They hold nothing that the raw rows don't."""

from apps.analytics.models.days import BegunDay, BookedDay, Day, MoneyDay, ReviewedDay, ServiceMonth
from apps.analytics.models.dirty import DirtyDay, Family, RollUpLock

__all__ = [
    "BegunDay",
    "BookedDay",
    "Day",
    "DirtyDay",
    "Family",
    "MoneyDay",
    "ReviewedDay",
    "RollUpLock",
    "ServiceMonth",
]
