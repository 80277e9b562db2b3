"""Write the analytics' triggers as they are into a migration: `python -m scripts.freeze_triggers NAME`.

NAME is the migration's, such as `0003_mark_disputes`. A new one depends on the newest migrations of the apps
whose tables are watched; of one that exists, only the SQL is written anew.
"""

import os
from argparse import ArgumentParser
from pathlib import Path

import django

MIGRATIONS = Path(__file__).resolve().parent.parent / "apps" / "analytics" / "migrations"
WATCHED = ("analytics", "bookings", "payments", "services")
# Statements have no empty lines in them.
BETWEEN = "\n\n"
TEMPLATE = '''"""The triggers that mark days dirty, anew."""

from pathlib import Path

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def install(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """SQLite gets its triggers after all migrations."""
    if schema_editor.connection.vendor == "postgresql":
        copy = Path(__file__).parent / "sql" / f"{{Path(__file__).stem}}.sql"
        with schema_editor.connection.cursor() as cursor:
            for statement in copy.read_text().split("\\n\\n"):
                cursor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [
{dependencies}
    ]

    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
'''


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("name", help="such as 0003_mark_disputes")
    name = parser.parse_args().name
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sewabazaar.settings")
    django.setup()
    freeze(name)


def freeze(name: str) -> None:
    from apps.analytics.triggers import TRIGGERS

    (MIGRATIONS / "sql").mkdir(exist_ok=True)
    statements = [text for trigger in TRIGGERS for text in trigger.statements("postgresql")]
    (MIGRATIONS / "sql" / f"{name}.sql").write_text(BETWEEN.join(statements) + "\n")
    migration = MIGRATIONS / f"{name}.py"
    if not migration.exists():
        migration.write_text(TEMPLATE.format(dependencies=_newest_migrations()))
    print("Written:", name)


def _newest_migrations() -> str:
    from django.db.migrations.loader import MigrationLoader

    graph = MigrationLoader(None).graph
    newest = [leaf for app in WATCHED for leaf in sorted(graph.leaf_nodes(app))]
    return "\n".join(f'        ("{app}", "{migration}"),' for app, migration in newest)


if __name__ == "__main__":
    main()
