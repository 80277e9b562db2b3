"""Health, the start page, and the API's answers where no view was found or one failed."""

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.common.readiness import database_readiness
from apps.common.shared_cache import cache_answers


class UnknownPathView(APIView):
    """Any path under `/api/` that is none of ours: 404 in the API's shape, whatever the method."""

    schema = None
    authentication_classes = ()
    permission_classes = (AllowAny,)

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        raise NotFound

    def http_method_not_allowed(self, request: HttpRequest, *args: object, **kwargs: object) -> Response:
        raise NotFound


def health(request: HttpRequest) -> HttpResponse:
    """The process is alive."""
    return JsonResponse({"status": "ok"})


def readiness(request: HttpRequest) -> HttpResponse:
    """Database and migrations are as this code needs them: 200, else 503. The cache is only reported."""
    checks = database_readiness()
    ready = all(checks.values())
    body = {"status": "ok" if ready else "unavailable", **checks, "cache": cache_answers()}
    return JsonResponse(body, status=200 if ready else 503)


def start_page(request: HttpRequest) -> HttpResponse:
    """What runs here and where; the accounts of the demo only where they can log in."""
    context = {"has_sandbox": apps.is_installed("apps.sandbox"), "has_demo_accounts": settings.DEBUG}
    return render(request, "start.html", context)
