"""Opening a payment, or going on with the one that is open."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from rest_framework.exceptions import ValidationError

from apps.accounts.models import User
from apps.bookings.actions import booking_prepare_payment
from apps.bookings.locked import LockedBooking, LockedDraft
from apps.bookings.models import Booking, BookingStatus, PaidWhen
from apps.bookings.selectors import draft_locked
from apps.common.daily import day_began, enough_for_today
from apps.common.errors import DomainError
from apps.payments.actions.choose import payment_method_choose
from apps.payments.actions.link import UNREACHED, initiate_request, link_open, stored_link
from apps.payments.actions.lookup import payment_check
from apps.payments.actions.payments import payment_create, payments_supersede
from apps.payments.gateways.base import Action, LookupAnswer, Outcome
from apps.payments.gateways.registry import gateway_for
from apps.payments.models import MethodCode, Payment, PaymentMethod, PaymentStatus
from apps.payments.pricing import fee_for
from apps.payments.selectors import (
    is_askable,
    is_being_opened,
    is_settled,
    link_is_good,
    net_price,
    payment_method_offered,
    unfinished_payment,
)
from apps.payments.states import OPEN, PAID

# Each round ends one payment that can't be gone on with; more of them means that others work on this booking.
ROUNDS = 3


@dataclass(frozen=True, slots=True)
class NextStep:
    """What to do with a payment, decided under the booking's lock and done without it."""

    payment: Payment
    action: Action | None = None  # it is there to be handed out
    asks_first: bool = False


def payment_initiate(
    *, booking_id: int, customer: User, method_code: str | None = None
) -> tuple[Payment, Action]:
    """Return a payment the booking, and what the customer has to do.

    A method that differs from a draft's choice does the payment step first. With a payment of the same
    method and amount under way the gateway is asked first, and a link that is still good comes back; a form
    never does. Called again after `gateway_unavailable` it makes a new payment.

    Raises Http404, ValidationError on `payment_method`, `step_out_of_order`, `hold_expired`,
    `too_many_bookings`, `invalid_transition`, `already_paid`, `payment_in_progress`, `gateway_mismatch`,
    `gateway_unavailable`, `request_in_progress` while another request opens a payment, and Throttled.
    """
    useless: int | None = None
    for _ in range(ROUNDS):
        step = _next_step(booking_id, customer, method_code, useless=useless)
        if step.action is not None:
            return step.payment, step.action
        if not step.asks_first:
            return link_open(payment=step.payment, customer=customer)
        payment, answer = _ask(step.payment, customer)
        link = _still_good(payment, answer)
        if link is not None:
            return payment, link
        useless = payment.pk
    raise is_leased()


def _ask(payment: Payment, customer: User) -> tuple[Payment, LookupAnswer]:
    """Ask about an open payment; after a call in vain the customer's next one makes a new payment."""
    try:
        return payment_check(payment=payment, actor=customer)
    except DomainError as error:
        if error.code == "gateway_unavailable":
            Payment.objects.filter(pk=payment.pk, status__in=OPEN).update(failure_reason=UNREACHED)
        raise


def is_leased() -> DomainError:
    return DomainError("request_in_progress", "Another request works on this payment.", retry_after=1)


def method_to_pay(booking: LockedDraft, method_code: str | None, *, now: datetime) -> PaymentMethod:
    """Return the method to pay a booking by, after the payment step where a draft changes its mind.

    Raises ValidationError on `payment_method`, and what `booking_prepare_payment` raises.
    """
    is_draft = booking.status == BookingStatus.DRAFT
    if is_draft and method_code and method_code != booking.payment_method:
        payment_method_choose(booking=booking, method_code=method_code, now=now)
    booking_prepare_payment(booking=booking, now=now)
    is_transfer = booking.payment_method == MethodCode.BANK_TRANSFER
    if not is_draft and is_transfer and method_code not in (None, MethodCode.BANK_TRANSFER):
        raise DomainError("invalid_transition", "This booking waits for its bank transfer.")
    method = payment_method_offered(method_code or booking.payment_method, net_price(booking))
    paid_when = MethodCode(method.code).paid_when
    if booking.awaits_own_payment and not is_transfer and paid_when != PaidWhen.ONLINE:
        raise ValidationError({"payment_method": ["This booking is paid by wallet."]})
    if not is_draft and not is_transfer and paid_when == PaidWhen.TRANSFER:
        raise ValidationError({"payment_method": ["A cash booking can be paid in cash or by wallet."]})
    return method


