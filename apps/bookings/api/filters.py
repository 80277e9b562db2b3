"""How lists of bookings are narrowed and ordered."""

from django_filters import rest_framework as filters

from apps.bookings.models import Booking, BookingStatus


class BookingFilter(filters.FilterSet):
    status = filters.ChoiceFilter(choices=BookingStatus.choices)
    booking_date = filters.DateFilter()
    to = filters.DateFilter(
        field_name="booking_date", lookup_expr="lte", help_text="Appointment date, inclusive."
    )
    ordering = filters.OrderingFilter(
        fields=("created_at", "starts_at", "booking_date", "total_amount", "updated_at")
    )

    class Meta:
        model = Booking
        fields: list[str] = []


# "from" is a keyword, so it can't stand in the class.
BookingFilter.base_filters["from"] = filters.DateFilter(
    field_name="booking_date", lookup_expr="gte", help_text="Appointment date, inclusive."
)
