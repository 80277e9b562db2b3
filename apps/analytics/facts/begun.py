"""Drafts by the day on which they were begun: the wizard's funnel, and the time until the appointment."""

from apps.analytics.facts.booked import LATER_BOOKING, SENT, bucket_of
from apps.analytics.facts.dialect import seconds_between
from apps.analytics.facts.source import SERVICE, Source, buckets, count, total
from apps.analytics.histograms import LEAD
from apps.analytics.models import Family

HAS_TIME = "b.starts_at IS NOT NULL"
HAS_DETAILS = "b.address <> '' AND b.phone <> '' AND b.city_id IS NOT NULL"
HAS_PAYMENT = "b.payment_method <> ''"
# How many steps are done without a gap, as `bookings/steps.py` has it; five once it was sent off. Null for
# later bookings of a series, for which nobody went through the steps.
STEPS_DONE = f"""\
CASE WHEN {LATER_BOOKING} THEN NULL WHEN {SENT} THEN 5
WHEN NOT ({HAS_TIME}) THEN 1 WHEN NOT ({HAS_DETAILS}) THEN 2 WHEN NOT ({HAS_PAYMENT}) THEN 3 ELSE 4 END"""


def begun() -> Source:
    """The funnel as it stands now: going back takes a draft back. Dropped ones count as left."""
    lead = seconds_between("b.created_at", "b.starts_at")
    lead = f"CASE WHEN {SENT} AND {HAS_TIME} THEN {lead} END"
    return Source(
        family=Family.BEGUN,
        table="bookings_booking b",
        details=SERVICE,
        when="b.created_at",
        found_by_provider=True,
        condition="1 = 1",
        columns={"done": STEPS_DONE, "is_open": "b.status = 'draft'", "lead": lead},
        then={"bucket": bucket_of(LEAD.width_seconds, LEAD.buckets, "f.lead")},
        measures={
            "begun": count("f.done IS NOT NULL"),
            "reached_time": count("f.done >= 2"),
            "reached_details": count("f.done >= 3"),
            "reached_payment": count("f.done >= 4"),
            "sent": count("f.done = 5"),
            "open_at_time": count("f.is_open AND f.done = 1"),
            "open_at_details": count("f.is_open AND f.done = 2"),
            "open_at_payment": count("f.is_open AND f.done = 3"),
            "open_at_confirmation": count("f.is_open AND f.done = 4"),
            "lead_seconds": "SUM(f.lead)",
            "lead_count": count("f.lead IS NOT NULL"),
            **buckets(LEAD.columns, "f.bucket"),
        },
    )


def purged() -> Source:
    """Drafts that were deleted, never sent off. A service may be gone with them: it had no bookings."""
    return Source(
        family=Family.BEGUN,
        table="analytics_purgeddrafts b",
        details=f"LEFT {SERVICE}",
        when="b.created_at",
        found_by_provider=True,
        condition="1 = 1",
        columns={"done": "b.done", "drafts": "b.drafts"},
        measures={
            "begun": "SUM(f.drafts)",
            "reached_time": total("f.drafts", "f.done >= 2"),
            "reached_details": total("f.drafts", "f.done >= 3"),
            "reached_payment": total("f.drafts", "f.done >= 4"),
        },
    )
