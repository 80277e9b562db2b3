"""The people who do the work."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import mixins, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from apps.accounts.authentication import signed_in
from apps.common.api.list_query import ListQuery
from apps.common.permissions import provider_or_admin_with
from apps.services.actions import staff_create, staff_delete, staff_update
from apps.services.api.serializers import (
    InUseErrorSerializer,
    StaffChangedSerializer,
    StaffSerializer,
    StaffWriteSerializer,
)
from apps.services.models import StaffMember
from apps.services.selectors import future_bookings, live_holds, staff_of


class StaffViewSet(ListQuery, mixins.ListModelMixin, mixins.RetrieveModelMixin, GenericViewSet[StaffMember]):
    """Providers see and change their own members, admins everybody's."""

    queryset = StaffMember.objects.none()
    serializer_class = StaffSerializer
    permission_classes = (provider_or_admin_with("services", "staffmember"),)
    lookup_value_converter = "int"

    def get_queryset(self) -> QuerySet[StaffMember]:
        return staff_of(signed_in(self.request))

    @extend_schema(request=StaffWriteSerializer, responses={201: StaffSerializer})
    def create(self, request: Request) -> Response:
        """Add a member. They work once they have hours."""
        member = staff_create(**self._validated(request))
        return Response(self._shown(member), status=status.HTTP_201_CREATED)

    @extend_schema(request=StaffWriteSerializer, responses={200: StaffChangedSerializer})
    def partial_update(self, request: Request, pk: int) -> Response:
        """Change a member, or deactivate one: bookings that were made stay."""
        changes = self._validated(request, self.get_object())
        member = staff_update(member=self.get_object(), **changes)
        answer = self._shown(member)
        if changes.get("is_active") is False:
            now = timezone.now()
            answer["future_bookings"] = future_bookings(member, now=now)
            answer["live_holds"] = live_holds(member, now=now)
        return Response(answer)

    @extend_schema(responses={204: None, 409: OpenApiResponse(InUseErrorSerializer, "Code: `in_use`.")})
    def destroy(self, request: Request, pk: int) -> Response:
        """Delete a member. One who was ever booked stays, and can be deactivated instead."""
        staff_delete(member=self.get_object(), now=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _validated(self, request: Request, member: StaffMember | None = None) -> dict[str, Any]:
        serializer = StaffWriteSerializer(
            member, data=request.data, partial=member is not None, context=self.get_serializer_context()
        )
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def _shown(self, member: StaffMember) -> dict[str, Any]:
        return dict(self.get_serializer(self.get_queryset().get(pk=member.pk)).data)
