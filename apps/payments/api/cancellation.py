"""What cancelling would cost, before anybody does it."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.authentication import signed_in
from apps.bookings.api.serializers import RupeesField, ScopeField
from apps.bookings.selectors import booking_for
from apps.common.api.bodies import valid_query
from apps.common.permissions import signed_in_with
from apps.payments.refunds.cancellation import cancellation_preview


class CancellationPreviewSerializer(serializers.Serializer):
    cancellable = serializers.BooleanField(help_text="By whoever asks, now.")
    refund = RupeesField(help_text="What goes back of what was paid.")
    fee = RupeesField(help_text="What is kept of it.")
    free_until = serializers.DateTimeField(
        allow_null=True, help_text="Null: free whenever, or not cancellable at all."
    )


class CancellationScopeSerializer(serializers.Serializer):
    scope = ScopeField()


class CancellationPreviewView(APIView):
    """Stands here because money does; its address is the booking's."""

    permission_classes = (signed_in_with("bookings.view_booking"),)

    @extend_schema(parameters=[CancellationScopeSerializer], responses=CancellationPreviewSerializer)
    def get(self, request: Request, booking_id: int) -> Response:
        """What you would get back if you cancelled now, and until when it costs nothing.

        With `scope` `following` the sums of all that would be cancelled with it, as `cancel/` does.
        """
        user = signed_in(request)
        booking = booking_for(user, booking_id)
        scope = valid_query(CancellationScopeSerializer, request)["scope"]
        preview = cancellation_preview(booking, user, now=timezone.now(), scope=scope)
        return Response(CancellationPreviewSerializer(preview).data)
