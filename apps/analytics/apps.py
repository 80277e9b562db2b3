from collections.abc import Sequence

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate

from apps.services.figures import figures_are_counted_by


class AnalyticsConfig(AppConfig):
    name = "apps.analytics"

    def ready(self) -> None:
        from apps.analytics.actions.purged import drafts_keep_figures
        from apps.analytics.selectors.providers import public_figures
        from apps.bookings.events import drafts_going

        figures_are_counted_by(public_figures)
        drafts_going.connect(drafts_keep_figures)
        pre_migrate.connect(take_triggers_away, sender=self)
        post_migrate.connect(put_triggers_back, sender=self)


def take_triggers_away(using: str, plan: Sequence[object] = (), **kwargs: object) -> None:
    """SQLite makes a table anew to change it, and refuses that while a trigger of another one names it."""
    from apps.analytics import triggers

    connection = connections[using]
    if connection.vendor == "sqlite" and plan:
        triggers.remove(connection)


def put_triggers_back(using: str, plan: Sequence[object] = (), **kwargs: object) -> None:
    """Give SQLite its triggers once all tables are there, and mark what was written without them."""
    from apps.analytics import triggers

    connection = connections[using]
    if (
        connection.vendor == "sqlite"
        and plan
        and "analytics_dirtyday" in connection.introspection.table_names()
    ):
        triggers.install(connection)
        triggers.mark_everything(connection)
