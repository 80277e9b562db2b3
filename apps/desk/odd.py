"""Patterns that honest people rarely make: they prove nothing, and somebody looks at them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, F, Max, Q

from apps.bookings.models import Booking, BookingStatus, Review
from apps.common.localtime import local
from apps.common.money import rupees_text
from apps.payments.models import Payment

SHOWN = 6
MANY_REVIEWS = 3


@dataclass(frozen=True, slots=True)
class Odd:
    """What is odd, and the booking by which somebody begins to look."""

    kind: str
    booking: Booking
    detail: str


def odd_patterns(since: datetime) -> list[Odd]:
    """Return the newest of each kind since then, each kind with at most six: five queries."""
    return [*_own_accounts(since), *_praised_again(since), *_collected_less(since), *_completed_early(since)]


def _own_accounts(since: datetime) -> Iterator[Odd]:
    """Who books from oneself has the same phone, or leaves one's own for the visit."""
    same = Q(customer__phone=F("provider__phone")) | Q(phone=F("provider__phone"))
    found = Booking.objects.filter(same, created_at__gte=since).exclude(provider__phone="")
    for booking in found.select_related("customer", "provider").order_by("-id")[:SHOWN]:
        yield Odd(
            "Own account", booking, f"{booking.customer} and {booking.provider}: {booking.provider.phone}"
        )


def _praised_again(since: datetime) -> Iterator[Odd]:
    best = Review.objects.filter(rating=5, created_at__gte=since).order_by()
    groups = list(
        best.values("customer", "booking__provider")
        .annotate(reviews=Count("pk"), last=Max("booking"))
        .filter(reviews__gte=MANY_REVIEWS)
        .order_by("-reviews", "-last")[:SHOWN]
    )
    bookings = Booking.objects.select_related("customer", "provider").in_bulk(
        [group["last"] for group in groups]
    )
    for group in groups:
        booking = bookings[group["last"]]
        yield Odd(
            "Praised again and again",
            booking,
            f"{group['reviews']} times five stars of {booking.customer} for {booking.provider}",
        )


def _collected_less(since: datetime) -> Iterator[Odd]:
    """Far less, or nothing: who says so may mean to save the commission."""
    less = Payment.objects.filter(
        amount_collected__lt=F("total_amount") / 2,
        booking__completed_at__gte=since,
        booking__payment_method="cash",
    )
    for payment in less.select_related("booking__provider").order_by("-id")[:SHOWN]:
        taken, due = rupees_text(payment.amount_collected or Decimal(0)), rupees_text(payment.total_amount)
        yield Odd(
            "Far less collected", payment.booking, f"{payment.booking.provider}: Rs {taken} of Rs {due}"
        )


def _completed_early(since: datetime) -> Iterator[Odd]:
    early = Booking.objects.filter(
        status=BookingStatus.COMPLETED, completed_at__gte=since, completed_at__lt=F("ends_at")
    )
    for booking in early.select_related("provider").order_by("-completed_at")[:SHOWN]:
        if booking.completed_at and booking.ends_at:
            detail = f"{local(booking.completed_at):%H:%M} instead of {local(booking.ends_at):%H:%M}"
            yield Odd("Completed early", booking, f"{booking.provider}: {detail}")