def fee_to_pay(booking: Booking, method: PaymentMethod) -> Decimal:
    """Return the fee in rupees: as the payment step fixed it, or of another method than it chose."""
    if method.code == booking.payment_method:
        return booking.fee
    return fee_for(net_price(booking), method)


def _next_step(booking_id: int, customer: User, method_code: str | None, *, useless: int | None) -> NextStep:
    """`useless` is the payment that the gateway was just asked about, to no avail."""
    now = timezone.now()
    with transaction.atomic(durable=True):
        booking = draft_locked(customer, booking_id)
        if is_settled(booking):
            raise DomainError("already_paid", "This booking is paid.")
        method = method_to_pay(booking, method_code, now=now)
        gateway = gateway_for(method.code)
        fee = fee_to_pay(booking, method)
        latest = unfinished_payment(booking, method, net_price(booking) + fee)
        if latest is not None and not gateway.can_be_asked:
            return NextStep(latest, gateway.initiate(initiate_request(latest, booking)).action)
        if latest is not None and gateway.opens_over_network and is_being_opened(latest, now=now):
            raise is_leased()
        if latest is not None and is_askable(latest) and not (latest.pk == useless or latest.failure_reason):
            return NextStep(latest, asks_first=True)
        return _new_payment(booking, method, customer)


def require_payments_left(booking: LockedBooking, *, now: datetime) -> None:
    """Raise Throttled (429) where a booking has had a day's payments; each is asked about for days."""
    today = booking.payments.filter(created_at__gte=day_began(now)).count()
    if today >= settings.MAX_PAYMENT_ATTEMPTS_PER_DAY:
        raise enough_for_today("That is enough payments this booking for today.", now=now)


def _new_payment(booking: LockedBooking, method: PaymentMethod, customer: User) -> NextStep:
    require_payments_left(booking, now=timezone.now())
    payments_supersede(
        booking=booking,
        actor=customer,
        detail="a new payment was made",
        keep_cash=booking.status != BookingStatus.DRAFT,
    )
    gateway = gateway_for(method.code)
    payment = payment_create(
        booking=booking,
        method=method,
        fee=fee_to_pay(booking, method),
        status=PaymentStatus.PROCESSING if gateway.can_be_asked else PaymentStatus.PENDING,
        actor=customer,
    )
    if gateway.opens_over_network:
        return NextStep(payment)
    answer = gateway.initiate(initiate_request(payment, booking))
    if answer.expires_at is not None:
        payment.link_expires_at = answer.expires_at
        payment.save(update_fields=["link_expires_at"])
    return NextStep(payment, answer.action)


def _still_good(payment: Payment, answer: LookupAnswer) -> Action | None:
    """Return the action of a payment that can still be paid, None where a new one is needed."""
    if payment.status in PAID:
        raise DomainError("already_paid", "This booking is paid.")
    if payment.status == PaymentStatus.NEEDS_ATTENTION:
        raise DomainError("gateway_mismatch", "The gateway's answer doesn't fit. We are looking into it.")
    if answer.outcome == Outcome.PROCESSING or (answer.outcome == Outcome.BEGUN and _came_back(payment)):
        raise DomainError("payment_in_progress", f"{payment.method.name} is still working on this payment.")
    if answer.outcome != Outcome.UNPAID or not link_is_good(payment, now=timezone.now()):
        return None
    return stored_link(payment)


def _came_back(payment: Payment) -> bool:
    """Return whether the gateway sent the payer back, so that what it calls begun is out of their hands.

    Who left its page by the browser's Back button never comes there.
    """
    return payment.return_rests_until is not None
