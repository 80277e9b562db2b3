"""Work that waits in rows of a table: leased by one process at a time, tried again, counted.

A row of such a table has `leased_until`. No lock is held while somebody else's server thinks.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import models, transaction
from django.db.models import Q, QuerySet

Row = TypeVar("Row", bound=models.Model)

LONGEST_BACK_OFF = timedelta(hours=6)
# Whom a row is about says nothing so often in a row: it is down, and its other rows wait for the next pass.
SILENT_IN_A_ROW = 5
SILENT = "unanswered"
PUT_OFF = "put off"


def lease_take(rows: QuerySet[Row], *, now: datetime, lease: timedelta, **columns: Any) -> Row | None:
    """Return the first row that nobody else is working on, or None; `columns` are written with the lease.

    It is ours until `lease` is over. Locked rows are passed over: whoever holds the lock may be taking
    the same lease.
    """
    free = rows.filter(Q(leased_until=None) | Q(leased_until__lte=now))
    with transaction.atomic():
        row = free.select_for_update(skip_locked=True, no_key=True, of=("self",)).first()
        if row is not None:
            rows.model._default_manager.filter(pk=row.pk).update(leased_until=now + lease, **columns)
    return row


def back_off(tries: int) -> timedelta:
    """Return how long to wait after so many tries: a minute, doubled each time, at most six hours."""
    return min(timedelta(minutes=2 ** min(max(tries - 1, 0), 16)), LONGEST_BACK_OFF)


class Tally(Counter[str]):
    """How many rows came to which result."""

    def in_words(self, what: str) -> str:
        """Return it as a line: `3 refunds: 2 completed, 1 unanswered`."""
        parts = ", ".join(f"{count} {result.replace('_', ' ')}" for result, count in sorted(self.items()))
        return f"{self.total()} {what}" + (f": {parts}" if parts else "")


class Breaker:
    """Counts the silences of each side, and is open for one that seems to be down."""

    def __init__(self, limit: int = SILENT_IN_A_ROW) -> None:
        self._limit = limit
        self._silences: Counter[str] = Counter()

    def is_open(self, side: str) -> bool:
        return self._silences[side] >= self._limit

    def note(self, side: str, *, is_silent: bool) -> None:
        self._silences[side] = self._silences[side] + 1 if is_silent else 0


def work_through(rows: Iterable[tuple[int, str]], work: Callable[[int], str]) -> Tally:
    """Work on each row, given as its id and the side that it is about; count by what `work` returns.

    It returns "" for a row that somebody else has, and `SILENT` where the side did not answer.
    """
    tally, breaker = Tally(), Breaker()
    for row_id, side in rows:
        if breaker.is_open(side):
            tally[PUT_OFF] += 1
            continue
        result = work(row_id)
        breaker.note(side, is_silent=result == SILENT)
        if result:
            tally[result] += 1
    return tally
