"""Rollup and raw rows together give what a plain count over the raw rows gives, whatever has happened."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from apps.analytics.actions.roll_up import days_roll_up
from apps.analytics.facts.dialect import as_date
from apps.analytics.facts.sources import MEASURES
from apps.analytics.models import DirtyDay, Family
from apps.analytics.scope import ALL_TIME, Scope, Span
from apps.analytics.statements.reading import Reading
from apps.analytics.statements.service_months import top_services
from apps.analytics.tests import histories, oracle

pytestmark = pytest.mark.django_db
# The first day is in November, so a span of all of them has a whole month and days around it.
SOME_DAYS = Span(histories.FIRST_DAY + timedelta(days=1), histories.FIRST_DAY + timedelta(days=3))
FROM_NOVEMBER = Span(histories.FIRST_DAY, histories.FIRST_DAY + timedelta(days=40))


@given(st.data())
def test_any_history_gives_the_figures_of_a_plain_count(data: Any) -> None:
    with transaction.atomic():
        world = histories.world()
        for happening in data.draw(st.lists(st.sampled_from(histories.HAPPENINGS), min_size=5, max_size=40)):
            happening(data.draw, world)
        facts = oracle.all_facts()
        for scope in data.draw(some_scopes(world)):
            for span in (ALL_TIME, SOME_DAYS, FROM_NOVEMBER):
                assert_same(facts, scope, span)
        transaction.set_rollback(True)


@given(st.data())
def test_once_rolled_up_all_figures_come_from_the_rollup(data: Any) -> None:
    with transaction.atomic():
        world = histories.world()
        for happening in data.draw(st.lists(st.sampled_from(histories.HAPPENINGS), min_size=5, max_size=30)):
            happening(data.draw, world)
        days_roll_up()
        assert not DirtyDay.objects.exists()
        facts = oracle.all_facts()
        for scope in data.draw(some_scopes(world)):
            assert_same(facts, scope, ALL_TIME)
        transaction.set_rollback(True)


def some_scopes(world: histories.World) -> st.SearchStrategy[list[Scope]]:
    """Three of: everybody, and one of each kind."""
    provider, category = world.providers[0].pk, world.categories[0].pk
    city = next(city.pk for city in world.cities if city)
    every = [
        Scope(),
        Scope(provider_id=provider),
        Scope(category_id=category),
        Scope(city_id=city),
        Scope(category_id=category, city_id=city),
        Scope(provider_id=provider, city_id=city),
        Scope(service_id=world.services[0].pk),
        Scope(customer_id=world.customers[0].pk),
        Scope(customer_id=world.customers[0].pk, category_id=category),
    ]
    return st.lists(st.sampled_from(every), min_size=3, max_size=3, unique=True)


def assert_same(facts: oracle.AllFacts, scope: Scope, span: Span) -> None:
    found = not_nought(Reading(scope, span).totals(MEASURES))
    expected = sum((oracle.plain_count(facts[family], scope, span) for family in Family), Counter())
    assert found == expected, scope
    money = {Family.MONEY: MEASURES[Family.MONEY]}
    assert grouped(["method", "reason"], scope, span, money) == oracle.by_method(
        facts[Family.MONEY], scope, span
    )
    services = {
        row["service"]: (row["bookings"], row["completed"])
        for row in top_services(Reading(scope, span), most=9)
    }
    assert services == oracle.by_service(facts[Family.BOOKED], scope, span)
    for family in (Family.BOOKED, Family.MONEY):
        days = grouped(["day"], scope, span, {family: MEASURES[family]})
        assert days == oracle.by_day(facts[family], scope, span)


def not_nought(row: dict[str, int]) -> Counter[str]:
    return Counter({name: value for name, value in row.items() if value})


def grouped(group: list[str], scope: Scope, span: Span, wanted: Any) -> dict[Any, Counter[str]]:
    """Return the groups that have anything."""
    found = {}
    for row in Reading(scope, span).sums_by(group, wanted):
        key = tuple(row.pop(name) for name in group)
        if measures := not_nought(row):
            found[as_date(key[0]) if group == ["day"] else key] = measures
    return found
