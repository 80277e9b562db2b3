"""Reads: whose bookings are whose."""

from datetime import datetime

from django.db.models import QuerySet
from django.http import Http404
from rest_framework.exceptions import ValidationError

from apps.accounts.models import Role, User
from apps.bookings.models import Booking, BookingEvent, BookingStatus, BookingStep
from apps.services.models import City, Service, ServiceStatus

SHOWN_WITH = ("customer", "service", "staff", "city", "reservation")
PAID = ("completed", "partially_refunded")


def bookings_visible_to(user: User) -> QuerySet[Booking]:
    """Return the bookings a user may see, newest first. Drafts are their customer's alone."""
    bookings = Booking.objects.filter(dropped_at=None).select_related(*SHOWN_WITH)
    if user.role == Role.CUSTOMER:
        return bookings.filter(customer=user)
    if user.role == Role.PROVIDER:
        return bookings.filter(provider=user, booking_step=BookingStep.COMPLETED)
    return bookings.exclude(status=BookingStatus.DRAFT)


def booking_for(user: User, booking_id: int) -> Booking:
    """Return a booking the user may see. Raises Http404, also for one that exists but is not his."""
    booking = bookings_visible_to(user).filter(pk=booking_id).first()
    if booking is None:
        raise Http404
    return booking


def booking_locked(booking_id: int) -> Booking:
    """Return a booking with its row locked until the transaction ends."""
    return _as_it_is_now(Booking.objects.select_for_update(no_key=True).get(pk=booking_id))


def draft_locked(customer: User, booking_id: int) -> Booking:
    """Return a customer's booking with its row and the customer's locked, so that his limits hold in a race.

    Raises Http404.
    """
    booking = (
        Booking.objects.filter(pk=booking_id, customer=customer, dropped_at=None)
        .select_for_update(no_key=True, of=("self", "customer"))
        .select_related("customer")
        .first()
    )
    if booking is None:
        raise Http404
    return _as_it_is_now(booking)


def _as_it_is_now(locked: Booking) -> Booking:
    """Return a locked booking with all that belongs to it.

    In a query of its own: after a wait for the lock PostgreSQL still joins the rows as they were before.
    """
    return Booking.objects.select_related(*SHOWN_WITH).get(pk=locked.pk)


def service_on_offer(service_id: int) -> Service | None:
    """Return a service if it can be booked: it is active, and so is its provider."""
    return Service.objects.filter(
        pk=service_id, status=ServiceStatus.ACTIVE, provider__is_active=True
    ).first()


def live_holds_of(customer: User, *, now: datetime, besides: Booking) -> int:
    """Return how many live holds a customer has, not counting one booking's."""
    return (
        Booking.objects.filter(customer=customer, status=BookingStatus.DRAFT, reservation__expires_at__gt=now)
        .exclude(pk=besides.pk)
        .count()
    )


def unpaid_requests_of(customer: User) -> int:
    """Return how many pending bookings a customer has that nobody has paid."""
    pending = Booking.objects.filter(customer=customer, status=BookingStatus.PENDING)
    return pending.exclude(payment_status__in=PAID).count()


def has_sent_another(booking: Booking) -> bool:
    """Return whether the customer has sent off another booking, whatever became of it.

    The visits of one series were sent off together: none of them repeats another. Nor do two that are paid
    at the same moment, since neither sees the other.
    """
    others = Booking.objects.filter(customer=booking.customer_id, booking_step=BookingStep.COMPLETED)
    if booking.series_id is not None:
        others = others.exclude(series=booking.series_id)
    return others.exclude(pk=booking.pk).exists()


def history_of(booking: Booking) -> QuerySet[BookingEvent]:
    """Return a booking's moves, oldest first."""
    return booking.events.select_related("actor")


def served_city(service_id: int, named: str) -> City:
    """Return the city of that name or slug, in any case.

    Raises ValidationError on `city` for one that the service doesn't serve.
    """
    wanted = named.strip().lower()
    cities = City.objects.filter(services=service_id)
    for city in cities:
        if wanted in (city.name.lower(), city.slug):
            return city
    raise ValidationError({"city": ["The service does not go to this city."]}, code="does_not_exist")
