"""Random schedules."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from apps.slots.availability import Member, Period, ReservationPeriod, Rules, SlotOverride
from apps.slots.tests.oracle import A_DAY, MINUTE, clock_of

KATHMANDU, BERLIN = ZoneInfo("Asia/Kathmandu"), ZoneInfo("Europe/Berlin")
# The last two are the days on which Berlin's clocks go forward and back.
PLACES = [
    (KATHMANDU, date(2027, 3, 28)),
    (BERLIN, date(2027, 3, 27)),
    (BERLIN, date(2027, 3, 28)),
    (BERLIN, date(2027, 10, 31)),
]
places = st.sampled_from(PLACES)
durations = st.sampled_from([5, 20, 30, 45, 60, 90, 120, 420, A_DAY])
buffers = st.sampled_from([0, 0, 5, 15, 40, 240, A_DAY])
minutes_of_day = st.integers(0, A_DAY // 5).map(lambda steps: steps * 5)


def clock_time(minute: int) -> time:
    return time(minute // 60 % 24, minute % 60)


@st.composite
def hours(draw: st.DrawFn) -> list[tuple[time, time]]:
    """Up to three working intervals of a day that do not overlap, the last perhaps until midnight."""
    edges = sorted(draw(st.sets(minutes_of_day, max_size=6)))
    return [
        (clock_time(opens), clock_time(closes))
        for opens, closes in zip(edges[::2], edges[1::2], strict=False)
    ]


@st.composite
def rules(draw: st.DrawFn) -> Rules:
    return Rules(
        service_id=1,
        duration=draw(durations) * MINUTE,
        buffer_before=draw(buffers) * MINUTE,
        buffer_after=draw(buffers) * MINUTE,
        seats=draw(st.integers(1, 3)),
        min_notice=draw(st.sampled_from([0, 60, 600])) * MINUTE,
        max_advance_days=draw(st.integers(1, 3)),
    )


def moments(zone: ZoneInfo, day: date) -> st.SearchStrategy[datetime]:
    """Instants that the wall clock shows on that day, to five minutes."""
    clock = clock_of(day, zone)
    return minutes_of_day.filter(lambda minute: minute in clock and minute < A_DAY).map(clock.__getitem__)


@st.composite
def closures(draw: st.DrawFn, zone: ZoneInfo, day: date) -> list[Period]:
    """Up to two times off of a whole provider, perhaps of several days."""
    lengths = st.sampled_from([45, 600, 2 * A_DAY]).map(lambda length: length * MINUTE)
    drawn = draw(st.lists(st.tuples(moments(zone, day), lengths), max_size=2))
    return [Period(start, start + length) for start, length in drawn]


@st.composite
def members(draw: st.DrawFn, zone: ZoneInfo, day: date, service: Rules) -> Member:
    """A member with hours, time off, overrides, and reservations of this service and of another."""
    starts = moments(zone, day)
    lengths = st.integers(1, 60).map(lambda steps: steps * timedelta(minutes=5))

    def periods(most: int) -> list[Period]:
        drawn = draw(st.lists(st.tuples(starts, lengths), max_size=most))
        return [Period(start, start + length) for start, length in drawn]

    reservations = [
        ReservationPeriod(2, period.starts_at + timedelta(minutes=5), period.starts_at, period.ends_at)
        for period in periods(3)
    ]
    for start in draw(st.lists(starts, max_size=2)):
        reservations += [
            ReservationPeriod(1, start, start - service.buffer_before, start + service.duration)
        ] * draw(st.integers(1, 4))
    overrides: dict[datetime, Any] = {
        period.starts_at: SlotOverride(
            period.starts_at, period.ends_at, draw(st.booleans()), draw(st.sampled_from([None, 1, 4]))
        )
        for period in periods(3)
    }
    return Member(
        id=draw(st.integers(1, 9)),
        gender="",
        hours={day.weekday(): draw(hours())},
        time_off=periods(2),
        overrides=list(overrides.values()),
        reservations=reservations,
    )
