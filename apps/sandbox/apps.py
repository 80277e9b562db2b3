from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class SandboxConfig(AppConfig):
    name = "apps.sandbox"
    label = "sandbox"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Anybody can press Pay here, so a production server must not even start with it.
        if not settings.DEBUG:
            raise ImproperlyConfigured("apps.sandbox pays without money: it must not load with DEBUG=False.")
