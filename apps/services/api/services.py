"""Services: the public catalogue, and what providers and admins do with it."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import mixins, status
from rest_framework.decorators import action
from rest_framework.permissions import AllowAny, BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from apps.accounts.authentication import signed_in
from apps.common.api.list_query import ListQuery
from apps.common.api.parsers import FormParser, JsonParser
from apps.common.openapi import ErrorSerializer, domain_errors
from apps.common.permissions import admin_with, provider_or_admin_with
from apps.common.throttling import AnonymousThrottle, UploadThrottle, UserThrottle
from apps.services.actions import service_approve, service_create, service_delete, service_update
from apps.services.api.facets import PagesWithFacets
from apps.services.api.serializers import (
    InUseErrorSerializer,
    ServiceChangedSerializer,
    ServiceQuerySerializer,
    ServiceSerializer,
    ServiceWriteSerializer,
)
from apps.services.facets import facets_of
from apps.services.models import Service, ServiceStatus
from apps.services.selectors import (
    future_bookings,
    live_holds,
    services_complete,
    services_found,
    services_of,
    services_shown,
    services_visible_to,
)

MayManage = provider_or_admin_with("services", "service")
ROLES_OF_ACTION: dict[str, type[BasePermission]] = {
    "list": AllowAny,
    "retrieve": AllowAny,
    "approve": admin_with("services.approve_service"),
}
NEW_SERVICE = OpenApiExample(
    "A service",
    request_only=True,
    value={
        "title": "Deep home cleaning",
        "description": "Kitchen, bathrooms and windows, with our own equipment.",
        "category": 1,
        "cities": [1, 2],
        "price": "2500.00",
        "discount_price": "2200.00",
        "duration_minutes": 180,
        "buffer_after_minutes": 30,
    },
)


class ServiceViewSet(ListQuery, mixins.RetrieveModelMixin, GenericViewSet[Service]):
    queryset = Service.objects.none()
    serializer_class = ServiceSerializer
    pagination_class = PagesWithFacets
    query_class = ServiceQuerySerializer
    parser_classes = (JsonParser, FormParser)
    throttle_classes = (AnonymousThrottle, UserThrottle, UploadThrottle)
    lookup_value_converter = "int"

    def get_permissions(self) -> list[BasePermission]:
        return [ROLES_OF_ACTION.get(self.action, MayManage)()]

    def get_queryset(self) -> QuerySet[Service]:
        if self.action == "retrieve":
            return services_visible_to(self.request.user)
        return services_of(signed_in(self.request))

    @extend_schema(
        responses={
            200: ServiceSerializer(many=True),
            403: OpenApiResponse(ErrorSerializer, "`mine` for a customer."),
        },
    )
    def list(self, request: Request) -> Response:
        """Active services, newest first; with `mine` those that you may change."""
        given = {name: value for name, value in request.query_params.items() if value}
        query = ServiceQuerySerializer(data=given)
        query.is_valid(raise_exception=True)
        wanted = dict(query.validated_data)
        with_facets = wanted.pop("facets")
        if wanted.pop("mine"):
            self._require_provider_or_admin(request)
            services = services_of(signed_in(request))
        else:
            services = services_shown()
        page = self.paginate_queryset(services_found(services, **wanted))
        answer = self.get_paginated_response(self.get_serializer(page, many=True).data)
        if with_facets:
            answer.data["facets"] = facets_of(services, wanted)
        return answer

    @extend_schema(request=ServiceWriteSerializer, responses={201: ServiceSerializer}, examples=[NEW_SERVICE])
    def create(self, request: Request) -> Response:
        """Add a service. It waits for an admin's approval."""
        written = self._validated(request)
        return Response(self._shown(service_create(**written)), status=status.HTTP_201_CREATED)

    @extend_schema(request=ServiceWriteSerializer, responses={200: ServiceChangedSerializer})
    @domain_errors("invalid_transition")
    def partial_update(self, request: Request, pk: int) -> Response:
        """Change your service. Bookings that were made keep their duration, buffers and price.

        A change stays visible and comes onto the admins' review list. Another `duration_minutes` makes the
        service `pending` again, and no longer shown, until an admin approves it.
        """
        service = self.get_object()
        changes = self._validated(request, service)
        now = timezone.now()
        answer = self._shown(service_update(service=service, actor=signed_in(request), now=now, **changes))
        if changes.get("status") == ServiceStatus.PAUSED:
            answer["future_bookings"] = future_bookings(service, now=now)
            answer["live_holds"] = live_holds(service, now=now)
        return Response(answer)

    @extend_schema(responses={204: None, 409: OpenApiResponse(InUseErrorSerializer, "Code: `in_use`.")})
    def destroy(self, request: Request, pk: int) -> Response:
        """Delete your service. One that was ever booked stays, and can be paused instead."""
        service_delete(service=self.get_object(), now=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses={200: ServiceSerializer})
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, pk: int) -> Response:
        """Make a service active, and take it off the review list. Repeating it changes nothing."""
        return Response(self._shown(service_approve(service=self.get_object(), actor=signed_in(request))))

    def _validated(self, request: Request, service: Service | None = None) -> dict[str, Any]:
        serializer = ServiceWriteSerializer(
            service, data=request.data, partial=service is not None, context=self.get_serializer_context()
        )
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def _shown(self, service: Service) -> dict[str, Any]:
        return dict(self.get_serializer(services_complete().get(pk=service.pk)).data)

    def _require_provider_or_admin(self, request: Request) -> None:
        if not MayManage().has_permission(request, self):
            self.permission_denied(request)
