"""Work that is done and not paid: no cash was collected, and no wallet has paid since.

Its commission is charged all the same, from the completion on until a payment that counts is charged itself.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Exists, OuterRef, QuerySet

from apps.bookings.models import Booking, BookingStatus
from apps.payments.earnings.per_payment import ZERO, earnings
from apps.payments.models import MethodCode, Payment

# Only a cash payment ever says what was collected.
NOTHING_COLLECTED = Payment.objects.filter(amount_collected=0, is_settlement=False)


@dataclass(frozen=True, slots=True)
class Charge:
    """Rupees of commission that a provider owed at a moment for one booking that was done and not paid."""

    provider_id: int
    booking_id: int
    amount: Decimal


def outstanding() -> QuerySet[Booking]:
    """Return the bookings whose work is done, and of which the provider says that nothing was paid."""
    bookings = NOTHING_COLLECTED.order_by().values("booking")
    done = Booking.objects.filter(status=BookingStatus.COMPLETED, payment_method=MethodCode.CASH)
    settled = Payment.objects.filter(booking=OuterRef("pk"), is_settlement=True)
    return done.filter(pk__in=bookings).exclude(Exists(settled))


def uncollected() -> Exists:
    """Whether nothing was collected for a booking, for a query of bookings."""
    return Exists(NOTHING_COLLECTED.filter(booking=OuterRef("pk")))


def charged_at(moment: datetime, *, provider_ids: Sequence[int]) -> Iterator[Charge]:
    """Yield the commission on what was done and not paid at a moment, booking by booking. One query.

    A payment that counts by then takes its place, whatever is refunded of it. So what one period said isn't
    changed by the next.
    """
    settled = Payment.objects.filter(booking=OuterRef("booking"), is_settlement=True, paid_at__lt=moment)
    unpaid = NOTHING_COLLECTED.filter(
        booking__provider__in=provider_ids,
        booking__status=BookingStatus.COMPLETED,
        booking__completed_at__lt=moment,
    ).exclude(Exists(settled))
    for payment in unpaid.select_related("booking").order_by("id"):
        # As for cash: nothing can't be cheaper than a paisa.
        due = earnings(
            paid=payment.total_amount,
            processing_fee=payment.processing_fee,
            refunded=ZERO,
            commission_percent=payment.commission_percent,
            in_cash=True,
        ).due
        yield Charge(payment.booking.provider_id, payment.booking_id, -due)


def charged_sums(moment: datetime, *, provider_ids: Sequence[int]) -> Mapping[int, Decimal]:
    """Return by provider the commission on what was done and not paid at a moment, in rupees."""
    sums: dict[int, Decimal] = defaultdict(lambda: ZERO)
    for charge in charged_at(moment, provider_ids=provider_ids):
        sums[charge.provider_id] += charge.amount
    return sums
