"""Facets beside a page of services, for the schema."""

from typing import Any

from rest_framework import serializers

from apps.common.pagination import Pages


class FacetSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    name = serializers.CharField()
    slug = serializers.CharField()
    count = serializers.IntegerField()


class PriceRangeSerializer(serializers.Serializer[Any]):
    """Rupees that a customer pays; null where there are no services."""

    min = serializers.DecimalField(max_digits=10, decimal_places=2, allow_null=True)
    max = serializers.DecimalField(max_digits=10, decimal_places=2, allow_null=True)


class ServiceFacetsSerializer(serializers.Serializer[Any]):
    """With `?facets=true`: what narrowing further would leave. Each heeds all asked for but its own."""

    categories = FacetSerializer(many=True)
    cities = FacetSerializer(many=True)
    price = PriceRangeSerializer()


class PagesWithFacets(Pages):
    auto_schema: Any  # the one that describes the list

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        page = super().get_paginated_response_schema(schema)
        facets = self.auto_schema.resolve_serializer(ServiceFacetsSerializer, "response").ref
        return {**page, "properties": {**page["properties"], "facets": facets}}
