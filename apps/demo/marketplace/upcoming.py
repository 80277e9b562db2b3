"""Bookings that lie ahead, made through the same actions as a customer's."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from apps.bookings.actions import (
    booking_cancel,
    booking_confirm,
    booking_reject,
    booking_settle,
)
from apps.bookings.models import Booking
from apps.bookings.selectors import booking_locked
from apps.bookings.wizard.actions import (
    booking_create,
    wizard_choose_time,
    wizard_drop,
    wizard_enter_details,
    wizard_start,
)
from apps.bookings.wizard.actions.one_shot import Order
from apps.common.errors import DomainError
from apps.common.localtime import local, today
from apps.demo.marketplace.orders import Demand
from apps.payments import trail
from apps.payments.actions.payments import booking_show_payment, payment_create, payment_move
from apps.payments.gateways.base import Outcome
from apps.payments.locked import LockedPayment
from apps.payments.models import PaymentMethod, PaymentStatus, PaymentType
from apps.payments.selectors import payment_methods_offered

FARTHEST_DAYS = 24
ATTEMPTS_TO_FIND_A_SLOT = 20

# How a booking goes on once it is made, how it is paid, and how many of them.
PLAN = (
    ("asked for", "cash", 14),
    ("accepted", "cash", 18),
    ("paid", "khalti", 14),
    ("paid", "esewa", 6),
    ("transfer announced", "bank_transfer", 4),
    ("paid", "bank_transfer", 4),
    ("turned down", "cash", 4),
    ("cancelled", "cash", 5),
    ("paid and cancelled", "khalti", 4),
    ("waits for its payment", "khalti", 3),
    ("payment under way", "khalti", 2),
    ("time chosen", "", 2),
    ("details given", "", 2),
    ("begun", "", 2),
    ("thrown away", "", 1),
)


def upcoming_create(demand: Demand, *, now: datetime) -> int:
    """Make the bookings of the plan, and return how many."""
    offered = {method.code for method in payment_methods_offered()}
    made = 0
    for course, method, count in PLAN:
        for _ in range(count):
            chosen = method if not method or method in offered else "cash"
            booking = _begun(demand, course, chosen, now=now)
            if booking is None:
                continue
            made += 1
            if method in offered and course in GO_ON:
                GO_ON[course](booking)
    return made


def _begun(demand: Demand, course: str, method: str, *, now: datetime) -> Booking | None:
    for _ in range(ATTEMPTS_TO_FIND_A_SLOT):
        try:
            booking = _order(demand, course, method, now=now)
        except DomainError as error:
            # Limits for customers may be set so low that the plan doesn't fit.
            if error.code != "too_many_bookings":
                raise
            continue
        if booking is not None:
            return booking
    return None


def _order(demand: Demand, course: str, method: str, *, now: datetime) -> Booking | None:
    service, customer = demand.service(), demand.customer()
    first = settings.BANK_TRANSFER_DEADLINE_HOURS // 24 + 1 if method == "bank_transfer" else 1
    day = today(now) + timedelta(days=demand.random.randint(first, first + FARTHEST_DAYS))
    gender = demand.gender()
    slot = demand.slot(service, day, gender=gender, now=now)
    if slot is None:
        return None
    at = local(slot.starts_at).time()
    details = demand.details(service, customer)
    if method:
        order = Order(service.pk, day, at, details, payment_method=method)
        return booking_create(customer=customer, order=order)
    booking = wizard_start(customer=customer, service_id=service.pk)
    if course in ("time chosen", "details given"):
        wizard_choose_time(customer=customer, booking_id=booking.pk, booking_date=day, booking_time=at)
    if course == "details given":
        wizard_enter_details(customer=customer, booking_id=booking.pk, details=details)
    if course == "thrown away":
        wizard_drop(customer=customer, booking_id=booking.pk)
    return booking


def _accept(booking: Booking) -> None:
    booking_confirm(booking_id=booking.pk, actor=booking.provider)


def _turn_down(booking: Booking) -> None:
    booking_reject(
        booking_id=booking.pk, actor=booking.provider, reason="We are fully booked in your area that day."
    )


def _cancel_booking(booking: Booking) -> None:
    booking_cancel(booking_id=booking.pk, actor=booking.customer, reason="Our plans have changed.")


def _open_payment(booking: Booking) -> LockedPayment:
    method = PaymentMethod.objects.get(code=booking.payment_method)
    is_wallet = method.payment_type == PaymentType.WALLET
    return payment_create(
        booking=booking_locked(booking.pk),
        method=method,
        fee=booking.fee,
        status=PaymentStatus.PROCESSING if is_wallet else PaymentStatus.PENDING,
        actor=booking.customer,
        failure_reason="The gateway could not be reached." if is_wallet else "",
    )


def _pay(booking: Booking) -> None:
    """Let the money arrive, as it does once a gateway has said so; here nobody is asked."""
    booking, now = booking_locked(booking.pk), timezone.now()
    payment = _open_payment(booking)
    trail.record_answer(payment, operation="lookup", detail="Completed", outcome=Outcome.PAID, actor=None)
    booking_settle(booking=booking, now=now)
    payment_move(
        payment=payment,
        to_status=PaymentStatus.COMPLETED,
        actor=None,
        detail="Completed",
        is_settlement=True,
        paid_at=now,
        failure_reason="",
        gateway_transaction_id=f"demo-{payment.pk:06d}",
    )
    booking_show_payment(booking=booking)


def _pay_and_cancel(booking: Booking) -> None:
    _pay(booking)
    _cancel_booking(booking)


GO_ON: dict[str, Callable[[Booking], object]] = {
    "accepted": _accept,
    "paid": _pay,
    "transfer announced": _open_payment,
    "turned down": _turn_down,
    "cancelled": _cancel_booking,
    "paid and cancelled": _pay_and_cancel,
    "payment under way": _open_payment,
}
