"""The three answers, each as JSON or, with `?export=csv`, as a file."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.http.response import HttpResponseBase
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from apps.accounts.authentication import signed_in
from apps.accounts.models import Role
from apps.analytics.api import answers
from apps.analytics.api.query import FiguresQuerySerializer, ProviderQuerySerializer, question_of
from apps.analytics.api.serializers import (
    BookingAnalyticsSerializer,
    PaymentAnalyticsSerializer,
    ProviderStatisticsSerializer,
)
from apps.analytics.selectors.bookings import booking_figures
from apps.analytics.selectors.payments import payment_figures
from apps.analytics.selectors.providers import provider_figures
from apps.common.api.list_query import ListQuery
from apps.common.api.negotiation import AnyAccept
from apps.common.csv_export import csv_stream
from apps.common.permissions import IsProviderOrAdmin

MONEY = frozenset({"paid", "refunded", "net"})


def described(serializer: type[Serializer]) -> dict[Any, Any]:
    return {(200, "application/json"): serializer, (200, "text/csv"): OpenApiTypes.STR}


def require_right(request: Request, *permissions: str) -> None:
    """Raise PermissionDenied for an admin whose groups don't let them look at what is counted."""
    user = signed_in(request)
    if user.is_admin and not all(user.may(permission) for permission in permissions):
        raise PermissionDenied


def series_file(name: str, series: Sequence[dict[str, Any]]) -> HttpResponseBase:
    """Return a line a period. Money as a number: text below nought would be escaped."""
    header = list(series[0]) if series else []
    rows = ([Decimal(value) if key in MONEY else value for key, value in line.items()] for line in series)
    return csv_stream(name, header, rows)


class BookingAnalyticsView(ListQuery):
    query_class = FiguresQuerySerializer
    permission_classes = (IsAuthenticated,)
    content_negotiation_class = AnyAccept

    @extend_schema(responses=described(BookingAnalyticsSerializer))
    def get(self, request: Request) -> HttpResponseBase:
        """Bookings in figures: a customer's own, those of a provider's services, all for an admin."""
        require_right(request, "bookings.view_booking")
        question = question_of(request)
        figures = booking_figures(question.scope, question.span, now=timezone.now())
        group_by = question.group_by(figures.days)
        if question.is_csv:
            return series_file("booking-analytics.csv", answers.booking_series(figures.days, group_by))
        is_customer = signed_in(request).role == Role.CUSTOMER
        return Response(answers.booking_answer(figures, group_by, is_customer=is_customer))


class ProviderStatisticsView(ListQuery):
    query_class = ProviderQuerySerializer
    permission_classes = (IsProviderOrAdmin,)
    content_negotiation_class = AnyAccept

    @extend_schema(responses=described(ProviderStatisticsSerializer))
    def get(self, request: Request) -> HttpResponseBase:
        """How a provider works: their own figures, for an admin those of one provider or of all."""
        require_right(request, "bookings.view_booking", "payments.view_payment")
        question = question_of(request, ProviderQuerySerializer)
        figures = provider_figures(question.scope, question.span, now=timezone.now())
        group_by = question.group_by(figures.days)
        if question.is_csv:
            return series_file("provider-statistics.csv", answers.provider_series(figures.days, group_by))
        return Response(answers.provider_answer(figures, group_by, question.scope.provider_id))


class PaymentAnalyticsView(ListQuery):
    query_class = FiguresQuerySerializer
    permission_classes = (IsAuthenticated,)
    content_negotiation_class = AnyAccept

    @extend_schema(responses=described(PaymentAnalyticsSerializer))
    def get(self, request: Request) -> HttpResponseBase:
        """Payments in figures: a customer's own, those of a provider's bookings, all for an admin."""
        require_right(request, "payments.view_payment")
        question = question_of(request)
        figures = payment_figures(question.scope, question.span, now=timezone.now())
        group_by = question.group_by(figures.days)
        if question.is_csv:
            return series_file("payment-analytics.csv", answers.payment_series(figures.days, group_by))
        is_customer = signed_in(request).role == Role.CUSTOMER
        return Response(answers.payment_answer(figures, group_by, is_customer=is_customer))
