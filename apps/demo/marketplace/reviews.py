"""What customers of the demo say of bookings that took place."""

from datetime import timedelta
from random import Random

from django.db.models import QuerySet

from apps.bookings.models import Booking, BookingStatus, Review
from apps.services.actions import service_rate

COMMENTS = {
    5: (
        "Came on time, worked cleanly, explained everything.",
        "एकदम राम्रो काम, फेरि बोलाउँछु।",
        "My mother is very happy. Dhanyabad!",
        "",
    ),
    4: ("Good work, ten minutes late because of traffic.", "Friendly and quick.", ""),
    3: ("All right, but I had to ask twice about the corners.", "ठीकै छ।"),
    2: ("Came an hour late and was in a hurry.",),
    1: ("The tap drips again after two days.",),
}
RATINGS, WEIGHTS = (5, 4, 3, 2, 1), (52, 28, 12, 5, 3)
ANSWERS = ("Thank you, come again!", "We are sorry, and have called you.", "धन्यवाद!")


def reviews_create(bookings: QuerySet[Booking], random: Random) -> int:
    """Review about half of the completed bookings, rate their services by it, and return how many."""
    completed = bookings.filter(status=BookingStatus.COMPLETED)
    reviews = [_review(booking, random) for booking in completed if random.random() < 0.55]
    Review.objects.bulk_create(reviews)
    for service_id in sorted({review.service_id for review in reviews}):
        service_rate(service_id=service_id)
    return len(reviews)


def _review(booking: Booking, random: Random) -> Review:
    rating = random.choices(RATINGS, WEIGHTS)[0]
    assert booking.completed_at is not None  # noqa: S101
    written_at = booking.completed_at + timedelta(minutes=random.randint(20, 1200))
    is_answered = random.random() < 0.3
    return Review(
        booking=booking,
        service_id=booking.service_id,
        customer_id=booking.customer_id,
        rating=rating,
        comment=random.choice(COMMENTS[rating]),
        answer=random.choice(ANSWERS) if is_answered else "",
        answered_at=written_at + timedelta(hours=3) if is_answered else None,
        created_at=written_at,
        # Completed bookings of the demo are all paid, and over.
        is_counted=True,
    )
