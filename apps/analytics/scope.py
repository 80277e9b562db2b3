"""Whose figures, and over which days. Pure."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from apps.common.localtime import day_bounds, marketplace_zone

# What may be asked for. All time goes a day beyond, where nothing lies, to be told from days that were named.
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)
EARLIEST, LATEST = FIRST_DAY - timedelta(days=1), LAST_DAY + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Scope:
    """Ids that bookings must have; none of them: everybody's."""

    provider_id: int | None = None
    customer_id: int | None = None
    service_id: int | None = None
    category_id: int | None = None
    city_id: int | None = None

    @property
    def key(self) -> str | None:
        """The name under which it is rolled up; None where it has so few rows that they are counted."""
        if self.customer_id or self.service_id:
            return None
        category = f"category-{self.category_id}" if self.category_id else ""
        city = f"city-{self.city_id}" if self.city_id else ""
        if self.provider_id:
            return None if category or city else f"provider-{self.provider_id}"
        return "-".join(filter(None, (category, city))) or "all"

    @property
    def is_by_place(self) -> bool:
        """Whether it cuts through providers' days."""
        return bool(self.category_id or self.city_id)

    @property
    def condition(self) -> str:
        """SQL over a booking `b` and its service `s`."""
        columns = {
            "b.provider_id": self.provider_id,
            "b.customer_id": self.customer_id,
            "b.service_id": self.service_id,
            "s.category_id": self.category_id,
            "b.city_id": self.city_id,
        }
        wanted = [f"{name} = %({name[2:]})s" for name, value in columns.items() if value]
        return " AND ".join(wanted) or "1 = 1"

    @property
    def values(self) -> dict[str, int]:
        ids = ("provider_id", "customer_id", "service_id", "category_id", "city_id")
        return {name: getattr(self, name) for name in ids if getattr(self, name)}


EVERYBODY = Scope()


@dataclass(frozen=True, slots=True)
class Span:
    """Local days, both ends included."""

    first: date = EARLIEST
    last: date = LATEST
    begins: datetime = field(init=False)
    ends: datetime = field(init=False)

    def __post_init__(self) -> None:
        zone = marketplace_zone()
        object.__setattr__(self, "begins", day_bounds(self.first, zone)[0])
        object.__setattr__(self, "ends", day_bounds(self.last, zone)[1])

    @property
    def values(self) -> dict[str, date | datetime]:
        return {"first": self.first, "last": self.last, "begins": self.begins, "ends": self.ends}


ALL_TIME = Span()
