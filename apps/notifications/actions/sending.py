"""The outbox leaves: one message after another, on as many machines as like."""

import logging
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from apps.common.database import release_connection
from apps.notifications.flood import MERGED, pause_before
from apps.notifications.leases import delivery_lease, lease_end
from apps.notifications.models import Channel, Delivery, DeliveryState
from apps.notifications.relevance import reason_to_skip
from apps.notifications.selectors import deliveries_due, deliveries_waiting, preferences_of, untried_since
from apps.notifications.ways import WAYS, NotSent, Way

logger = logging.getLogger(__name__)

LONGEST_BACK_OFF = timedelta(hours=6)
# Of those that were due, so about three days of back-off.
MOST_TRIES = 20
ERROR_LENGTH = 200
# So many in a row that a server does not take: it is down, and the rest waits for the next pass.
REFUSED_IN_A_ROW = 3


def deliveries_send(*, by_hand: bool) -> Counter[str]:
    """Send what waits, and count what became of it; `put off` is tried again later.

    By hand everything is tried at once, otherwise what is due by its back-off.
    """
    tally: Counter[str] = Counter()
    for channel in WAYS:
        tally += _send_by(channel, started=timezone.now(), by_hand=by_hand)
    return tally


def back_off(tries: int) -> timedelta:
    """Return how long to wait after so many tries: a minute, doubled each time, at most six hours."""
    return min(timedelta(minutes=2 ** min(max(tries - 1, 0), 16)), LONGEST_BACK_OFF)


def _send_by(channel: Channel, *, started: datetime, by_hand: bool) -> Counter[str]:
    tally: Counter[str] = Counter()
    if not _rows(channel, started=started, by_hand=by_hand).exists():
        return tally
    way = WAYS[channel]()
    in_a_row = 0
    try:
        while in_a_row < REFUSED_IN_A_ROW:
            release_connection()
            way.open()
            rows = _rows(channel, started=started, by_hand=by_hand)
            delivery = delivery_lease(rows, now=timezone.now())
            if delivery is None:
                break
            result, is_down = _deliver(way, delivery)
            tally[result] += 1
            in_a_row = in_a_row + 1 if is_down else 0
    except NotSent as error:
        logger.warning("nothing leaves by %s: %s", channel, error)
        tally["left waiting"] += _rows(channel, started=started, by_hand=by_hand).count()
    finally:
        way.close()
    return tally


def _rows(channel: Channel, *, started: datetime, by_hand: bool) -> QuerySet[Delivery]:
    if by_hand:
        return deliveries_waiting(channel).filter(untried_since(started))
    return deliveries_due(channel, now=timezone.now())


def _deliver(way: Way[Any], delivery: Delivery) -> tuple[str, bool]:
    """Return what became of a delivery that we have leased, and whether its way seems to be down."""
    try:
        return _payment(way, delivery), False
    except NotSent as error:
        logger.warning("delivery %s: %s", delivery.pk, error)
        if error.is_down:
            way.close()
        result = _fail(delivery, f"{error}") if error.permanent else _put_off(delivery, f"{error}")
        return result, error.is_down
    except Exception:
        # What breaks one, as a template may, must not keep the others waiting.
        logger.exception("delivery %s broke", delivery.pk)
        way.close()
        return _put_off(delivery, "it broke: see the log"), False


def _payment(way: Way[Any], delivery: Delivery) -> str:
    """Send it, unless that is not wanted or too late, and return its state. Raises NotSent."""
    notification = delivery.notification
    preferences = preferences_of(notification.recipient)
    reason = reason_to_skip(notification, delivery.channel, preferences, now=timezone.now())
    if reason:
        return _end(delivery, DeliveryState.SKIPPED, last_error=reason)
    pause = pause_before(delivery, now=timezone.now())
    if pause is MERGED:
        return _end(delivery, DeliveryState.SKIPPED, last_error="a newer message tells of it")
    if isinstance(pause, datetime):
        lease_end(delivery, next_try_at=pause, last_error="so many were sent already")
        return "put off"
    prepared = way.prepare(delivery)
    release_connection()
    way.send(prepared)
    sent = {"sent_at": timezone.now(), "payments": delivery.payments + 1, "last_error": ""}
    return _end(delivery, DeliveryState.SENT, **sent)


def _put_off(delivery: Delivery, error: str) -> str:
    now, tries = timezone.now(), delivery.payments + 1
    if delivery.next_try_at > now:
        # Tried early, by hand: else a cron job would use up the tries of days within minutes.
        lease_end(delivery, last_error=error[:ERROR_LENGTH])
        return "put off"
    if tries >= MOST_TRIES:
        return _fail(delivery, error)
    lease_end(delivery, payments=tries, next_try_at=now + back_off(tries), last_error=error[:ERROR_LENGTH])
    return "put off"


def _fail(delivery: Delivery, error: str) -> str:
    tries = delivery.payments + 1
    return _end(delivery, DeliveryState.FAILED, payments=tries, last_error=error[:ERROR_LENGTH])


def _end(delivery: Delivery, state: DeliveryState, **columns: object) -> str:
    if not lease_end(delivery, state=state, **columns):
        logger.error("delivery %s was taken over by another process", delivery.pk)
    return str(state)


def sent_in_words(tally: Counter[str]) -> str:
    """Return a tally as a line: `3 messages: 2 sent, 1 put off`."""
    parts = ", ".join(f"{count} {result}" for result, count in sorted(tally.items()))
    return f"{tally.total()} messages" + (f": {parts}" if parts else "")
