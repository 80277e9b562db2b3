"""Moving a booking to another time."""

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.authentication import signed_in
from apps.bookings import actions, selectors
from apps.bookings.api.serializers import BookingSerializer, NewTimeSerializer, SlotTakenSerializer
from apps.common.api.bodies import valid_body
from apps.common.openapi import domain_errors


class BookingRescheduleView(APIView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(request=NewTimeSerializer, responses={200: BookingSerializer, 409: SlotTakenSerializer})
    @domain_errors("slot_unavailable", "not_reschedulable", "invalid_transition")
    def post(self, request: Request, booking_id: int) -> Response:
        """Move a booking to another time, at the same price. The same time again changes nothing.

        Customers: only while cancelling is free, a few times, and within the service's notice and horizon.
        Without `staff` the member stays where he is free, else another one comes whom the customer would
        take. `slot_unavailable` comes with `alternatives`: up to five nearest slots.
        """
        user = signed_in(request)
        selectors.booking_for(user, booking_id)
        values = valid_body(NewTimeSerializer, request)
        to = actions.NewTime(values["booking_date"], values["booking_time"], values.get("staff"))
        booking = actions.booking_reschedule(booking_id=booking_id, actor=user, to=to)
        return Response(BookingSerializer(booking).data)
