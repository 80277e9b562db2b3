"""`check_money` reads each row a few times at most, whatever PostgreSQL believes about its tables."""

from copy import copy
from typing import TypeVar

import pytest
from django.db import connection
from django.db.models import Model
from django.db.models.base import ModelState

from apps.bookings.models import Booking, BookingEvent
from apps.payments.audit import CHECKS
from apps.payments.models import Payment, PaymentEvent
from apps.payments.tests.factories import paid

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]

BOOKINGS = 1500
OFTEN = 6
Row = TypeVar("Row", bound=Model)
OF_THE_APPLICATION = "relnamespace = 'public'::regnamespace AND relkind IN ('r', 'i')"
# Building its indexes has counted a table's rows, and nothing is known of what stands in them.
RESTORED = "relallvisible = 0"
ANALYSED_WHILE_EMPTY = "reltuples = 0, relpages = 1, relallvisible = 0"


def copies_of(payment: Payment) -> int:
    """Make many bookings that were paid as this one; return how many rows that took."""
    booking = Booking.objects.get(pk=payment.booking_id)
    history, trail = list(booking.events.all()), list(payment.events.all())
    bookings = [_copied(booking, reference=f"COPY-{n}", reservation_id=None) for n in range(BOOKINGS)]
    Booking.objects.bulk_create(bookings)
    names = [{"transaction_id": f"copy-{n}", "gateway_transaction_id": f"copy-{n}"} for n in range(BOOKINGS)]
    payments = [
        _copied(payment, booking_id=one.pk, **name) for one, name in zip(bookings, names, strict=True)
    ]
    Payment.objects.bulk_create(payments)
    for one, own in zip(bookings, payments, strict=True):
        one.shown_payment_id = own.pk
    Booking.objects.bulk_update(bookings, ["shown_payment_id"])
    BookingEvent.objects.bulk_create(
        _copied(event, booking_id=one.pk) for one in bookings for event in history
    )
    PaymentEvent.objects.bulk_create(_copied(event, payment_id=one.pk) for one in payments for event in trail)
    return BOOKINGS * (2 + len(history) + len(trail))


def _copied(row: Row, **columns: object) -> Row:
    one = copy(row)
    one.pk, one._state = None, ModelState()
    for name, value in columns.items():
        setattr(one, name, value)
    return one


def rows_read() -> int:
    """Return how many rows of tables this transaction has read."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) FROM pg_stat_xact_user_tables")
        return int(cursor.fetchone()[0])


def forget_statistics(belief: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute(
            f"DELETE FROM pg_statistic USING pg_class WHERE starelid = pg_class.oid AND {OF_THE_APPLICATION}"
        )
        cursor.execute(f"UPDATE pg_class SET {belief} WHERE {OF_THE_APPLICATION}")


@pytest.mark.parametrize("belief", [RESTORED, ANALYSED_WHILE_EMPTY], ids=["restored", "filled since"])
def test_no_check_reads_a_table_once_a_row(draft: Booking, belief: str) -> None:
    rows = copies_of(paid(draft))
    forget_statistics(belief)

    times = {}
    for check in CHECKS:
        before = rows_read()
        assert list(check.findings()) == []
        times[check.code] = (rows_read() - before) / rows

    assert {code: read for code, read in times.items() if read > OFTEN} == {}
