"""What narrowing a list of services further would leave of it."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Max, Min, QuerySet

from apps.services.models import Service
from apps.services.selectors import PRICE_TO_PAY, services_found


def facets_of(services: QuerySet[Service], wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Return counts by category and by city, most first, and the lowest and highest price: three queries.

    Each heeds all that is `wanted` but its own. Prices are rupees that a customer pays; None without any.
    """
    return {
        "categories": _counted(_without(services, wanted, "category"), "category"),
        "cities": _counted(_without(services, wanted, "city"), "cities"),
        "price": _prices(_without(services, wanted, "min_price", "max_price")),
    }


def _without(services: QuerySet[Service], wanted: Mapping[str, Any], *names: str) -> QuerySet[Service]:
    others = {name: value for name, value in wanted.items() if name not in names}
    # By key: joins that the list needs for what it shows would only be carried along.
    found = services_found(services.select_related(None).prefetch_related(None), **others)
    return Service.objects.filter(pk__in=found.order_by().values("pk"))


def _counted(services: QuerySet[Service], group: str) -> list[dict[str, Any]]:
    columns = [f"{group}__{name}" for name in ("id", "name", "slug")]
    rows = (
        services.order_by().values_list(*columns).annotate(count=Count("pk")).order_by("-count", columns[1])
    )
    return [
        {"id": pk, "name": name, "slug": slug, "count": count}
        for pk, name, slug, count in rows
        if pk is not None
    ]


def _prices(services: QuerySet[Service]) -> dict[str, str | None]:
    prices = services.aggregate(min=Min(PRICE_TO_PAY), max=Max(PRICE_TO_PAY))
    return {name: None if price is None else f"{price:.2f}" for name, price in prices.items()}
