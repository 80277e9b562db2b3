"""Reads: whose bookings are whose."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Round
from django.http import Http404
from rest_framework.exceptions import ValidationError

from apps.accounts.models import Role, User
from apps.bookings.models import Booking, BookingEvent, BookingStatus, BookingStep, Review
from apps.bookings.payable import was_withdrawn
from apps.bookings.reviewing import REVIEWABLE
from apps.services.models import City, Service, ServiceStatus

SHOWN_WITH = ("customer", "provider", "service", "staff", "city", "reservation", "dispute")
PAID = ("completed", "partially_refunded")
# Ways to pay that don't come before the booking is made.
PAID_LATER = ("cash", "bank_transfer")
# Of a part of what was paid, or of money that never counted: the payments tell.
REFUND_PENDING = "refund_pending"


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


def booking_locked(booking_id: int) -> Booking:
    """Return a booking with its row locked until the transaction ends."""
    return _as_it_is_now(Booking.objects.select_for_update(no_key=True).get(pk=booking_id))


def series_locked(booking_id: int) -> tuple[Booking, list[Booking]]:
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
    return booking, [one for one in current if one.pk != booking_id]


def later_in_series(booking: Booking) -> QuerySet[Booking]:
    """Return the bookings of a booking's series that begin after it."""
    if booking.series_id is None or booking.starts_at is None:
        return Booking.objects.none()
    later = Booking.objects.filter(series=booking.series_id, starts_at__gt=booking.starts_at)
    return later.select_related("service").order_by("starts_at", "pk")


def draft_locked(customer: User, booking_id: int) -> Booking:
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
    return _as_it_is_now(booking)


def _as_it_is_now(locked: Booking) -> Booking:
    """Return a locked booking with all that belongs to it.

    In a query of its own: after a wait for the lock PostgreSQL still joins the rows as they were before.
    """
    return Booking.objects.select_related(*SHOWN_WITH).get(pk=locked.pk)


def is_paid(booking: Booking) -> bool:
    """Return whether a payment settled a booking and not all goes back. A query while a refund is due."""
    if booking.payment_status != REFUND_PENDING:
        return booking.payment_status in PAID
    return keeping_money(Booking.objects.filter(pk=booking.pk)).exists()


def was_paid(booking: Booking) -> bool:
    """Return whether a booking was paid well enough for its review, also where all of it went back since."""
    return Booking.objects.filter(_paid_enough("payments__"), pk=booking.pk).exists()


def _paid_enough(prefix: str) -> Q:
    """Match what a payment settled: in full, or where less was taken in cash, at least half of what was due.

    A paisa would buy stars otherwise. Half and more is what honest people agree on at the door.
    """
    collected = Q(**{f"{prefix}amount_collected": None})
    collected |= Q(**{f"{prefix}amount_collected__gte": F(f"{prefix}total_amount") / 2})
    return Q(**{f"{prefix}is_settlement": True}) & collected


def reviews_to_count(*, now: datetime) -> QuerySet[Review]:
    """Return the reviews that don't count yet, of bookings that were paid and whose time is over."""
    waiting = Review.objects.filter(is_counted=False, booking__ends_at__lte=now)
    return waiting.filter(_paid_enough("booking__payments__"))


@dataclass(frozen=True, slots=True)
class Beside:
    """What other rows say of bookings, by their ids: loaded for a page of them at once."""

    payments: Mapping[int, int]
    settled: Set[int]
    reviewed: Set[int]
    keeping: Set[int]

    def is_settled(self, booking: Booking) -> bool:
        return booking.pk in self.settled

    def is_reviewed(self, booking: Booking) -> bool:
        return booking.pk in self.reviewed

    def is_paid(self, booking: Booking) -> bool:
        """As the function of that name, without a query."""
        return booking.payment_status in PAID or booking.pk in self.keeping

    def awaits_own_payment(self, booking: Booking) -> bool:
        """As the function of that name, without a query."""
        return is_series_request(booking) and not self.is_paid(booking)


def beside(bookings: Sequence[Booking]) -> Beside:
    """Return what other rows say of bookings: at most three queries, however many they are.

    The payment of a booking is the payment that its `payment_status` is of: the settled one, else the newest.
    """
    ids = [booking.pk for booking in bookings]
    payments = Booking.objects.filter(pk__in=ids, payments__isnull=False).order_by(
        "payments__is_settlement", "payments__created_at", "payments__id"
    )
    rows = list(payments.values_list("pk", "payments__id", "payments__is_settlement")) if ids else []
    ended = [booking.pk for booking in bookings if booking.status in REVIEWABLE]
    reviewed = Review.objects.filter(booking__in=ended).values_list("booking_id", flat=True)
    doubtful = [booking.pk for booking in bookings if booking.payment_status == REFUND_PENDING]
    kept = keeping_money(Booking.objects.filter(pk__in=doubtful)).values_list("pk", flat=True)
    return Beside(
        payments={pk: payment for pk, payment, _ in rows},
        settled={pk for pk, _, is_settlement in rows if is_settlement},
        reviewed=set(reviewed) if ended else set(),
        keeping=set(kept) if doubtful else set(),
    )


def reviews_of(user: User) -> QuerySet[Review]:
    """Return the reviews that a customer wrote, a provider received, or for an admin all; newest first."""
    with_booking = (f"booking__{name}" for name in SHOWN_WITH)
    reviews = Review.objects.select_related("customer", *with_booking)
    if user.role == Role.CUSTOMER:
        return reviews.filter(customer=user)
    if user.role == Role.PROVIDER:
        return reviews.filter(booking__provider=user)
    return reviews


def keeping_money(bookings: QuerySet[Booking]) -> QuerySet[Booking]:
    """Return those whose settled payment is not taken by refunds in full.

    Payments stand above bookings, so their relations' names are all that is known of them here.
    """
    claimed = Round(Sum("payments__refunds__amount", filter=~Q(payments__refunds__status="failed")), 2)
    return (
        bookings.filter(payments__is_settlement=True)
        .order_by()
        .annotate(claimed=claimed)
        .filter(Q(claimed=None) | Q(claimed__lt=F("payments__total_amount")))
    )


def awaits_own_payment(booking: Booking) -> bool:
    """Return whether a booking is one of a series that its own payment, and nobody else, confirms."""
    return is_series_request(booking) and not is_paid(booking)


def is_series_request(booking: Booking) -> bool:
    """Return whether a booking is one of a series, not in cash, that is not confirmed."""
    is_request = booking.status == BookingStatus.PENDING and booking.payment_method != "cash"
    return is_request and booking.series_id is not None


def waits_for_money() -> Q:
    """Match pending bookings whose money alone is missing: of those a provider has nothing to answer."""
    paid_by_itself = Q(payment_method="bank_transfer") | Q(series__isnull=False) & ~Q(payment_method="cash")
    return paid_by_itself & ~Q(payment_status__in=(*PAID, REFUND_PENDING))


def is_due_before_start(booking: Booking) -> bool:
    """Return whether it is a later booking of a series that waits for its money until shortly before."""
    return awaits_own_payment(booking) and not booking.is_first_of_series


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
    pending = pending.filter(Q(series=None) | Q(payment_method__in=PAID_LATER) | ~vouched)
    kept = keeping_money(pending.filter(payment_status=REFUND_PENDING)).values("pk")
    return pending.exclude(Q(payment_status__in=PAID) | Q(pk__in=kept)).count()


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
