"""PostgreSQL's last word: a member's firm reservations never overlap, unless they share a group's slot."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

CREATE = """
CREATE EXTENSION IF NOT EXISTS btree_gist;
ALTER TABLE slots_reservation ADD CONSTRAINT reservation_no_overlap EXCLUDE USING gist (
    staff_id WITH =, slot_id WITH <>, tstzrange(starts_at, ends_at) WITH &&
) WHERE (expires_at IS NULL);
"""
DROP = "ALTER TABLE slots_reservation DROP CONSTRAINT IF EXISTS reservation_no_overlap;"


def create(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(CREATE)


def drop(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(DROP)


class Migration(migrations.Migration):
    dependencies = [("slots", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
