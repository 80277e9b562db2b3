from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "apps.notifications"

    def ready(self) -> None:
        from apps.notifications.receivers import accounts, bookings, payments  # noqa: F401  connects them
