"""Appointments as calendars read them."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.authentication import signed_in
from apps.bookings import actions, selectors
from apps.bookings.calendar_feed import feed_facts, feed_file
from apps.bookings.calendar_file import appointment_file
from apps.bookings.calendar_selectors import (
    appointments_of,
    calendar_feed_of,
    calendar_owner,
    facts_of_appointments,
)
from apps.bookings.calendar_states import is_appointment
from apps.bookings.presentation import shows_phone
from apps.common.api.conditional import ETAG, made_unless_known, with_etag
from apps.common.api.negotiation import AnyAccept
from apps.common.permissions import IsCustomerOrProvider, signed_in_with

CONTENT_TYPE = "text/calendar; charset=utf-8"
FILE = {
    (200, "text/calendar"): OpenApiResponse(OpenApiTypes.STR, "An iCalendar file, RFC 5545."),
    304: None,
}


class CalendarSerializer(serializers.Serializer):
    created_at = serializers.DateTimeField(help_text="When the address was made or renewed.")


class CalendarAddressSerializer(CalendarSerializer):
    url = serializers.URLField(help_text="To paste into a calendar. Told this once.")
    webcal_url = serializers.CharField(help_text="The same for a link that opens a calendar.")


class AppointmentFileView(APIView):
    permission_classes = (signed_in_with("bookings.view_booking"),)
    content_negotiation_class = AnyAccept

    @extend_schema(parameters=[ETAG], responses=FILE)
    def get(self, request: Request, booking_id: int) -> HttpResponse:
        """The appointment for a calendar: for its customer, its provider and admins.

        Opened again after a change it replaces the event. A draft is no appointment yet: 404.
        """
        user = signed_in(request)
        booking = selectors.booking_for(user, booking_id)
        if not is_appointment(booking):
            raise Http404
        shown = shows_phone(booking, user)
        file = appointment_file(booking, language=user.language, shows_phone=shown)
        response = with_etag(request, file, CONTENT_TYPE)
        response["Content-Disposition"] = f'attachment; filename="{booking.reference}.ics"'
        return response


class CalendarAddressView(APIView):
    """One's private calendar address. Customers and providers: admins have no appointments of their own."""

    permission_classes = (IsCustomerOrProvider,)

    @extend_schema(responses=CalendarSerializer)
    def get(self, request: Request) -> Response:
        """Since when there is an address; 404 where there is none. Its secret can't be read again."""
        feed = calendar_feed_of(signed_in(request))
        if feed is None:
            raise Http404
        return Response(CalendarSerializer(feed).data)

    @extend_schema(request=None, responses={201: CalendarAddressSerializer})
    def post(self, request: Request) -> Response:
        """Make the address, or a new one in its place: the old one leads nowhere from now on."""
        now = timezone.now()
        secret = actions.calendar_feed_renew(user=signed_in(request), now=now)
        url = settings.PUBLIC_URL + reverse("calendar-feed", args=[secret])
        webcal_url = f"webcal://{url.partition('://')[2]}"
        answer = CalendarAddressSerializer({"created_at": now, "url": url, "webcal_url": webcal_url})
        return Response(answer.data, status=status.HTTP_201_CREATED)

    @extend_schema(responses={204: None})
    def delete(self, request: Request) -> Response:
        """Switch the address off. Quiet where there is none."""
        actions.calendar_feed_switch_off(user=signed_in(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


class CalendarFeedView(APIView):
    address_is_secret = True
    # A calendar knows the address and nothing else: what login it may send along doesn't matter.
    authentication_classes = ()
    permission_classes = (AllowAny,)
    content_negotiation_class = AnyAccept

    @extend_schema(parameters=[ETAG], responses=FILE)
    def get(self, request: Request, secret: str) -> HttpResponse:
        """The appointments of whoever has this secret address, without addresses and phones.

        From ninety days ago on, cancelled ones as such; the nearest 2,000.
        """
        owner = calendar_owner(secret)
        if owner is None:
            raise Http404
        now = timezone.now()
        appointments = appointments_of(owner, now=now)
        facts = feed_facts(owner, facts_of_appointments(appointments), now=now)
        return made_unless_known(
            request, facts, lambda: feed_file(owner, appointments, now=now), CONTENT_TYPE
        )
