"""The outbox leaves: one message after another, on as many machines as like."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from apps.common.database import release_connection
from apps.common.queue import Breaker, Tally, back_off, lease_take
from apps.notifications.flood import MERGED, pause_before
from apps.notifications.models import Channel, Delivery, DeliveryState
from apps.notifications.relevance import reason_to_skip
from apps.notifications.selectors import (
    deliveries_due,
    deliveries_waiting,
    delivery_to_send,
    preferences_of,
    untried_since,
)
from apps.notifications.ways import WAYS, NotSent, Way

logger = logging.getLogger(__name__)

# Longer than one mail may take, rendering and writing down included.
LEASE = timedelta(minutes=5)
# Of those that were due, so about three days of back-off.
MOST_TRIES = 20
ERROR_LENGTH = 200
# So many in a row that a server does not take: it is down, and the rest waits for the next pass.
REFUSED_IN_A_ROW = 3


def deliveries_send(*, by_hand: bool) -> Tally:
    """Send what waits, and count what became of it; `put off` is tried again later.

    By hand everything is tried at once, otherwise what is due by its back-off.
    """
    tally = Tally()
    for channel in WAYS:
        tally.update(_send_by(channel, started=timezone.now(), by_hand=by_hand))
    return tally


def _send_by(channel: Channel, *, started: datetime, by_hand: bool) -> Tally:
    tally, breaker = Tally(), Breaker(REFUSED_IN_A_ROW)
    if not _rows(channel, started=started, by_hand=by_hand).exists():
        return tally
    way = WAYS[channel]()
    try:
        while not breaker.is_open(channel):
            release_connection()
            way.open()
            rows = _rows(channel, started=started, by_hand=by_hand)
            delivery = _leased(rows)
            if delivery is None:
                break
            result, is_down = _deliver(way, delivery)
            tally[result] += 1
            breaker.note(channel, is_silent=is_down)
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


def _leased(rows: QuerySet[Delivery]) -> Delivery | None:
    """Return the first delivery that nobody else is sending, or None. It is ours until `lease_end`."""
    now = timezone.now()
    row = lease_take(rows, now=now, lease=LEASE, tried_at=now)
    return row and delivery_to_send(row.pk)


def lease_end(delivery: Delivery, **columns: Any) -> bool:
    """Write what became of a delivery; False where the lease had run out and somebody else has it."""
    ours = Delivery.objects.filter(
        pk=delivery.pk, state=DeliveryState.PENDING, leased_until=delivery.leased_until
    )
    return ours.update(leased_until=None, **columns) == 1


def _deliver(way: Way[Any], delivery: Delivery) -> tuple[str, bool]:
    """Return what became of a delivery that we have leased, and whether its way seems to be down."""
    try:
        return _send(way, delivery), False
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


def _send(way: Way[Any], delivery: Delivery) -> str:
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
        lease_end(delivery, try_again_at=pause, last_error="so many were sent already")
        return "put off"
    prepared = way.prepare(delivery)
    release_connection()
    way.send(prepared)
    sent = {"sent_at": timezone.now(), "times_tried": delivery.times_tried + 1, "last_error": ""}
    return _end(delivery, DeliveryState.SENT, **sent)


def _put_off(delivery: Delivery, error: str) -> str:
    now, tries = timezone.now(), delivery.times_tried + 1
    if delivery.try_again_at > now:
        # Tried early, by hand: else a cron job would use up the tries of days within minutes.
        lease_end(delivery, last_error=error[:ERROR_LENGTH])
        return "put off"
    if tries >= MOST_TRIES:
        return _fail(delivery, error)
    lease_end(
        delivery, times_tried=tries, try_again_at=now + back_off(tries), last_error=error[:ERROR_LENGTH]
    )
    return "put off"


def _fail(delivery: Delivery, error: str) -> str:
    tries = delivery.times_tried + 1
    return _end(delivery, DeliveryState.FAILED, times_tried=tries, last_error=error[:ERROR_LENGTH])


def _end(delivery: Delivery, state: DeliveryState, **columns: object) -> str:
    if not lease_end(delivery, state=state, **columns):
        logger.error("delivery %s was taken over by another process", delivery.pk)
    return str(state)
