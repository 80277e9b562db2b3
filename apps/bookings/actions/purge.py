"""Old drafts that expired go for good, with their history."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from apps.bookings.events import drafts_going
from apps.bookings.models import Booking, BookingEvent, BookingStatus, BookingStep
from apps.slots.models import Reservation

BATCH = 500
# Begun, and dropped or not finished: all that ever happened to a draft that may go.
OF_A_DRAFT = Q(from_status="", to_status=BookingStatus.DRAFT) | Q(
    from_status=BookingStatus.DRAFT, to_status=BookingStatus.EXPIRED
)


def old_drafts_purge(*, now: datetime) -> int:
    """Delete drafts that expired `DRAFTS_KEPT_DAYS` ago, and return how many.

    Not those that were sent off, or that anybody began to pay. Safe from several machines: each leaves alone
    what another has locked.
    """
    before = now - timedelta(days=settings.DRAFTS_KEPT_DAYS)
    purged = 0
    while number := _purge_batch(before):
        purged += number
    return purged


def _purge_batch(before: datetime) -> int:
    """Delete up to `BATCH` of them in one transaction, and return how many."""
    with transaction.atomic():
        locked = _purgeable(before).select_for_update(skip_locked=True, of=("self",)).order_by("updated_at")
        ids = [booking.pk for booking in locked[:BATCH]]
        if not ids:
            return 0
        drafts_going.send(sender=Booking, booking_ids=ids)
        reservations = Reservation.objects.filter(Q(booking__in=ids) | Q(occurrence__booking__in=ids))
        reservation_ids = list(reservations.values_list("pk", flat=True))
        history_of_drafts_delete(ids)
        Booking.objects.filter(pk__in=ids).delete()
        Reservation.objects.filter(pk__in=reservation_ids).delete()
    return len(ids)


def history_of_drafts_delete(booking_ids: Collection[int]) -> int:
    """Delete the history of those of these bookings that are expired drafts; return how many lines.

    The one way past the guard of append-only rows. PostgreSQL's trigger asks for the same, so that the
    history of what was ever more than a draft goes nowhere.
    """
    history = BookingEvent.objects.filter(booking__in=booking_ids)
    more_than_drafts = history.exclude(OF_A_DRAFT).values("booking")
    of_drafts = history.filter(booking__status=BookingStatus.EXPIRED).exclude(booking__in=more_than_drafts)
    deleted: int = of_drafts._raw_delete(connection.alias)
    return deleted


def _purgeable(before: datetime) -> QuerySet[Booking]:
    more_than_a_draft = BookingEvent.objects.filter(booking=OuterRef("pk")).exclude(OF_A_DRAFT)
    return (
        Booking.objects.filter(status=BookingStatus.EXPIRED, updated_at__lt=before, series=None)
        .filter(payments=None, review=None)
        .exclude(booking_step=BookingStep.COMPLETED)
        .exclude(Exists(more_than_a_draft))
    )
