"""What a provider sees of their schedule, an admin of everybody's. Newest first."""

from datetime import datetime

from django.db.models import Count, QuerySet

from apps.accounts.models import User
from apps.services.models import StaffMember
from apps.slots.models import BookingSlot, TimeOff, is_live


def staff_visible_to(user: User) -> QuerySet[StaffMember]:
    staff = StaffMember.objects.all()
    return staff if user.is_admin else staff.filter(provider=user)


def slot_overrides_visible_to(user: User, *, now: datetime) -> QuerySet[BookingSlot]:
    """Return overrides with their service, and `current_bookings` counted from live reservations."""
    overrides = (
        BookingSlot.objects.filter(is_override=True)
        .select_related("service")
        .annotate(current_bookings=Count("reservations", filter=is_live(now, "reservations__")))
        .order_by("-id")
    )
    return overrides if user.is_admin else overrides.filter(service__provider=user)


def time_off_visible_to(user: User) -> QuerySet[TimeOff]:
    time_off = TimeOff.objects.order_by("-id")
    return time_off if user.is_admin else time_off.filter(provider=user)
