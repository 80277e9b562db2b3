from collections.abc import Sequence

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate

from apps.services.figures import figures_are_counted_by


class AnalyticsConfig(AppConfig):
    name = "apps.analytics"

    def ready(self) -> None:
        from apps.analytics.selectors.providers import public_figures

        figures_are_counted_by(public_figures)
        post_migrate.connect(reinstall_triggers, sender=self)


def reinstall_triggers(using: str, plan: Sequence[object] = (), **kwargs: object) -> None:
    """SQLite loses a table's triggers when a migration makes the table anew."""
    from apps.analytics import triggers

    connection = connections[using]
    if (
        connection.vendor == "sqlite"
        and plan
        and "analytics_dirtyday" in connection.introspection.table_names()
    ):
        triggers.install(connection)
