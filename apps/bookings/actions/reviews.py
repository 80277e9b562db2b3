"""What a customer says of a booking, and what the provider answers."""

from datetime import datetime, timedelta

from django.db import transaction
from django.http import Http404

from apps.bookings.models import Booking, Review
from apps.bookings.reviewing import REVIEWABLE, counts
from apps.bookings.selectors import booking_locked, reviews_to_count, was_paid
from apps.common.errors import DomainError
from apps.services.actions import service_rate

EDITABLE = timedelta(days=7)


@transaction.atomic
def review_write(*, booking_id: int, rating: int, comment: str, now: datetime) -> Review:
    """Rate a booking that was completed, or a no-show, from 1 to 5.

    It counts in its service's rating once the booking is paid and its time over: at once, or by
    `reviews_count`. Written once: another time, and before completion, it raises `invalid_transition`.
    """
    booking = booking_locked(booking_id)
    if booking.status not in REVIEWABLE:
        raise DomainError("invalid_transition", "Only a completed booking, or a no-show, can be reviewed.")
    if Review.objects.filter(booking=booking).exists():
        raise DomainError("invalid_transition", "You have reviewed this booking already.")
    review = Review.objects.create(
        booking=booking,
        service_id=booking.service_id,
        customer_id=booking.customer_id,
        rating=rating,
        comment=comment,
        created_at=now,
        is_counted=counts(was_paid=was_paid(booking), ends_at=booking.ends_at, now=now),
    )
    if review.is_counted:
        service_rate(service_id=review.service_id)
    return review


def reviews_count(*, now: datetime) -> int:
    """Count the reviews whose bookings are paid and over by now; return how many there were.

    Until it has run a review that could count doesn't: never the other way round.
    """
    counted = 0
    due = reviews_to_count(now=now).order_by("service_id").values_list("service_id", flat=True)
    for service_id in list(due.distinct()):
        with transaction.atomic():
            ids = list(reviews_to_count(now=now).filter(service=service_id).values_list("pk", flat=True))
            counted += Review.objects.filter(pk__in=ids, is_counted=False).update(is_counted=True)
            service_rate(service_id=service_id)
    return counted


@transaction.atomic
def review_edit(
    *, booking: Booking, now: datetime, rating: int | None = None, comment: str | None = None
) -> Review:
    """Change rating or comment, as long as the review is younger than a week.

    Raises `invalid_transition` afterwards, and Http404 where there is no review.
    """
    review = _locked(booking)
    if now >= editable_until(review):
        raise DomainError("invalid_transition", "A review can be changed for a week only.")
    wanted = (review.rating if rating is None else rating, review.comment if comment is None else comment)
    if wanted != (review.rating, review.comment):
        review.rating, review.comment = wanted
        review.edited_at = now
        review.save(update_fields=["rating", "comment", "edited_at"])
        service_rate(service_id=review.service_id)
    return review


@transaction.atomic
def review_answer(*, booking: Booking, text: str, now: datetime) -> Review:
    """Answer a review in public, once. Raises `invalid_transition`, and Http404 where there is no review."""
    review = _locked(booking)
    if review.answered_at is not None:
        raise DomainError("invalid_transition", "You have answered this review already.")
    review.answer, review.answered_at = text, now
    review.save(update_fields=["answer", "answered_at"])
    return review


def editable_until(review: Review) -> datetime:
    return review.created_at + EDITABLE


def _locked(booking: Booking) -> Review:
    review = Review.objects.select_for_update(no_key=True).filter(booking=booking).first()
    if review is None:
        raise Http404
    return review
