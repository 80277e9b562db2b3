"""Availability against an oracle that counts minutes, over random schedules."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from apps.slots.availability import Period as Stretch
from apps.slots.availability import (
    best_member_slot,
    free_starts,
    is_bookable_at,
    lies_within,
    member_slots_on,
    slots_at,
    slots_on,
)
from apps.slots.clock import local_day
from apps.slots.first_start import OpenTime, first_free_start
from apps.slots.tests import strategies
from apps.slots.tests.oracle import MINUTE, slots_by_oracle
from apps.slots.timeline import Timeline, merged


@given(st.data())
def test_a_members_slots_are_what_counting_minutes_gives(data: st.DataObject) -> None:
    zone, day = data.draw(strategies.places)
    rules = data.draw(strategies.rules())
    member = data.draw(strategies.members(zone, day, rules))
    slots = list(member_slots_on(rules, member, day, zone=zone))
    assert {
        slot.starts_at: (slot.ends_at, slot.seats, slot.taken, slot.remaining) for slot in slots
    } == slots_by_oracle(rules, member, day, zone)
    assert len({slot.starts_at for slot in slots}) == len(slots)


@given(st.data())
def test_a_slot_is_shown_exactly_where_somebody_can_be_chosen(data: st.DataObject) -> None:
    zone, day = data.draw(strategies.places)
    rules = data.draw(strategies.rules())
    team = data.draw(
        st.lists(strategies.members(zone, day, rules), max_size=3, unique_by=lambda member: member.id)
    )
    now = data.draw(strategies.moments(zone, day)) - data.draw(st.integers(0, 2)) * timedelta(days=1)
    shown = {slot.starts_at: slot for slot in slots_on(rules, team, day, now=now, zone=zone)}
    counted = [slots_by_oracle(rules, member, day, zone) for member in team]
    anywhere = data.draw(st.lists(strategies.moments(zone, day), max_size=5))

    for start in [*shown, *anywhere]:
        chosen = best_member_slot(rules, team, start, now=now, zone=zone)
        is_shown = start in shown and shown[start].is_available
        assert is_shown == (chosen is not None)
        if is_shown:
            assert shown[start].remaining == sum(slots[start][3] for slots in counted if start in slots)
            assert is_bookable_at(rules, start, now=now, zone=zone)
    assert list(shown) == sorted(shown)


@given(st.data())
def test_every_slot_of_the_grid_lies_within_the_hours(data: st.DataObject) -> None:
    zone, day = data.draw(strategies.places)
    rules = data.draw(strategies.rules())
    member = data.draw(strategies.members(zone, day, rules))
    opened = {override.starts_at for override in member.overrides}
    for slot in member_slots_on(rules, member, day, zone=zone):
        if slot.starts_at not in opened:
            assert lies_within(member.hours, Stretch(slot.starts_at, slot.ends_at), zone)


@given(st.data())
def test_a_month_counts_what_its_days_show(data: st.DataObject) -> None:
    zone, middle = data.draw(strategies.places)
    days = [middle + timedelta(days=ahead) for ahead in (-1, 0, 1)]
    kept_length = data.draw(st.sampled_from([None, None, 45 * MINUTE, 100 * MINUTE]))
    rules = replace(data.draw(strategies.rules()), kept_length=kept_length)
    closed = Timeline(merged(data.draw(strategies.closures(zone, middle))))
    team = [
        replace(
            data.draw(strategies.members(zone, day, rules)),
            hours={day.weekday(): data.draw(strategies.hours()) for day in days},
            closed=closed,
        )
        for day in data.draw(st.lists(st.sampled_from(days), max_size=3))
    ]
    now = data.draw(strategies.moments(zone, middle)) - data.draw(st.integers(0, 2)) * timedelta(days=1)

    counted = free_starts(rules, team, days, now=now, zone=zone)

    for day in days:
        shown = slots_on(rules, team, day, now=now, zone=zone)
        bookable = [slot.starts_at for slot in shown if slot.is_available]
        assert list(counted[day]) == bookable
        assert len(counted[day]) == len(bookable)
        assert slots_at(rules, team, counted[day], now=now, zone=zone) == [
            slot for slot in shown if slot.is_available
        ]


@given(st.data())
def test_the_first_free_start_is_the_first_of_all(data: st.DataObject) -> None:
    zone, middle = data.draw(strategies.places)
    days = [middle + timedelta(days=ahead) for ahead in (-1, 0, 1)]
    rules = data.draw(strategies.rules())
    closed = Timeline(merged(data.draw(strategies.closures(zone, middle))))
    team = [
        replace(
            data.draw(strategies.members(zone, day, rules)),
            id=number,
            hours={day.weekday(): data.draw(strategies.hours()) for day in days},
            closed=closed,
        )
        for number, day in enumerate(data.draw(st.lists(st.sampled_from(days), max_size=3)))
    ]
    now = data.draw(strategies.moments(zone, middle)) - data.draw(st.integers(0, 2)) * timedelta(days=1)
    free = free_starts(rules, team, days, now=now, zone=zone)

    row = [local_day(day, zone) for day in days]
    first = first_free_start(rules, team, row, open_time=OpenTime(), now=now, zone=zone)

    assert first == next((start for day in days for start in free[day]), None)
