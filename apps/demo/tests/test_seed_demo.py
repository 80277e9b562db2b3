from datetime import timedelta
from decimal import Decimal
from io import StringIO
from itertools import groupby, pairwise

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db.models import Avg, Count, F, Q, Sum
from django.utils import timezone
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from apps.accounts.models import Role, User
from apps.bookings.models import Booking, BookingEvent, BookingStatus, BookingStep, Review
from apps.bookings.states import FREES_THE_SLOT, SYSTEM, may_move
from apps.common.image_fields import WIDTHS, name_of
from apps.common.localtime import local, marketplace_zone
from apps.payments.audit import findings
from apps.payments.models import Payment, PaymentStatus, TrailKind
from apps.payments.selectors import shown_payment
from apps.payments.states import may_move as payment_may_move
from apps.services.models import Service, ServiceStatus, StaffMember
from apps.slots.availability import Period, lies_within
from apps.slots.models import BookingSlot, Reservation, TimeOff, Weekday, WorkingHours
from apps.slots.selectors import weekly_hours

pytestmark = [pytest.mark.usefixtures("demo_marketplace"), pytest.mark.django_db]

# A booking in one call reads the clock again for its draft.
A_MOMENT = timedelta(seconds=1)


def everything() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def test_a_second_run_doubles_nothing(settings: Settings) -> None:
    settings.DEBUG = True
    before, out = everything(), StringIO()
    call_command("seed_demo", stdout=out)
    assert everything() == before
    assert "nothing added" in out.getvalue()


def test_it_refuses_when_debug_is_off() -> None:
    before = everything()
    with pytest.raises(CommandError, match="DEBUG is off"):
        call_command("seed_demo")
    assert everything() == before


@pytest.mark.parametrize("account", ["admin", "provider", "customer"])
def test_the_demo_accounts_log_in(account: str, api: APIClient, settings: Settings) -> None:
    settings.DEBUG = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    body = {"email": f"{account}@sewabazaar.test", "password": "sewabazaar-demo"}
    answer = api.post("/api/auth/login/", body)
    assert answer.status_code == 200
    assert answer.json()["user"]["role"] == account


def test_a_dozen_more_providers_and_customers_are_there() -> None:
    assert User.objects.filter(role=Role.PROVIDER).count() > 12
    assert User.objects.filter(role=Role.CUSTOMER).count() > 12
    assert set(User.objects.filter(is_superuser=True).values_list("email", flat=True)) == {
        "admin@sewabazaar.test"
    }


def test_services_of_every_kind_are_there() -> None:
    services = Service.objects.all()
    assert set(services.values_list("status", flat=True)) == set(ServiceStatus.values)
    assert services.filter(discount_price__lt=F("price")).exists()
    assert services.filter(max_bookings__gte=5, title__contains="yoga").exists()
    assert services.filter(buffer_before_minutes__gt=0, buffer_after_minutes__gt=0).exists()
    assert services.values("min_notice_minutes").distinct().count() > 3
    assert not services.filter(Q(cities=None) | Q(staff=None)).exists()


def test_every_service_has_a_picture_of_its_own_in_all_sizes() -> None:
    services = list(Service.objects.all())
    pictures = {service.image.read() for service in services}
    assert len(pictures) == len(services)
    for service in services:
        assert (service.image_width, service.image_height) == (900, 600)
        assert all(service.image.storage.exists(name_of(service.image, size)) for size in WIDTHS)


def test_a_firm_has_several_members_of_different_genders() -> None:
    firms = StaffMember.objects.values("provider").annotate(
        people=Count("pk"), genders=Count("gender", distinct=True)
    )
    assert firms.filter(people__gte=3, genders__gte=2).exists()


def test_people_work_from_sunday_to_friday() -> None:
    weekdays = set(WorkingHours.objects.values_list("weekday", flat=True))
    assert weekdays == set(Weekday) - {Weekday.SATURDAY}
    assert TimeOff.objects.filter(staff=None).exists()
    assert TimeOff.objects.filter(staff__isnull=False).exists()
    overrides = BookingSlot.objects.filter(is_override=True)
    assert overrides.filter(is_available=False).exists()
    assert overrides.filter(max_bookings__isnull=False).exists()
    assert any(local(slot.starts_at).weekday() == Weekday.SATURDAY for slot in overrides)


def test_bookings_and_payments_of_every_state_are_there() -> None:
    assert set(Booking.objects.values_list("status", flat=True)) == set(BookingStatus.values)
    assert set(Payment.objects.values_list("status", flat=True)) == set(PaymentStatus.values)
    assert Booking.objects.count() > 300


def test_drafts_stand_at_every_step() -> None:
    drafts = Booking.objects.filter(status=BookingStatus.DRAFT)
    steps = {BookingStep.SERVICE, BookingStep.DATETIME, BookingStep.DETAILS, BookingStep.PAYMENT}
    assert set(drafts.values_list("booking_step", flat=True)) == steps
    assert drafts.filter(reservation__expires_at__gt=timezone.now()).exists()


