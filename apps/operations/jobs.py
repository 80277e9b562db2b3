"""The periodic jobs, in the order in which `run_jobs` runs them. Each is safe on several machines at once."""

from collections.abc import Callable, Mapping

from django.utils import timezone

from apps.accounts.actions import purge_expired
from apps.analytics.actions.roll_up import days_roll_up
from apps.bookings.actions import old_drafts_purge, overdue_bookings_expire, reviews_count
from apps.common.idempotency import purge_old_keys
from apps.notifications.actions.reminders import reminders_make
from apps.notifications.actions.sending import deliveries_send, sent_in_words
from apps.payments.gateways.bank_transfer.slip_quota import slips_purge
from apps.payments.reconciliation.run import in_words, payments_reconcile
from apps.payments.refunds.process import refunds_process
from apps.slots.actions import expired_holds_release


def expire_holds() -> str:
    """Free the holds that ran out, expire what nobody finished or answered, and delete old drafts."""
    now = timezone.now()
    expired = overdue_bookings_expire(now=now)
    released = expired_holds_release(now=now)
    purged = old_drafts_purge(now=now)
    deleted = f", {purged} old drafts deleted" if purged else ""
    return f"{released} holds released, {expired} bookings expired{deleted}"


def reconcile_payments() -> str:
    """Ask the gateways about attempts to pay that are due, and finish them."""
    return in_words(payments_reconcile(by_hand=False), "attempts")


def process_refunds() -> str:
    """Send the refunds that are due to their gateways."""
    return in_words(refunds_process(by_hand=False), "refunds")


def send_notifications() -> str:
    """Make the reminders that are due, and send the messages that are."""
    reminders = reminders_make(now=timezone.now())
    return f"{reminders} reminders made, {sent_in_words(deliveries_send(by_hand=False))}"


def roll_up_analytics() -> str:
    """Count the days anew on which anything has changed."""
    return str(days_roll_up())


def count_reviews() -> str:
    """Count the reviews of bookings that are paid and over in ratings and figures."""
    return f"{reviews_count(now=timezone.now())} reviews counted"


def purge() -> str:
    """Delete login tokens, login failures, idempotency keys and slips that are past their time."""
    purge_expired()
    keys, slips = purge_old_keys(), slips_purge(now=timezone.now())
    return f"{keys} idempotency keys deleted, {slips} slips removed"


# Money that came is settled before a draft that it pays expires; what all this leads to is told afterwards.
JOBS: Mapping[str, Callable[[], str]] = {
    "reconcile_payments": reconcile_payments,
    "expire_holds": expire_holds,
    "process_refunds": process_refunds,
    "send_notifications": send_notifications,
    "count_reviews": count_reviews,
    "roll_up_analytics": roll_up_analytics,
    "purge": purge,
}
