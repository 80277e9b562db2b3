"""The triggers that mark days dirty. In the database, so that no path that writes can forget it.

PostgreSQL gets them from migrations, which carry copies of them as they were (`migrations/sql`): whoever
changes one here adds a migration with `python -m scripts.freeze_triggers NAME`, which a test asks for.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper

INTO = "INSERT INTO analytics_dirtyday (family, provider_id, day, moment, only_categories)"


def marks(family: str, provider: str, *, day: str = "", moment: str = "", rows: str = "") -> str:
    """Return a select of marks: from `rows`, or of the changed row alone."""
    select = f"SELECT '{family}', {provider}, {day or 'CAST(NULL AS date)'}, {moment or 'NULL'}, FALSE"
    return f"{select} {rows or 'WHERE 1 = 1'} AND {day or moment} IS NOT NULL"


def of_booking(row: str) -> list[str]:
    return [
        marks("booked", f"{row}.provider_id", day=f"{row}.booking_date"),
        marks("begun", f"{row}.provider_id", moment=f"{row}.created_at"),
    ]


def around_booking(row: str) -> list[str]:
    """A booking that goes to another service, provider or city takes its money and review with it."""
    payments = f"FROM payments_payment p WHERE p.booking_id = {row}.id"
    refunds = "FROM payments_refund r JOIN payments_payment p ON p.id = r.payment_id"
    reviews = f"FROM bookings_review v WHERE v.booking_id = {row}.id"
    return [
        marks("money", f"{row}.provider_id", moment="p.created_at", rows=payments),
        marks("money", f"{row}.provider_id", moment="p.paid_at", rows=payments),
        marks(
            "money",
            f"{row}.provider_id",
            moment="r.completed_at",
            rows=f"{refunds} WHERE p.booking_id = {row}.id",
        ),
        marks("reviewed", f"{row}.provider_id", moment="v.created_at", rows=reviews),
    ]


def of_payment(row: str) -> list[str]:
    booking = f"FROM bookings_booking b WHERE b.id = {row}.booking_id"
    refunds = f"FROM payments_refund r, bookings_booking b WHERE b.id = {row}.booking_id"
    return [
        marks("money", "b.provider_id", moment=f"{row}.created_at", rows=booking),
        marks("money", "b.provider_id", moment=f"{row}.paid_at", rows=booking),
        marks(
            "money",
            "b.provider_id",
            moment="r.completed_at",
            rows=f"{refunds} AND r.payment_id = {row}.id",
        ),
    ]


def of_refund(row: str) -> list[str]:
    """Refunds of one payment share its fee and commission in the order in which they were completed."""
    booking = "bookings_booking b JOIN payments_payment p ON p.booking_id = b.id"
    own = f"FROM {booking} WHERE p.id = {row}.payment_id"
    others = f"FROM {booking} JOIN payments_refund r ON r.payment_id = p.id WHERE p.id = {row}.payment_id"
    return [
        marks("money", "b.provider_id", moment=f"{row}.completed_at", rows=own),
        marks("money", "b.provider_id", moment="r.completed_at", rows=others),
    ]


def of_review(row: str) -> list[str]:
    booking = f"FROM bookings_booking b WHERE b.id = {row}.booking_id"
    return [marks("reviewed", "b.provider_id", moment=f"{row}.created_at", rows=booking)]


def of_service(row: str) -> list[str]:
    """All days of a service that goes to another category, for those who ask by category."""
    bookings = f"FROM bookings_booking b WHERE b.service_id = {row}.id"
    payments = bookings.replace(" WHERE", " JOIN payments_payment p ON p.booking_id = b.id WHERE")
    refunds = payments.replace(" WHERE", " JOIN payments_refund r ON r.payment_id = p.id WHERE")
    reviews = bookings.replace(" WHERE", " JOIN bookings_review v ON v.booking_id = b.id WHERE")
    purged = bookings.replace("bookings_booking", "analytics_purgeddrafts")
    found = [
        marks("booked", "b.provider_id", day="b.booking_date", rows=bookings),
        marks("begun", "b.provider_id", moment="b.created_at", rows=bookings),
        marks("begun", "b.provider_id", moment="b.created_at", rows=purged),
        marks("money", "b.provider_id", moment="p.created_at", rows=payments),
        marks("money", "b.provider_id", moment="p.paid_at", rows=payments),
        marks("money", "b.provider_id", moment="r.completed_at", rows=refunds),
        marks("reviewed", "b.provider_id", moment="v.created_at", rows=reviews),
    ]
    return [select.replace("FALSE", "TRUE", 1) for select in found]


def of_seats(row: str) -> list[str]:
    """A seat takes its share of the time."""
    bookings = f"FROM bookings_booking b WHERE b.service_id = {row}.id"
    return [marks("booked", "b.provider_id", day="b.booking_date", rows=bookings)]


BOOKING_COLUMNS = (
    "service_id",
    "provider_id",
    "city_id",
    "series_id",
    "is_first_of_series",
    "status",
    "booking_step",
    "booking_date",
    "booking_time",
    "starts_at",
    "started_at",
    "estimated_duration",
    "address",
    "phone",
    "total_amount",
    "payment_method",
    "paid_when",
    "payment_status",
    "is_repeat",
    "created_at",
)
PAYMENT_COLUMNS = (
    "booking_id",
    "method_id",
    "status",
    "is_settlement",
    "failure_reason",
    "processing_fee",
    "total_amount",
    "amount_collected",
    "commission_percent",
    "paid_at",
    "created_at",
)


@dataclass(frozen=True, slots=True)
class Trigger:
    """After `event` on `table`, where one of `columns` has changed, write the marks."""

    name: str
    table: str
    event: str
    selects: tuple[str, ...]
    columns: tuple[str, ...] = ()

    def statements(self, vendor: str) -> Iterator[str]:
        selects = "\nUNION ".join(self.selects)
        body = f"{INTO}\n{selects}"
        when = self._when("IS DISTINCT FROM" if vendor == "postgresql" else "IS NOT")
        timing = f"AFTER {self.event} ON {self.table} FOR EACH ROW {when}"
        if vendor == "postgresql":
            yield (
                f"CREATE OR REPLACE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql"
                f" AS $$ BEGIN {body}; RETURN NULL; END $$"
            )
            yield f"CREATE OR REPLACE TRIGGER {self.name} {timing} EXECUTE FUNCTION {self.name}()"
        else:
            yield f"CREATE TRIGGER IF NOT EXISTS {self.name} {timing} BEGIN {body}; END"

    def undoing(self, vendor: str) -> Iterator[str]:
        on_table = f" ON {self.table}" if vendor == "postgresql" else ""
        yield f"DROP TRIGGER IF EXISTS {self.name}{on_table}"
        if vendor == "postgresql":
            yield f"DROP FUNCTION IF EXISTS {self.name}()"

    def _when(self, differs: str) -> str:
        if not self.columns:
            return ""
        old, new = (", ".join(f"{row}.{column}" for column in self.columns) for row in ("OLD", "NEW"))
        return (
            f"WHEN (({old}) {differs} ({new}))" if len(self.columns) > 1 else f"WHEN ({old} {differs} {new})"
        )


def _on(table: str, name: str, of_row: Callable[[str], list[str]], columns: tuple[str, ...]) -> list[Trigger]:
    old, new = tuple(of_row("OLD")), tuple(of_row("NEW"))
    return [
        Trigger(f"analytics_{name}_made", table, "INSERT", new),
        Trigger(f"analytics_{name}_changed", table, "UPDATE", old + new, columns),
        Trigger(f"analytics_{name}_gone", table, "DELETE", old),
    ]


TRIGGERS = (
    *_on("bookings_booking", "booking", of_booking, BOOKING_COLUMNS),
    Trigger(
        "analytics_booking_elsewhere",
        "bookings_booking",
        "UPDATE",
        (*around_booking("OLD"), *around_booking("NEW")),
        ("service_id", "provider_id", "city_id"),
    ),
    *_on("payments_payment", "payment", of_payment, PAYMENT_COLUMNS),
    *_on("payments_refund", "refund", of_refund, ("payment_id", "amount", "status", "completed_at")),
    *_on("bookings_review", "review", of_review, ("booking_id", "rating", "is_counted", "created_at")),
    Trigger(
        "analytics_service_category",
        "services_service",
        "UPDATE",
        tuple(of_service("NEW")),
        ("category_id",),
    ),
    Trigger(
        "analytics_service_seats", "services_service", "UPDATE", tuple(of_seats("NEW")), ("max_bookings",)
    ),
)
# What was there before the triggers; and days that the rollup has, which may have nothing any more.
EVERYTHING = f"""{INTO}
SELECT 'booked', 0, day, CAST(NULL AS {{instant}}), FALSE FROM analytics_bookedday WHERE scope = 'all'
UNION ALL SELECT 'begun', 0, day, NULL, FALSE FROM analytics_begunday WHERE scope = 'all'
UNION ALL SELECT DISTINCT 'money', 0, day, CAST(NULL AS {{instant}}), FALSE
FROM analytics_moneyday WHERE scope = 'all'
UNION ALL SELECT 'reviewed', 0, day, NULL, FALSE FROM analytics_reviewedday WHERE scope = 'all'
UNION ALL SELECT DISTINCT 'booked', provider_id, booking_date, CAST(NULL AS {{instant}}), FALSE
FROM bookings_booking WHERE booking_date IS NOT NULL
UNION ALL SELECT 'begun', provider_id, NULL, created_at, FALSE FROM bookings_booking
UNION ALL SELECT 'begun', provider_id, NULL, created_at, FALSE FROM analytics_purgeddrafts
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


def mark_everything(connection: BaseDatabaseWrapper) -> None:
    """Mark every day that has anything, or had: it is counted from the raw rows until it is rolled up."""
    instant = "timestamptz" if connection.vendor == "postgresql" else "text"
    with connection.cursor() as cursor:
        cursor.execute(EVERYTHING.format(instant=instant))


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers into the database; again does nothing."""
    with connection.cursor() as cursor:
        for trigger in TRIGGERS:
            for statement in trigger.statements(connection.vendor):
                cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers out of the database."""
    with connection.cursor() as cursor:
        for trigger in TRIGGERS:
            for statement in trigger.undoing(connection.vendor):
                cursor.execute(statement)
