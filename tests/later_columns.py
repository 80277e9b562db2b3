"""Migrates from zero as it will be once each watched table has one more column that is watched.

`python -m tests.later_columns FOLDER` keeps the later migrations in that folder, and prints the triggers.
"""

import shutil
import sys
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import django

COLUMN = "added_later"
MODELS = {"bookings": ["Booking", "Review"], "payments": ["Payment", "Refund"], "services": ["Service"]}
LATER = """
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("{app}", "{newest}"), ("analytics", "{analytics}")]
    operations = [
        migrations.AddField(name, "{column}", models.IntegerField(default=7)) for name in {models!r}
    ]
"""


def main(folder: Path) -> None:
    from django.conf import settings

    sys.path.insert(0, str(folder))
    settings.MIGRATION_MODULES = {app: f"later_{app}" for app in MODELS}
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from apps.analytics import triggers

    for app, models in MODELS.items():
        write_later(folder / f"later_{app}", app, models)
    triggers.TRIGGERS = tuple(
        replace(trigger, columns=(*trigger.columns, COLUMN)) if trigger.columns else trigger
        for trigger in triggers.TRIGGERS
    )
    call_command("migrate", verbosity=0)
    in_catalogue = {
        "postgresql": "SELECT tgname FROM pg_trigger WHERE tgname LIKE 'analytics_%'",
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'analytics_%'",
    }
    with connection.cursor() as cursor:
        cursor.execute(in_catalogue[connection.vendor])
        sys.stdout.write(" ".join(sorted(name for (name,) in cursor.fetchall())))


def write_later(package: Path, app: str, models: list[str]) -> None:
    """Copy an app's migrations, and add one behind them."""
    present = Path(str(import_module(f"apps.{app}.migrations").__file__)).parent
    shutil.copytree(present, package)
    later = LATER.format(
        app=app, newest=_newest(present), analytics=_newest_of_analytics(), column=COLUMN, models=models
    )
    (package / "9999_later.py").write_text(later)


def _newest_of_analytics() -> str:
    return _newest(Path(str(import_module("apps.analytics.migrations").__file__)).parent)


def _newest(migrations: Path) -> str:
    return max(path.stem for path in migrations.glob("[0-9]*.py"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
