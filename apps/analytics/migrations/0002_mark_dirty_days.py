"""Triggers that mark days dirty, and the marks of what is there already.

As they were: the SQL is a copy, so that what changes in the app afterwards does not change this step.
"""

import re
from pathlib import Path

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

COPY = Path(__file__).parent / "sql" / "0002_mark_dirty_days.sql"
TRIGGER = re.compile(r"CREATE OR REPLACE TRIGGER (\w+) AFTER \w+ ON (\w+)")
# What was there before the triggers; and days that the rollup has, which may have nothing any more.
EVERYTHING = """
INSERT INTO analytics_dirtyday (family, provider_id, day, moment, only_categories)
SELECT 'booked', 0, day, CAST(NULL AS timestamptz), FALSE FROM analytics_bookedday WHERE scope = 'all'
UNION ALL SELECT 'begun', 0, day, NULL, FALSE FROM analytics_begunday WHERE scope = 'all'
UNION ALL SELECT DISTINCT 'money', 0, day, CAST(NULL AS timestamptz), FALSE
FROM analytics_moneyday WHERE scope = 'all'
UNION ALL SELECT 'reviewed', 0, day, NULL, FALSE FROM analytics_reviewedday WHERE scope = 'all'
UNION ALL SELECT DISTINCT 'booked', provider_id, booking_date, CAST(NULL AS timestamptz), FALSE
FROM bookings_booking WHERE booking_date IS NOT NULL
UNION ALL SELECT 'begun', provider_id, NULL, created_at, FALSE FROM bookings_booking
UNION ALL SELECT 'money', b.provider_id, NULL, p.created_at, FALSE
FROM payments_payment p JOIN bookings_booking b ON b.id = p.booking_id
UNION ALL SELECT 'money', b.provider_id, NULL, p.paid_at, FALSE
FROM payments_payment p JOIN bookings_booking b ON b.id = p.booking_id WHERE p.paid_at IS NOT NULL
UNION ALL SELECT 'money', b.provider_id, NULL, r.completed_at, FALSE
FROM payments_refund r JOIN payments_payment p ON p.id = r.payment_id
JOIN bookings_booking b ON b.id = p.booking_id WHERE r.completed_at IS NOT NULL
UNION ALL SELECT 'reviewed', b.provider_id, NULL, v.created_at, FALSE
FROM bookings_review v JOIN bookings_booking b ON b.id = v.booking_id
"""


def install(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """SQLite gets its triggers after all migrations, and then marks everything too."""
    if schema_editor.connection.vendor == "postgresql":
        with schema_editor.connection.cursor() as cursor:
            for statement in [*COPY.read_text().split("\n\n"), EVERYTHING]:
                cursor.execute(statement)


def remove(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        with schema_editor.connection.cursor() as cursor:
            for name, table in TRIGGER.findall(COPY.read_text()):
                cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
                cursor.execute(f"DROP FUNCTION IF EXISTS {name}()")


class Migration(migrations.Migration):
    dependencies = [
        ("analytics", "0001_initial"),
        ("bookings", "0002_append_only_history"),
        ("payments", "0002_append_only_history"),
        ("services", "0001_initial"),
    ]

    operations = [migrations.RunPython(install, remove)]
