"""Bookings in the admin: to look at, and to move by the same actions as the API. Nobody edits them."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from unfold.admin import ModelAdmin
from unfold.decorators import display

from apps.bookings.models import Booking
from apps.common.admin import ReadOnly
from apps.common.admin_exports import Exported
from apps.common.admin_lists import DaysFilter, LargeTable, SearchByKeys
from apps.common.localtime import local
from apps.common.money import rupees_text
from apps.desk.booking_decisions import MovesBookings
from apps.desk.booking_filters import (
    MethodFilter,
    PaymentStatusFilter,
    WaitsForFilter,
    WhenFilter,
    bookings_found,
)
from apps.desk.story import story_of
from apps.desk.wording import method_text, status_label


def unbroken(text: str) -> SafeString:
    return format_html('<span class="desk-nowrap">{}</span>', text)


@admin.register(Booking)
class BookingAdmin(MovesBookings, ReadOnly, LargeTable, SearchByKeys, Exported, ModelAdmin):
    list_display = (
        "number",
        "booking",
        "customer",
        "service",
        "provider",
        "state",
        "total",
        "method",
        "paid",
    )
    date_hierarchy = "booking_date"
    list_filter = (
        "status",
        WaitsForFilter,
        WhenFilter,
        ("booking_date", DaysFilter),
        ("created_at", DaysFilter),
        MethodFilter,
        PaymentStatusFilter,
        "city",
        "service__category",
    )
    list_select_related = ("customer", "service", "provider")
    search_fields = ("reference",)
    search_help_text = "Reference, or a customer's or provider's name, e-mail or phone"
    # What no index orders would be sorted a million rows at a time.
    sortable_by = ("number", "booking")
    change_form_template = "desk/booking.html"
    export_columns = (
        "id",
        "reference",
        "customer__full_name",
        "customer__email",
        "service__title",
        "provider__full_name",
        "staff__full_name",
        "booking_date",
        "booking_time",
        "city__name",
        "address",
        "phone",
        "status",
        "price",
        "discount",
        "fee",
        "total_amount",
        "payment_method",
        "payment_status",
        "cancellation_reason",
        "rejection_reason",
        "created_at",
    )

    def found(self, text: str) -> Q:
        return bookings_found(text)

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Booking | None:
        """Return a booking with all that its page shows of it; the same one for the whole request."""
        known: Booking | None = getattr(request, "_booking", None)
        if known is not None and str(known.pk) == object_id:
            return known
        booking: Booking | None = super().get_object(request, object_id, from_field)
        request._booking = booking  # type: ignore[attr-defined]
        return booking

    def get_queryset(self, request: HttpRequest) -> QuerySet[Booking]:
        bookings: QuerySet[Booking] = super().get_queryset(request)
        match = request.resolver_match
        if match is None or "object_id" not in match.kwargs:
            return bookings
        return bookings.select_related(
            "customer",
            "service__category",
            "provider",
            "staff",
            "city",
            "reservation",
            "series",
            "booking_slot",
            "dispute",
        )

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        booking = self.get_object(request, object_id) if object_id else None
        story = {"story": story_of(booking, request=request)} if booking else {}
        page: HttpResponse = super().changeform_view(
            request, object_id, form_url, {**(extra_context or {}), **story}
        )
        return page

    @display(description="Reference", ordering="reference")
    def number(self, booking: Booking) -> str:
        return unbroken(booking.reference)

    @display(description="Booking", ordering="booking_date")
    def booking(self, booking: Booking) -> str:
        if booking.starts_at is None:
            return "-"
        starts = local(booking.starts_at)
        return format_html("{}, {}", unbroken(f"{starts:%a %-d %b %Y}"), f"{starts:%H:%M}")

    @display(description="Status")
    def state(self, booking: Booking) -> str:
        return status_label(booking.status)

    @display(description="Total")
    def total(self, booking: Booking) -> str:
        return unbroken(f"Rs {rupees_text(booking.total_amount)}")

    @display(description="Method")
    def method(self, booking: Booking) -> str:
        return unbroken(method_text(booking.payment_method))

    @display(description="Payment")
    def paid(self, booking: Booking) -> str:
        return status_label(booking.payment_status)
