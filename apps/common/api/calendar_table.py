"""The lengths of the months of Bikram Sambat, for programs that show its dates."""

from datetime import date
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.common.bikram_sambat import bikram_sambat, month_begins, month_lengths
from apps.common.localtime import today

CACHED_SECONDS = 86_400
YEARS_BEHIND, YEARS_AHEAD = 5, 10


class CalendarYearSerializer(serializers.Serializer[Any]):
    year = serializers.IntegerField()
    months = serializers.ListField(
        child=serializers.IntegerField(min_value=29, max_value=32),
        min_length=12,
        max_length=12,
        help_text="Days of each month, Baishakh first.",
    )


class CalendarTableSerializer(serializers.Serializer[Any]):
    starts_on = serializers.DateField(help_text="The A.D. date of 1 Baishakh of the first year.")
    years = CalendarYearSerializer(many=True, help_text="One after the other, without a gap.")


class CalendarTableView(APIView):
    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(
        summary="The calendar of Nepal",
        description="How long each month of Bikram Sambat is, from five years ago to ten ahead: dates follow "
        "by counting days from `starts_on`. Other tables disagree with it on some days. Cached for a day.",
        responses=CalendarTableSerializer,
    )
    def get(self, request: Request) -> Response:
        table = calendar_table(today(timezone.now()))
        return Response(table, headers={"Cache-Control": f"public, max-age={CACHED_SECONDS}"})


def calendar_table(day: date) -> dict[str, Any]:
    """Return the table of the years around a date."""
    current = bikram_sambat(day)[0]
    years = range(current - YEARS_BEHIND, current + YEARS_AHEAD + 1)
    return {
        "starts_on": month_begins(years[0], 1),
        "years": [{"year": year, "months": month_lengths(year)} for year in years],
    }
