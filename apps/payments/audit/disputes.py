"""Whether the money of no-shows waited while customers objected, and went back where they were right."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum

from apps.bookings.models import Dispute, DisputeDecision
from apps.payments.audit.base import PAYMENT, Check, refunded_sum
from apps.payments.audit.money import CLAIMED
from apps.payments.earnings.held import held_sums
from apps.payments.earnings.outstanding import charged_sums
from apps.payments.earnings.per_payment import ZERO
from apps.payments.earnings.sums import earned_sums
from apps.payments.models import Payment, Payout

PAYOUT = {"payout": "pk", "provider": "provider_id"}


def paid_out_in_dispute() -> QuerySet[Payout]:
    """Payouts by which a provider got more than they were owed while a customer objected.

    Only those are reckoned that were made from a disputed no-show on until it was decided: few.
    """
    waited = Dispute.objects.filter(
        Q(decided_at=None) | Q(decided_at__gt=OuterRef("at")),
        booking__provider=OuterRef("provider"),
        booking__no_show_at__lt=OuterRef("at"),
    )
    made = Payout.objects.filter(Exists(waited), amount__gt=0)
    return Payout.objects.filter(pk__in=list(_too_much(made)))


def _too_much(payouts: QuerySet[Payout]) -> Iterator[int]:
    for payout in payouts:
        held = held_sums(payout.at, provider_ids=[payout.provider_id]).get(payout.provider_id, ZERO)
        if held and _earned(payout.provider_id, payout.at) - _paid_out(payout) < held:
            yield payout.pk


def _earned(provider_id: int, moment: datetime) -> Decimal:
    sums = earned_sums(moment, moment, provider_ids=[provider_id])
    charged = charged_sums(moment, provider_ids=[provider_id]).get(provider_id, ZERO)
    return sum((part.until.due for part in sums), -charged)


def _paid_out(payout: Payout) -> Decimal:
    """With this one, and without those after it."""
    until = Q(at__lt=payout.at) | Q(at=payout.at, pk__lte=payout.pk)
    sums = Payout.objects.filter(until, provider=payout.provider_id).aggregate(sum=Sum("amount"))
    return sums["sum"] or ZERO


def not_given_back() -> QuerySet[Payment]:
    """An admin found that the customer was there, and not all of the payment goes back."""
    paid = Payment.objects.filter(
        is_settlement=True, booking__dispute__decision=DisputeDecision.CUSTOMER
    ).annotate(claimed=refunded_sum(CLAIMED))
    return paid.filter(claimed__lt=F("total_amount"), amount_collected=None)


DISPUTE_CHECKS = (
    Check(
        "paid_out_in_dispute",
        "paid out with money of a no-show to which its customer objects",
        PAYOUT,
        paid_out_in_dispute,
    ),
    Check("dispute_not_refunded", "decided for the customer, and not all goes back", PAYMENT, not_given_back),
)
