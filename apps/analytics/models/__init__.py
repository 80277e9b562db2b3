"""Rollups, and which days are not rolled up yet. Purged drafts alone are not in the raw rows too."""

from apps.analytics.models.days import BegunDay, BookedDay, Day, MoneyDay, ReviewedDay, ServiceMonth
from apps.analytics.models.dirty import DirtyDay, Family, RollUpLock
from apps.analytics.models.purged import PurgedDrafts

__all__ = [
    "BegunDay",
    "BookedDay",
    "Day",
    "DirtyDay",
    "Family",
    "MoneyDay",
    "PurgedDrafts",
    "ReviewedDay",
    "RollUpLock",
    "ServiceMonth",
]
