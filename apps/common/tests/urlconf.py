"""Views that misbehave on purpose, before the real addresses."""

import threading

from django.contrib.auth.models import Group
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.common.errors import DomainError
from apps.common.features import FeatureView
from apps.common.idempotency import idempotent
from apps.common.permissions import IsAdmin, IsCustomer, IsProviderOrAdmin
from sewabazaar.urls import handler400, handler403, handler404, handler500
from sewabazaar.urls import urlpatterns as real

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


class EchoView(APIView):
    permission_classes = (AllowAny,)

    def post(self, request: Request) -> Response:
        return Response({"body": request.data})


class ExplodingView(APIView):
    permission_classes = (AllowAny,)

    def get(self, request: Request) -> Response:
        raise RuntimeError("kamala@example.com lost her token=abcdefgh12345")


class RefusingView(APIView):
    """Raises the error that the address names."""

    permission_classes = (AllowAny,)

    def get(self, request: Request, code: str) -> Response:
        if code == "suspicious":
            raise SuspiciousOperation
        raise DomainError(code, "No.", attr="slot", extra={"alternatives": [1]}, retry_after=3)


class SwitchedOffView(FeatureView):
    feature_flag = "ENABLE_BOOKING_SLOTS"

    def get(self, request: Request) -> Response:
        return Response({})


class RoleView(APIView):
    def get(self, request: Request) -> Response:
        return Response({})


class GroupView(APIView):
    """Adds a row for each time it does its work. `fail` in the body fails after the write."""

    network = False

    def post(self, request: Request, name: str = "") -> Response:
        return idempotent(request, lambda: self.perform(request), network=self.network)

    def perform(self, request: Request) -> Response:
        number = Group.objects.count() + 1
        Group.objects.create(name=f"group {number}")
        if request.data == {"fail": "raise"}:
            raise ValidationError({"fail": "as asked"})
        if request.data == {"fail": "answer"}:
            return Response({"number": number}, status=400)
        return Response({"number": number, "price": "10.00"}, status=201)

    put = post


class NetworkView(GroupView):
    """Works until it is let go, as a gateway that takes its time."""

    network = True
    entered = threading.Event()
    let_go = threading.Event()

    def perform(self, request: Request) -> Response:
        self.entered.set()
        self.let_go.wait(timeout=30)
        return super().perform(request)


def exploding_page(request: HttpRequest) -> HttpResponse:
    raise RuntimeError


urlpatterns: list[URLPattern | URLResolver] = [
    path("api/test/echo/", EchoView.as_view()),
    path("api/test/explode/", ExplodingView.as_view()),
    path("api/test/explode-outside/", exploding_page),
    path("test/explode/", exploding_page),
    path("api/test/refuse/<str:code>/", RefusingView.as_view()),
    path("api/test/feature/", SwitchedOffView.as_view()),
    path("api/test/customers/", RoleView.as_view(permission_classes=[IsCustomer])),
    path("api/test/providers/", RoleView.as_view(permission_classes=[IsProviderOrAdmin])),
    path("api/test/admins/", RoleView.as_view(permission_classes=[IsAdmin])),
    path("api/test/groups/", GroupView.as_view()),
    path("api/test/groups/<str:name>/", GroupView.as_view()),
    path("api/test/network/", NetworkView.as_view()),
    *real,
]
