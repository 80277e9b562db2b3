"""Addresses of this app."""

from django.urls import URLPattern, URLResolver, include, path
from rest_framework.routers import SimpleRouter

from apps.services.api.public import CategoryListView, CityListView, ProviderView
from apps.services.api.services import ServiceViewSet
from apps.services.api.staff import StaffViewSet

router = SimpleRouter(use_regex_path=False)
router.register("services", ServiceViewSet, basename="service")
router.register("staff", StaffViewSet, basename="staff")

urlpatterns: list[URLPattern | URLResolver] = [
    path("service-categories/", CategoryListView.as_view(), name="category-list"),
    path("cities/", CityListView.as_view(), name="city-list"),
    path("providers/<int:pk>/", ProviderView.as_view(), name="provider-detail"),
    path("", include(router.urls)),
]
