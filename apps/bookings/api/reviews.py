"""What customers say of a service, in public."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from rest_framework import generics, serializers
from rest_framework.permissions import AllowAny

from apps.bookings.models import Review
from apps.services.selectors import services_visible_to


class PublicReviewSerializer(serializers.ModelSerializer[Review]):
    """A review and the provider's answer. Of the customer only the first name is shown."""

    customer_name = serializers.SerializerMethodField()

    class Meta:
        model = Review
        fields = ["id", "rating", "comment", "customer_name", "answer", "answered_at", "created_at"]
        read_only_fields = fields

    def get_customer_name(self, review: Review) -> str:
        return review.customer.full_name.split(" ")[0]


class ServiceReviewListView(generics.ListAPIView[Review]):
    """Reviews of a service, newest first."""

    queryset = Review.objects.none()
    serializer_class = PublicReviewSerializer
    permission_classes = (AllowAny,)

    def get_queryset(self) -> QuerySet[Review]:
        services = services_visible_to(self.request.user).prefetch_related(None)
        service = get_object_or_404(services, pk=self.kwargs["pk"])
        return Review.objects.filter(service=service).select_related("customer")
