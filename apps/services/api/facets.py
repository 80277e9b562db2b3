"""Facets beside a page of services, for the schema."""

from typing import Any

from apps.common.pagination import Pages

PRICE = {"type": "string", "format": "decimal", "nullable": True, "example": "1500.00"}
COUNTED = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["id", "name", "slug", "count"],
        "properties": {
            "id": {"type": "integer"},
            "name": {"type": "string"},
            "slug": {"type": "string"},
            "count": {"type": "integer"},
        },
    },
}
FACETS = {
    "type": "object",
    "description": "With `?facets=true`: what narrowing further would leave. Each heeds all that is asked"
    " for but its own.",
    "required": ["categories", "cities", "price"],
    "properties": {
        "categories": COUNTED,
        "cities": COUNTED,
        "price": {
            "type": "object",
            "description": "Rupees that a customer pays; null where there are no services.",
            "required": ["min", "max"],
            "properties": {"min": PRICE, "max": PRICE},
        },
    },
}


class PagesWithFacets(Pages):
    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        page = super().get_paginated_response_schema(schema)
        return {**page, "properties": {**page["properties"], "facets": FACETS}}
