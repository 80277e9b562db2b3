"""Random histories of a small marketplace, written straight into the tables: whatever order, whatever state.

Moments lie around the midnights of Kathmandu, so that a local day is easily taken for another.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import count
from typing import TypeVar

from django.db.models import Model, QuerySet
from hypothesis import strategies as st

from apps.accounts.models import User
from apps.accounts.tests.factories import UserFactory
from apps.analytics.actions.roll_up import days_roll_up
from apps.bookings.models import Booking, BookingEvent, BookingSeries, BookingStatus, BookingStep, Review
from apps.common.localtime import instant, marketplace_zone
from apps.payments.actions.methods import default_payment_methods_create
from apps.payments.models import MethodCode, Payment, PaymentMethod, PaymentStatus, Refund, RefundStatus
from apps.services.models import Category, City, Service, StaffMember
from apps.services.tests.factories import CategoryFactory, CityFactory, ServiceFactory, StaffFactory

FIRST_DAY = date(2026, 11, 29)
DAYS = 5
# 18:15 UTC is midnight.
CLOCKS = (time(18, 14, 59), time(18, 15), time(3, 30), time(20, 0))
STATUSES = [status.value for status in BookingStatus]
REASONS = ("", "The payment link has expired.", "The payment was cancelled or failed.")

days = st.integers(0, DAYS - 1).map(lambda number: FIRST_DAY + timedelta(days=number))
moments = st.builds(lambda day, at: datetime.combine(day, at, UTC), days, st.sampled_from(CLOCKS))
# Quarters of a rupee: SQLite keeps amounts as floats, and its constraints add them up.
amounts = st.integers(1, 12_000).map(lambda quarters: Decimal(quarters) / 4)
which = st.integers(0, 10**6)
Draw = st.DrawFn
Row = TypeVar("Row", bound=Model)


@dataclass
class World:
    """Who and what there is; bookings and payments are read from the tables."""

    customers: Sequence[User]
    providers: Sequence[User]
    services: Sequence[Service]
    categories: Sequence[Category]
    cities: Sequence[City | None]
    methods: Sequence[PaymentMethod]
    member: StaffMember
    series: BookingSeries
    numbers: "count[int]"


def world() -> World:
    """Two providers, three services in two categories, two cities."""
    default_payment_methods_create()
    providers = UserFactory.create_batch(2, role="provider")
    categories = [CategoryFactory(slug="cleaning"), CategoryFactory(slug="plumbing")]
    owners = (providers[0], providers[0], providers[1])
    services = [
        ServiceFactory(provider=owner, category=categories[number % 2], max_bookings=1 + number)
        for number, owner in enumerate(owners)
    ]
    customers = UserFactory.create_batch(2, role="customer")
    return World(
        customers=customers,
        providers=providers,
        services=services,
        categories=categories,
        cities=[None, CityFactory(slug="kathmandu"), CityFactory(slug="pokhara")],
        methods=list(PaymentMethod.objects.all()),
        member=StaffFactory(provider=providers[0]),
        series=BookingSeries.objects.create(customer=customers[0]),
        numbers=count(),
    )


def begin(draw: Draw, world: World) -> None:
    """A booking in whatever state."""
    day = draw(days)
    at = time(draw(st.integers(0, 23)), 30)
    starts_at = instant(day, at, marketplace_zone())
    status = draw(st.sampled_from(STATUSES))
    service = draw(st.sampled_from(world.services))
    price = draw(amounts)
    has_time = status not in ("draft", "expired") or draw(st.booleans())
    method = draw(st.sampled_from(["", "cash", "bank_transfer", "khalti"]))
    is_draft = status == "draft" or (status == "expired" and draw(st.booleans()))
    Booking.objects.create(
        reference=f"SB-{next(world.numbers)}",
        customer=draw(st.sampled_from(world.customers)),
        service=service,
        provider_id=service.provider_id,
        city=draw(st.sampled_from(world.cities)),
        address=draw(st.sampled_from(["", "New Road"])),
        phone=draw(st.sampled_from(["", "+9779841000000"])),
        staff=world.member if has_time else None,
        booking_date=day if has_time else None,
        booking_time=at if has_time else None,
        starts_at=starts_at if has_time else None,
        ends_at=starts_at if has_time else None,
        estimated_duration=draw(st.integers(5, 90)) if has_time else None,
        status=status,
        booking_step=BookingStep.PAYMENT if is_draft else BookingStep.COMPLETED,
        payment_method=method,
        paid_when=MethodCode(method).paid_when if method else "",
        series=draw(st.sampled_from([None, world.series])),
        is_first_of_series=draw(st.booleans()),
        price=price,
        total_amount=price,
        is_repeat=draw(st.booleans()),
        created_at=draw(moments),
    )


def one_of(draw: Draw, rows: QuerySet[Row]) -> Row | None:
    found = list(rows.order_by("pk"))
    return found[draw(which) % len(found)] if found else None


def move(draw: Draw, world: World) -> None:
    """To any state, with a line of history by a person or the system; late, as people do."""
    booking = one_of(draw, Booking.objects.filter(starts_at__isnull=False))
    if booking is None:
        return
    to_status = draw(st.sampled_from(STATUSES))
    BookingEvent.objects.create(
        booking=booking,
        from_status=draw(st.sampled_from(["draft", "pending"])),
        to_status="pending",
        at=draw(moments),
    )
    BookingEvent.objects.create(
        booking=booking,
        from_status=booking.status,
        to_status=to_status,
        actor=draw(st.sampled_from([None, world.customers[0], *world.providers])),
        at=draw(moments),
    )
    step = draw(st.sampled_from([BookingStep.COMPLETED, BookingStep.PAYMENT]))
    # As `booking_move` writes it.
    Booking.objects.filter(pk=booking.pk).update(status=to_status, booking_step=step)


def start(draw: Draw, world: World) -> None:
    booking = one_of(draw, Booking.objects.filter(starts_at__isnull=False))
    if booking and booking.starts_at:
        after = timedelta(seconds=draw(st.sampled_from([-60, 0, 600, 601, 5000])))
        Booking.objects.filter(pk=booking.pk).update(started_at=booking.starts_at + after)


def reschedule(draw: Draw, world: World) -> None:
    booking = one_of(draw, Booking.objects.filter(starts_at__isnull=False))
    if booking:
        booking.booking_date, booking.booking_time = draw(days), time(draw(st.integers(0, 23)))
        booking.starts_at = instant(booking.booking_date, booking.booking_time, marketplace_zone())
        booking.ends_at = booking.starts_at
        booking.save()


def go_elsewhere(draw: Draw, world: World) -> None:
    """Another city, or another service and with it another provider."""
    booking = one_of(draw, Booking.objects.all())
    if booking:
        booking.city = draw(st.sampled_from(world.cities))
        booking.service = draw(st.sampled_from(world.services))
        booking.provider_id = booking.service.provider_id
        booking.save()


def pay(draw: Draw, world: World) -> None:
    """An attempt in any state, and sometimes the booking says so."""
    booking = one_of(draw, Booking.objects.all())
    if booking is None:
        return
    fee = min(draw(amounts), booking.total_amount)
    status = draw(st.sampled_from(PaymentStatus.values))
    Payment.objects.create(
        booking=booking,
        method=draw(st.sampled_from(world.methods)),
        amount=booking.total_amount,
        processing_fee=fee,
        total_amount=booking.total_amount + fee,
        status=status,
        failure_reason=draw(st.sampled_from(REASONS)),
        transaction_id=f"T-{next(world.numbers)}",
        commission_percent=draw(st.sampled_from([Decimal("0.00"), Decimal("10.00"), Decimal("12.34")])),
        created_at=draw(moments),
    )
    if draw(st.booleans()):
        Booking.objects.filter(pk=booking.pk).update(payment_status=status)


def settle(draw: Draw, world: World) -> None:
    """Money comes, perhaps days later, perhaps for a booking that had failed to pay."""
    unpaid = Payment.objects.filter(is_settlement=False)
    payment = one_of(draw, unpaid.exclude(booking__payments__is_settlement=True))
    if payment:
        payment.is_settlement, payment.status = True, PaymentStatus.COMPLETED
        payment.paid_at = draw(moments)
        payment.amount_collected = draw(st.one_of(st.none(), amounts))
        payment.save()


def fail(draw: Draw, world: World) -> None:
    payment = one_of(draw, Payment.objects.filter(is_settlement=False))
    if payment:
        reason = draw(st.sampled_from(REASONS))
        Payment.objects.filter(pk=payment.pk).update(status="failed", failure_reason=reason)


def refund(draw: Draw, world: World) -> None:
    payment = one_of(draw, Payment.objects.all())
    if payment:
        is_done = draw(st.booleans())
        Refund.objects.create(
            payment=payment,
            amount=draw(amounts),
            reason="nobody came",
            status=RefundStatus.COMPLETED if is_done else RefundStatus.PENDING,
            completed_at=draw(moments) if is_done else None,
        )


def complete_refund(draw: Draw, world: World) -> None:
    refund = one_of(draw, Refund.objects.all())
    if refund:
        Refund.objects.filter(pk=refund.pk).update(status="completed", completed_at=draw(moments))


def review(draw: Draw, world: World) -> None:
    """Once a booking; again it changes, or somebody deletes it."""
    booking = one_of(draw, Booking.objects.all())
    if booking is None:
        return
    stars = draw(st.integers(0, 5))
    if stars == 0:
        Review.objects.filter(booking=booking).delete()
        return
    Review.objects.update_or_create(
        booking=booking,
        defaults={
            "service": booking.service,
            "customer": booking.customer,
            "rating": stars,
            "created_at": draw(moments),
        },
    )


def reclassify(draw: Draw, world: World) -> None:
    """A service goes to another category, or gets other seats."""
    service = draw(st.sampled_from(world.services))
    if draw(st.booleans()):
        Service.objects.filter(pk=service.pk).update(category=draw(st.sampled_from(world.categories)))
    else:
        Service.objects.filter(pk=service.pk).update(max_bookings=draw(st.integers(1, 3)))


def roll_up(draw: Draw, world: World) -> None:
    days_roll_up()


HAPPENINGS = (
    begin,
    begin,
    move,
    move,
    start,
    reschedule,
    go_elsewhere,
    pay,
    settle,
    fail,
    refund,
    complete_refund,
    review,
    reclassify,
    roll_up,
    roll_up,
)
