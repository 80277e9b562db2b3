"""What anybody may read beside the services themselves."""

from typing import Any

from rest_framework.generics import GenericAPIView, ListAPIView
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from apps.common.api.list_query import ListQuery
from apps.services.api.serializers import CategorySerializer, CitySerializer, ProviderSerializer
from apps.services.models import Category, City
from apps.services.selectors import provider_page


class CategoryListView(ListQuery, ListAPIView[Category]):
    """Service categories, by name."""

    queryset = Category.objects.all()
    serializer_class = CategorySerializer
    permission_classes = (AllowAny,)


class CityListView(ListQuery, ListAPIView[City]):
    """Cities, by name."""

    queryset = City.objects.all()
    serializer_class = CitySerializer
    permission_classes = (AllowAny,)


class ProviderView(GenericAPIView[Any]):
    serializer_class = ProviderSerializer
    permission_classes = (AllowAny,)

    def get(self, request: Request, pk: int) -> Response:
        """A provider's public page, without e-mail and phone."""
        return Response(self.get_serializer(provider_page(pk)).data)
