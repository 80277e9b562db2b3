"""How the list of payments is narrowed."""

from django_filters import rest_framework as filters

from apps.common.api.filters import AnyOfFilter, IdFilter
from apps.payments.models import Payment, PaymentStatus


class PaymentFilter(filters.FilterSet):
    booking = IdFilter("booking_id")
    status = AnyOfFilter(choices=PaymentStatus.choices)

    class Meta:
        model = Payment
        fields: list[str] = []
