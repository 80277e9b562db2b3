"""Bookings: lists, one booking, and its moves."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.authentication import signed_in
from apps.accounts.models import User
from apps.bookings import actions, selectors
from apps.bookings.api.filters import BookingFilter
from apps.bookings.api.serializers import (
    BookingEventSerializer,
    BookingSerializer,
    CancellationSerializer,
    ContactSerializer,
    DisputeReasonSerializer,
    StatusChangeSerializer,
    booking_as_dict,
    bookings_as_dicts,
)
from apps.bookings.models import Booking, BookingStatus
from apps.common.api.bodies import require_body, valid_body
from apps.common.api.conditional import ETAG, json_with_etag
from apps.common.api.filters import values_asked
from apps.common.api.list_query import ListQuery
from apps.common.errors import DomainError
from apps.common.openapi import domain_errors
from apps.common.permissions import IsCustomer, provider_or_admin_with, signed_in_with

MaySee = signed_in_with("bookings.view_booking")


def booking_answer(request: Request, booking: Booking) -> Response:
    return Response(booking_as_dict(booking, signed_in(request), now=timezone.now()))


class BookingListView(ListQuery, generics.ListAPIView):
    """One's own bookings, newest first: a customer's, those of a provider's services, all for an admin."""

    serializer_class = BookingSerializer
    filterset_class = BookingFilter
    queryset = Booking.objects.none()
    permission_classes: Sequence[type[BasePermission]] = (MaySee,)
    is_alias = False

    def get_queryset(self) -> QuerySet[Booking]:
        bookings = selectors.bookings_visible_to(signed_in(self.request))
        if BookingStatus.DRAFT in values_asked(self.request.query_params, "status"):
            return bookings
        return bookings.exclude(status=BookingStatus.DRAFT)

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        shown = bookings_as_dicts(page or [], signed_in(request), now=timezone.now())
        return self.get_paginated_response(shown)


class CustomerBookingsView(BookingListView):
    """The older list of a customer."""

    permission_classes = (IsCustomer,)


class ProviderBookingsView(BookingListView):
    """What a provider's desk works through; for an admin all.

    The requests that wait, by their deadline: `?status=pending&ordering=respond_by`. A day of one member:
    `?booking_date=2026-12-01&staff=3&ordering=starts_at`. A week: `?week=2026-12-01&ordering=starts_at`.
    """

    permission_classes = (provider_or_admin_with("bookings", "booking"),)


class BookingView(APIView):
    def get_permissions(self) -> list[BasePermission]:
        return [IsCustomer() if self.request.method == "PATCH" else MaySee()]

    @extend_schema(parameters=[ETAG], responses={200: BookingSerializer, 304: None})
    def get(self, request: Request, booking_id: int) -> HttpResponse:
        """One booking. Cheap to ask for again: with the ETag of the last answer, 304 until it changes."""
        booking = selectors.booking_for(signed_in(request), booking_id)
        return json_with_etag(request, booking_as_dict(booking, signed_in(request), now=timezone.now()))

    @extend_schema(request=ContactSerializer(partial=True), responses=BookingSerializer)
    @domain_errors("invalid_transition")
    def patch(self, request: Request, booking_id: int) -> Response:
        """Change address, city, phone or instructions, until the start. Customers only.

        What is left out stays as it is; an empty object changes nothing.
        """
        booking = selectors.booking_for(signed_in(request), booking_id)
        require_body(request)
        changes = valid_body(ContactSerializer, request, partial=True)
        booking = actions.booking_change_details(booking_id=booking.pk, changes=changes)
        return booking_answer(request, booking)


class BookingStatusView(APIView):
    """Move a booking: who may move it where, and when, is in docs/states.md."""

    permission_classes = (MaySee,)
    is_alias = False

    @extend_schema(request=StatusChangeSerializer, responses=BookingSerializer)
    @domain_errors("invalid_transition", "payment_required")
    def patch(self, request: Request, booking_id: int) -> Response:
        """Confirm, reject, start, complete, mark a no-show (provider, admin) or cancel (everybody)."""
        user = signed_in(request)
        selectors.booking_for(user, booking_id)
        booking = change_status(user, booking_id, valid_body(StatusChangeSerializer, request))
        return booking_answer(request, booking)


def change_status(user: User, booking_id: int, change: dict[str, Any]) -> Booking:
    """Call the action that leads to the wanted status. Raises `invalid_transition` for one nobody sets."""
    wanted = change["status"]
    if wanted == BookingStatus.CONFIRMED:
        return actions.booking_confirm(booking_id=booking_id, actor=user)
    if wanted == BookingStatus.REJECTED:
        return actions.booking_reject(booking_id=booking_id, actor=user, reason=change["rejection_reason"])
    if wanted == BookingStatus.CANCELLED:
        return actions.booking_cancel(
            booking_id=booking_id,
            actor=user,
            reason=change["cancellation_reason"],
            refusal="invalid_transition",
        )
    if wanted == BookingStatus.IN_PROGRESS:
        return actions.booking_start(booking_id=booking_id, actor=user)
    if wanted == BookingStatus.COMPLETED:
        return actions.booking_complete(
            booking_id=booking_id,
            actor=user,
            amount_collected=change.get("amount_collected"),
            reason=change.get("reason", ""),
        )
    if wanted == BookingStatus.NO_SHOW:
        return actions.booking_mark_no_show(booking_id=booking_id, actor=user)
    raise DomainError("invalid_transition", f"Nobody sets a booking to {wanted} by hand.")


class BookingCancelView(APIView):
    permission_classes = (MaySee,)

    @extend_schema(request=CancellationSerializer, responses=BookingSerializer)
    @domain_errors("not_cancellable")
    def post(self, request: Request, booking_id: int) -> Response:
        """Cancel a booking. Its time is free at once. Customers can until it starts.

        With `scope` `following` also all later ones of its series that still can be; each is refunded by
        itself.
        """
        user = signed_in(request)
        selectors.booking_for(user, booking_id)
        values = valid_body(CancellationSerializer, request)
        booking = actions.booking_cancel(
            booking_id=booking_id, actor=user, reason=values["reason"], scope=values["scope"]
        )
        return booking_answer(request, booking)


class BookingDisputeView(APIView):
    permission_classes = (IsCustomer,)

    @extend_schema(request=DisputeReasonSerializer, responses=BookingSerializer)
    @domain_errors("invalid_transition")
    def post(self, request: Request, booking_id: int) -> Response:
        """Object to a no-show, within 72 hours. Its money waits until an admin has decided. Customers only.

        Again, while it is not decided, answers the same and changes nothing.
        """
        user = signed_in(request)
        selectors.booking_for(user, booking_id)
        reason = valid_body(DisputeReasonSerializer, request)["reason"]
        return booking_answer(
            request, actions.booking_dispute(booking_id=booking_id, actor=user, reason=reason)
        )


class BookingHistoryView(ListQuery):
    permission_classes = (MaySee,)

    @extend_schema(responses=BookingEventSerializer(many=True))
    def get(self, request: Request, booking_id: int) -> Response:
        """Every move of a booking, oldest first."""
        booking = selectors.booking_for(signed_in(request), booking_id)
        return Response(BookingEventSerializer(selectors.history_of(booking), many=True).data)
