"""A member's hours, time off and overrides of them, and the reservations on a member's time."""

from datetime import datetime, time
from typing import Self

from django.conf import settings
from django.db import models

from apps.common.model_fields import LineField
from apps.services.models import Service, StaffMember


class Weekday(models.IntegerChoices):
    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6


class WorkingHours(models.Model):
    """One working interval a week, in local wall-clock time. An end of 00:00 is midnight."""

    staff = models.ForeignKey(StaffMember, on_delete=models.CASCADE, related_name="working_hours")
    weekday = models.PositiveSmallIntegerField(choices=Weekday.choices)
    start_time = models.TimeField()
    end_time = models.TimeField()

    class Meta:
        ordering = ["staff_id", "weekday", "start_time"]
        verbose_name_plural = "working hours"
        constraints = [
            models.CheckConstraint(condition=models.Q(weekday__lte=6), name="working_hours_weekday"),
            models.CheckConstraint(
                condition=models.Q(end_time=time.min) | models.Q(end_time__gt=models.F("start_time")),
                name="working_hours_end_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.start_time:%H:%M}-{self.end_time:%H:%M}"


class TimeOff(models.Model):
    """A closed period of one member, or with no member of the whole provider. UTC instants."""

    provider = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="time_off")
    staff = models.ForeignKey(
        StaffMember, on_delete=models.CASCADE, null=True, blank=True, related_name="time_off"
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reason = LineField(max_length=200, blank=True)

    class Meta:
        ordering = ["-starts_at", "-id"]
        verbose_name_plural = "time off"
        indexes = [models.Index(fields=["provider", "ends_at"], name="time_off_of_provider")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="time_off_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"time off {self.pk}"


class BookingSlot(models.Model):
    """One service, member and start: either it carries bookings, or it departs from the schedule.

    Only with `is_override` do `is_available`, `ends_at` and `max_bookings` count: blocked, opened outside
    the hours, or with other seats. How many seats are taken is counted from reservations, never stored.
    """

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="slots")
    staff = models.ForeignKey(StaffMember, on_delete=models.CASCADE, related_name="slots")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    is_override = models.BooleanField(default=False)
    is_available = models.BooleanField(default=True)
    max_bookings = models.PositiveIntegerField(null=True, blank=True, help_text="Empty: as the service says.")

    class Meta:
        ordering = ["-starts_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["staff", "service", "starts_at"], name="slot_once"),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="slot_takes_time"
            ),
        ]
        indexes = [
            # Slot overrides are few among the rows that carry bookings.
            models.Index(
                fields=["service"], name="slot_override_owner", condition=models.Q(is_override=True)
            ),
        ]

    def __str__(self) -> str:
        return f"slot {self.pk}"

    @property
    def seats(self) -> int:
        """How many can book it: the override's own number, else the service's."""
        if self.is_override and self.max_bookings is not None:
            return self.max_bookings
        return self.service.max_bookings


def is_live(now: datetime, prefix: str = "") -> models.Q:
    """Match reservations that bind their member: firm ones, and holds that have not run out."""
    return models.Q(**{f"{prefix}expires_at": None}) | models.Q(**{f"{prefix}expires_at__gt": now})


class ReservationQuerySet(models.QuerySet["Reservation"]):
    def live(self, now: datetime) -> Self:
        return self.filter(is_live(now))

    def run_out(self, now: datetime) -> Self:
        return self.filter(expires_at__lte=now)


class Reservation(models.Model):
    """A piece of a member's time, buffers included. `expires_at` empty: firm; else a hold until then.

    Released reservations are deleted, so a row is live unless its hold ran out. One that ran out loses its
    seat to the next who comes; without a seat it never comes back to life by itself, whatever a slow clock
    thinks.
    """

    slot = models.ForeignKey(BookingSlot, on_delete=models.PROTECT, related_name="reservations")
    staff = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="reservations")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="reservations")
    slot_starts_at = models.DateTimeField(help_text="The slot's start, without the buffer.")
    slot_ends_at = models.DateTimeField(help_text="The end that was chosen with it, without the buffer.")
    starts_at = models.DateTimeField(help_text="Buffer before included.")
    ends_at = models.DateTimeField(help_text="Buffer after included.")
    seat = models.PositiveIntegerField(null=True, default=1)
    expires_at = models.DateTimeField(null=True, blank=True)
    is_renewed = models.BooleanField(default=False, help_text="A payment has renewed this hold already.")

    objects = ReservationQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["staff", "starts_at"], name="reservation_of_staff"),
            models.Index(
                fields=["expires_at"], name="reservation_hold", condition=models.Q(expires_at__isnull=False)
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["slot", "seat"], name="reservation_seat_once"),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="reservation_takes_time"
            ),
            models.CheckConstraint(
                condition=models.Q(expires_at__isnull=False) | models.Q(seat__isnull=False),
                name="reservation_firm_has_seat",
            ),
        ]

    def __str__(self) -> str:
        return f"reservation {self.pk}"

    @property
    def is_firm(self) -> bool:
        return self.expires_at is None
