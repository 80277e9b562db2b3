"""Reads: whose bookings are whose."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from rest_framework.exceptions import ValidationError

from apps.accounts.models import Role, User
from apps.bookings.locked import LockedBooking, LockedDraft
from apps.bookings.models import (
    PAID,
    PAID_LATER,
    Booking,
    BookingEvent,
    BookingStatus,
    BookingStep,
    PaidWhen,
    PaymentStatus,
    Review,
)
from apps.bookings.payable import was_withdrawn
from apps.bookings.reviewing import REVIEWABLE
from apps.services.models import City, Service, ServiceStatus

SHOWN_WITH = ("customer", "provider", "service", "staff", "city", "reservation", "dispute")


def bookings_visible_to(user: User) -> QuerySet[Booking]:
    """Return the bookings a user may see, newest first. Drafts are their customer's alone."""
    bookings = Booking.objects.filter(dropped_at=None).select_related(*SHOWN_WITH)
    if user.role == Role.CUSTOMER:
        return bookings.filter(customer=user)
    if user.role == Role.PROVIDER:
        return bookings.filter(provider=user, booking_step=BookingStep.COMPLETED)
    return bookings.exclude(status=BookingStatus.DRAFT)


def booking_for(user: User, booking_id: int) -> Booking:
    """Return a booking the user may see. Raises Http404, also for one that exists but is not theirs."""
    booking = bookings_visible_to(user).filter(pk=booking_id).first()
    if booking is None:
        raise Http404
    return booking


def booking_locked(booking_id: int) -> LockedBooking:
    """Return a booking with its row locked until the transaction ends."""
    return LockedBooking(_as_it_is_now(Booking.objects.select_for_update(no_key=True).get(pk=booking_id)))


def bookings_locked_if_free(bookings: QuerySet[Booking]) -> list[LockedBooking]:
    """Return those of these bookings that nobody else has locked, in id order, with their rows locked."""
    free = bookings.select_for_update(skip_locked=True, no_key=True).order_by("pk")
    return [LockedBooking(booking) for booking in free]


def bookings_locked_as_new(bookings: list[Booking]) -> list[LockedBooking]:
    """Return bookings that this transaction has just written: nobody else sees them yet."""
    return [LockedBooking(booking) for booking in bookings]


def series_locked(booking_id: int) -> tuple[LockedBooking, list[LockedBooking]]:
    """Return a booking and the others of its series by start, all rows locked until the transaction ends.

    In id order, so that two who come by different bookings of it don't wait for each other in a circle.
    """
    series = Booking.objects.filter(pk=booking_id).values("series")
    together = Booking.objects.filter(Q(pk=booking_id) | Q(series__in=series))
    ids = list(together.order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True))
    current = Booking.objects.select_related(*SHOWN_WITH).filter(pk__in=ids).order_by("starts_at", "pk")
    booking = next((one for one in current if one.pk == booking_id), None)
    if booking is None:
        raise Booking.DoesNotExist
    return LockedBooking(booking), [LockedBooking(one) for one in current if one.pk != booking_id]


def later_in_series(booking: Booking) -> QuerySet[Booking]:
    """Return the bookings of a booking's series that begin after it."""
    if booking.series_id is None or booking.starts_at is None:
        return Booking.objects.none()
    later = Booking.objects.filter(series=booking.series_id, starts_at__gt=booking.starts_at)
    return later.select_related("service").order_by("starts_at", "pk")


def draft_locked(customer: User, booking_id: int) -> LockedDraft:
    """Return a customer's booking with its row and the customer's locked, so that limits hold in a race.

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
    return LockedDraft(LockedBooking(_as_it_is_now(booking)))


def _as_it_is_now(locked: Booking) -> Booking:
    """Return a locked booking with all that belongs to it.

    In a query of its own: after a wait for the lock PostgreSQL still joins the rows as they were before.
    """
    return Booking.objects.select_related(*SHOWN_WITH).get(pk=locked.pk)


def reviews_to_count(*, now: datetime) -> QuerySet[Review]:
    """Return the reviews that don't count yet, of bookings that were paid and whose time is over."""
    return Review.objects.filter(is_counted=False, booking__ends_at__lte=now, booking__is_paid_enough=True)


def reviewed(bookings: Sequence[Booking]) -> set[int]:
    """Return the ids of the bookings that their customer has reviewed: at most one query."""
    ended = [booking.pk for booking in bookings if booking.status in REVIEWABLE]
    if not ended:
        return set()
    return {*Review.objects.filter(booking__in=ended).values_list("booking_id", flat=True)}


