"""Health, the start page, and the API's answers where no view was found or one failed."""

from functools import cache as remembered

from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from redis.exceptions import RedisError
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView


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


class UnappliedMigrations(Exception):
    pass


@remembered
def require_migrations() -> None:
    """Raise UnappliedMigrations where the database lacks some.

    Only success is remembered: reading every migration is much work for a call that anybody may make, and
    nobody takes migrations back under a running process.
    """
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise UnappliedMigrations


def readiness(request: HttpRequest) -> HttpResponse:
    """Database, cache and migrations are as this code needs them: 200, else 503."""
    checks = {"database": True, "cache": True, "migrations": True}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        require_migrations()
    except UnappliedMigrations:
        checks["migrations"] = False
    except DatabaseError:
        checks["database"] = checks["migrations"] = False
    try:
        cache.set("readiness", 1, timeout=5)
        checks["cache"] = cache.get("readiness") == 1
    except (OSError, RedisError):
        checks["cache"] = False
    ready = all(checks.values())
    return JsonResponse({"status": "ok" if ready else "unavailable", **checks}, status=200 if ready else 503)


def start_page(request: HttpRequest) -> HttpResponse:
    """What runs here and where; the accounts of the demo only where they can log in."""
    context = {"has_sandbox": apps.is_installed("apps.sandbox"), "has_demo_accounts": settings.DEBUG}
    return render(request, "start.html", context)
