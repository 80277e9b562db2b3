"""What the browser brings back from Khalti: a pidx of the web checkout, or a token of the older widget."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from rest_framework.exceptions import ValidationError

from apps.accounts.models import User
from apps.bookings.locked import LockedDraft
from apps.bookings.models import BookingStatus
from apps.bookings.selectors import booking_for, draft_locked
from apps.common.errors import DomainError
from apps.common.money import to_paisa
from apps.payments.actions.initiate import fee_to_pay, method_to_pay, require_payments_left
from apps.payments.actions.lookup import payment_check, refuse_mismatch
from apps.payments.actions.payments import payment_create, payments_supersede
from apps.payments.gateways.base import LookupAnswer, Outcome
from apps.payments.models import MethodCode, Payment, PaymentStatus
from apps.payments.selectors import came_too_late, is_settled, net_price, payment_by_token
from apps.payments.states import PAID


def khalti_pidx_process(*, booking_id: int, customer: User, pidx: str) -> Payment:
    """Return the payment that a pidx belongs to, after Khalti was asked; a settled one as it is.

    Raises Http404, ValidationError on `pidx` for one that isn't this booking's, and for an unpaid one
    `payment_not_completed`, `payment_in_progress`, `gateway_mismatch`, `gateway_unavailable`, `already_paid`.
    """
    booking = booking_for(customer, booking_id)
    payment = payment_by_token(pidx)
    if payment is None or payment.booking_id != booking.pk or payment.is_widget_token:
        raise ValidationError({"pidx": ["This is no payment of this booking."]})
    if payment.status in PAID:
        return _money_was_ours(payment)
    return _paid(*payment_check(payment=payment, actor=customer))


def khalti_token_process(*, booking_id: int, customer: User, token: str, amount: int) -> Payment:
    """Take the money that a widget's token stands for, and return the payment; `amount` in paisa.

    Raises Http404, and before anything is asked `token_already_used`, `already_paid`, `amount_mismatch`, and
    what a booking that can't be paid now raises; then what an unpaid pidx raises.
    """
    payment = _token_payment(booking_id, customer, token, amount)
    if payment.status in PAID:
        return _money_was_ours(payment)
    return _paid(*payment_check(payment=payment, actor=customer, takes_money=True))


def _money_was_ours(payment: Payment) -> Payment:
    """Return a paid payment. Raises for one that Khalti gave back before it ever was."""
    if payment.paid_at is None:
        raise not_paid()
    return payment


def _paid(payment: Payment, answer: LookupAnswer) -> Payment:
    if payment.status in PAID:
        return _money_was_ours(payment)
    if is_settled(payment.booking):
        raise already_paid()
    refuse_mismatch(payment, answer)
    if answer.outcome == Outcome.PROCESSING:
        raise DomainError("payment_in_progress", "Khalti is still working on this payment.")
    raise not_paid()


def not_paid() -> DomainError:
    return DomainError("payment_not_completed", "Khalti says that this is not paid.")


def already_paid() -> DomainError:
    return DomainError("already_paid", "This booking is paid.")


def _token_payment(booking_id: int, customer: User, token: str, amount: int) -> Payment:
    """Return the token's payment, made now if this is its first use.

    Verify takes the money, so first the booking must be theirs to pay, its time secured and the amount right.
    """
    with transaction.atomic(durable=True):
        booking = draft_locked(customer, booking_id)
        known = payment_by_token(token)
        if known is not None and known.booking_id != booking.pk:
            raise _used_elsewhere()
        if known is not None and not known.is_widget_token:
            raise ValidationError({"token": ["This is a pidx, not a token."]})
        if known is not None and known.status in PAID:
            if amount != to_paisa(known.total_amount):
                raise DomainError("amount_mismatch", f"{to_paisa(known.total_amount)} paisa were paid.")
            return known
        if is_settled(booking):
            raise already_paid()
        return _payment_to_verify(booking, customer, token, amount, known)


def _payment_to_verify(
    booking: LockedDraft, customer: User, token: str, amount: int, known: Payment | None
) -> Payment:
    if booking.status == BookingStatus.DRAFT and booking.payment_method not in ("", MethodCode.KHALTI):
        raise DomainError("step_out_of_order", "Choose Khalti in the payment step first.")
    method = method_to_pay(booking, MethodCode.KHALTI, now=timezone.now())
    fee = fee_to_pay(booking, method)
    owed = net_price(booking) + fee
    if amount != to_paisa(owed) or (known is not None and known.total_amount != owed):
        raise DomainError("amount_mismatch", f"This booking costs {to_paisa(owed)} paisa.")
    if known is not None and came_too_late(booking, known):
        # To verify it would take money that could only go back.
        raise not_paid()
    if known is not None:
        return known
    require_payments_left(booking, now=timezone.now())
    payments_supersede(
        booking=booking,
        actor=customer,
        detail="paid with a token instead",
        keep_cash=booking.status != BookingStatus.DRAFT,
    )
    try:
        with transaction.atomic():
            return payment_create(
                booking=booking,
                method=method,
                fee=fee,
                status=PaymentStatus.PROCESSING,
                actor=customer,
                widget_token=token,
            )
    except IntegrityError as error:
        raise _used_elsewhere() from error


def _used_elsewhere() -> DomainError:
    return DomainError("token_already_used", "This token was used for another booking.")
