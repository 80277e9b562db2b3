"""Addresses of bookings. The list itself is the wizard's, since it also takes the booking in one call."""

from django.urls import URLPattern, URLResolver, path

from apps.bookings.api import calendars, day_plan, reschedule, reviews, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("services/<int:pk>/reviews/", reviews.ServiceReviewListView.as_view(), name="service-reviews"),
    path("reviews/", reviews.ReviewListView.as_view(), name="reviews"),
    path("calendar/", calendars.CalendarAddressView.as_view(), name="calendar-address"),
    path("calendar/<str:secret>.ics", calendars.CalendarFeedView.as_view(), name="calendar-feed"),
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
    path("bookings/<int:booking_id>/dispute/", views.BookingDisputeView.as_view(), name="booking-dispute"),
    path(
        "bookings/<int:booking_id>/calendar.ics",
        calendars.AppointmentFileView.as_view(),
        name="appointment-file",
    ),
    path("bookings/<int:booking_id>/review/", reviews.ReviewView.as_view(), name="booking-review"),
    path(
        "bookings/<int:booking_id>/review/answer/",
        reviews.ReviewAnswerView.as_view(),
        name="booking-review-answer",
    ),
    path(
        "bookings/<int:booking_id>/reschedule/",
        reschedule.BookingRescheduleView.as_view(),
        name="booking-reschedule",
    ),
    path("bookings/<int:booking_id>/history/", views.BookingHistoryView.as_view(), name="booking-history"),
]
