"""Who hears of a booking, by id, and as what."""

from apps.accounts.backends import EmailBackend
from apps.accounts.models import Role, User
from apps.bookings.models import Booking
from apps.notifications.kinds import Audience

SEES_PAYMENTS = "payments.view_payment"
People = dict[int, Audience]


def customer_of(booking: Booking) -> People:
    return {booking.customer_id: Audience.CUSTOMER}


def provider_of(booking: Booking) -> People:
    return {booking.provider_id: Audience.PROVIDER}


def both(booking: Booking, *, actor: User | None = None) -> People:
    """Return the customer, who gets a receipt of what they did, and the provider unless it was theirs."""
    provider = {} if actor and actor.pk == booking.provider_id else {booking.provider_id: Audience.PROVIDER}
    return provider | customer_of(booking)


def admins(*, actor: User | None = None) -> People:
    """Return the admins who may look at payments, but not the one who acted."""
    others = EmailBackend().with_perm(SEES_PAYMENTS).filter(role=Role.ADMIN)
    if actor is not None:
        others = others.exclude(pk=actor.pk)
    return dict.fromkeys(others.values_list("pk", flat=True), Audience.ADMIN)
