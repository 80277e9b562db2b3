"""Triggers that mark days dirty, and the marks of what is there already."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from apps.analytics import triggers


def install(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    triggers.install(schema_editor.connection)
    triggers.mark_everything(schema_editor.connection)


def remove(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    triggers.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("analytics", "0001_initial"),
        ("bookings", "0002_append_only_history"),
        ("payments", "0002_append_only_history"),
        ("services", "0001_initial"),
    ]

    operations = [migrations.RunPython(install, remove)]
