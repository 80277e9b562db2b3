"""What migrations put into PostgreSQL is what the code has."""

import re
from pathlib import Path

import apps.analytics.migrations
from apps.analytics.triggers import TRIGGERS

COPIES = Path(str(apps.analytics.migrations.__file__)).parent / "sql"
MADE = re.compile(r"CREATE OR REPLACE (FUNCTION|TRIGGER) (\w+)")


def by_name(statements: list[str]) -> dict[tuple[str, ...], str]:
    return {found.groups(): text.strip() for text in statements if (found := MADE.match(text))}


def test_the_migrated_triggers_are_those_of_the_code() -> None:
    written = [text for trigger in TRIGGERS for text in trigger.statements("postgresql")]
    copied = [text for copy in sorted(COPIES.glob("*.sql")) for text in copy.read_text().split("\n\n")]
    assert by_name(copied) == by_name(written), (
        "The triggers have changed: python -m scripts.freeze_triggers 000N_what_changed"
    )
