from django.apps import AppConfig


class WizardConfig(AppConfig):
    name = "apps.bookings.wizard"
    label = "wizard"
