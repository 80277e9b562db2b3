"""How lists of bookings are narrowed and ordered."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django_filters import rest_framework as filters

from apps.bookings.models import Booking, BookingStatus, Review
from apps.common.api.filters import AnyOfFilter, IdFilter
from apps.common.localtime import week_of


class StableOrdering(filters.OrderingFilter):
    """Where two are alike, the newer comes first, so that pages never overlap."""

    def filter(self, queryset: QuerySet[Booking], value: Any) -> QuerySet[Booking]:
        ordered: QuerySet[Booking] = super().filter(queryset, value)
        return ordered.order_by(*ordered.query.order_by, "-id") if value else ordered


class BookingFilter(filters.FilterSet):
    status = AnyOfFilter(choices=BookingStatus.choices)
    booking_date = filters.DateFilter(help_text="A day.")
    week = filters.DateFilter(
        method="in_week", help_text="The seven days, from a Monday on, that this day is one of."
    )
    staff = IdFilter("staff_id")
    service = IdFilter("service_id")
    to = filters.DateFilter(
        field_name="booking_date", lookup_expr="lte", help_text="Appointment date, inclusive."
    )
    ordering = StableOrdering(
        fields=(
            "created_at",
            "starts_at",
            "booking_date",
            "total_amount",
            "updated_at",
            ("expires_at", "respond_by"),
        )
    )

    class Meta:
        model = Booking
        fields: list[str] = []

    def in_week(self, queryset: QuerySet[Booking], name: str, day: date) -> QuerySet[Booking]:
        return queryset.filter(booking_date__range=week_of(day))


# "from" is a keyword, so it can't stand in the class.
BookingFilter.base_filters["from"] = filters.DateFilter(
    field_name="booking_date", lookup_expr="gte", help_text="Appointment date, inclusive."
)


class ReviewFilter(filters.FilterSet):
    mine = filters.BooleanFilter(
        method="unchanged", help_text="One's own: as without it, since nobody lists anybody else's."
    )
    unanswered = filters.BooleanFilter(
        field_name="answered_at",
        lookup_expr="isnull",
        help_text="Without the provider's answer, or with.",
    )

    class Meta:
        model = Review
        fields: list[str] = []

    def unchanged(self, queryset: QuerySet[Review], name: str, value: bool) -> QuerySet[Review]:
        return queryset
