"""`GET /api/config/`: what a frontend shows or checks by itself, and the operator decides."""

from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import MinimumLengthValidator, get_default_password_validators
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.bookings.recurrence import FEWEST, MOST
from apps.common.image_reading import MAX_PIXELS
from apps.common.images import MAX_BYTES
from apps.common.pagination import Pages

CACHED_SECONDS = 300


class FlagsSerializer(serializers.Serializer[Any]):
    booking_wizard = serializers.BooleanField()
    booking_slots = serializers.BooleanField()
    payment_integration = serializers.BooleanField()


class LimitsSerializer(serializers.Serializer[Any]):
    """Hours, seconds, bytes and counts."""

    booking_hold_seconds = serializers.IntegerField()
    draft_lifetime_hours = serializers.IntegerField()
    max_holds_per_customer = serializers.IntegerField()
    max_unpaid_bookings_per_customer = serializers.IntegerField()
    max_unpaid_bookings_per_provider = serializers.IntegerField()
    cancellation_free_hours = serializers.IntegerField()
    reschedule_limit = serializers.IntegerField()
    provider_response_hours = serializers.IntegerField()
    bank_transfer_deadline_hours = serializers.IntegerField()
    series_payment_due_days = serializers.IntegerField()
    recurring_count_min = serializers.IntegerField()
    recurring_count_max = serializers.IntegerField()
    upload_max_bytes = serializers.IntegerField()
    upload_max_pixels = serializers.IntegerField()
    page_size = serializers.IntegerField()
    page_size_max = serializers.IntegerField()
    password_min_length = serializers.IntegerField()


class ConfigSerializer(serializers.Serializer[Any]):
    time_zone = serializers.CharField()
    currency = serializers.CharField()
    languages = serializers.ListField(child=serializers.CharField())
    flags = FlagsSerializer()
    limits = LimitsSerializer()


class ConfigView(APIView):
    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(
        summary="Settings for a frontend",
        description="Switches, zone, currency and limits. Cached for five minutes.",
        responses=ConfigSerializer,
    )
    def get(self, request: Request) -> Response:
        return Response(_config(), headers={"Cache-Control": f"public, max-age={CACHED_SECONDS}"})


def _config() -> dict[str, Any]:
    return {
        "time_zone": settings.TIME_ZONE,
        "currency": "NPR",
        "languages": [code for code, _ in settings.LANGUAGES],
        "flags": {
            "booking_wizard": settings.ENABLE_NEW_BOOKING_WIZARD,
            "booking_slots": settings.ENABLE_BOOKING_SLOTS,
            "payment_integration": settings.ENABLE_PAYMENT_INTEGRATION,
        },
        "limits": {
            "booking_hold_seconds": settings.BOOKING_HOLD_SECONDS,
            "draft_lifetime_hours": settings.DRAFT_LIFETIME_HOURS,
            "max_holds_per_customer": settings.MAX_HOLDS_PER_CUSTOMER,
            "max_unpaid_bookings_per_customer": settings.MAX_UNPAID_BOOKINGS_PER_CUSTOMER,
            "max_unpaid_bookings_per_provider": settings.MAX_UNPAID_BOOKINGS_PER_PROVIDER,
            "cancellation_free_hours": settings.CANCELLATION_FREE_HOURS,
            "reschedule_limit": settings.RESCHEDULE_LIMIT,
            "provider_response_hours": settings.PROVIDER_RESPONSE_HOURS,
            "bank_transfer_deadline_hours": settings.BANK_TRANSFER_DEADLINE_HOURS,
            "series_payment_due_days": settings.SERIES_PAYMENT_DUE_DAYS,
            "recurring_count_min": FEWEST,
            "recurring_count_max": MOST,
            "upload_max_bytes": MAX_BYTES,
            "upload_max_pixels": MAX_PIXELS,
            "page_size": Pages.page_size,
            "page_size_max": Pages.max_page_size,
            "password_min_length": _shortest_password(),
        },
    }


def _shortest_password() -> int:
    validators = get_default_password_validators()
    return max((one.min_length for one in validators if isinstance(one, MinimumLengthValidator)), default=1)
