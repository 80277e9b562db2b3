"""What providers earned by no-shows that is not owed to them yet: somebody may object, or has."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum

from apps.bookings.disputes import OBJECTION
from apps.payments.earnings.per_payment import ZERO, earnings
from apps.payments.models import MethodCode, Payment, RefundStatus


@dataclass(frozen=True, slots=True)
class Held:
    """Rupees of one booking that waited at a moment."""

    provider_id: int
    booking_id: int
    reference: str
    amount: Decimal


def held_at(moment: datetime, *, provider_ids: Sequence[int]) -> Iterator[Held]:
    """Yield what waits at a moment, booking by booking. One query.

    From when a booking was marked: for 72 hours, or where its customer objects until an admin has decided. So
    what one period said isn't changed by the next.
    """
    for payment in _waiting(moment).filter(booking__provider__in=provider_ids):
        amount = _due(payment)
        if amount > 0:
            booking = payment.booking
            yield Held(booking.provider_id, booking.pk, booking.reference, amount)


def held_sums(moment: datetime, *, provider_ids: Sequence[int]) -> Mapping[int, Decimal]:
    """Return by provider what waits at a moment, in rupees."""
    sums: dict[int, Decimal] = defaultdict(lambda: ZERO)
    for held in held_at(moment, provider_ids=provider_ids):
        sums[held.provider_id] += held.amount
    return sums


def _waiting(moment: datetime) -> QuerySet[Payment]:
    """A payment of a disputed booking also waits where the customer objected after the moment."""
    undecided = Q(booking__dispute=None, booking__no_show_at__gt=moment - OBJECTION)
    undecided |= Q(booking__dispute__isnull=False) & (
        Q(booking__dispute__decided_at=None) | Q(booking__dispute__decided_at__gte=moment)
    )
    counted = ~Q(refunds__status=RefundStatus.FAILED) & Q(refunds__created_at__lt=moment)
    return (
        Payment.objects.filter(
            undecided, is_settlement=True, paid_at__lt=moment, booking__no_show_at__lt=moment
        )
        .select_related("booking", "method")
        .annotate(refunded=Sum("refunds__amount", filter=counted))
        .order_by("id")
    )


def _due(payment: Payment) -> Decimal:
    collected = payment.amount_collected
    return earnings(
        paid=payment.total_amount if collected is None else collected,
        processing_fee=payment.processing_fee,
        refunded=getattr(payment, "refunded", None) or ZERO,
        commission_percent=payment.commission_percent,
        in_cash=payment.method.code == MethodCode.CASH,
        charged_on=payment.total_amount,
    ).due
