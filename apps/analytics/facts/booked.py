"""Bookings that were sent off, by appointment date; and how providers answered them."""

from apps.analytics.facts.dialect import hour_of, seconds_between
from apps.analytics.facts.source import SERVICE, Source, buckets, count, total
from apps.analytics.histograms import RESPONSE
from apps.analytics.measures import HOURS, STATUSES
from apps.analytics.models import Family
from apps.common.database import paisa

# A draft, and what became of one that nobody finished, is no booking yet.
SENT = "(b.status NOT IN ('draft', 'expired') OR (b.status = 'expired' AND b.booking_step = 'completed'))"
# The first booking of a series was booked step by step, the others came with it.
LATER_BOOKING = "(b.series_id IS NOT NULL AND NOT b.is_first_of_series)"
WAITS_OR_TAKES_PLACE = "('pending', 'confirmed', 'in_progress', 'completed')"
TAKES_TIME = "('confirmed', 'in_progress', 'completed', 'no_show')"
PAID = "('completed', 'refund_pending', 'partially_refunded', 'refunded')"
ON_TIME_SECONDS = 10 * 60


def appointments() -> Source:
    """States, hours, value, time taken, starts. A seat of a group takes its share of the booking's time."""
    owes = f"f.status IN {WAITS_OR_TAKES_PLACE} AND f.payment_status NOT IN {PAID}"
    late = seconds_between("b.starts_at", "b.started_at")
    return Source(
        family=Family.BOOKED,
        table="bookings_booking b",
        details=SERVICE,
        when="b.booking_date",
        is_date=True,
        found_by_provider=True,
        condition=f"b.booking_date IS NOT NULL AND {SENT}",
        columns={
            "status": "b.status",
            "payment_status": "b.payment_status",
            "is_repeat": "b.is_repeat",
            "hour": hour_of("b.booking_time"),
            "paisa": paisa("b.total_amount"),
            "seconds": "b.estimated_duration * 60 / s.max_bookings",
            "late": f"CASE WHEN b.started_at IS NOT NULL THEN {late} END",
        },
        measures={
            **{status: count(f"f.status = '{status}'") for status in STATUSES},
            "repeated": count("f.is_repeat"),
            "value": total("f.paisa", "f.status = 'completed'"),
            "unpaid": count(owes),
            "outstanding": total("f.paisa", owes),
            "booked_seconds": total("f.seconds", f"f.status IN {TAKES_TIME}"),
            "started": count("f.late IS NOT NULL"),
            "on_time": count(f"f.late <= {ON_TIME_SECONDS}"),
            **buckets(HOURS, "f.hour"),
        },
    )


# What the provider did with a request. Who cancels what they were asked for declines it.
ANSWER = """\
FROM bookings_bookingevent e WHERE e.booking_id = b.id AND e.from_status = 'pending'
AND e.to_status IN ('confirmed', 'rejected', 'cancelled') AND e.actor_id = b.provider_id"""
REQUEST = "FROM bookings_bookingevent e WHERE e.booking_id = b.id AND e.to_status = 'pending'"


# Where money alone was missing: a bank transfer, or a booking of a series that is paid by itself.
WAITS_FOR_MONEY = f"""\
(b.payment_method = 'bank_transfer' OR (b.series_id IS NOT NULL AND b.payment_method <> 'cash'))
AND b.payment_status NOT IN {PAID}"""


def answers() -> Source:
    """How a provider answered their requests, and after how long. What money or an admin confirms is none."""
    return Source(
        family=Family.BOOKED,
        table="bookings_booking b",
        details=SERVICE,
        when="b.booking_date",
        is_date=True,
        found_by_provider=True,
        condition=f"b.booking_date IS NOT NULL AND {SENT}",
        columns={
            "requested_at": f"(SELECT MIN(e.at) {REQUEST})",
            "answered_at": f"(SELECT MIN(e.at) {ANSWER})",
            "answer": f"(SELECT e.to_status {ANSWER} ORDER BY e.id LIMIT 1)",
            "is_in_vain": f"(b.status = 'expired' AND NOT ({WAITS_FOR_MONEY}))",
        },
        then={
            "waited": f"CASE WHEN f.answer IS NOT NULL"
            f" THEN {seconds_between('f.requested_at', 'f.answered_at')} END",
            "bucket": bucket_of(
                RESPONSE.width_seconds,
                RESPONSE.buckets,
                seconds_between("f.requested_at", "f.answered_at"),
            ),
        },
        measures={
            "accepted": count("f.answer = 'confirmed'"),
            "declined": count("f.answer IN ('rejected', 'cancelled')"),
            "unanswered": count("f.answer IS NULL AND f.is_in_vain"),
            "response_seconds": "SUM(f.waited)",
            **buckets(RESPONSE.columns, "f.bucket"),
        },
    )


def bucket_of(width: int, last: int, seconds: str) -> str:
    """Return the number of a histogram's bucket; null where there is no time."""
    return (
        f"CASE WHEN {seconds} / {width} < {last} THEN {seconds} / {width} WHEN {seconds} >= 0 THEN {last} END"
    )
