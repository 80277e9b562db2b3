"""The product's addresses, and the floor that they are compared with."""

from django.urls import URLPattern, URLResolver, path
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.bookings.models import Booking
from sewabazaar.urls import urlpatterns as product_patterns


class EmptyView(APIView):
    """What every answer of this server costs at least: middleware, DRF and an empty object."""

    permission_classes = (AllowAny,)
    schema = None

    def get(self, request: Request) -> Response:
        return Response({})


class CountView(EmptyView):
    """What it costs to count the raw rows, once."""

    def get(self, request: Request) -> Response:
        return Response({"bookings": Booking.objects.count()})


urlpatterns: list[URLPattern | URLResolver] = [
    *product_patterns,
    path("bench/empty/", EmptyView.as_view()),
    path("bench/count/", CountView.as_view()),
]
