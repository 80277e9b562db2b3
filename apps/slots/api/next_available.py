"""When the services of a page can be booked next."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from apps.common.api.fields import LARGEST_ID
from apps.common.api.list_query import ListQuery
from apps.common.features import FeatureView
from apps.slots.selectors import next_available

MOST_SERVICES = 20


class ServiceIdsField(serializers.CharField):
    """Ids with commas between them, each once."""

    default_error_messages = {
        "ids": "Use ids of services with commas between them: 3,1,2.",
        "too_many": f"Ask for at most {MOST_SERVICES} services at a time.",
    }

    def to_internal_value(self, data: Any) -> list[int]:  # type: ignore[override]
        parts = [part.strip() for part in str(super().to_internal_value(data)).split(",")]
        if not all(map(is_id, parts)):
            self.fail("ids")
        ids = list(dict.fromkeys(map(int, parts)))
        if len(ids) > MOST_SERVICES:
            self.fail("too_many")
        return ids


def is_id(text: str) -> bool:
    """Return whether a text is a number that an id can be."""
    return text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST_ID)) and int(text) <= LARGEST_ID


class NextAvailableQuery(serializers.Serializer[Any]):
    service_id = ServiceIdsField(help_text=f"Ids with commas between them, at most {MOST_SERVICES}: `3,1,2`.")


class NextAvailableSerializer(serializers.Serializer[Any]):
    """The first slot of a service; nulls where there is none within two weeks, or no such service to book."""

    service = serializers.IntegerField()
    date = serializers.DateField(allow_null=True)
    start_time = serializers.TimeField(allow_null=True)
    starts_at = serializers.DateTimeField(allow_null=True)


class NextAvailableView(ListQuery, FeatureView):
    feature_flag = "ENABLE_BOOKING_SLOTS"
    permission_classes = (AllowAny,)
    query_class = NextAvailableQuery

    @extend_schema(responses={200: NextAvailableSerializer(many=True)})
    def get(self, request: Request) -> Response:
        """The first bookable slot of each service within two weeks, as asked. Up to a minute old."""
        query = NextAvailableQuery(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        return Response(next_available(query.validated_data["service_id"], now=timezone.now()))
