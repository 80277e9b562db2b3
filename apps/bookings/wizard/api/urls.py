"""Addresses of the wizard."""

from django.urls import path

from apps.bookings.wizard.api import views

urlpatterns = [
    path("create-step/", views.CreateStepView.as_view(), name="create-step"),
    path("calculate-price/", views.CalculatePriceView.as_view(), name="calculate-price"),
    path("<int:booking_id>/", views.WizardStateView.as_view(), name="wizard-state"),
]
