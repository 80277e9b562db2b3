"""What keeps a draft from becoming a booking, besides its time: limits, and a service that was withdrawn."""

from datetime import datetime

from django.conf import settings
from django.db.models import Count, Min

from apps.accounts.models import User
from apps.bookings.locked import LockedDraft
from apps.bookings.models import Booking
from apps.bookings.selectors import begun_by, is_withdrawn, later_holds_of, unpaid_requests_of
from apps.common.daily import DAY, enough_for_a_day
from apps.common.errors import DomainError


def require_drafts_left(customer: User, *, now: datetime) -> None:
    """Lock the customer's row, and raise `throttled` where they have begun a day's number of drafts.

    Whatever became of them counts; later bookings of a series, which come with the first one, don't.
    """
    list(User.objects.filter(pk=customer.pk).select_for_update(no_key=True).values_list("pk"))
    begun = begun_by(customer, since=now - DAY).aggregate(number=Count("pk"), oldest=Min("created_at"))
    if begun["number"] >= settings.MAX_DRAFTS_PER_DAY:
        oldest = begun["oldest"] or now
        raise enough_for_a_day("That is enough bookings begun for a day.", oldest=oldest, now=now)


def require_room_for_request(*, booking: LockedDraft) -> None:
    """Let a draft be sent off unpaid only within the customer's limits.

    Each booking of a series counts. Raises `too_many_bookings`, and `email_not_verified` where another unpaid
    request of a customer waits whom nobody can be sure to reach.
    """
    customer = booking.customer
    waiting = unpaid_requests_of(customer)
    if waiting and customer.email_verified_at is None:
        raise DomainError(
            "email_not_verified", "Confirm your e-mail first: one unpaid request is waiting already."
        )
    asked_for = 1 + booking.occurrences.filter(is_available=True).count()
    if waiting + asked_for > settings.MAX_UNPAID_BOOKINGS_PER_CUSTOMER:
        raise DomainError("too_many_bookings", "You have too many unpaid bookings already.")
    at_provider = unpaid_requests_of(customer, provider_id=booking.provider_id)
    if at_provider + asked_for > settings.MAX_UNPAID_BOOKINGS_PER_PROVIDER:
        most = settings.MAX_UNPAID_BOOKINGS_PER_PROVIDER
        raise DomainError("too_many_bookings", f"At most {most} unpaid bookings can wait at one provider.")


def require_on_offer(*, booking: Booking) -> None:
    """Raise `slot_unavailable` for a draft whose service was rejected, or whose provider closed, meanwhile.

    A pause is no withdrawal: what is held under it goes on.
    """
    if is_withdrawn(booking):
        raise DomainError("slot_unavailable", "This service is not offered any more.")


def require_room_for_series(*, booking: LockedDraft, count: int, now: datetime) -> None:
    """Raise `too_many_bookings` where a customer's recurring drafts hold more than they may leave unpaid."""
    held = later_holds_of(booking.customer, now=now, besides=booking)
    if held + count > settings.MAX_UNPAID_BOOKINGS_PER_CUSTOMER:
        raise DomainError("too_many_bookings", "You hold too many times already. Finish or drop one first.")
