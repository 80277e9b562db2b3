"""The first start of a service that can be taken, found without computing all the others.

For each member arithmetic says before which instant nothing can be free. `free_starts` has the last word,
member by member, until nobody who is left could be earlier.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, tzinfo

from apps.slots.availability import earliest_start, free_starts
from apps.slots.calendar import hours_on
from apps.slots.clock import A_DAY, LocalDay, since_midnight
from apps.slots.schedule import Member, ReservationPeriod, Rules
from apps.slots.timeline import Period, Timeline, merged


class OpenTime:
    """The time of each day at which a member is not off: found once for all services that they do."""

    def __init__(self) -> None:
        self._of_member: dict[tuple[int, date], list[Period]] = {}
        self._of_provider: dict[tuple[Timeline[Period], date], list[Period]] = {}

    def on(self, member: Member, day: LocalDay) -> list[Period]:
        key = member.id, day.date
        if key not in self._of_member:
            self._of_member[key] = _without(self._of_everybody(member.closed, day), member.time_off)
        return self._of_member[key]

    def _of_everybody(self, closed: Timeline[Period], day: LocalDay) -> list[Period]:
        key = closed, day.date
        if key not in self._of_provider:
            self._of_provider[key] = _without([Period(day.begins_at, day.ends_at)], closed)
        return self._of_provider[key]


def first_free_start(
    rules: Rules,
    members: Sequence[Member],
    days: Iterable[LocalDay],
    *,
    open_time: OpenTime,
    now: datetime,
    zone: tzinfo,
) -> datetime | None:
    """Return the first of the starts of these days, which are in order, that can be taken."""
    earliest = earliest_start(rules, now)
    for day in days:
        if day.ends_at <= earliest:
            continue
        candidates = _candidates(rules, members, day, open_time, earliest)
        found = _first_of(rules, candidates, day, earliest, now=now, zone=zone)
        if found is not None:
            return found
    return None


Candidate = tuple[datetime, Member, list[Period]]


def _candidates(
    rules: Rules, members: Sequence[Member], day: LocalDay, open_time: OpenTime, earliest: datetime
) -> list[Candidate]:
    """Return who may be free that day and from when on, the first first, with their open time."""
    found: list[Candidate] = []
    for member in members:
        left = open_time.on(member, day)
        bound = _bound(rules, member, day, left, earliest)
        if bound is not None:
            found.append((bound, member, left))
    return sorted(found, key=lambda candidate: candidate[0])


def _first_of(
    rules: Rules,
    candidates: Iterable[Candidate],
    day: LocalDay,
    earliest: datetime,
    *,
    now: datetime,
    zone: tzinfo,
) -> datetime | None:
    best: datetime | None = None
    for bound, member, open_time in candidates:
        if best is not None and best <= bound:
            break
        left = _without(open_time, _taken(rules, member, day))
        if _bound(rules, member, day, left, earliest) is None:
            continue
        start = next(iter(free_starts(rules, [member], [day.date], now=now, zone=zone)[day.date]), None)
        if start is not None and (best is None or start < best):
            best = start
    return best


def _bound(
    rules: Rules, member: Member, day: LocalDay, open_time: Sequence[Period], earliest: datetime
) -> datetime | None:
    """Return an instant before which the member has no free start that day; None where they have none."""
    if not open_time:
        return None
    if not day.is_regular:
        return day.begins_at
    first = min(
        (
            one.starts_at
            for one in member.overrides
            if one.is_available and day.begins_at <= one.starts_at < day.ends_at
        ),
        default=None,
    )
    fitting = [
        period for period in open_time if period.ends_at - max(period.starts_at, earliest) >= rules.length
    ]
    for opens, closes in hours_on(member, day) if fitting else ():
        opens_at = day.begins_at + since_midnight(opens)
        if first is not None and first <= opens_at:
            break
        closes_at = day.begins_at + (since_midnight(closes) or A_DAY)
        start = _first_step(rules, opens_at, closes_at, fitting, earliest)
        if start is not None and (first is None or start < first):
            first = start
    return first


def _first_step(
    rules: Rules, opens_at: datetime, closes_at: datetime, open_time: Iterable[Period], earliest: datetime
) -> datetime | None:
    """Return the first start of a working interval, counted in its steps, that fits into the open time."""
    for period in open_time:
        if period.starts_at >= closes_at:
            break
        if period.ends_at <= opens_at:
            continue
        since = max(opens_at, period.starts_at, earliest)
        start = opens_at - (opens_at - since) // rules.duration * rules.duration
        if start + rules.length <= min(period.ends_at, closes_at):
            return start
    return None


def _taken(rules: Rules, member: Member, day: LocalDay) -> Iterator[Period]:
    """Yield what surely is in the way of the service that day: less than all where slots have seats."""
    has_seats = rules.seats > 1 or any(one.seats is not None for one in member.overrides)
    for reservation in member.reservations:
        if not (has_seats and reservation.service_id == rules.service_id):
            yield _with_buffers(rules, reservation)
    for one in member.overrides:
        if not one.is_available and day.begins_at <= one.starts_at < day.ends_at:
            yield Period(one.starts_at, one.ends_at)


def _with_buffers(rules: Rules, reservation: ReservationPeriod) -> Period:
    return Period(reservation.starts_at - rules.buffer_after, reservation.ends_at + rules.buffer_before)


def _without(open_time: list[Period], taken: Iterable[Period]) -> list[Period]:
    """Return what is left of time that is open, in order, once other periods are taken from it."""
    if not open_time:
        return open_time
    begins_at, ends_at = open_time[0].starts_at, open_time[-1].ends_at
    near = merged(one for one in taken if one.starts_at < ends_at and one.ends_at > begins_at)
    if not near:
        return open_time
    timeline = Timeline(near)
    return [part for period in open_time for part in _parts(period, timeline)]


def _parts(period: Period, taken: Timeline[Period]) -> Iterator[Period]:
    since = period.starts_at
    for one in reversed(list(taken.overlapping(period.starts_at, period.ends_at))):
        if since < one.starts_at:
            yield Period(since, one.starts_at)
        since = one.ends_at
    if since < period.ends_at:
        yield Period(since, period.ends_at)
