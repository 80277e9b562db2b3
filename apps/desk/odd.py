"""Patterns that honest people rarely make: they prove nothing, and somebody looks at them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import CharField, Count, F, Max, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Concat, Lower, NullIf, Replace, StrIndex, Substr, Trim

from apps.bookings.models import Booking, BookingStatus, PaidWhen, Review
from apps.common.localtime import local
from apps.common.money import rupees_text
from apps.payments.models import Payment

SHOWN = 6
MANY_REVIEWS = 3
MANY_CUSTOMERS = 3
# Rupees: nobody works for less.
LITTLE = Decimal(10)


@dataclass(frozen=True, slots=True)
class Odd:
    """What is odd, and the booking by which somebody begins to look."""

    kind: str
    booking: Booking
    detail: str


def odd_patterns(since: datetime) -> list[Odd]:
    """Return the newest of each kind since then, each kind with at most six: eight queries."""
    return [
        *_own_accounts(since),
        *_one_address(since),
        *_praised_again(since),
        *_collected_less(since),
        *_completed_early(since),
        *_sold_for_little(since),
    ]


def _own_accounts(since: datetime) -> Iterator[Odd]:
    """Who books from oneself has the same phone or mailbox, or leaves one's own phone for the booking."""
    same_phone = Q(customer__phone=F("provider__phone")) | Q(phone=F("provider__phone"))
    alike = Booking.objects.annotate(
        customers_mailbox=_mailbox("customer__email"), providers_mailbox=_mailbox("provider__email")
    )
    found = alike.filter(
        same_phone & ~Q(provider__phone="") | Q(customers_mailbox=F("providers_mailbox")),
        created_at__gte=since,
    )
    for booking in _with_people(found).order_by("-id")[:SHOWN]:
        provider, customer = booking.provider, booking.customer
        is_phone = provider.phone and provider.phone in (customer.phone, booking.phone)
        yield Odd(
            "Own account",
            booking,
            f"{customer} and {provider}: {provider.phone if is_phone else customer.email}",
        )


def _mailbox(email: str) -> Combinable:
    """Where an e-mail arrives: what follows a plus sign doesn't tell mailboxes apart, nor do dots."""
    at = StrIndex(email, Value("@"))
    name_ends = Coalesce(NullIf(StrIndex(email, Value("+")), Value(0)), at)
    name = Replace(Substr(email, 1, name_ends - 1), Value("."), Value(""))
    return Concat(name, Substr(email, at), output_field=CharField())


def _one_address(since: datetime) -> Iterator[Odd]:
    """Several customers of one provider at one address: a house of flats, or one person with many names."""
    placed = Booking.objects.filter(created_at__gte=since).exclude(address="")
    groups = list(
        placed.annotate(place=Lower(Trim("address")))
        .order_by()
        .values("provider", "city", "place")
        .annotate(customers=Count("customer", distinct=True), last=Max("pk"))
        .filter(customers__gte=MANY_CUSTOMERS)
        .order_by("-customers", "-last")[:SHOWN]
    )
    bookings = _with_people(Booking.objects.all()).in_bulk([group["last"] for group in groups])
    for group in groups:
        booking = bookings[group["last"]]
        yield Odd(
            "Many customers at one address",
            booking,
            f"{group['customers']} customers of {booking.provider} at {booking.address}",
        )


def _praised_again(since: datetime) -> Iterator[Odd]:
    best = Review.objects.filter(rating=5, created_at__gte=since).order_by()
    groups = list(
        best.values("customer", "booking__provider")
        .annotate(reviews=Count("pk"), last=Max("booking"))
        .filter(reviews__gte=MANY_REVIEWS)
        .order_by("-reviews", "-last")[:SHOWN]
    )
    bookings = _with_people(Booking.objects.all()).in_bulk([group["last"] for group in groups])
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
        booking__paid_when=PaidWhen.ON_SITE,
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


def _sold_for_little(since: datetime) -> Iterator[Odd]:
    """Far below the service's price: lowered for a friend's stars, or for a commission of nothing."""
    cheap = Booking.objects.filter(
        Q(price__lt=F("discount") + F("service__price") / 5) | Q(price__lt=F("discount") + LITTLE),
        status=BookingStatus.COMPLETED,
        completed_at__gte=since,
    )
    for booking in cheap.select_related("provider", "service").order_by("-completed_at")[:SHOWN]:
        paid, usual = rupees_text(booking.price - booking.discount), rupees_text(booking.service.price)
        yield Odd("Sold for little", booking, f"{booking.provider}: Rs {paid}, now Rs {usual}")


def _with_people(bookings: QuerySet[Booking]) -> QuerySet[Booking]:
    return bookings.select_related("customer", "provider")
