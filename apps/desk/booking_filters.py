"""How the admin's list of bookings is narrowed. Choices come from the code, never from reading the table."""

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from apps.accounts.staff import people_found
from apps.bookings.models import Booking, BookingStatus
from apps.bookings.selectors import waits_for_money
from apps.common.localtime import today
from apps.payments.models import MethodCode, PaymentStatus


class ColumnFilter(admin.SimpleListFilter):
    """A plain column whose values another app knows."""

    options: list[tuple[str, str]]

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return self.options

    def queryset(self, request: HttpRequest, queryset: QuerySet[Booking]) -> QuerySet[Booking]:
        return queryset.filter(**{str(self.parameter_name): self.value()}) if self.value() else queryset


class MethodFilter(ColumnFilter):
    title = "payment method"
    parameter_name = "payment_method"
    options = list(MethodCode.choices)


class PaymentStatusFilter(ColumnFilter):
    title = "payment status"
    parameter_name = "payment_status"
    options = list(PaymentStatus.choices)


class WaitsForFilter(admin.SimpleListFilter):
    """Requests, by whom they wait for."""

    title = "request waits for"
    parameter_name = "waits"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("provider", "The provider's answer"), ("money", "Its money")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Booking]) -> QuerySet[Booking]:
        if self.value() not in ("provider", "money"):
            return queryset
        pending = queryset.filter(status=BookingStatus.PENDING)
        return pending.filter(waits_for_money() if self.value() == "money" else ~waits_for_money())


class WhenFilter(admin.SimpleListFilter):
    """The days that people ask for, by the marketplace's calendar."""

    title = "day of the booking"
    parameter_name = "when"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("today", "Today"), ("tomorrow", "Tomorrow"), ("week", "The next seven days")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Booking]) -> QuerySet[Booking]:
        day = today(timezone.now())
        if self.value() == "today":
            return queryset.filter(booking_date=day)
        if self.value() == "tomorrow":
            return queryset.filter(booking_date=day + timedelta(days=1))
        if self.value() == "week":
            return queryset.filter(booking_date__gte=day, booking_date__lt=day + timedelta(days=7))
        return queryset


def bookings_found(text: str) -> Q:
    """Match bookings by reference, or by the customer's or provider's name, e-mail or phone."""
    named = list(Booking.objects.filter(reference=text.upper()).values_list("pk", flat=True))
    if named:
        return Q(pk__in=named)
    people = people_found(text)
    return Q(customer__in=people) | Q(provider__in=people)
