"""Reminders, made by a periodic job shortly after they are due, once each."""

from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from apps.bookings.models import Booking, BookingStatus
from apps.common.localtime import today
from apps.notifications.actions.record import Message, notification_record
from apps.notifications.kinds import Kind
from apps.notifications.models import Notification, NotificationSnapshot
from apps.notifications.people import both

# How long before the booking, and how long after that moment it still makes sense.
AHEAD = {
    Kind.REMINDER_24H: (timedelta(hours=24), timedelta(hours=6)),
    Kind.REMINDER_2H: (timedelta(hours=2), timedelta(hours=1)),
}


def reminders_make(*, now: datetime) -> int:
    """Remind customers and providers of confirmed bookings; return of how many.

    Whoever booked, or moved their booking, after the moment at which a reminder was due has just been told
    the time, and gets none. Safe from several machines at once: a reminder is one row, whoever writes it.
    """
    made = 0
    for kind, (ahead, patience) in AHEAD.items():
        for booking in _due(kind, ahead=ahead, patience=patience, now=now):
            message = Message(kind, booking, f"{booking.pk}:{booking.starts_at}")
            notification_record(message, both(booking))
            made += 1
    return made


def _due(kind: Kind, *, ahead: timedelta, patience: timedelta, now: datetime) -> QuerySet[Booking]:
    earliest, latest = now + ahead - patience, now + ahead
    reminded = Notification.objects.filter(
        booking=OuterRef("pk"), kind=kind, created_at__gte=OuterRef("starts_at") - ahead
    )
    moved = {"kind": Kind.BOOKING_RESCHEDULED, "created_at__gt": OuterRef("starts_at") - ahead}
    moved_in_series = {f"notification__{name}": value for name, value in moved.items()}
    return (
        # By day as well, for which there is an index.
        Booking.objects.filter(booking_date__range=(today(earliest), today(latest)))
        .filter(status=BookingStatus.CONFIRMED, starts_at__gt=max(earliest, now), starts_at__lte=latest)
        .filter(Q(confirmed_at=None) | Q(confirmed_at__lte=F("starts_at") - ahead))
        .exclude(Exists(reminded))
        .exclude(Exists(Notification.objects.filter(booking=OuterRef("pk"), **moved)))
        .exclude(Exists(NotificationSnapshot.objects.filter(booking=OuterRef("pk"), **moved_in_series)))
        .order_by("starts_at", "pk")
    )
