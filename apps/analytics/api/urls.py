"""Addresses of this app, beside those of the apps that it counts."""

from django.urls import URLPattern, URLResolver, path

from apps.analytics.api import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("bookings/booking-analytics/", views.BookingAnalyticsView.as_view(), name="booking-analytics"),
    path("bookings/provider-statistics/", views.ProviderStatisticsView.as_view(), name="provider-statistics"),
    path("payments/payment-analytics/", views.PaymentAnalyticsView.as_view(), name="payment-analytics"),
]
