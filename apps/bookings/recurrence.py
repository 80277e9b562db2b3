"""On which days a booking recurs. Pure; local dates."""

from dataclasses import dataclass
from datetime import date, datetime, time

from dateutil.rrule import MONTHLY, WEEKLY, rrule

from apps.bookings.models import OnConflict, RecurringFrequency

FEWEST, MOST = 2, 26
# Every month has it; a later day needs a stand-in.
SHORTEST_MONTH = 28


@dataclass(frozen=True, slots=True)
class Recurrence:
    """How often a customer wants a booking, the first one included, and whether all of them or none."""

    frequency: str
    count: int
    on_conflict: str = OnConflict.SKIP


def occurrences(first: date, frequency: str, count: int) -> list[date]:
    """Return `count` days, the first one included: every week, every other week, or once a month.

    Monthly is the same day of the month; a month that lacks it takes its last day, and the next one has the
    day of the first again. Plain `rrule` would leave such a month out.
    """
    start = datetime.combine(first, time.min)
    if frequency == RecurringFrequency.MONTHLY:
        days = range(min(first.day, SHORTEST_MONTH), first.day + 1)
        rule = rrule(MONTHLY, dtstart=start, count=count, bymonthday=days, bysetpos=-1)
    else:
        weeks = 2 if frequency == RecurringFrequency.BIWEEKLY else 1
        rule = rrule(WEEKLY, dtstart=start, count=count, interval=weeks)
    return [moment.date() for moment in rule]
