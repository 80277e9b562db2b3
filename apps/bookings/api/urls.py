"""Addresses of bookings. The list itself is the wizard's, since it also takes the booking in one call."""

from django.urls import URLPattern, URLResolver, path

from apps.bookings.api import day_plan, reviews, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("services/<int:pk>/reviews/", reviews.ServiceReviewListView.as_view(), name="service-reviews"),
    path("bookings/customer-bookings/", views.CustomerBookingsView.as_view(), name="customer-bookings"),
    path("bookings/provider-bookings/", views.ProviderBookingsView.as_view(), name="provider-bookings"),
    path("bookings/customer_bookings/", views.CustomerBookingsView.as_view(is_alias=True)),
    path("bookings/provider_bookings/", views.ProviderBookingsView.as_view(is_alias=True)),
    path("bookings/day-plan/", day_plan.DayPlanView.as_view(), name="day-plan"),
    path("bookings/<int:booking_id>/", views.BookingView.as_view(), name="booking"),
    path(
        "bookings/<int:booking_id>/update-status/", views.BookingStatusView.as_view(), name="booking-status"
    ),
    path("bookings/<int:booking_id>/update_status/", views.BookingStatusView.as_view(is_alias=True)),
    path("bookings/<int:booking_id>/cancel/", views.BookingCancelView.as_view(), name="booking-cancel"),
    path("bookings/<int:booking_id>/history/", views.BookingHistoryView.as_view(), name="booking-history"),
]
