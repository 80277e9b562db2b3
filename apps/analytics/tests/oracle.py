"""The figures as a plain count over the raw rows, row by row in Python."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from apps.analytics.histograms import LEAD, RESPONSE, SETTLING, Histogram
from apps.analytics.models import Family
from apps.analytics.scope import Scope, Span
from apps.bookings.models import Booking, BookingEvent, Review
from apps.bookings.steps import STEPS, completed_steps
from apps.common.localtime import local
from apps.payments.earnings.per_payment import earnings
from apps.payments.models import Payment, Refund

Counts = Counter[str]
PAID = ("completed", "refund_pending", "partially_refunded", "refunded")
CENT = Decimal("0.01")


def all_facts() -> "AllFacts":
    """Return the counts of every raw row, by family."""
    return {
        Family.BOOKED: list(_booked()),
        Family.BEGUN: list(_begun()),
        Family.MONEY: list(_money()),
        Family.REVIEWED: list(_reviewed()),
    }


def plain_count(facts: "Iterable[Fact]", scope: Scope, span: Span) -> Counts:
    """Return the measures that are not nought."""
    return +sum((fact[3] for fact in _within(facts, scope, span)), Counter())


def by_day(facts: "Iterable[Fact]", scope: Scope, span: Span) -> dict[date, Counts]:
    """Return them for each day that has any."""
    return _grouped((fact[0], fact[3]) for fact in _within(facts, scope, span))


def by_method(facts: "Iterable[Fact]", scope: Scope, span: Span) -> dict[tuple[str, str], Counts]:
    """Return them for each method and reason that has any."""
    return _grouped((fact[1], fact[3]) for fact in _within(facts, scope, span))


def by_service(facts: "Iterable[Fact]", scope: Scope, span: Span) -> dict[int, tuple[int, int]]:
    """Return the bookings of each service that has any, and how many of them are completed."""
    counts = _grouped(
        (fact[2].service_id, Counter(bookings=1, completed=fact[3]["completed"]))
        for fact in _within(facts, scope, span)
    )
    return {service: (found["bookings"], found["completed"]) for service, found in counts.items()}


def _grouped(found: Iterable[tuple[Any, Counts]]) -> dict[Any, Counts]:
    counts: dict[Any, Counts] = {}
    for key, measures in found:
        counts[key] = counts.get(key, Counter()) + measures
    return {key: measures for key, measures in counts.items() if +measures}


def _within(facts: "Iterable[Fact]", scope: Scope, span: Span) -> "Iterator[Fact]":
    return (fact for fact in facts if span.first <= fact[0] <= span.last and _is_in(scope, fact[2]))


# Day, method with reason, booking, measures.
Fact = tuple[date, tuple[str, str], Booking, Counts]
AllFacts = dict[Family, list[Fact]]
NO_KEY = ("", "")


def _is_in(scope: Scope, booking: Booking) -> bool:
    wanted = (
        (scope.provider_id, booking.provider_id),
        (scope.customer_id, booking.customer_id),
        (scope.service_id, booking.service_id),
        (scope.category_id, booking.service.category_id),
        (scope.city_id, booking.city_id),
    )
    return all(of is None or of == has for of, has in wanted)


def was_sent(booking: Booking) -> bool:
    if booking.status == "expired":
        return booking.booking_step == "completed"
    return booking.status != "draft"


def _booked() -> Iterator[Fact]:
    for booking in Booking.objects.select_related("service"):
        if not was_sent(booking) or booking.booking_date is None:
            continue
        assert booking.booking_time is not None
        assert booking.estimated_duration is not None
        counts: Counts = Counter({booking.status: 1, f"hour_{booking.booking_time.hour:02}": 1})
        counts["repeated"] += booking.is_repeat
        paisa = round(booking.total_amount * 100)
        if booking.status == "completed":
            counts["value"] += paisa
        owing = booking.status in ("pending", "confirmed", "in_progress", "completed")
        if owing and booking.payment_status not in PAID:
            counts["unpaid"] += 1
            counts["outstanding"] += paisa
        if booking.status in ("confirmed", "in_progress", "completed", "no_show"):
            counts["booked_seconds"] += booking.estimated_duration * 60 // booking.service.max_bookings
        if booking.started_at and booking.starts_at:
            counts["started"] += 1
            counts["on_time"] += (booking.started_at - booking.starts_at).total_seconds() < 601
        counts += _answer(booking)
        yield booking.booking_date, NO_KEY, booking, counts


def _answer(booking: Booking) -> Counts:
    counts: Counts = Counter()
    events = list(BookingEvent.objects.filter(booking=booking).order_by("id"))
    answers = [
        event
        for event in events
        if event.from_status == "pending"
        and event.to_status in ("confirmed", "rejected", "cancelled")
        and event.actor_id == booking.provider_id
    ]
    if answers:
        counts["accepted" if answers[0].to_status == "confirmed" else "declined"] += 1
        asked = min(event.at for event in events if event.to_status == "pending")
        _count(counts, RESPONSE, "response_seconds", asked, answers[0].at)
    elif booking.status == "expired" and not _waited_for_money(booking):
        counts["unanswered"] += 1
    return counts


def _waited_for_money(booking: Booking) -> bool:
    if booking.payment_status in PAID:
        return False
    is_own = booking.series_id is not None and booking.payment_method != "cash"
    return booking.payment_method == "bank_transfer" or is_own


def _begun() -> Iterator[Fact]:
    for booking in Booking.objects.select_related("service"):
        done = completed_steps(booking)
        steps = next((n for n, step in enumerate(STEPS) if step not in done), len(STEPS))
        if was_sent(booking):
            steps = 5
        elif steps == 5:
            steps = 4
        names = ("begun", "reached_time", "reached_details", "reached_payment", "sent")
        is_later_booking = booking.series_id is not None and not booking.is_first_of_series
        counts: Counts = Counter([] if is_later_booking else names[:steps])
        if booking.status == "draft" and not is_later_booking:
            waits = ("time", "details", "payment", "confirmation")[steps - 1]
            counts[f"open_at_{waits}"] += 1
        if was_sent(booking) and booking.starts_at:
            counts["lead_count"] += 1
            _count(counts, LEAD, "lead_seconds", booking.created_at, booking.starts_at)
        yield local(booking.created_at).date(), NO_KEY, booking, counts


def _money() -> Iterator[Fact]:
    payments = Payment.objects.select_related("method", "booking__service")
    for payment in payments:
        method = payment.method.code
        reason = payment.failure_reason if payment.status in ("failed", "expired") else ""
        counts = Counter({f"attempts_{payment.status}": 1})
        yield local(payment.created_at).date(), (method, reason), payment.booking, counts
        if payment.is_settlement and payment.paid_at:
            earned = _earned(payment, Decimal(0))
            counts = Counter(
                settled=1,
                gross=round(_paid(payment) * 100),
                fees=round(earned[0] * 100),
                commission=round(earned[1] * 100),
            )
            _count(counts, SETTLING, "settling_seconds", payment.created_at, payment.paid_at)
            yield local(payment.paid_at).date(), (method, ""), payment.booking, counts
        yield from _refunds(payment)


def _refunds(payment: Payment) -> Iterator[Fact]:
    gone = Decimal(0)
    done = Refund.objects.filter(payment=payment, status="completed").order_by("completed_at", "id")
    for refund in done:
        before, after = _earned(payment, gone), _earned(payment, gone + refund.amount)
        gone += refund.amount
        paisa = round(refund.amount * 100)
        counts = Counter(refunds=1, given_back=paisa)
        if payment.is_settlement:
            counts["refunded"] = paisa
            counts["fees_returned"] = round((before[0] - after[0]) * 100)
            counts["commission_returned"] = round((before[1] - after[1]) * 100)
        assert refund.completed_at
        yield local(refund.completed_at).date(), (payment.method.code, ""), payment.booking, counts


def _paid(payment: Payment) -> Decimal:
    return payment.total_amount if payment.amount_collected is None else payment.amount_collected


def _earned(payment: Payment, refunded: Decimal) -> tuple[Decimal, Decimal]:
    """Return processing fee and commission of what is kept, as the providers' accounts have them."""
    earned = earnings(
        paid=_paid(payment),
        processing_fee=payment.processing_fee,
        refunded=refunded,
        commission_percent=payment.commission_percent,
        in_cash=payment.method.code == "cash",
        charged_on=payment.total_amount,
    )
    return earned.processing_fees, earned.commission.quantize(CENT, ROUND_HALF_UP)


def _reviewed() -> Iterator[Fact]:
    for review in Review.objects.filter(is_counted=True).select_related("booking__service"):
        day = local(review.created_at).date()
        yield day, NO_KEY, review.booking, Counter({f"stars_{review.rating}": 1})


def _count(counts: Counts, histogram: Histogram, total: str, begins: datetime, ends: datetime) -> None:
    seconds = max(int((ends - begins).total_seconds() // 1), 0)
    counts[total] += seconds
    counts[histogram.columns[histogram.bucket_of(seconds)]] += 1