def reviews_of(user: User) -> QuerySet[Review]:
    """Return the reviews that a customer wrote, a provider received, or for an admin all; newest first."""
    with_booking = (f"booking__{name}" for name in SHOWN_WITH)
    reviews = Review.objects.select_related("customer", *with_booking)
    if user.role == Role.CUSTOMER:
        return reviews.filter(customer=user)
    if user.role == Role.PROVIDER:
        return reviews.filter(booking__provider=user)
    return reviews


def waits_for_money() -> Q:
    """Match pending bookings whose money alone is missing: of those a provider has nothing to answer."""
    paid_by_itself = Q(paid_when=PaidWhen.TRANSFER)
    paid_by_itself |= Q(series__isnull=False) & ~Q(paid_when=PaidWhen.ON_SITE)
    return paid_by_itself & ~Q(payment_status__in=(*PAID, PaymentStatus.REFUND_PENDING))


def service_on_offer(service_id: int) -> Service | None:
    """Return a service if it can be booked: it is active, and so is its provider."""
    return Service.objects.filter(
        pk=service_id, status=ServiceStatus.ACTIVE, provider__is_active=True
    ).first()


def is_withdrawn(booking: Booking) -> bool:
    """Return whether a booking's service was rejected, or its provider closed, since it was begun."""
    service = Service.objects.select_related("provider").get(pk=booking.service_id)
    return was_withdrawn(service, service.provider)


def later_holds_of(customer: User, *, now: datetime, besides: Booking) -> int:
    """Return how many later times of recurring drafts a customer holds, not counting one draft's."""
    drafts = Booking.objects.filter(customer=customer, status=BookingStatus.DRAFT).exclude(pk=besides.pk)
    return drafts.filter(occurrences__reservation__expires_at__gt=now).values("occurrences").count()


def live_holds_of(customer: User, *, now: datetime, besides: Booking) -> int:
    """Return how many live holds a customer has, not counting one booking's."""
    return (
        Booking.objects.filter(customer=customer, status=BookingStatus.DRAFT, reservation__expires_at__gt=now)
        .exclude(pk=besides.pk)
        .count()
    )


def begun_by(customer: User, *, since: datetime) -> QuerySet[Booking]:
    """Return what a customer began since then, whatever became of it; of a series the first booking alone."""
    own = Q(series=None) | Q(is_first_of_series=True)
    return Booking.objects.filter(own, customer=customer, created_at__gt=since)


def paid_in_series(series: Any) -> QuerySet[Booking]:
    """Return the bookings of a series that are paid and take place."""
    ended = (BookingStatus.CANCELLED, BookingStatus.REJECTED, BookingStatus.EXPIRED)
    return Booking.objects.filter(series=series, payment_status__in=PAID).exclude(status__in=ended)


def unpaid_requests_of(customer: User, *, provider_id: int | None = None) -> int:
    """Return how many pending bookings a customer has that nobody has paid, at one provider or at all.

    Later bookings of a series that is paid online are not among them while something of it is paid.
    """
    pending = Booking.objects.filter(customer=customer, status=BookingStatus.PENDING)
    if provider_id is not None:
        pending = pending.filter(provider=provider_id)
    vouched = Exists(paid_in_series(OuterRef("series")))
    pending = pending.filter(Q(series=None) | Q(paid_when__in=PAID_LATER) | ~vouched)
    is_kept = Q(payment_status=PaymentStatus.REFUND_PENDING, keeps_money=True)
    return pending.exclude(Q(payment_status__in=PAID) | is_kept).count()


def has_sent_another(booking: Booking) -> bool:
    """Return whether the customer has sent off another booking, whatever became of it.

    The bookings of one series were sent off together: none of them repeats another. Nor do two that are paid
    at the same moment, since neither sees the other.
    """
    others = Booking.objects.filter(customer=booking.customer_id, booking_step=BookingStep.COMPLETED)
    if booking.series_id is not None:
        others = others.exclude(series=booking.series_id)
    return others.exclude(pk=booking.pk).exists()


def history_of(booking: Booking) -> QuerySet[BookingEvent]:
    """Return a booking's moves, oldest first."""
    return booking.events.select_related("actor")


def review_of(booking: Booking) -> Review:
    """Return what the customer says of a booking. Raises Http404 before there is something."""
    review = Review.objects.filter(booking=booking).select_related("customer").first()
    if review is None:
        raise Http404
    return review


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
