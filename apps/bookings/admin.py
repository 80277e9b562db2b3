"""Bookings in the admin: to look at, and to move by the same actions as the API. Nobody edits them."""

from collections.abc import Callable

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin, TabularInline

from apps.accounts.models import User
from apps.bookings import actions
from apps.bookings.models import Booking, BookingEvent, Review
from apps.common.admin import ReadOnly
from apps.common.errors import DomainError

DESK_REASON = "by the SewaBazaar desk"


class HistoryInline(ReadOnly, TabularInline):
    model = BookingEvent
    fields = ("at", "from_status", "to_status", "actor", "reason")
    readonly_fields = fields
    extra = 0
    verbose_name_plural = "history"


@admin.register(Booking)
class BookingAdmin(ReadOnly, ModelAdmin):
    list_display = (
        "reference",
        "customer",
        "service",
        "staff",
        "starts_at",
        "status",
        "total_amount",
        "payment_method",
        "payment_status",
        "created_at",
    )
    list_filter = ("status", "payment_method", "payment_status", "city", "service__category")
    search_fields = ("reference", "customer__email", "customer__full_name", "service__title", "phone")
    date_hierarchy = "booking_date"
    list_select_related = ("customer", "service", "staff")
    list_per_page = 50
    inlines = (HistoryInline,)
    actions = ("confirm_bookings", "cancel_bookings", "mark_no_show")
    fieldsets = (
        (
            None,
            {"fields": ("reference", "status", "booking_step", "customer", "service", "provider", "staff")},
        ),
        ("When", {"fields": ("booking_date", "booking_time", "starts_at", "ends_at", "estimated_duration")}),
        (
            "Where",
            {"fields": ("address", "city", "phone", "special_instructions", "preferred_provider_gender")},
        ),
        (
            "Money, in rupees",
            {"fields": ("price", "discount", "fee", "total_amount", "payment_method", "payment_status")},
        ),
        (
            "Life",
            {
                "fields": (
                    "confirmed_at",
                    "started_at",
                    "completed_at",
                    "expires_at",
                    "cancellation_reason",
                    "rejection_reason",
                    "created_at",
                    "updated_at",
                )
            },
        ),
    )

    @admin.action(description="Confirm the chosen bookings", permissions=["view"])
    def confirm_bookings(self, request: HttpRequest, queryset: QuerySet[Booking]) -> None:
        self.move(
            request,
            queryset,
            lambda booking_id, actor: actions.booking_confirm(booking_id=booking_id, actor=actor),
        )

    @admin.action(description="Cancel the chosen bookings", permissions=["view"])
    def cancel_bookings(self, request: HttpRequest, queryset: QuerySet[Booking]) -> None:
        self.move(
            request,
            queryset,
            lambda booking_id, actor: actions.booking_cancel(
                booking_id=booking_id, actor=actor, reason=DESK_REASON
            ),
        )

    @admin.action(description="Mark the chosen bookings as no-show", permissions=["view"])
    def mark_no_show(self, request: HttpRequest, queryset: QuerySet[Booking]) -> None:
        self.move(
            request,
            queryset,
            lambda booking_id, actor: actions.booking_mark_no_show(booking_id=booking_id, actor=actor),
        )

    def move(
        self, request: HttpRequest, queryset: QuerySet[Booking], action: Callable[[int, User], Booking]
    ) -> None:
        """Do it booking by booking; say of each that refuses why."""
        actor = request.user
        if not isinstance(actor, User) or not actor.is_admin:
            self.message_user(request, "Only admins move bookings.", messages.ERROR)
            return
        moved = 0
        for booking_id, reference in queryset.values_list("pk", "reference"):
            try:
                action(booking_id, actor)
                moved += 1
            except DomainError as error:
                self.message_user(request, f"{reference}: {error.detail}", messages.WARNING)
        if moved:
            self.message_user(request, f"{moved} done.", messages.SUCCESS)


@admin.register(Review)
class ReviewAdmin(ReadOnly, ModelAdmin):
    list_display = ("service", "customer", "rating", "created_at", "answered_at")
    list_filter = ("rating",)
    search_fields = ("service__title", "customer__full_name", "comment")
    date_hierarchy = "created_at"
    list_select_related = ("service", "customer")
