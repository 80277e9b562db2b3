"""`/api/booking-slots/`: slots that a provider blocks, opens outside the hours, or gives other seats."""

from django.db.models import QuerySet
from django.utils import timezone
from django_filters import rest_framework as filters
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from apps.accounts.authentication import signed_in
from apps.common.api.filters import IdFilter
from apps.common.api.list_query import ListQuery
from apps.common.features import FeatureView
from apps.common.openapi import domain_errors
from apps.common.permissions import provider_or_admin_with
from apps.slots.actions import slot_override_change, slot_override_create, slot_override_remove
from apps.slots.api.slot_override_serializers import BookingSlotSerializer
from apps.slots.models import BookingSlot
from apps.slots.selectors import slot_overrides_visible_to


class BookingSlotFilter(filters.FilterSet):
    service = IdFilter("service_id")
    staff = IdFilter("staff_id")
    date = filters.DateFilter(field_name="starts_at", lookup_expr="date", help_text="Local date.")
    to = filters.DateFilter(
        field_name="starts_at", lookup_expr="date__lte", help_text="Local date, inclusive."
    )

    class Meta:
        model = BookingSlot
        fields: list[str] = []


# "from" is a keyword, so it can't stand in the class.
BookingSlotFilter.base_filters["from"] = filters.DateFilter(
    field_name="starts_at", lookup_expr="date__gte", help_text="Local date, inclusive."
)


class BookingSlotView(FeatureView, generics.GenericAPIView[BookingSlot]):
    feature_flag = "ENABLE_BOOKING_SLOTS"
    permission_classes = (provider_or_admin_with("slots", "bookingslot"),)
    serializer_class = BookingSlotSerializer
    filterset_class = BookingSlotFilter
    queryset = BookingSlot.objects.none()

    def get_queryset(self) -> QuerySet[BookingSlot]:
        return slot_overrides_visible_to(signed_in(self.request), now=timezone.now())

    def show(self, serializer: BaseSerializer[BookingSlot], slot: BookingSlot) -> None:
        """Answer with the slot as it stands now, its bookings counted."""
        serializer.instance = self.get_queryset().get(pk=slot.pk)


class BookingSlotListView(ListQuery, BookingSlotView, generics.ListCreateAPIView[BookingSlot]):
    @domain_errors("in_use")
    def post(self, request: Request, *args: object, **kwargs: object) -> Response:
        """Block a slot, open one outside the hours, or give one other seats."""
        return self.create(request)

    def perform_create(self, serializer: BaseSerializer[BookingSlot]) -> None:
        slot = slot_override_create(**serializer.validated_data, now=timezone.now())
        self.show(serializer, slot)


class BookingSlotDetailView(BookingSlotView, generics.RetrieveUpdateDestroyAPIView[BookingSlot]):
    http_method_names = ("get", "patch", "delete", "head", "options")

    @domain_errors("in_use")
    def patch(self, request: Request, *args: object, **kwargs: object) -> Response:
        """Change time, seats, or whether it can be booked.

        Moved to a time that was booked or held before, the slot goes by the `id` of the one there.
        """
        return self.partial_update(request)

    @domain_errors("in_use")
    def delete(self, request: Request, *args: object, **kwargs: object) -> Response:
        """Let the schedule rule again."""
        return self.destroy(request)

    def perform_update(self, serializer: BaseSerializer[BookingSlot]) -> None:
        slot = slot_override_change(slot=self.get_object(), **serializer.validated_data, now=timezone.now())
        self.show(serializer, slot)

    def perform_destroy(self, slot: BookingSlot) -> None:
        slot_override_remove(slot=slot, now=timezone.now())
