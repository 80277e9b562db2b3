"""The catalogue: cities, categories, services, and the staff who perform them."""

from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone

from apps.accounts.models import Gender
from apps.common.image_fields import SizedImageField
from apps.common.model_fields import LineField, LinesField

MINUTES_A_DAY = 24 * 60


class City(models.Model):
    name = LineField(max_length=60, unique=True)
    slug = models.SlugField(max_length=60, unique=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "cities"

    def __str__(self) -> str:
        return self.name


class Category(models.Model):
    name = LineField(max_length=60, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    description = LineField(max_length=200, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "categories"

    def __str__(self) -> str:
        return self.name


class ServiceStatus(models.TextChoices):
    PENDING = "pending"
    ACTIVE = "active"
    PAUSED = "paused"
    REJECTED = "rejected"


class Service(models.Model):
    """What a customer books. Prices in rupees; the rules here apply to bookings made from now on only."""

    provider = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="services")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="services")
    cities = models.ManyToManyField(City, related_name="services")
    title = LineField(max_length=120)
    slug = models.SlugField(max_length=140, unique=True)
    description = LinesField(max_length=4000, blank=True)
    search_text = models.TextField(
        default="", blank=True, editable=False, help_text="What a search looks at, by spelling and by sound."
    )
    image = SizedImageField(
        upload_to="services/", blank=True, width_field="image_width", height_field="image_height"
    )
    image_width = models.PositiveIntegerField(null=True, editable=False)
    image_height = models.PositiveIntegerField(null=True, editable=False)
    price = models.DecimalField(
        max_digits=10,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.01")), MaxValueValidator(999_999)],
    )
    discount_price = models.DecimalField(
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    duration_minutes = models.PositiveIntegerField(
        validators=[MinValueValidator(5), MaxValueValidator(MINUTES_A_DAY)]
    )
    max_bookings = models.PositiveIntegerField(
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(500)],
        help_text="Seats per slot and member.",
    )
    buffer_before_minutes = models.PositiveIntegerField(
        default=0, validators=[MaxValueValidator(MINUTES_A_DAY)]
    )
    buffer_after_minutes = models.PositiveIntegerField(
        default=0, validators=[MaxValueValidator(MINUTES_A_DAY)]
    )
    min_notice_minutes = models.PositiveIntegerField(
        default=60, validators=[MaxValueValidator(90 * MINUTES_A_DAY)]
    )
    max_advance_days = models.PositiveIntegerField(
        default=60, validators=[MinValueValidator(1), MaxValueValidator(366)]
    )
    late_cancellation_fee_percent = models.PositiveIntegerField(
        default=50, validators=[MaxValueValidator(100)]
    )
    reconfirm_after_reschedule = models.BooleanField(default=False)
    is_staff_chosen = models.BooleanField(
        default=False,
        help_text="Somebody said who offers it. Until then all active members do, later ones too.",
    )
    status = models.CharField(max_length=10, choices=ServiceStatus.choices, default=ServiceStatus.PENDING)
    changed_since_review_at = models.DateTimeField(
        null=True, blank=True, help_text="On the admin's review list."
    )
    rating = models.DecimalField(max_digits=3, decimal_places=2, null=True, blank=True)
    review_count = models.PositiveIntegerField(default=0)
    stars = models.PositiveIntegerField(
        default=0, help_text="All ratings added up, so that averages over several services are exact."
    )
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        permissions = [("approve_service", "Can approve and reject services")]
        indexes = [
            models.Index(fields=["status", "-created_at"], name="service_newest"),
            models.Index(fields=["provider", "status"], name="service_of_provider"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(price__gt=0), name="service_price_positive"),
            models.CheckConstraint(
                condition=models.Q(discount_price=None) | models.Q(discount_price__lte=models.F("price")),
                name="service_discount_below_price",
            ),
            models.CheckConstraint(condition=models.Q(max_bookings__gte=1), name="service_has_a_seat"),
            models.CheckConstraint(condition=models.Q(duration_minutes__gte=1), name="service_takes_time"),
            models.CheckConstraint(
                condition=models.Q(status__in=ServiceStatus.values), name="service_status_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class StaffMember(models.Model):
    """A person who does the work. A provider has one from registration on: the provider; a firm adds more."""

    provider = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="staff")
    full_name = LineField(max_length=120)
    gender = models.CharField(max_length=6, choices=Gender.choices, blank=True)
    services = models.ManyToManyField(Service, related_name="staff", blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.full_name
