"""Days, weeks and months of a span. Pure."""

from collections.abc import Iterator
from datetime import date, timedelta

DAY, WEEK, MONTH = "day", "week", "month"
GROUPS = (DAY, WEEK, MONTH)
# Four years of days: more is no picture, and no answer that anybody waits for.
MOST_PERIODS = 1500
LONGEST_BY_DAY = 92
LONGEST_BY_WEEK = 731


def usual_group(first: date, last: date) -> str:
    """Return what a span is grouped by unless somebody says: so that there are some tens of periods."""
    days = (last - first).days + 1
    if days <= LONGEST_BY_DAY:
        return DAY
    return WEEK if days <= LONGEST_BY_WEEK else MONTH


def beginning(day: date, group_by: str) -> date:
    """Return the first day of a day's period; weeks begin on Monday."""
    if group_by == WEEK:
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if group_by == MONTH else day


def periods(first: date, last: date, group_by: str) -> Iterator[tuple[date, date]]:
    """Yield the periods that a span touches, each with its first and last day inside the span."""
    begins = beginning(first, group_by)
    while begins <= last:
        follows = following(begins, group_by)
        yield max(begins, first), min(follows - timedelta(days=1), last)
        begins = follows


def following(begins: date, group_by: str) -> date:
    if group_by == MONTH:
        return (begins + timedelta(days=31)).replace(day=1)
    return begins + timedelta(days=7 if group_by == WEEK else 1)


def how_many(first: date, last: date, group_by: str) -> int:
    """Return how many periods a span touches, without going through them."""
    begins, ends = beginning(first, group_by), beginning(last, group_by)
    if group_by == MONTH:
        return (ends.year - begins.year) * 12 + ends.month - begins.month + 1
    return (ends - begins).days // (7 if group_by == WEEK else 1) + 1
