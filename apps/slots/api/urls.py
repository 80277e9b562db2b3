"""Addresses of slots, hours and time off."""

from django.urls import URLPattern, URLResolver, path

from apps.slots.api import availability, next_available, schedules, slot_overrides

urlpatterns: list[URLPattern | URLResolver] = [
    path("booking-slots/available-slots/", availability.AvailableSlotsView.as_view(), name="available-slots"),
    path("booking-slots/available-dates/", availability.AvailableDatesView.as_view(), name="available-dates"),
    path("booking-slots/next-available/", next_available.NextAvailableView.as_view(), name="next-available"),
    path("booking-slots/", slot_overrides.BookingSlotListView.as_view(), name="booking-slots"),
    path("booking-slots/<int:pk>/", slot_overrides.BookingSlotDetailView.as_view(), name="booking-slot"),
    path("staff/<int:pk>/working-hours/", schedules.WorkingHoursView.as_view(), name="working-hours"),
    path("time-off/", schedules.TimeOffListView.as_view(), name="time-off-list"),
    path("time-off/<int:pk>/", schedules.TimeOffDetailView.as_view(), name="time-off"),
]
