"""For every operation that takes a body one that it accepts, and who may send it."""

from dataclasses import dataclass
from typing import Any

from apps.accounts.models import User
from apps.accounts.tests.factories import PASSWORD
from apps.accounts.tokens import tokens_issue
from apps.bookings.tests.factories import in_days
from tests.world import World

CONTACT = {"address": "Jhamsikhel, blue gate", "city": "kathmandu", "phone": "9841234567"}
ACCOUNT = {"full_name": "Maya Lama", "phone": "9841234567", "gender": "female", "language": "ne"}


@dataclass(frozen=True)
class Call:
    """A call with a body that is fine."""

    person: User
    body: Any


def accepted_calls(world: World) -> dict[str, Call]:
    """Return them by method and path, as the schema writes it."""
    return {
        **{f"POST /api/auth/{path}": Call(world.customer, body) for path, body in _auth(world).items()},
        "PATCH /api/auth/me/": Call(world.customer, ACCOUNT),
        **{name: Call(world.customer, body) for name, body in _of_customers(world).items()},
        **{name: Call(world.provider, body) for name, body in _of_providers(world).items()},
        "POST /api/payments/{payment_id}/refund/": Call(
            world.admin, {"amount": "10.00", "reason": "The customer was right."}
        ),
    }


def _auth(world: World) -> dict[str, Any]:
    email = world.customer.email
    token = tokens_issue(world.customer)["refresh"]
    return {
        "login/": {"email": email, "password": PASSWORD},
        "logout/": {"refresh": token},
        "password-change/": {"old_password": PASSWORD, "new_password": "terraced-Hills-81"},
        "password-reset/": {"email": email},
        "password-reset/confirm/": {"uid": "Nw", "token": "cvx1o2-5e1c", "password": "terraced-Hills-81"},
        "refresh/": {"refresh": token},
        "register/": {"email": "maya@example.com", "password": PASSWORD, "role": "customer", **ACCOUNT},
        "verify-email/": {
            "token": "eyJ1c2VyIjo3fQ",
            "password": PASSWORD,
            "new_password": "terraced-Hills-81",
        },
        "verify-phone/": {"code": "081275"},
    }


def _of_customers(world: World) -> dict[str, Any]:
    booking = {"booking_date": in_days(5).isoformat(), "booking_time": "10:00:00", "staff": world.staff.pk}
    wish = {"preferred_provider_gender": "female", "special_instructions": "Ring twice."}
    return {
        "POST /api/booking-wizard/create-step/": {
            "booking_step": "datetime_selection",
            "booking_id": world.draft.pk,
            **booking,
        },
        "POST /api/booking-wizard/calculate-price/": {
            "service_id": world.service.pk,
            "payment_method": "cash",
        },
        "POST /api/bookings/": {
            "service": world.service.pk,
            "payment_method": "cash",
            **booking,
            **CONTACT,
            **wish,
        },
        "PATCH /api/bookings/{booking_id}/": {**CONTACT, "special_instructions": "Ring twice."},
        "POST /api/bookings/{booking_id}/reschedule/": {**booking, "booking_time": "12:00:00"},
        "PATCH /api/bookings/{booking_id}/update-status/": {
            "status": "cancelled",
            "cancellation_reason": "Rain.",
        },
        "POST /api/bookings/{booking_id}/cancel/": {"reason": "Rain."},
        "POST /api/bookings/{booking_id}/dispute/": {"reason": "I waited at the door."},
        "POST /api/bookings/{booking_id}/review/": {"rating": 5, "comment": "On time, and friendly."},
        "PATCH /api/bookings/{booking_id}/review/": {"rating": 4, "comment": "A bit late."},
        "PATCH /api/notifications/preferences/": {"email_reviews": False, "sms": True},
        "POST /api/payments/initiate/": {"booking_id": world.draft.pk, "payment_method": "khalti"},
        "POST /api/payments/process-khalti-payment/": {
            "booking_id": world.draft.pk,
            "pidx": "HT6o6PEZRWFJ5ygavzHWd5",
        },
        "POST /api/payments/{payment_id}/proof/": {"reference": "NIC-2026-1207-0042"},
    }


def _of_providers(world: World) -> dict[str, Any]:
    day = in_days(30).isoformat()
    slot = {"date": day, "start_time": "18:00:00", "end_time": "19:00:00", "max_bookings": 3}
    period = {"starts_at": f"{day}T10:00:00+05:45", "ends_at": f"{day}T12:00:00+05:45"}
    member = {"full_name": "Maya Lama", "gender": "female", "services": [world.service.pk]}
    service = {
        "title": "Deep cleaning",
        "description": "Every corner.",
        "category": world.service.category_id,
        "cities": list(world.service.cities.values_list("pk", flat=True)),
        "staff": [world.staff.pk],
        "price": "1500.00",
        "discount_price": "1200.00",
        "duration_minutes": 60,
        "max_bookings": 5,
        "buffer_before_minutes": 15,
        "min_notice_minutes": 120,
        "max_advance_days": 60,
    }
    return {
        "POST /api/bookings/{booking_id}/review/answer/": {"text": "Thank you."},
        "POST /api/booking-slots/": {"service": world.service.pk, "staff": world.staff.pk, **slot},
        "PATCH /api/booking-slots/{id}/": {**slot, "date": in_days(31).isoformat()},
        "POST /api/services/": service,
        "PATCH /api/services/{id}/": service,
        "POST /api/staff/": member,
        "PATCH /api/staff/{id}/": {**member, "is_active": True},
        "PUT /api/staff/{id}/working-hours/": [
            {"weekday": 0, "start_time": "10:00:00", "end_time": "17:00:00"}
        ],
        "POST /api/time-off/": {"staff": world.staff.pk, "reason": "Dashain", **period},
        "PATCH /api/time-off/{id}/": {"reason": "Dashain", **period},
    }
