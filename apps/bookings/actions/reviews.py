"""What a customer says of a completed booking, and what the provider answers."""

from datetime import datetime, timedelta

from django.db import transaction
from django.http import Http404

from apps.bookings.models import Booking, BookingStatus, Review
from apps.bookings.selectors import booking_locked
from apps.common.errors import DomainError
from apps.services.actions import service_rate

EDITABLE = timedelta(days=7)


@transaction.atomic
def review_write(*, booking_id: int, rating: int, comment: str, now: datetime) -> Review:
    """Rate a completed booking, from 1 to 5, and with it its service.

    Once: another time, and before completion, it raises `invalid_transition`.
    """
    booking = booking_locked(booking_id)
    if booking.status != BookingStatus.COMPLETED:
        raise DomainError("invalid_transition", "Only a visit that is completed can be reviewed.")
    if Review.objects.filter(booking=booking).exists():
        raise DomainError("invalid_transition", "You have reviewed this visit already.")
    review = Review.objects.create(
        booking=booking,
        service_id=booking.service_id,
        customer_id=booking.customer_id,
        rating=rating,
        comment=comment,
        created_at=now,
    )
    service_rate(service_id=review.service_id)
    return review


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
