"""A month's earnings of a provider, to print."""

from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.views import APIView

from apps.accounts.api.provider_asked import LARGEST_ID, provider_asked
from apps.accounts.authentication import signed_in
from apps.common.api.bodies import valid_query
from apps.common.api.negotiation import AnyAccept
from apps.common.permissions import IsProviderOrAdmin
from apps.payments.earnings.owed import YEARS
from apps.payments.earnings.statement_page import statement_response


class StatementQuerySerializer(serializers.Serializer):
    month = serializers.RegexField(r"^\d{4}-\d{2}\Z", help_text="As `2026-12`.")
    provider = serializers.IntegerField(
        required=False, min_value=1, max_value=LARGEST_ID, help_text="An admin says whose."
    )

    def validate_month(self, text: str) -> date:
        try:
            month = datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007  # a month has no zone
        except ValueError as error:
            raise serializers.ValidationError("There is no such month.") from error
        if month.year not in YEARS:
            raise serializers.ValidationError("There is no such month.")
        return month


class EarningsStatementView(APIView):
    permission_classes = (IsProviderOrAdmin,)
    content_negotiation_class = AnyAccept

    @extend_schema(
        parameters=[StatementQuerySerializer],
        responses={(200, "text/html"): OpenApiResponse(OpenApiTypes.STR, "A page to print.")},
    )
    def get(self, request: Request) -> HttpResponse:
        """What a provider earned in a month: payments, refunds, commission, payouts, in both calendars."""
        user = signed_in(request)
        if user.is_admin and not user.may("payments.view_payout"):
            raise PermissionDenied
        query: dict[str, Any] = valid_query(StatementQuerySerializer, request)
        provider = provider_asked(user, query.get("provider"))
        return statement_response(provider, query["month"])
