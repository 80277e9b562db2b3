"""Rows in bulk: COPY on PostgreSQL, bulk inserts elsewhere."""

from typing import Any

from django.core.management.color import no_style
from django.db import connection, models
from django.db.models import Max

INSERT_BATCH = 500


class Table:
    """Collects rows of one model. Ids are ours, so that rows can refer to others that aren't written yet."""

    def __init__(self, model: type[models.Model], *columns: str) -> None:
        self.model = model
        fields = [field for field in model._meta.concrete_fields if not field.primary_key]
        others = [field for field in fields if field.attname not in columns]
        # The database knows no defaults: what isn't said is what the model says.
        self.columns = ["id", *columns, *(field.attname for field in others)]
        self.defaults = tuple(field.get_default() for field in others)
        self.rows: list[tuple[Any, ...]] = []
        self.last_id: int = model._default_manager.aggregate(last=Max("pk"))["last"] or 0

    def add(self, *values: Any) -> int:
        """Collect a row, and return its id."""
        self.last_id += 1
        self.rows.append((self.last_id, *values, *self.defaults))
        return self.last_id

    def write(self) -> None:
        """Write what was collected."""
        if connection.vendor == "postgresql":
            self._copy()
        else:
            made = [self.model(**dict(zip(self.columns, row, strict=True))) for row in self.rows]
            self.model._default_manager.bulk_create(made, batch_size=INSERT_BATCH)
        self.rows = []

    def _copy(self) -> None:
        quote = connection.ops.quote_name
        columns = ", ".join(quote(column) for column in self.columns)
        statement = f"COPY {quote(self.model._meta.db_table)} ({columns}) FROM STDIN"
        with connection.cursor() as cursor, cursor.copy(statement) as copy:
            for row in self.rows:
                copy.write_row(row)


def checked_at_once() -> None:
    """Let PostgreSQL check foreign keys with each statement: millions deferred would fill its memory."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def finish(tables: list[Table]) -> None:
    """Let the next ids follow ours, and let PostgreSQL's planner know how much there is now."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [table.model for table in tables]):
            cursor.execute(statement)
        cursor.execute("ANALYZE")
