from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from apps.sandbox.faults import OPERATIONS
from apps.sandbox.forms import FaultForm
from apps.sandbox.models import Fault
from apps.sandbox.pages import page
from apps.sandbox.requests import request_body, wants_page

MOST_FAULTS = 1000


@csrf_exempt
@require_http_methods(["GET", "POST", "DELETE"])
def faults(request: HttpRequest) -> HttpResponse:
    """GET lists the faults that wait, POST asks for one, DELETE drops all."""
    if request.method == "DELETE":
        Fault.objects.all().delete()
        return HttpResponse(status=204)
    return _add(request) if request.method == "POST" else _list(request, FaultForm())


@csrf_exempt
@require_POST
def clear(request: HttpRequest) -> HttpResponse:
    """Drop all faults; a form can't send DELETE."""
    Fault.objects.all().delete()
    return redirect("sandbox:faults")


def _add(request: HttpRequest) -> HttpResponse:
    form = FaultForm(request_body(request))
    if not form.is_valid():
        return _list(request, form) if wants_page(request) else JsonResponse(form.errors, status=400)
    if Fault.objects.filter(remaining__gt=0).count() >= MOST_FAULTS:
        return JsonResponse({"detail": f"At most {MOST_FAULTS} faults can wait."}, status=400)
    wanted, delay = form.cleaned_data, form.cleaned_data["delay_seconds"]
    fault = Fault.objects.create(
        gateway=wanted["gateway"],
        operation=wanted["operation"],
        kind=wanted["fault"],
        remaining=wanted["times"] or 1,
        delay_seconds=5 if delay is None else delay,
    )
    return redirect("sandbox:faults") if wants_page(request) else JsonResponse(_answer(fault), status=201)


def _list(request: HttpRequest, form: FaultForm) -> HttpResponse:
    waiting = Fault.objects.filter(remaining__gt=0)
    if not wants_page(request):
        return JsonResponse({"faults": [_answer(fault) for fault in waiting]})
    names = sorted({name for known in OPERATIONS.values() for name in known})
    context = {
        "faults": waiting,
        "form": form,
        "operations": OPERATIONS,
        "names": names,
        "kinds": Fault.Kind.choices,
    }
    return page(request, "faults.html", context, status=400 if form.errors else 200)


def _answer(fault: Fault) -> dict[str, Any]:
    return {
        "id": fault.pk,
        "gateway": fault.gateway,
        "operation": fault.operation,
        "fault": fault.kind,
        "times": fault.remaining,
        "delay_seconds": fault.delay_seconds,
    }
