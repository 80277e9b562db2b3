"""Addresses of slots, hours and time off."""

from django.urls import URLPattern, URLResolver, path

from apps.slots.api import availability

urlpatterns: list[URLPattern | URLResolver] = [
    path("booking-slots/available-slots/", availability.AvailableSlotsView.as_view(), name="available-slots"),
    path("booking-slots/available-dates/", availability.AvailableDatesView.as_view(), name="available-dates"),
]
