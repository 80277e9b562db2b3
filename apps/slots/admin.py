"""Schedules and claims for the people who run the marketplace."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from unfold.admin import ModelAdmin

from apps.common.admin import ReadOnly
from apps.slots.actions import time_off_change, time_off_create
from apps.slots.models import BookingSlot, Reservation, TimeOff, WorkingHours, is_live


@admin.register(WorkingHours)
class WorkingHoursAdmin(ReadOnly, ModelAdmin):
    """A week is replaced as a whole, by the API, which says which bookings then lie outside."""

    list_display = ["staff", "weekday", "start_time", "end_time"]
    list_filter = ["weekday"]
    list_select_related = ["staff"]
    search_fields = ["staff__full_name", "staff__provider__full_name", "staff__provider__email"]


class TimeOffForm(forms.ModelForm):
    def clean(self) -> dict[str, Any]:
        time_off: dict[str, Any] = super().clean() or self.cleaned_data
        staff, provider = time_off.get("staff"), time_off.get("provider")
        if staff and provider and staff.provider_id != provider.pk:
            raise ValidationError({"staff": "This member works for another provider."})
        return time_off


@admin.register(TimeOff)
class TimeOffAdmin(ModelAdmin):
    """Written by the API's own actions, which say which bookings now lie in it."""

    form = TimeOffForm
    list_display = ["provider", "staff", "starts_at", "ends_at", "reason"]
    list_select_related = ["provider", "staff"]
    search_fields = ["provider__full_name", "provider__email", "staff__full_name", "reason"]
    autocomplete_fields = ["provider", "staff"]
    date_hierarchy = "starts_at"

    def save_model(self, request: HttpRequest, obj: TimeOff, form: forms.ModelForm, change: bool) -> None:
        now = timezone.now()
        if change:
            typed_in = {name: form.cleaned_data[name] for name in form.changed_data}
            _, outside = time_off_change(time_off=obj, **typed_in, now=now)
        else:
            made, outside = time_off_create(**form.cleaned_data, now=now)
            obj.pk = made.pk
        if outside:
            references = ", ".join(booking["reference"] for booking in outside)
            self.message_user(request, f"Bookings that stay, but lie in it: {references}.", messages.WARNING)


@admin.register(BookingSlot)
class BookingSlotAdmin(ReadOnly, ModelAdmin):
    list_display = [
        "service",
        "staff",
        "starts_at",
        "ends_at",
        "is_departure",
        "is_available",
        "seats",
        "taken",
    ]
    list_filter = ["is_departure", "is_available"]
    list_select_related = ["service", "staff"]
    search_fields = ["service__title", "staff__full_name", "service__provider__email"]
    date_hierarchy = "starts_at"

    def get_queryset(self, request: HttpRequest) -> QuerySet[BookingSlot]:
        live = Count("reservations", filter=is_live(timezone.now(), "reservations__"))
        slots: QuerySet[BookingSlot] = super().get_queryset(request).annotate(taken_seats=live)
        return slots

    @admin.display(description="Seats taken")
    def taken(self, slot: BookingSlot) -> int:
        return slot.taken_seats  # type: ignore[attr-defined, no-any-return]  # annotated


@admin.register(Reservation)
class ReservationAdmin(ReadOnly, ModelAdmin):
    list_display = ["id", "service", "staff", "slot_starts_at", "seat", "state", "expires_at"]
    list_filter = [("expires_at", admin.EmptyFieldListFilter), "is_renewed"]
    list_select_related = ["service", "staff"]
    search_fields = ["=booking__reference", "service__title", "staff__full_name"]
    date_hierarchy = "slot_starts_at"

    @admin.display
    def state(self, reservation: Reservation) -> str:
        if reservation.expires_at is None:
            return "firm"
        return "held" if reservation.expires_at > timezone.now() else "ran out"
