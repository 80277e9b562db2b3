"""Working hours and time off."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from apps.accounts.authentication import signed_in
from apps.common.api.list_query import ListQuery
from apps.common.permissions import provider_or_admin_with
from apps.services.models import StaffMember
from apps.slots.actions import time_off_change, time_off_create, working_hours_replace
from apps.slots.api.schedule_serializers import (
    LiveHoldSerializer,
    MadeBookingSerializer,
    TimeOffChangedSerializer,
    TimeOffSerializer,
    WorkingHoursChangedSerializer,
    WorkingHoursSerializer,
)
from apps.slots.models import TimeOff
from apps.slots.selectors import staff_visible_to, time_off_visible_to
from apps.slots.selectors.outside import Outside


def hours_as_dicts(member: StaffMember) -> list[dict[str, Any]]:
    """Return the week as the API shows it, from Monday on."""
    rows = member.working_hours.order_by("weekday", "start_time")
    return [
        {
            "weekday": row.weekday,
            "start_time": row.start_time.isoformat(),
            "end_time": row.end_time.isoformat(),
        }
        for row in rows
    ]


class WorkingHoursView(ListQuery):
    permission_classes = (provider_or_admin_with("slots", "workinghours"),)

    @extend_schema(responses={200: WorkingHoursSerializer(many=True)})
    def get(self, request: Request, pk: int) -> Response:
        """A member's week, from Monday on."""
        return Response(hours_as_dicts(self._member(request, pk)))

    @extend_schema(request=WorkingHoursSerializer(many=True), responses={200: WorkingHoursChangedSerializer})
    def put(self, request: Request, pk: int) -> Response:
        """Replace the week. Bookings and live holds stay; those that now lie outside stand in the answer."""
        member = self._member(request, pk)
        intervals = WorkingHoursSerializer(data=request.data, many=True)
        intervals.is_valid(raise_exception=True)
        outside = working_hours_replace(member=member, intervals=intervals.validated_data, now=timezone.now())
        answer = {
            "working_hours": hours_as_dicts(member),
            "outside": MadeBookingSerializer(outside.bookings, many=True).data,
            "live_holds": LiveHoldSerializer(outside.holds, many=True).data,
        }
        return Response(answer)

    @staticmethod
    def _member(request: Request, pk: int) -> StaffMember:
        return get_object_or_404(staff_visible_to(signed_in(request)), pk=pk)


class TimeOffView(generics.GenericAPIView[TimeOff]):
    permission_classes = (provider_or_admin_with("slots", "timeoff"),)
    queryset = TimeOff.objects.none()

    def get_queryset(self) -> QuerySet[TimeOff]:
        return time_off_visible_to(signed_in(self.request))

    def get_serializer_class(self) -> type[TimeOffSerializer]:
        return TimeOffSerializer if self.request.method == "GET" else TimeOffChangedSerializer

    @staticmethod
    def show(serializer: BaseSerializer[TimeOff], time_off: TimeOff, outside: Outside) -> None:
        """Answer with the bookings and live holds that lie in it beside it."""
        time_off.outside = outside.bookings  # type: ignore[attr-defined]  # for the answer
        time_off.live_holds = outside.holds  # type: ignore[attr-defined]  # likewise
        serializer.instance = time_off


class TimeOffListView(ListQuery, TimeOffView, generics.ListCreateAPIView[TimeOff]):
    def perform_create(self, serializer: BaseSerializer[TimeOff]) -> None:
        self.show(serializer, *time_off_create(**serializer.validated_data, now=timezone.now()))


class TimeOffDetailView(TimeOffView, generics.RetrieveUpdateDestroyAPIView[TimeOff]):
    http_method_names = ("get", "patch", "delete", "head", "options")

    def perform_update(self, serializer: BaseSerializer[TimeOff]) -> None:
        changed = time_off_change(time_off=self.get_object(), **serializer.validated_data, now=timezone.now())
        self.show(serializer, *changed)
