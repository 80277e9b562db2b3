"""The provider's plan of a day, to print."""

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.views import APIView

from apps.accounts.api.provider_asked import LARGEST_ID, provider_asked
from apps.accounts.authentication import signed_in
from apps.bookings.day_plan_page import day_plan_response
from apps.common.api.bodies import valid_query
from apps.common.api.negotiation import AnyAccept
from apps.common.localtime import today
from apps.common.permissions import provider_or_admin_with


class DayPlanQuerySerializer(serializers.Serializer):
    date = serializers.DateField(required=False, help_text="Today, if left out.")
    provider = serializers.IntegerField(
        required=False, min_value=1, max_value=LARGEST_ID, help_text="An admin says whose."
    )


class DayPlanView(APIView):
    permission_classes = (provider_or_admin_with("bookings", "booking"),)
    content_negotiation_class = AnyAccept

    @extend_schema(
        parameters=[DayPlanQuerySerializer],
        responses={(200, "text/html"): OpenApiResponse(OpenApiTypes.STR, "A page to print.")},
    )
    def get(self, request: Request) -> HttpResponse:
        """A day's bookings by member: times, customers, addresses, wishes, gaps, what to collect in cash."""
        query = valid_query(DayPlanQuerySerializer, request)
        provider = provider_asked(signed_in(request), query.get("provider"))
        return day_plan_response(provider, query.get("date") or today(timezone.now()))
