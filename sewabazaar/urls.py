"""Every address, app by app."""

from django.apps import apps
from django.conf import settings
from django.conf.urls.static import static
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, re_path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.permissions import AllowAny

from apps.bookings.wizard.api.views import BookingListCreateView
from apps.common.api import views
from apps.common.api.calendar_table import CalendarTableView
from apps.operations.api.config import ConfigView

handler400 = "apps.common.api.error_pages.bad_request"
handler403 = "apps.common.api.error_pages.permission_denied"
handler404 = "apps.common.api.error_pages.not_found"
handler500 = "apps.common.api.error_pages.server_error"

schema_view = SpectacularAPIView.as_view(permission_classes=[AllowAny], authentication_classes=[])
docs_view = SpectacularSwaggerSplitView.as_view(permission_classes=[AllowAny], authentication_classes=[])

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.start_page, name="start"),
    path("healthz/", views.health, name="health"),
    path("readyz/", views.readiness, name="readiness"),
    path("admin/", admin.site.urls),
    path("api/schema/", schema_view, name="schema"),
    path("api/docs/", docs_view, name="docs"),
    path("api/config/", ConfigView.as_view(), name="config"),
    path("api/calendar-table/", CalendarTableView.as_view(), name="calendar-table"),
    path("api/auth/", include("apps.accounts.api.urls")),
    path("api/", include("apps.services.api.urls")),
    path("api/", include("apps.slots.api.urls")),
    path("api/bookings/", BookingListCreateView.as_view(), name="bookings"),
    path("api/", include("apps.bookings.api.urls")),
    path("api/", include("apps.payments.api.urls")),
    path("api/", include("apps.analytics.api.urls")),
    path("api/booking-wizard/", include("apps.bookings.wizard.api.urls")),
    path("api/notifications/", include("apps.notifications.api.urls")),
]
# Not by DEBUG, which is off in tests: the settings decide once, when they list the apps.
if apps.is_installed("apps.sandbox"):
    urlpatterns += [path("sandbox/", include("apps.sandbox.urls"))]
# Uploads; empty unless DEBUG: on a real server the web server in front hands them out.
urlpatterns += static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT)
urlpatterns += [re_path(r"^api(/[\s\S]*)?$", views.UnknownPathView.as_view())]