def test_every_history_leads_to_the_bookings_state() -> None:
    for booking in Booking.objects.prefetch_related("events__actor"):
        events = list(booking.events.all())
        assert (events[0].from_status, events[0].to_status) == ("", "draft")
        for before, after in pairwise(events):
            assert after.from_status == before.to_status
            assert after.at >= before.at - A_MOMENT
            role = after.actor.role if after.actor else SYSTEM
            assert may_move(after.from_status, after.to_status, role)
        assert events[-1].to_status == booking.status
        assert events[-1].at <= timezone.now()


def test_bookings_begin_and_end_when_the_clock_allows() -> None:
    started = BookingEvent.objects.filter(to_status="in_progress").select_related("booking")
    assert all((event.booking.starts_at - event.at).total_seconds() <= 3600 for event in started)
    absent = BookingEvent.objects.filter(to_status="no_show").select_related("booking")
    assert all(event.at >= event.booking.starts_at for event in absent)
    assert not Booking.objects.filter(status="completed", ends_at__gt=timezone.now()).exists()


def test_every_trail_leads_to_the_payments_state() -> None:
    for payment in Payment.objects.prefetch_related("events"):
        events = list(payment.events.all())
        moves = [event for event in events if event.kind == TrailKind.MOVE]
        assert moves[0].from_status == ""
        for before, after in pairwise(moves):
            assert after.from_status == before.to_status
            assert payment_may_move(after.from_status, after.to_status)
        assert moves[-1].to_status == payment.status
        assert [event.at for event in events] == sorted(event.at for event in events)
        assert payment.secret is not None


def test_bookings_show_the_status_of_the_payment_that_counts() -> None:
    for booking in Booking.objects.all():
        payment = shown_payment(booking)
        assert booking.payment_status == (payment.status if payment else PaymentStatus.PENDING)


def test_paid_is_what_was_owed_and_no_more_went_back() -> None:
    settled = Payment.objects.filter(is_settlement=True)
    assert not settled.exclude(total_amount=F("booking__total_amount")).exists()
    refunded = Payment.objects.annotate(back=Sum("refunds__amount")).filter(back__isnull=False)
    assert refunded.exists()
    assert not refunded.filter(back__gt=F("total_amount")).exists()


def test_a_reservation_is_there_exactly_where_the_booking_takes_place() -> None:
    freed = Booking.objects.filter(status__in=FREES_THE_SLOT)
    assert not freed.filter(reservation__isnull=False).exists()
    held = Booking.objects.exclude(status__in=[*FREES_THE_SLOT, BookingStatus.DRAFT])
    assert not held.exclude(reservation__slot_starts_at=F("starts_at"), reservation__expires_at=None).exists()
    assert not held.exclude(staff=F("reservation__staff")).exists()
    assert Reservation.objects.filter(booking=None).count() == 0


def test_no_two_reservations_of_a_member_overlap() -> None:
    reservations = Reservation.objects.order_by("staff_id", "starts_at", "slot_id")
    for _, of_member in groupby(reservations, key=lambda reservation: reservation.staff_id):
        for first, second in pairwise(of_member):
            assert first.slot_id == second.slot_id or first.ends_at <= second.starts_at


def test_bookings_lie_in_working_hours_and_outside_time_off() -> None:
    hours = {member.pk: weekly_hours(member) for member in StaffMember.objects.all()}
    for reservation in Reservation.objects.select_related("slot", "service"):
        period = Period(reservation.slot.starts_at, reservation.slot.ends_at)
        is_opened = reservation.slot.is_override
        assert is_opened or lies_within(hours[reservation.staff_id], period, marketplace_zone())
        off = TimeOff.objects.filter(
            Q(staff=reservation.staff_id) | Q(staff=None), provider=reservation.service.provider_id
        )
        assert not off.filter(starts_at__lt=period.ends_at, ends_at__gt=period.starts_at).exists()


def test_ratings_are_those_of_the_reviews() -> None:
    assert not Review.objects.filter(is_counted=False).exists()
    rated = Service.objects.annotate(average=Avg("reviews__rating"), count=Count("reviews"))
    assert rated.filter(count__gt=0).exists()
    for service in rated:
        assert service.review_count == service.count
        if service.rating is not None:
            assert abs(service.rating - Decimal(str(service.average))) < Decimal("0.01")


def test_every_no_show_says_when_it_was_marked() -> None:
    absent = BookingEvent.objects.filter(to_status="no_show").select_related("booking")
    assert absent.filter(booking__payment_method="khalti").exists()
    assert all(event.booking.no_show_at == event.at for event in absent)
    assert not Booking.objects.exclude(status="no_show").exclude(no_show_at=None).exists()


def test_bookings_payments_refunds_and_trail_agree() -> None:
    assert list(findings()) == []
