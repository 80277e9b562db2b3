"""No app asks for rows of an app above it by a relation's name, past the contracts of imports."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

LOWEST_FIRST = (
    "common",
    "accounts",
    "services",
    "slots",
    "bookings",
    "payments",
    "notifications",
    "analytics",
)
ROOT = Path(__file__).parent.parent / "apps"
# A reservation and its booking are locked, shown and freed together; what is booked is never deleted.
TOGETHER = {
    "services/actions.py",
    "services/limits.py",
    "services/selectors.py",
    "slots/actions/reservations.py",
    "slots/admin.py",
    "slots/selectors/outside.py",
    "slots/selectors/slots.py",
}


def relations_from_above(app: str) -> set[str]:
    """Return the names by which rows of the apps above are reached from models of the app and those below."""
    place = LOWEST_FIRST.index(app)
    above = set(LOWEST_FIRST[place + 1 :])
    return {
        name
        for model in apps.get_models()
        if model._meta.app_label in LOWEST_FIRST[: place + 1]
        for relation in model._meta.related_objects
        if relation.related_model._meta.app_label in above
        for name in (relation.get_accessor_name(), relation.field.related_query_name())
        if name
    }


def reaches(app: str) -> Iterator[str]:
    """Yield `file: line` for each line that follows such a relation in a query."""
    names = "|".join(sorted(relations_from_above(app)))
    if not names:
        return
    managers = "all|filter|exclude|exists|values|values_list|order_by|count|get|first|aggregate"
    follows = re.compile(
        rf"""(?<![a-z_])({names})__|__({names})(?![a-z_])|\.({names})\.({managers})\("""
        rf"""|(?:filter|exclude|Q|get)\([^)]*\b({names})="""
    )
    for path in sorted((ROOT / app).rglob("*.py")):
        if {"tests", "migrations"} & set(path.parts) or str(path.relative_to(ROOT)) in TOGETHER:
            continue
        for line in path.read_text().splitlines():
            if follows.search(line):
                yield f"{path.relative_to(ROOT)}: {line.strip()}"


@pytest.mark.parametrize("app", LOWEST_FIRST)
def test_an_app_follows_no_relation_upwards(app: str) -> None:
    assert list(reaches(app)) == []


def test_what_is_excepted_does_follow_one() -> None:
    names = {app: relations_from_above(app) for app in ("services", "slots")}
    for file in TOGETHER:
        text = (ROOT / file).read_text()
        assert any(re.search(rf"\b{name}\b", text) for name in names[file.split("/")[0]]), file
