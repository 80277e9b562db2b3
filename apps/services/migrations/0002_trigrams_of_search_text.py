"""PostgreSQL finds a part of a word by its trigrams, without reading every service."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

CREATE = """
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX service_search_trigrams ON services_service USING gin (search_text gin_trgm_ops);
"""
DROP = "DROP INDEX IF EXISTS service_search_trigrams;"


def create(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(CREATE)


def drop(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(DROP)


class Migration(migrations.Migration):
    dependencies = [("services", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
