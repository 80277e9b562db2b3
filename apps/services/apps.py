from django.apps import AppConfig


class ServicesConfig(AppConfig):
    name = "apps.services"

    def ready(self) -> None:
        import apps.services.receivers  # noqa: F401
