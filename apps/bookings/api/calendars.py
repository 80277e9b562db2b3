"""Appointments as calendars read them."""

from django.http import Http404, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.views import APIView

from apps.accounts.authentication import signed_in
from apps.bookings import selectors
from apps.bookings.calendar_file import appointment_file
from apps.bookings.calendar_states import is_appointment
from apps.common.api.conditional import ETAG, with_etag
from apps.common.api.negotiation import AnyAccept

CONTENT_TYPE = "text/calendar; charset=utf-8"
FILE = {
    (200, "text/calendar"): OpenApiResponse(OpenApiTypes.STR, "An iCalendar file, RFC 5545."),
    304: None,
}


class AppointmentFileView(APIView):
    permission_classes = (IsAuthenticated,)
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
        file = appointment_file(booking, language=user.language)
        response = with_etag(request, file, CONTENT_TYPE, private=True)
        response["Content-Disposition"] = f'attachment; filename="{booking.reference}.ics"'
        return response
