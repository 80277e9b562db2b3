"""Bringing the rollups up to date: days that have changed are counted again from the raw rows."""

from collections import Counter
from collections.abc import Callable
from datetime import date

from django.db import transaction

from apps.analytics.facts.sources import TABLES
from apps.analytics.models import DirtyDay, Family, RollUpLock
from apps.analytics.statements.recount import days_marked, days_recount, days_unmark, plan_for_sums
from apps.analytics.statements.service_months import months_recount
from apps.common.database import sweep

DAYS_AT_ONCE = 120


class AnotherRollsUp(Exception):
    """Another machine is at it."""


class RolledUp(Counter[str]):
    """How many days of each kind were counted again; `is_elsewhere` where another machine is at it."""

    is_elsewhere = False

    def __str__(self) -> str:
        if not self:
            return "another machine is at it" if self.is_elsewhere else "nothing to do"
        return ", ".join(f"{days} days of {family}" for family, days in self.items())


def days_roll_up(*, progress: Callable[[int], object] = lambda days: None) -> RolledUp:
    """Count every dirty day again, and return how many there were of each kind.

    Each batch of days is a transaction, so that what is done stays done. Safe on several machines at once:
    one does it, the others return.
    """
    done = RolledUp()
    try:
        for family in Family:
            while days := _batch(family):
                done[family.value] += len(days)
                progress(len(days))
    except AnotherRollsUp:
        done.is_elsewhere = True
        return done
    if done:
        # Else whoever asks goes through all marks that there were, and PostgreSQL expects as many again.
        sweep(DirtyDay, *(TABLES[Family(name)] for name, days in done.items() if days > DAYS_AT_ONCE))
    return done


@transaction.atomic
def _batch(family: Family) -> list[date]:
    """Roll up a kind's first dirty days, and return them."""
    _lock()
    plan_for_sums()
    days = days_marked(family, most=DAYS_AT_ONCE)
    if days:
        # A mark that comes after this stays, and its day dirty, also where its change is counted already.
        days_unmark(family, days)
        days_recount(family, days)
        if family == Family.BOOKED:
            months_recount(days)
    return days


def _lock() -> None:
    RollUpLock.objects.get_or_create(pk=1)
    if not RollUpLock.objects.select_for_update(skip_locked=True).filter(pk=1).exists():
        raise AnotherRollsUp
