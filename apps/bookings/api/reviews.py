"""What customers say of a service, in public, and the review of one booking."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers, status
from rest_framework.permissions import AllowAny, BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.authentication import signed_in
from apps.bookings import actions, selectors
from apps.bookings.api.filters import ReviewFilter
from apps.bookings.api.serializers import BookingSerializer, bookings_as_dicts
from apps.bookings.models import Review
from apps.common.api.bodies import valid_body
from apps.common.api.fields import TextLinesField
from apps.common.api.list_query import ListQuery
from apps.common.openapi import domain_errors
from apps.common.permissions import IsCustomer, IsProvider, signed_in_with
from apps.common.text import first_name
from apps.services.selectors import services_visible_to


class PublicReviewSerializer(serializers.ModelSerializer[Review]):
    """A review and the provider's answer. Of the customer only the first name is shown."""

    customer_name = serializers.SerializerMethodField()

    class Meta:
        model = Review
        fields = [
            "id",
            "rating",
            "comment",
            "customer_name",
            "answer",
            "answered_at",
            "created_at",
            "edited_at",
        ]
        read_only_fields = fields

    def get_customer_name(self, review: Review) -> str:
        return first_name(review.customer.full_name)


class ReviewSerializer(PublicReviewSerializer):
    """The same for the people of the booking."""

    editable_until = serializers.SerializerMethodField()

    class Meta(PublicReviewSerializer.Meta):
        fields = [*PublicReviewSerializer.Meta.fields, "booking", "service", "editable_until"]
        read_only_fields = fields

    def get_editable_until(self, review: Review) -> datetime:
        return timezone.localtime(actions.editable_until(review))


class OwnReviewSerializer(ReviewSerializer):
    """The same with its booking. For the schema; the list writes all bookings of a page at once."""

    booking_details = BookingSerializer(source="booking")
    is_counted = serializers.BooleanField(
        help_text="In ratings: once the booking is paid and its time is over."
    )

    class Meta(ReviewSerializer.Meta):
        fields = [*ReviewSerializer.Meta.fields, "is_counted", "booking_details"]
        read_only_fields = fields


class ReviewWriteSerializer(serializers.Serializer):
    rating = serializers.IntegerField(min_value=1, max_value=5)
    comment = TextLinesField(max_length=2000, required=False, allow_blank=True)


class ReviewAnswerSerializer(serializers.Serializer):
    text = TextLinesField(max_length=2000)


class ServiceReviewListView(ListQuery, generics.ListAPIView[Review]):
    """Reviews of a service, newest first."""

    queryset = Review.objects.none()
    serializer_class = PublicReviewSerializer
    permission_classes = (AllowAny,)

    def get_queryset(self) -> QuerySet[Review]:
        services = services_visible_to(self.request.user).prefetch_related(None)
        service = get_object_or_404(services, pk=self.kwargs["pk"])
        return Review.objects.filter(service=service).select_related("customer")


class ReviewListView(ListQuery, generics.ListAPIView[Review]):
    """One's own reviews, newest first: those a customer wrote, a provider received, for an admin all."""

    queryset = Review.objects.none()
    serializer_class = OwnReviewSerializer
    filterset_class = ReviewFilter
    permission_classes = (signed_in_with("bookings.view_booking"),)

    def get_queryset(self) -> QuerySet[Review]:
        return selectors.reviews_of(signed_in(self.request))

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        bookings = bookings_as_dicts(
            [review.booking for review in page], signed_in(request), now=timezone.now()
        )
        shown = [
            {**ReviewSerializer(review).data, "is_counted": review.is_counted, "booking_details": booking}
            for review, booking in zip(page, bookings, strict=True)
        ]
        return self.get_paginated_response(shown)


class ReviewView(APIView):
    def get_permissions(self) -> list[BasePermission]:
        return [IsCustomer() if self.request.method in ("POST", "PATCH") else IsAuthenticated()]

    @extend_schema(responses=ReviewSerializer)
    def get(self, request: Request, booking_id: int) -> Response:
        """The review of a booking; 404 before there is one."""
        booking = selectors.booking_for(signed_in(request), booking_id)
        return Response(ReviewSerializer(selectors.review_of(booking)).data)

    @extend_schema(request=ReviewWriteSerializer, responses={201: ReviewSerializer})
    @domain_errors("invalid_transition")
    def post(self, request: Request, booking_id: int) -> Response:
        """Review a booking that is completed or a no-show, once. Customers only."""
        booking = selectors.booking_for(signed_in(request), booking_id)
        body = valid_body(ReviewWriteSerializer, request)
        review = actions.review_write(
            booking_id=booking.pk,
            rating=body["rating"],
            comment=body.get("comment", ""),
            now=timezone.now(),
        )
        return Response(ReviewSerializer(review).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=ReviewWriteSerializer(partial=True), responses=ReviewSerializer)
    @domain_errors("invalid_transition")
    def patch(self, request: Request, booking_id: int) -> Response:
        """Change one's review within a week of writing it; it says so then. Customers only."""
        booking = selectors.booking_for(signed_in(request), booking_id)
        body = valid_body(ReviewWriteSerializer, request, partial=True)
        return Response(
            ReviewSerializer(actions.review_edit(booking=booking, now=timezone.now(), **body)).data
        )


class ReviewAnswerView(APIView):
    permission_classes = (IsProvider,)

    @extend_schema(request=ReviewAnswerSerializer, responses={201: ReviewSerializer})
    @domain_errors("invalid_transition")
    def post(self, request: Request, booking_id: int) -> Response:
        """Answer the review of a booking of one's services in public, once. Providers only."""
        booking = selectors.booking_for(signed_in(request), booking_id)
        text = valid_body(ReviewAnswerSerializer, request)["text"]
        review = actions.review_answer(booking=booking, text=text, now=timezone.now())
        return Response(ReviewSerializer(review).data, status=status.HTTP_201_CREATED)
