"""Staff look at bookings and move them by the API's actions; nobody types over them."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.bookings.actions import booking_cancel, booking_confirm
from apps.bookings.models import Booking, BookingEvent, Review
from apps.bookings.tests.factories import booked, draft_at_payment_step
from apps.bookings.tests.steps import everything
from apps.payments.gateways.bank_transfer.actions import bank_transfer_prove
from apps.payments.models import Payment
from apps.payments.refunds.request import payment_refund
from apps.payments.tests.factories import paid, payment_of
from apps.services.models import Service

LIST = "/admin/bookings/booking/"


def page(booking: Booking, action: str = "change") -> str:
    return f"{LIST}{booking.pk}/{action}/"


def test_a_booking_is_shown_with_its_history_and_without_fields(support: Client, booking: Booking) -> None:
    content = support.get(page(booking)).content.decode()

    for part in (booking.reference, "Pending", "Kamala Shrestha", "+9779841234567", "Rs 1,500.00"):
        assert part in content
    assert 'name="status"' not in content
    assert 'name="total_amount"' not in content


def test_a_booking_shows_its_payments_and_their_trail(
    support: Client, kamala: User, anita: User, service: Service
) -> None:
    booking = draft_at_payment_step(kamala, service)
    payment = paid(booking)
    booking_cancel(booking_id=booking.pk, actor=anita, reason="flooded road")

    content = support.get(page(booking)).content.decode()

    for part in (f"payment {payment.pk}", payment.transaction_id, "Refund pending", "flooded road"):
        assert part in content
    assert "Processing to Completed" in content


def test_a_review_is_shown_to_who_may_view_reviews(
    support: Client, finance: Client, kamala: User, booking: Booking
) -> None:
    Review.objects.create(
        booking=booking, service=booking.service, customer=kamala, rating=2, comment="late by an hour"
    )

    assert "late by an hour" in support.get(page(booking)).content.decode()
    assert "late by an hour" not in finance.get(page(booking)).content.decode()


def test_proofs_of_a_transfer_are_shown_to_who_may_view_them(
    support: Client, finance: Client, kamala: User, service: Service
) -> None:
    booking = booked(kamala, service, method="bank_transfer")
    payment = payment_of(booking, status="pending")
    bank_transfer_prove(payment=payment, customer=kamala, reference="NIC-4711", slip=None)

    assert "NIC-4711" in finance.get(page(booking)).content.decode()
    assert "NIC-4711" not in support.get(page(booking)).content.decode()


def test_a_reservation_on_time_is_shown_to_who_may_view_reservations(
    support: Client, finance: Client, booking: Booking
) -> None:
    assert "Time blocked" in support.get(page(booking)).content.decode()
    assert "Time blocked" not in finance.get(page(booking)).content.decode()


def test_only_a_draft_shows_its_steps(support: Client, kamala: User, service: Service) -> None:
    draft, sent = draft_at_payment_step(kamala, service), booked(kamala, service, at="15:00")

    assert "Address and phone given" in support.get(page(draft)).content.decode()
    assert "Steps done" not in support.get(page(sent)).content.decode()


def test_what_people_wrote_is_escaped(support: Client, kamala: User, service: Service) -> None:
    booking = booked(kamala, service)
    Booking.objects.update(special_instructions="<script>alert(1)</script>", address="<b>blue gate</b>")

    content = support.get(page(booking)).content.decode()

    assert "<script>alert(1)" not in content
    assert "<b>blue" not in content


def test_a_page_takes_the_same_queries_for_any_number_of_payments(
    support: Client, kamala: User, service: Service
) -> None:
    booking = draft_at_payment_step(kamala, service)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert support.get(page(booking)).status_code == 200
        return len(captured)

    payment_of(booking)
    with_one = queries()
    for _ in range(4):
        payment_of(booking)
    assert Payment.objects.count() == 5
    assert queries() == with_one <= 18


def test_nothing_is_added_changed_or_deleted_by_hand(chief: Client, booking: Booking) -> None:
    before = everything()

    for name, arguments in (("add", []), ("change", [booking.pk]), ("delete", [booking.pk])):
        url = reverse(f"admin:bookings_booking_{name}", args=arguments)
        assert chief.post(url, {"status": "confirmed", "post": "yes"}).status_code == 403
    chief.post(LIST, {"action": "delete_selected", "_selected_action": [booking.pk], "post": "yes"})
    assert everything() == before


def test_confirming_asks_first_and_goes_through_the_same_action(
    support: Client, sabina: User, booking: Booking
) -> None:
    assert booking.reference in support.get(page(booking, "confirm")).content.decode()
    assert Booking.objects.get().status == "pending"

    answer = support.post(page(booking, "confirm"), follow=True)

    assert f"{booking.reference} is confirmed" in answer.content.decode()
    assert Booking.objects.get().status == "confirmed"
    assert BookingEvent.objects.latest("id").actor == sabina


def test_cancelling_needs_a_reason_and_frees_the_time(support: Client, booking: Booking) -> None:
    assert support.post(page(booking, "cancel"), {"reason": " "}).status_code == 200
    assert Booking.objects.get().status == "pending"

    support.post(page(booking, "cancel"), {"reason": "the customer called"})

    cancelled = Booking.objects.get()
    assert (cancelled.status, cancelled.cancellation_reason) == ("cancelled", "the customer called")
    assert cancelled.reservation is None


@pytest.mark.parametrize("action", ["cancel", "reject"])
def test_cancelling_says_first_how_much_goes_back(
    support: Client, anita: User, booking: Booking, action: str
) -> None:
    assert "no payment of which" in support.get(page(booking, action)).content.decode()

    payment = paid(booking)
    Booking.objects.update(status="pending")
    payment_refund(payment=payment, amount=Decimal(100), reason="late", actor=anita)

    content = support.get(page(booking, action)).content.decode()
    assert "what is left of the payment goes back: Rs 1,400.00" in content
    assert "refund pending" in content


def test_nothing_is_promised_where_nothing_can_be_cancelled(support: Client, booking: Booking) -> None:
    Booking.objects.update(status="completed")

    assert "The time is free at once" not in support.get(page(booking, "cancel")).content.decode()


def test_another_time_is_asked_for_with_pickers(support: Client, booking: Booking) -> None:
    content = support.get(page(booking, "reschedule")).content.decode()

    assert content.index("/admin/jsi18n/") < content.index("admin/js/calendar.js")
    assert 'value="10:00"' in content


def test_rejecting_tells_why(support: Client, booking: Booking) -> None:
    support.post(page(booking, "reject"), {"reason": "nobody free"})
    assert Booking.objects.get().rejection_reason == "nobody free"


@pytest.mark.parametrize("action", ["no-show", "start", "complete"])
def test_a_refusal_is_shown_and_changes_nothing(
    support: Client, anita: User, booking: Booking, action: str
) -> None:
    booking_confirm(booking_id=booking.pk, actor=anita)

    answer = support.post(page(booking, action))

    assert answer.status_code == 200
    assert "become" in answer.content.decode()
    assert Booking.objects.get().status == "confirmed"


def test_only_moves_that_the_state_allows_are_offered(support: Client, anita: User, booking: Booking) -> None:
    def offered() -> set[str]:
        return {one["title"] for one in support.get(page(booking)).context["actions_detail"]}

    assert offered() == {"Confirm", "Reschedule", "Reject", "Cancel"}
    booking_confirm(booking_id=booking.pk, actor=anita)
    assert offered() == {"Start", "Reschedule", "No-show", "Reject", "Cancel"}
    booking_cancel(booking_id=booking.pk, actor=anita, reason="rain")
    assert offered() == set()


@pytest.mark.parametrize("number", ["999999999", "none", "9" * 30])
@pytest.mark.parametrize("action", ["confirm", "cancel"])
def test_an_unknown_booking_is_not_found(support: Client, action: str, number: str) -> None:
    assert support.post(f"{LIST}{number}/{action}/", {"reason": "x"}).status_code == 404


def test_staff_who_are_no_admins_move_nothing(client: Client, gita: User, booking: Booking) -> None:
    gita.is_staff = gita.is_superuser = True
    gita.save()
    client.force_login(gita)

    assert client.post(page(booking, "confirm")).status_code == 403
    assert Booking.objects.get().status == "pending"


def test_what_is_done_already_is_said_and_not_called_done(support: Client, booking: Booking) -> None:
    support.post(page(booking, "cancel"), {"reason": "rain"})
    again = support.post(page(booking, "cancel"), {"reason": "snow"})
    assert "is already cancelled" in again.content.decode()
    assert Booking.objects.get().cancellation_reason == "rain"


def under_way(booking: Booking, admin: User) -> None:
    """Let a booking be so far that it may be completed."""
    booking_confirm(booking_id=booking.pk, actor=admin)
    began = timezone.now() - timedelta(hours=1)
    Booking.objects.update(status="in_progress", starts_at=began, ends_at=began + timedelta(hours=1))


def test_ten_times_the_price_was_not_taken_in_cash(support: Client, anita: User, booking: Booking) -> None:
    under_way(booking, anita)
    answer = support.post(page(booking, "complete"), {"amount_collected": f"{booking.total_amount * 10}"})
    assert "were due. Is this right?" in answer.content.decode()
    assert Booking.objects.get().status == "in_progress"


def test_completing_records_what_was_taken_in_cash(support: Client, anita: User, booking: Booking) -> None:
    under_way(booking, anita)

    support.post(page(booking, "complete"), {"amount_collected": "1400", "reason": "They had no more."})

    assert str(Payment.objects.get().amount_collected) == "1400.00"


def test_a_booking_is_moved_to_another_time(support: Client, booking: Booking) -> None:
    day = str(booking.booking_date)

    answer = support.post(page(booking, "reschedule"), {"day": day, "at": "12:00"}, follow=True)

    assert "12:00" in answer.content.decode()
    moved = Booking.objects.get()
    assert (str(moved.booking_date), str(moved.booking_time)) == (day, "12:00:00")


def test_a_time_that_is_taken_is_refused(
    support: Client, booking: Booking, suresh: User, service: Service
) -> None:
    booked(suresh, service, at="12:00")

    answer = support.post(page(booking, "reschedule"), {"day": str(booking.booking_date), "at": "12:00"})

    assert answer.status_code == 200
    assert str(Booking.objects.get(pk=booking.pk).booking_time) == "10:00:00"


def test_a_booking_shows_what_people_were_told(support: Client, anita: User, booking: Booking) -> None:
    booking_confirm(booking_id=booking.pk, actor=anita)

    messages = support.get(page(booking)).context["story"].messages

    assert {(one.kind, one.recipient_id) for one in messages} >= {("booking_confirmed", booking.customer_id)}
