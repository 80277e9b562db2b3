"""Moving a booking to another time."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.authentication import signed_in
from apps.bookings import actions, selectors
from apps.bookings.api.serializers import BookingSerializer, RescheduleSerializer, SlotTakenSerializer
from apps.bookings.api.views import booking_answer
from apps.bookings.models import Scope
from apps.common.api.bodies import valid_body
from apps.common.openapi import domain_errors
from apps.common.permissions import signed_in_with


class BookingRescheduleView(APIView):
    permission_classes = (signed_in_with("bookings.view_booking"),)

    @extend_schema(request=RescheduleSerializer, responses={200: BookingSerializer, 409: SlotTakenSerializer})
    @domain_errors("slot_unavailable", "not_reschedulable", "invalid_transition")
    def post(self, request: Request, booking_id: int) -> Response:
        """Move a booking to another time, at the same price. The same time again changes nothing.

        Customers: only while cancelling is free, a few times, and within the service's notice and horizon.
        Without `staff` the member stays where they are free, else another one comes whom the customer would
        take. `slot_unavailable` comes with `alternatives`: up to five nearest slots.

        With `scope` `following` each later one of its series moves by as many days, to the same time: all of
        them or none, and `slot_unavailable` names the booking without room in `occurrences` instead.
        """
        user = signed_in(request)
        in_series = selectors.booking_for(user, booking_id).series_id is not None
        values = valid_body(RescheduleSerializer, request)
        to = actions.NewTime(values["booking_date"], values["booking_time"], values.get("staff"))
        is_series = in_series and values["scope"] == Scope.FOLLOWING
        reschedule = actions.series_reschedule if is_series else actions.booking_reschedule
        booking = reschedule(booking_id=booking_id, actor=user, to=to)
        return booking_answer(request, booking)
