"""Schedules and reservations for the people who run the marketplace."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone
from rest_framework.exceptions import ValidationError as RefusedInput
from unfold.admin import ModelAdmin

from apps.common.admin import ReadOnly
from apps.common.admin_exports import Exported
from apps.common.admin_lists import DaysFilter, LargeTable, SearchByKeys
from apps.services.models import StaffMember
from apps.slots.actions import time_off_change, time_off_create
from apps.slots.limits import refuse_too_much_time_off
from apps.slots.models import BookingSlot, Reservation, TimeOff, WorkingHours, is_live


@admin.register(WorkingHours)
class WorkingHoursAdmin(ReadOnly, Exported, ModelAdmin):
    """A week is replaced as a whole, by the API, which says which bookings then lie outside."""

    list_display = ["staff", "weekday", "start_time", "end_time"]
    list_filter = ["weekday"]
    list_select_related = ["staff"]
    list_per_page = 50
    search_fields = ["staff__full_name", "staff__provider__full_name", "staff__provider__email"]
    export_columns = ["staff__id", "staff__full_name", "weekday", "start_time", "end_time"]


class TimeOffForm(forms.ModelForm):
    def clean(self) -> dict[str, Any]:
        time_off: dict[str, Any] = super().clean() or self.cleaned_data
        staff, provider = time_off.get("staff"), time_off.get("provider")
        if staff and provider and staff.provider_id != provider.pk:
            raise ValidationError({"staff": "This member works for another provider."})
        if provider:
            try:
                refuse_too_much_time_off(provider.pk, now=timezone.now(), besides=self.instance.pk or 0)
            except RefusedInput as error:
                raise ValidationError([str(detail) for detail in error.detail]) from error
        return time_off


@admin.register(TimeOff)
class TimeOffAdmin(Exported, ModelAdmin):
    """Written by the API's own actions, which say which bookings now lie in it."""

    form = TimeOffForm
    list_display = ["provider", "staff", "starts_at", "ends_at", "reason"]
    list_select_related = ["provider", "staff"]
    search_fields = ["provider__full_name", "provider__email", "staff__full_name", "reason"]
    autocomplete_fields = ["provider", "staff"]
    date_hierarchy = "starts_at"
    list_per_page = 50
    export_columns = ["id", "provider__full_name", "staff__full_name", "starts_at", "ends_at", "reason"]

    def save_model(self, request: HttpRequest, obj: TimeOff, form: forms.ModelForm, change: bool) -> None:
        now = timezone.now()
        if change:
            typed_in = {name: form.cleaned_data[name] for name in form.changed_data}
            _, outside = time_off_change(time_off=obj, **typed_in, now=now)
        else:
            made, outside = time_off_create(**form.cleaned_data, now=now)
            obj.pk = made.pk
        if outside.bookings:
            references = ", ".join(booking["reference"] for booking in outside.bookings)
            self.message_user(request, f"Bookings that stay, but lie in it: {references}.", messages.WARNING)


def members_found(text: str) -> list[int]:
    """Return the ids of members by a part of their name, or by their provider's e-mail."""
    named = Q(full_name__icontains=text) | Q(provider__email=text.lower())
    return list(StaffMember.objects.filter(named).order_by("-id").values_list("pk", flat=True)[:100])


@admin.register(BookingSlot)
class BookingSlotAdmin(ReadOnly, LargeTable, SearchByKeys, Exported, ModelAdmin):
    list_display = [
        "service",
        "staff",
        "starts_at",
        "ends_at",
        "is_override",
        "is_available",
        "seats",
        "taken",
    ]
    list_filter = ["is_override", "is_available", ("starts_at", DaysFilter)]
    list_select_related = ["service", "staff"]
    search_fields = ["staff"]
    search_help_text = "A member's name, or the provider's e-mail"
    ordering = ["-id"]
    sortable_by: list[str] = []
    export_columns = [
        "id",
        "service__title",
        "staff__full_name",
        "starts_at",
        "ends_at",
        "is_override",
        "is_available",
        "max_bookings",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[BookingSlot]:
        """Seats are counted for the rows of a page, one by one: a join would count those of every slot."""
        live = Reservation.objects.filter(is_live(timezone.now()), slot=OuterRef("pk")).order_by()
        counted = live.values("slot").annotate(number=Count("pk")).values("number")
        slots: QuerySet[BookingSlot] = super().get_queryset(request)
        return slots.annotate(taken_seats=Coalesce(Subquery(counted), 0))

    def found(self, text: str) -> Q:
        return Q(staff__in=members_found(text))

    @admin.display(description="Seats taken")
    def taken(self, slot: BookingSlot) -> int:
        return slot.taken_seats  # type: ignore[attr-defined, no-any-return]  # annotated


@admin.register(Reservation)
class ReservationAdmin(ReadOnly, LargeTable, SearchByKeys, Exported, ModelAdmin):
    list_display = ["id", "service", "staff", "slot_starts_at", "seat", "state", "expires_at"]
    list_filter = [
        ("expires_at", admin.EmptyFieldListFilter),
        "is_renewed",
        ("starts_at", DaysFilter),
    ]
    list_select_related = ["service", "staff"]
    search_fields = ["booking"]
    search_help_text = "Booking's reference, a member's name, or the provider's e-mail"
    sortable_by = ["id"]
    export_columns = [
        "id",
        "booking__reference",
        "service__title",
        "staff__full_name",
        "slot_starts_at",
        "slot_ends_at",
        "starts_at",
        "ends_at",
        "seat",
        "expires_at",
    ]

    def found(self, text: str) -> Q:
        named = Reservation.objects.filter(booking__reference=text.upper()).values_list("pk", flat=True)
        return Q(pk__in=list(named)) | Q(staff__in=members_found(text))

    @admin.display
    def state(self, reservation: Reservation) -> str:
        if reservation.expires_at is None:
            return "firm"
        return "held" if reservation.expires_at > timezone.now() else "ran out"
