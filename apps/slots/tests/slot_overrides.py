"""Short cuts for tests of overrides."""

import json
from typing import Any

from django.http import HttpResponse

from apps.services.models import Service
from apps.slots.models import BookingSlot
from apps.slots.tests.factories import departs

PATH = "/api/booking-slots/"
TEN = "2026-12-02 10:00"
ELEVEN = "2026-12-02 11:00"


def body_of(service: Service, **fields: Any) -> dict[str, Any]:
    staff = service.staff.first()
    assert staff
    return {
        "service": service.pk,
        "staff": staff.pk,
        "date": "2026-12-02",
        "start_time": "10:00:00",
        "end_time": "11:00:00",
    } | fields


def slot_override_of(service: Service, start: str = TEN, end: str = ELEVEN, **options: Any) -> BookingSlot:
    return departs(service, service.staff.get(), start, end, **options)


def error_of(answer: HttpResponse) -> tuple[int, str, str]:
    error = json.loads(answer.content)["errors"][0]
    return answer.status_code, error["code"], error["attr"]
