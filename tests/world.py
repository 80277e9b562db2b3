"""One of everything that a path or a body can name."""

import re
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from apps.accounts.models import Gender, Role, User
from apps.accounts.tests.factories import UserFactory
from apps.bookings.actions import calendar_feed_renew, review_write
from apps.bookings.models import Booking, BookingStatus
from apps.bookings.tests.factories import booked, draft_at_payment_step, in_days
from apps.notifications.models import Notification
from apps.payments.actions.initiate import payment_initiate
from apps.payments.models import Payment
from apps.services.models import Service, StaffMember
from apps.services.tests.factories import StaffFactory
from apps.slots.models import BookingSlot, TimeOff
from apps.slots.tests.factories import BookableServiceFactory, departs, off, works


@dataclass(frozen=True)
class World:
    """A customer, a provider and an admin, and what the first two have to do with each other."""

    customer: User
    provider: User
    admin: User
    service: Service
    staff: StaffMember
    draft: Booking
    booking: Booking
    reviewed: Booking
    missed: Booking
    payment: Payment
    notification: Notification
    time_off: TimeOff
    override: BookingSlot
    calendar_secret: str

    def address(self, path: str) -> str:
        """Return a path of the schema with a name in its variable part."""
        return re.sub(r"\{\w+\}", lambda _: str(self.named_by(path)), path)

    def named_by(self, path: str) -> Any:
        """Return what the variable part of a path can name."""
        if path.startswith("/api/payments/esewa/"):
            return self.payment.transaction_id
        if path.startswith("/api/calendar/"):
            return self.calendar_secret
        if "/review/" in path:
            return self.reviewed.pk
        if path.endswith("/dispute/"):
            return self.missed.pk
        rows = {
            "notifications": self.notification,
            "booking-slots": self.override,
            "booking-wizard": self.draft,
            "bookings": self.booking,
            "payments": self.payment,
            "providers": self.provider,
            "services": self.service,
            "staff": self.staff,
            "time-off": self.time_off,
        }
        return rows[path.split("/")[2]].pk

    def known(self) -> dict[str, Any]:
        """Return what fields of a body or a query can name, by field."""
        day = in_days(5)
        return {
            "booking_id": self.draft.pk,
            "service": self.service.pk,
            "service_id": self.service.pk,
            "staff": self.staff.pk,
            "services": [self.service.pk],
            "category": self.service.category_id,
            "cities": list(self.service.cities.values_list("pk", flat=True)),
            "city": "kathmandu",
            "phone": "9841234567",
            "payment_method": "cash",
            "booking_date": day.isoformat(),
            "booking_time": "10:00:00",
            "date": day.isoformat(),
            "month": f"{day:%Y-%m}",
        }


def world_made() -> World:
    """Make it, through the real actions where there are any."""
    customer = UserFactory()
    provider = UserFactory(role=Role.PROVIDER)
    service = BookableServiceFactory(provider=provider, members=0, max_bookings=5)
    staff = works(StaffFactory(provider=provider, gender=Gender.FEMALE))
    service.staff.add(staff)
    booking = booked(customer, service, days=3)
    far_day = in_days(20).isoformat()
    return World(
        customer=customer,
        provider=provider,
        admin=UserFactory(role=Role.ADMIN, is_staff=True, is_superuser=True),
        service=service,
        staff=staff,
        draft=draft_at_payment_step(customer, service, days=4),
        booking=booking,
        reviewed=reviewed_booking(customer, service),
        missed=missed_booking(customer, service),
        payment=payment_initiate(booking_id=booking.pk, customer=customer)[0],
        notification=Notification.objects.filter(recipient=customer).latest("pk"),
        time_off=off(staff, f"{far_day} 10:00", f"{far_day} 12:00"),
        override=departs(service, staff, f"{far_day} 18:00", f"{far_day} 19:00"),
        calendar_secret=calendar_feed_renew(user=customer, now=timezone.now()),
    )


def reviewed_booking(customer: User, service: Service) -> Booking:
    booking = booked(customer, service, days=6)
    Booking.objects.filter(pk=booking.pk).update(status=BookingStatus.COMPLETED)
    review_write(booking_id=booking.pk, rating=5, comment="Spotless.", now=timezone.now())
    return booking


def missed_booking(customer: User, service: Service) -> Booking:
    booking = booked(customer, service, days=7)
    Booking.objects.filter(pk=booking.pk).update(status=BookingStatus.NO_SHOW, no_show_at=timezone.now())
    return booking
