"""What customers say of their bookings."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone

from apps.bookings.models.booking import Booking
from apps.common.model_fields import LinesField
from apps.services.models import Service


class Review(models.Model):
    """What a customer says of a booking, and the provider's answer."""

    booking = models.OneToOneField(Booking, on_delete=models.PROTECT, related_name="review")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="reviews")
    customer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reviews")
    rating = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(5)])
    comment = LinesField(max_length=2000, blank=True)
    answer = LinesField(max_length=2000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True, help_text="The customer changed it since.")

    is_counted = models.BooleanField(
        default=False,
        editable=False,
        help_text="In ratings and figures: the booking was paid, and its time is over.",
    )

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["service", "-created_at", "-id"], name="review_of_service"),
            models.Index(fields=["created_at"], name="review_by_day"),
            models.Index(fields=["service"], name="review_to_count", condition=models.Q(is_counted=False)),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(rating__range=(1, 5)), name="review_one_to_five"),
        ]

    def __str__(self) -> str:
        return f"{self.rating} of 5"
