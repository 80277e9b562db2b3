"""What a check is, and what it finds.

No statement asks once a row: what belongs to a row is joined and grouped, so that a planner without
statistics, as after a restore, can't read a table of events anew for every booking.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, DecimalField, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, Round

from apps.payments.models import Payment

BOOKING = {"booking": "pk"}
PAYMENT = {"booking": "booking_id", "payment": "pk"}
REFUND = {"booking": "payment__booking_id", "payment": "payment_id", "refund": "pk"}


@dataclass(frozen=True, slots=True)
class Check:
    """`rows` are those that are wrong; `ids` names the columns by which they are told."""

    code: str
    meaning: str
    ids: Mapping[str, str]
    rows: Callable[[], QuerySet[Any]]

    def findings(self) -> Iterator["Finding"]:
        for row in _read_at_once(self.statement()):
            yield Finding(self.code, self.meaning, dict(zip(self.ids, row, strict=True)))

    def statement(self) -> QuerySet[Any, tuple[Any, ...]]:
        """Return the ids of what is wrong."""
        return self.rows().order_by("pk").values_list(*self.ids.values())


def _read_at_once(statement: QuerySet[Any, tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Return all rows of a statement. No cursor: PostgreSQL plans that for its first rows, not for all.

    Without nested loops: where statistics say that a table is empty, and it isn't, they read it once a row.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL enable_nestloop = off")
        return list(statement)


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, and the ids of the rows that it is about."""

    code: str
    meaning: str
    ids: Mapping[str, int]

    def __str__(self) -> str:
        rows = ", ".join(f"{table} {number}" for table, number in self.ids.items())
        return f"{self.code}: {rows} ({self.meaning})"


def settlement_exists() -> Exists:
    """Whether a payment counts as a booking's payment, for a query of bookings."""
    return Exists(Payment.objects.filter(booking=OuterRef("pk"), is_settlement=True))


def refunds_where(condition: Q) -> Count:
    """How many refunds of that kind (in terms of `refunds__`) a payment has, for a query of payments."""
    return Count("refunds", filter=condition)


def refunded_sum(condition: Q) -> Coalesce:
    """Rupees of a payment's refunds of that kind (in terms of `refunds__`), for a query of payments."""
    money = DecimalField(max_digits=12, decimal_places=2)
    return Coalesce(Round(Sum("refunds__amount", filter=condition), 2), Decimal("0.00"), output_field=money)


def in_either(first: QuerySet[Any], second: QuerySet[Any]) -> Q:
    """Match the rows whose ids stand in one of two lists, each found by a plan of its own."""
    return Q(pk__in=first.order_by().union(second.order_by()))
