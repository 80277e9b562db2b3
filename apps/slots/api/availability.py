"""The two public reads that browsers poll: a day's slots and a month's days."""

from calendar import monthrange
from collections.abc import Collection
from datetime import date, datetime
from typing import Any, TypedDict

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request

from apps.accounts.models import Role, User
from apps.common.api.conditional import ETAG, json_with_etag
from apps.common.api.list_query import ListQuery
from apps.common.features import FeatureView
from apps.slots import selectors
from apps.slots.api.serializers import (
    AvailableDateSerializer,
    AvailableDatesQuery,
    AvailableSlotSerializer,
    AvailableSlotsQuery,
)
from apps.slots.availability import Rules
from apps.slots.models import Reservation
from apps.slots.presentation import slot_as_dict
from apps.slots.selectors import Offer, Wish, rules_to_move


class Choice(TypedDict):
    """The arguments that both reads take beside the service and the days."""

    wish: Wish
    now: datetime
    without: Collection[int]
    offer: Offer


class AvailabilityView(ListQuery, FeatureView):
    """What both reads share: which members, and whose own reservation to leave out."""

    feature_flag = "ENABLE_BOOKING_SLOTS"
    permission_classes = (AllowAny,)

    @staticmethod
    def asked(request: Request, query: dict[str, Any], *, day: date | None = None) -> tuple[Rules, Choice]:
        """Return the service's rules, or those of the booking that is to move, and which members will do.

        Their hours are those of all days, or of one. Raises Http404, ValidationError on `staff`.
        """
        now = timezone.now()
        wish = Wish(staff_id=query.get("staff"), gender=query.get("preferred_provider_gender", ""))
        offer = selectors.bookable_offer(query["service_id"], wish, day=day)
        rules = offer.rules
        if "staff" in query:
            selectors.require_member(rules.service_id, query["staff"])
        own: list[Reservation] = []
        if "booking_id" in query and isinstance(request.user, User):
            own = selectors.reservations_of_booking(request.user, query["booking_id"])
            if own and own[0].is_firm and own[0].service_id == rules.service_id:
                is_customer = request.user.role == Role.CUSTOMER
                rules = rules_to_move(rules, own[0], is_customer=is_customer, now=now)
        without = [reservation.pk for reservation in own]
        return rules, {"wish": wish, "now": now, "without": without, "offer": offer}


class AvailableSlotsView(AvailabilityView):
    query_class = AvailableSlotsQuery

    @extend_schema(parameters=[ETAG], responses={200: AvailableSlotSerializer(many=True), 304: None})
    def get(self, request: Request) -> HttpResponse:
        """The slots of a service on a local day, by start time: the bookable ones, or all of them."""
        query = AvailableSlotsQuery.parsed(request)
        rules, choice = self.asked(request, query, day=query["date"])
        slots = selectors.available_slots(rules, query["date"], **choice)
        shown = slots if query["include_unavailable"] else [slot for slot in slots if slot.is_available]
        return json_with_etag(request, [slot_as_dict(rules.service_id, slot) for slot in shown])


class AvailableDatesView(AvailabilityView):
    query_class = AvailableDatesQuery

    @extend_schema(parameters=[ETAG], responses={200: AvailableDateSerializer(many=True), 304: None})
    def get(self, request: Request) -> HttpResponse:
        """Every day of a month with the number of slots that can be booked."""
        query = AvailableDatesQuery.parsed(request)
        first: date = query["month"]
        last = first.replace(day=monthrange(first.year, first.month)[1])
        rules, choice = self.asked(request, query)
        days = selectors.available_starts(rules, first, last, **choice)
        answer = [{"date": day.isoformat(), "available_slots": len(starts)} for day, starts in days.items()]
        return json_with_etag(request, answer)
