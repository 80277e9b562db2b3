"""Write docs/schema.md from the models; with `--check`, say whether it is up to date.

Run as `python -m scripts.describe_schema`.
"""

import os
import sys
from pathlib import Path

import django
from django.db.models import Model

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "schema.md"
APPS = ("accounts", "services", "slots", "bookings", "payments", "notifications", "analytics", "common")
HEADING = """# The tables

Written from the models by `python -m scripts.describe_schema`; `make check` fails when it is out of date.
Amounts are rupees, instants UTC. PostgreSQL adds an exclusion constraint on `slots_reservation` (no two firm
reservations of one member overlap, unless they share a slot) and triggers that refuse changes of history.
"""


def described() -> str:
    """Return the document's text."""
    from django.apps import apps

    parts = [HEADING]
    for label in APPS:
        parts.append(f"## {label}\n")
        for model in apps.get_app_config(label).get_models():
            parts.append(_table(model))
    return "\n".join(parts)


def _table(model: type[Model]) -> str:
    meta = model._meta
    purpose = (model.__doc__ or "").strip().splitlines()[0]
    lines = [f"### {meta.db_table}\n", f"{purpose}\n", "| column | type | |", "| --- | --- | --- |"]
    for field in meta.local_concrete_fields:
        notes = ["empty" if field.null else ""]
        if field.remote_field:
            notes.append(f"to `{field.remote_field.model._meta.db_table}`")
        notes += ["unique" if field.unique and not field.primary_key else "", str(field.help_text)]
        kind = field.get_internal_type()
        lines.append(f"| {field.column} | {kind} | {', '.join(note for note in notes if note)} |")
    lines += [f"\nConstraint `{constraint.name}`." for constraint in meta.constraints]
    lines += [f"\nIndex `{index.name}` on {', '.join(index.fields)}." for index in meta.indexes]
    for link in meta.local_many_to_many:
        lines.append(f"\nLinked to `{link.remote_field.model._meta.db_table}` by `{link.m2m_db_table()}`.")
    return "\n".join(lines) + "\n"


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sewabazaar.settings")
    django.setup()
    text = described()
    if "--check" not in sys.argv:
        DOCUMENT.write_text(text)
        return 0
    if DOCUMENT.exists() and DOCUMENT.read_text() == text:
        return 0
    print("docs/schema.md is out of date: run python -m scripts.describe_schema", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
