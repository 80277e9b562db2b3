"""On PostgreSQL triggers refuse any change of the history, but for that of drafts that expired."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from apps.common.append_only import append_only_trigger

LET_DRAFTS_GO = """
DROP TRIGGER bookings_bookingevent_append_only ON bookings_bookingevent;
CREATE TRIGGER bookings_bookingevent_append_only BEFORE UPDATE ON bookings_bookingevent
FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE FUNCTION refuse_deleting_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
IF EXISTS (SELECT 1 FROM bookings_booking b WHERE b.id = OLD.booking_id AND b.status = 'expired')
AND NOT EXISTS (
    SELECT 1 FROM bookings_bookingevent e WHERE e.booking_id = OLD.booking_id
    AND (e.from_status, e.to_status) NOT IN (('', 'draft'), ('draft', 'expired'))
) THEN RETURN OLD; END IF;
RAISE EXCEPTION 'rows of % are never changed or deleted', TG_TABLE_NAME;
END $$;
CREATE TRIGGER bookings_bookingevent_kept BEFORE DELETE ON bookings_bookingevent
FOR EACH ROW EXECUTE FUNCTION refuse_deleting_history();
"""
KEEP_THEM = """
DROP TRIGGER IF EXISTS bookings_bookingevent_kept ON bookings_bookingevent;
DROP FUNCTION IF EXISTS refuse_deleting_history();
"""


def let_drafts_go(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        # Without params the % of RAISE stays as it is.
        schema_editor.execute(LET_DRAFTS_GO, params=None)


def keep_them(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(KEEP_THEM)


class Migration(migrations.Migration):
    dependencies = [("bookings", "0001_initial")]

    operations = [
        append_only_trigger("bookings_bookingevent"),
        migrations.RunPython(let_drafts_go, keep_them),
    ]
