import pytest
from django.db import DatabaseError, connection, transaction

TABLES = [
    "payments_paymentevent",
    "payments_banktransferproof",
    "payments_receipt",
    "payments_payout",
    "payments_slipremoval",
    "payments_attentionnote",
    "bookings_bookingevent",
]


@pytest.mark.postgres
@pytest.mark.parametrize("table", TABLES)
def test_history_can_not_be_emptied(db: None, table: str) -> None:
    refused = pytest.raises(DatabaseError, match="never changed or deleted")
    with connection.cursor() as cursor, refused, transaction.atomic():
        cursor.execute(f"TRUNCATE {table} CASCADE")
