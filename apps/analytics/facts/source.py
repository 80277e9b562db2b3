"""One kind of raw rows, and how to count them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from apps.analytics.facts.dialect import local_day
from apps.analytics.models import Family
from apps.common.database import fence

DIMENSIONS = ("provider_id", "category_id", "city_id")
SERVICE = "JOIN services_service s ON s.id = b.service_id"


def count(condition: str) -> str:
    return f"COUNT(CASE WHEN {condition} THEN 1 END)"


def total(amount: str, condition: str) -> str:
    return f"SUM(CASE WHEN {condition} THEN {amount} END)"


def buckets(columns: Sequence[str], bucket: str) -> dict[str, str]:
    """Return a histogram's measures over a column that holds the number of the bucket."""
    return {column: count(f"{bucket} = {number}") for number, column in enumerate(columns)}


@dataclass(frozen=True, slots=True)
class Source:
    """`table` holds the rows, and `details` joins what belongs to them: the booking `b`, its service `s`.

    `columns` are computed of them once a row, `then` of `columns` as `f`; `measures` are sums over both.

    `when` is the column that says the day: an instant, or with `is_date` a local date. `keys` are what
    rows are told apart by, beside day and dimensions.
    """

    family: Family
    table: str
    details: str
    when: str
    condition: str
    columns: Mapping[str, str]
    measures: Mapping[str, str]
    then: Mapping[str, str] = field(default_factory=dict)
    keys: Mapping[str, str] = field(default_factory=dict)
    is_date: bool = False
    # Whether an index has provider and day together: so what is dirty is found provider by provider.
    found_by_provider: bool = False

    @property
    def day(self) -> str:
        return self.when if self.is_date else local_day(self.when)

    @property
    def alias(self) -> str:
        return self.table.rpartition(" ")[2]

    def rows(self, *, found: str = "", where: str = "1 = 1") -> str:
        """Return the subquery of this source's facts, one a raw row.

        `found` stands for the table where only some of its rows are wanted.
        """
        table = found or self.table
        dimensions = {"provider_id": "b.provider_id", "category_id": "s.category_id", "city_id": "b.city_id"}
        computed = {"day": self.day, **dimensions, **self.keys, **self.columns}
        inner = (
            f"SELECT {listed(computed)} FROM {table} {self.details}"
            f" WHERE {self.condition} AND {where} {fence()}"
        )
        if not self.then:
            return f"({inner})"
        return f"(SELECT f.*, {listed(self.then)} FROM ({inner}) f {fence()})"

    def sums(
        self,
        group: Sequence[str],
        measures: Iterable[str],
        *,
        found: str = "",
        where: str = "1 = 1",
    ) -> str:
        """Return a select of the group's columns and the measures; those of other sources are null."""
        summed = [f"{self.measures.get(name, 'CAST(NULL AS bigint)')} AS {name}" for name in measures]
        columns = ", ".join([*(f"f.{name}" for name in group), *summed])
        select = f"SELECT {columns} FROM {self.rows(found=found, where=where)} f"
        return f"{select} GROUP BY {', '.join(f'f.{name}' for name in group)}" if group else select


def listed(columns: Mapping[str, str]) -> str:
    return ", ".join(f"{expression} AS {name}" for name, expression in columns.items())
