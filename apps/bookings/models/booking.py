"""One booking."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models.functions import Round
from django.utils import timezone

from apps.bookings.models.series import BookingSeries, OnConflict, RecurringFrequency
from apps.common.model_fields import LineField, LinesField
from apps.services.models import City, Service, StaffMember
from apps.slots.models import BookingSlot, Reservation

ZERO = Decimal("0.00")


class BookingStatus(models.TextChoices):
    DRAFT = "draft"
    PENDING = "pending"
    CONFIRMED = "confirmed"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    REJECTED = "rejected"
    NO_SHOW = "no_show"
    EXPIRED = "expired"


class BookingStep(models.TextChoices):
    """The wizard's steps, in order; `completed` once the booking is no draft any more."""

    SERVICE = "service_selection"
    DATETIME = "datetime_selection"
    DETAILS = "details_input"
    PAYMENT = "payment"
    CONFIRMATION = "confirmation"
    COMPLETED = "completed"


class GenderPreference(models.TextChoices):
    ANY = "any"
    MALE = "male"
    FEMALE = "female"
    OTHER = "other"


class Booking(models.Model):
    """One booking. Money in rupees, copied from the service when the payment step fixes it; instants in UTC.

    `status` only changes through `actions.booking_move`; another time may send it back to the provider. The
    payment step fixes price and fee; after it only `actions.booking_record_payment` writes the fee, the
    method and `payment_status`.
    """

    reference = models.CharField(max_length=16, unique=True)
    customer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="bookings")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="bookings")
    provider = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="provided_bookings",
        help_text="The service's provider, copied so that lists by provider need no join.",
    )
    staff = models.ForeignKey(StaffMember, on_delete=models.PROTECT, null=True, related_name="bookings")
    is_staff_requested = models.BooleanField(
        default=False, help_text="The customer asked for this very member."
    )
    booking_slot = models.ForeignKey(
        BookingSlot, on_delete=models.SET_NULL, null=True, related_name="bookings"
    )
    reservation = models.OneToOneField(
        Reservation, on_delete=models.SET_NULL, null=True, related_name="booking", editable=False
    )
    series = models.ForeignKey(
        BookingSeries, on_delete=models.PROTECT, null=True, blank=True, related_name="bookings"
    )

    booking_date = models.DateField(null=True, help_text="Local date.")
    booking_time = models.TimeField(null=True, help_text="Local time.")
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    estimated_duration = models.PositiveIntegerField(null=True, help_text="Minutes.")

    address = LineField(max_length=255, blank=True)
    city = models.ForeignKey(City, on_delete=models.PROTECT, null=True, blank=True, related_name="bookings")
    phone = models.CharField(max_length=16, blank=True, help_text="E.164")
    special_instructions = LinesField(max_length=2000, blank=True)
    preferred_provider_gender = models.CharField(
        max_length=6, choices=GenderPreference.choices, default=GenderPreference.ANY
    )
    is_recurring = models.BooleanField(default=False)
    recurring_frequency = models.CharField(max_length=10, choices=RecurringFrequency.choices, blank=True)
    recurring_count = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="How many bookings were asked for, the first one included."
    )
    on_conflict = models.CharField(max_length=4, choices=OnConflict.choices, blank=True)
    is_first_of_series = models.BooleanField(
        default=False, help_text="The others were made when this one was confirmed or paid."
    )

    status = models.CharField(max_length=12, choices=BookingStatus.choices, default=BookingStatus.DRAFT)
    booking_step = models.CharField(max_length=20, choices=BookingStep.choices, default=BookingStep.SERVICE)

    price = models.DecimalField(max_digits=10, decimal_places=2, default=ZERO)
    discount = models.DecimalField(max_digits=10, decimal_places=2, default=ZERO)
    fee = models.DecimalField(max_digits=10, decimal_places=2, default=ZERO)
    total_amount = models.DecimalField(max_digits=10, decimal_places=2, default=ZERO)
    payment_method = models.CharField(max_length=20, blank=True, help_text="Code of the payment method.")
    payment_status = models.CharField(max_length=20, default="pending")

    cancellation_reason = LineField(max_length=500, blank=True)
    rejection_reason = LineField(max_length=500, blank=True)
    is_repeat = models.BooleanField(
        default=False, help_text="When it was sent off, its customer had sent off another before."
    )
    reschedule_count = models.PositiveSmallIntegerField(default=0, help_text="By the customer.")
    moved_by_provider_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="The provider or an admin moved it last: the customer cancels free.",
    )
    calendar_sequence = models.PositiveIntegerField(
        default=0, help_text="Goes up with every change that calendars must notice."
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    no_show_at = models.DateTimeField(null=True, blank=True, help_text="When it was marked so.")
    expires_at = models.DateTimeField(
        null=True, blank=True, help_text="When a draft or an unanswered request runs out."
    )
    dropped_at = models.DateTimeField(null=True, blank=True, help_text="The customer threw the draft away.")
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        permissions = [("act_on_booking", "Can confirm, reject, cancel and otherwise move bookings")]
        indexes = [
            models.Index(fields=["customer", "-created_at", "-id"], name="booking_of_customer"),
            models.Index(fields=["provider", "-created_at", "-id"], name="booking_of_provider"),
            models.Index(fields=["-created_at", "-id"], name="booking_newest"),
            models.Index(fields=["status", "-created_at", "-id"], name="booking_by_status"),
            models.Index(fields=["booking_date", "service", "status"], name="booking_by_date"),
            models.Index(fields=["provider", "booking_date"], name="booking_of_provider_by_date"),
            models.Index(
                fields=["expires_at"],
                name="booking_running_out",
                condition=models.Q(expires_at__isnull=False),
            ),
            models.Index(
                fields=["updated_at"],
                name="booking_expired_drafts",
                condition=models.Q(status="expired") & ~models.Q(booking_step="completed"),
            ),
            models.Index(
                fields=["no_show_at"],
                name="booking_no_shows",
                condition=models.Q(no_show_at__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=BookingStatus.values), name="booking_status_known"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    price__gte=0, discount__gte=0, fee__gte=0, discount__lte=models.F("price")
                ),
                name="booking_amounts_not_negative",
            ),
            # Rounded, since SQLite reckons in floating point: 1500.10 - 0.20 + 0.30 is not 1500.20 there.
            models.CheckConstraint(
                condition=models.Q(
                    total_amount=Round(models.F("price") - models.F("discount") + models.F("fee"), 2),
                ),
                name="booking_total_adds_up",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=["draft", "expired"])
                | models.Q(starts_at__isnull=False, ends_at__isnull=False, staff__isnull=False),
                name="booking_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.reference
