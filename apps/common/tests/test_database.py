import pytest
from django.db import connection, transaction

from apps.bookings.models import BookingEvent
from apps.common.database import is_postgres, release_connection
from apps.common.models import AppendOnly


def test_history_is_neither_changed_nor_deleted(db: None) -> None:
    event = BookingEvent()
    event._state.adding = False

    for forbidden in (event.save, event.delete, BookingEvent.objects.all().delete):
        with pytest.raises(AppendOnly):
            forbidden()
    with pytest.raises(AppendOnly):
        BookingEvent.objects.update(reason="another")


@pytest.mark.django_db(transaction=True)
def test_a_connection_is_given_back_before_a_call_over_the_network() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    assert is_postgres() is (connection.vendor == "postgresql")

    release_connection()

    assert connection.connection is None


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_across_the_network() -> None:
    with transaction.atomic(), pytest.raises(RuntimeError, match="inside a transaction"):
        release_connection()
