"""What the customer is sent off with: asked for over the network, or worked out from the payment."""

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse

from apps.accounts.models import User
from apps.bookings.models import Booking
from apps.common.database import release_connection
from apps.common.encryption import keyed_hash
from apps.common.errors import DomainError
from apps.payments import trail
from apps.payments.actions.lookup import gateway_failed
from apps.payments.actions.payments import booking_show_payment, payment_move
from apps.payments.gateways.base import (
    Action,
    GatewayError,
    InitiateAnswer,
    InitiateRequest,
    Redirect,
)
from apps.payments.gateways.registry import gateway_for
from apps.payments.models import AttentionReason, Payment, PaymentSecret, PaymentStatus
from apps.payments.selectors import payment_by_token, payment_locked

OPERATION = "initiate"
UNREACHED = "The gateway could not be reached."
REFUSED = "The gateway refused the payment."


def link_open(*, payment: Payment, customer: User) -> tuple[Payment, Action]:
    """Ask the gateway for the link of a fresh payment, and return both.

    Raises `gateway_unavailable`: after a lost answer the payment stays `processing`, after a refusal it has
    `failed`. Raises `step_out_of_order` where the booking was changed meanwhile.
    """
    with transaction.atomic(durable=True):
        trail.record_request(payment, operation=OPERATION, actor=customer)
        request = initiate_request(payment, payment.booking)
    release_connection()
    try:
        answer = gateway_for(payment.method.code).initiate(request)
    except GatewayError as error:
        _note_failure(payment, error, customer)
        raise gateway_failed(payment, operation=OPERATION, error=error, actor=customer) from error
    return _link_keep(payment, answer, customer), answer.action


def stored_link(payment: Payment) -> Action | None:
    """Return the link that an open payment was opened with, None where it has none.

    A form is none: the gateway takes its reference once, and whether it was posted, only the payer knows.
    """
    url = PaymentSecret.objects.get(payment=payment).payment_url
    return Redirect(url=url, expires_at=payment.link_expires_at) if url else None


def initiate_request(payment: Payment, booking: Booking) -> InitiateRequest:
    """Return what a gateway needs to know of a payment."""
    customer = booking.customer
    return InitiateRequest(
        reference=payment.transaction_id,
        order_reference=booking.reference,
        amount=payment.total_amount,
        title=booking.service.title,
        return_url=f"{settings.PUBLIC_URL}{_return_path(payment)}",
        website_url=settings.FRONTEND_URL,
        customer_name=customer.full_name,
        customer_email=customer.email,
        customer_phone=booking.phone or customer.phone,
        configuration=payment.method.configuration,
    )


def _return_path(payment: Payment) -> str:
    gateway = gateway_for(payment.method.code)
    if gateway.comes_back is None:
        return ""
    in_path = [payment.transaction_id] if gateway.comes_back.is_named_in_path else []
    return reverse(f"{gateway.code}-return", args=in_path)


def _note_failure(payment: Payment, error: GatewayError, customer: User) -> None:
    """Let the next payment begin at once, instead of waiting for this one's answer."""
    with transaction.atomic(durable=True):
        booking, payment = payment_locked(payment)
        if not error.permanent:
            payment.failure_reason = UNREACHED
            payment.save(update_fields=["failure_reason", "updated_at"])
        elif payment.status == PaymentStatus.PROCESSING:
            payment_move(
                payment=payment, to_status=PaymentStatus.FAILED, actor=customer, failure_reason=REFUSED
            )
            booking_show_payment(booking=booking)


def _link_keep(payment: Payment, answer: InitiateAnswer, customer: User) -> Payment:
    """Keep the link whatever became of the payment meanwhile: it can be paid from now on."""
    with transaction.atomic(durable=True):
        booking, payment = payment_locked(payment)
        trail.record_answer(payment, operation=OPERATION, detail="link", raw=answer.raw, actor=customer)
        is_ours = _keep(payment, answer)
        if not is_ours:
            payment_move(
                payment=payment,
                to_status=PaymentStatus.NEEDS_ATTENTION,
                actor=customer,
                reason=AttentionReason.LINK_USED,
            )
            booking_show_payment(booking=booking)
    if not is_ours:
        raise DomainError("gateway_mismatch", "The gateway's answer doesn't fit. We are looking into it.")
    if payment.status != PaymentStatus.PROCESSING:
        raise DomainError("step_out_of_order", "The booking has just been changed. Please start again.")
    return payment


def _keep(payment: Payment, answer: InitiateAnswer) -> bool:
    """Store a link, and return False where its token is another payment's, be it made at the same moment."""
    if payment_by_token(answer.token) is not None:
        return False
    try:
        with transaction.atomic():
            payment.gateway_token_hash = keyed_hash(answer.token)
            payment.link_expires_at = answer.expires_at
            payment.save(update_fields=["gateway_token_hash", "link_expires_at", "updated_at"])
    except IntegrityError:
        if payment_by_token(answer.token) is None:
            raise
        payment.refresh_from_db(fields=["gateway_token_hash", "link_expires_at"])
        return False
    PaymentSecret.objects.filter(payment=payment).update(
        token=answer.token, payment_url=_url(answer.action), last_answer=answer.raw
    )
    return True


def _url(action: Action) -> str:
    return action.url if isinstance(action, Redirect) else ""
