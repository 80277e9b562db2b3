"""What a check is, and what it finds."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, Round

from apps.payments.models import Payment, PaymentMethod, Refund

BOOKING = {"booking": "pk"}
PAYMENT = {"booking": "booking_id", "payment": "pk"}
REFUND = {"booking": "payment__booking_id", "payment": "payment_id", "refund": "pk"}
ROWS_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Check:
    """`rows` are those that are wrong; `ids` names the columns by which they are told."""

    code: str
    meaning: str
    ids: Mapping[str, str]
    rows: Callable[[], QuerySet[Any]]

    def findings(self) -> Iterator["Finding"]:
        found = self.rows().order_by("pk").values_list(*self.ids.values())
        for row in found.iterator(chunk_size=ROWS_AT_ONCE):
            yield Finding(self.code, self.meaning, dict(zip(self.ids, row, strict=True)))


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
    """Whether an attempt counts as a booking's payment, for a query of bookings."""
    return Exists(Payment.objects.filter(booking=OuterRef("pk"), is_settlement=True))


def method_code() -> Subquery:
    """The code of a payment's method, for a query of payments."""
    return Subquery(PaymentMethod.objects.filter(pk=OuterRef("method_id")).values("code")[:1])


def refunds_where(condition: Q) -> Exists:
    """Whether a payment has such a refund, for a query of payments."""
    return Exists(Refund.objects.filter(condition, payment=OuterRef("pk")))


def refunded_sum(condition: Q) -> Coalesce:
    """Rupees of a payment's refunds of that kind, for a query of payments."""
    of_payment = Refund.objects.filter(condition, payment=OuterRef("pk")).order_by()
    sums = of_payment.values("payment").annotate(sum=Round(Sum("amount"), 2)).values("sum")

    money = DecimalField(max_digits=12, decimal_places=2)
    return Coalesce(Subquery(sums), Decimal("0.00"), output_field=money)
