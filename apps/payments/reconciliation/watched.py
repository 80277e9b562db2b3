"""Which payments are asked about, and when again."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from apps.payments.gateways.registry import GATEWAYS
from apps.payments.leases import back_off
from apps.payments.models import Payment, PaymentStatus
from apps.payments.states import CLOSED_UNPAID, OPEN

WATCHED = timedelta(days=3)
# Money that is here may be given back at the gateway, which is worth a look a day.
PAID_EVERY = timedelta(days=1)
UNSETTLED = (*OPEN, PaymentStatus.NEEDS_ATTENTION, PaymentStatus.REFUND_PENDING)
SETTLED = (PaymentStatus.COMPLETED, PaymentStatus.PARTIALLY_REFUNDED)


def watched(*, now: datetime) -> QuerySet[Payment]:
    """Return the payments whose gateway is asked: unsettled ones, and for some days those that were closed.

    Closed ones had a link that could be paid; a superseded one's ends long before its days are over.
    """
    codes = [code for code, gateway in GATEWAYS.items() if gateway.can_be_asked]
    had_link = Q(gateway_token_hash__isnull=False) | Q(link_expires_at__isnull=False)
    lately = Q(updated_at__gt=now - WATCHED) | Q(link_expires_at__gt=now - WATCHED)
    is_watched = (
        Q(status__in=UNSETTLED)
        | Q(status__in=CLOSED_UNPAID) & had_link & lately
        | Q(status__in=SETTLED, paid_at__gt=now - WATCHED)
    )
    return Payment.objects.filter(is_watched, method__code__in=codes).select_related("method").order_by("pk")


def due(*, now: datetime) -> QuerySet[Payment]:
    """Return the watched payments that it is time to ask about again."""
    rested = Q(ask_again_at=None) | Q(ask_again_at__lte=now)
    was_asked_today = Q(status__in=SETTLED, asked_at__gt=now - PAID_EVERY)
    return watched(now=now).filter(rested).exclude(was_asked_today)


def ask_next(payment: Payment, *, now: datetime) -> datetime:
    return now + (PAID_EVERY if payment.status in SETTLED else back_off(payment.times_asked))
