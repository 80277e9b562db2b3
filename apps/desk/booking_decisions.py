"""Moves of a booking in the admin: a page each that asks, and the API's own action."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from unfold.decorators import action

from apps.accounts.authentication import signed_in
from apps.accounts.models import User
from apps.accounts.staff import staff_may
from apps.bookings import actions, states
from apps.bookings.actions import NewTime
from apps.bookings.actions.reschedule_rules import MOVABLE
from apps.bookings.models import Booking, BookingStatus, Dispute, DisputeDecision
from apps.bookings.selectors import is_paid
from apps.common.decision_pages import Fact, decision_page, row_or_404
from apps.common.errors import DomainError
from apps.common.localtime import local
from apps.common.money import rupees_text
from apps.desk.booking_forms import CollectedForm, DecisionForm, NewTimeForm, ReasonForm
from apps.desk.wording import method_text, status_text
from apps.payments.refunds.cancellation import cancellation_preview

Move = Callable[..., Booking]

LEADS_TO = {
    "confirm": BookingStatus.CONFIRMED,
    "start": BookingStatus.IN_PROGRESS,
    "complete": BookingStatus.COMPLETED,
    "no_show": BookingStatus.NO_SHOW,
    "reject": BookingStatus.REJECTED,
    "cancel": BookingStatus.CANCELLED,
}


class MovesBookings:
    """The actions of a booking's page. Each wants `act_on_booking`, and obeys the table of states."""

    actions_detail = [
        "confirm",
        "start",
        "complete",
        "reschedule",
        "no_show",
        "reject",
        "cancel",
        "for_customer",
        "for_provider",
    ]

    def has_move_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return staff_may(request, "bookings.act_on_booking")

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """Offer the moves that the table has for this booking; the clock may still forbid one."""
        booking = self.get_object(request, str(object_id))  # type: ignore[attr-defined]  # of ModelAdmin
        offered: list[Any] = super().get_actions_detail(request, object_id)  # type: ignore[misc]
        if booking is None:
            return []
        possible = {
            name for name, status in LEADS_TO.items() if states.may_move(booking.status, status, states.ADMIN)
        }
        if booking.status in MOVABLE:
            possible.add("reschedule")
        dispute = Dispute.objects.filter(booking=booking, decided_at=None)
        if booking.status == BookingStatus.NO_SHOW and dispute.exists():
            possible |= {"for_customer", "for_provider"}
        return [one for one in offered if one.method.original_function_name in possible]

    @action(description="Confirm", url_path="confirm", permissions=["move"], icon="task_alt")
    def confirm(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self.move(
            request,
            object_id,
            question="Confirm for the provider",
            do=actions.booking_confirm,
            leads_to=LEADS_TO["confirm"],
        )

    @action(description="Start", url_path="start", permissions=["move"], icon="play_arrow")
    def start(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self.move(
            request,
            object_id,
            question="The work has begun",
            do=actions.booking_start,
            leads_to=LEADS_TO["start"],
        )

    @action(description="Complete", url_path="complete", permissions=["move"], icon="done_all")
    def complete(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self.move(
            request,
            object_id,
            question="The work is done",
            do=actions.booking_complete,
            leads_to=LEADS_TO["complete"],
            form_class=CollectedForm,
        )

    @action(description="Reschedule", url_path="reschedule", permissions=["move"], icon="update")
    def reschedule(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def do(*, booking_id: int, actor: User, day: date, at: time) -> Booking:
            return actions.booking_reschedule(booking_id=booking_id, actor=actor, to=NewTime(day, at))

        return self.move(
            request,
            object_id,
            question="Move to another time",
            do=do,
            form_class=NewTimeForm,
            warning="The price stays, and the customer may cancel free of charge from then on.",
        )

    @action(description="No-show", url_path="no-show", permissions=["move"], icon="person_off")
    def no_show(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self.move(
            request,
            object_id,
            question="The customer wasn't there",
            do=actions.booking_mark_no_show,
            leads_to=LEADS_TO["no_show"],
            warning="What was paid is kept, and held for 72 hours: the customer may object.",
            is_grave=True,
        )

    @action(description="Reject", url_path="reject", permissions=["move"], icon="block")
    def reject(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self.move(
            request,
            object_id,
            question="Reject for the provider",
            do=actions.booking_reject,
            leads_to=LEADS_TO["reject"],
            form_class=ReasonForm,
            ends_booking=True,
            is_grave=True,
        )

    @action(description="Cancel", url_path="cancel", permissions=["move"], icon="event_busy")
    def cancel(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self.move(
            request,
            object_id,
            question="Call this booking off",
            do=actions.booking_cancel,
            leads_to=LEADS_TO["cancel"],
            form_class=ReasonForm,
            ends_booking=True,
            is_grave=True,
        )

    @action(
        description="For the customer",
        url_path="for-customer",
        permissions=["move"],
        icon="person",
    )
    def for_customer(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self.decide(
            request,
            object_id,
            DisputeDecision.CUSTOMER,
            question="The customer was there",
            warning="What is left of the payment goes back to the customer.",
            done="decided for the customer",
        )

    @action(description="For the provider", url_path="for-provider", permissions=["move"], icon="gavel")
    def for_provider(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self.decide(
            request,
            object_id,
            DisputeDecision.PROVIDER,
            question="The customer was not there",
            warning="What was paid is owed to the provider.",
            done="decided for the provider",
        )

    def decide(
        self,
        request: HttpRequest,
        object_id: str,
        decision: DisputeDecision,
        *,
        question: str,
        warning: str,
        done: str,
    ) -> HttpResponse:
        """Ask for a decision about an objection, and say what it does to money if there is any."""
        booking: Booking = row_or_404(self, request, object_id)  # type: ignore[arg-type]  # a ModelAdmin

        def do(*, booking_id: int, actor: User, note: str) -> Booking:
            if Dispute.objects.filter(booking=booking_id).exclude(decided_at=None).exists():
                # To the API the same decision again is no error; a person would take their note for kept.
                raise DomainError("invalid_transition", "This was decided already.")
            return actions.dispute_decide(booking_id=booking_id, actor=actor, decision=decision, note=note)

        return self.move(
            request,
            object_id,
            question=question,
            do=do,
            form_class=DecisionForm,
            warning=warning if is_paid(booking) else "Nothing was paid, so no money moves.",
            done=done,
            is_grave=True,
        )

    def move(
        self,
        request: HttpRequest,
        object_id: str,
        *,
        question: str,
        do: Move,
        leads_to: BookingStatus | None = None,
        form_class: type[Form] = Form,
        warning: str = "",
        done: str = "",
        ends_booking: bool = False,
        is_grave: bool = False,
    ) -> HttpResponse:
        booking: Booking = row_or_404(self, request, object_id)  # type: ignore[arg-type]  # a ModelAdmin

        def act(values: dict[str, Any]) -> str:
            if booking.status == leads_to:
                # To the API a second call is no error; a person would take what they typed for done.
                already = f"{booking.reference} is already {booking.get_status_display().lower()}."
                raise DomainError("invalid_transition", already)
            moved = do(booking_id=booking.pk, actor=signed_in(request), **values)
            if done:
                return f"{moved.reference}: {done}."
            when = f", {local(moved.starts_at):%-d %B, %H:%M}" if moved.starts_at else ""
            return f"{moved.reference} is {moved.get_status_display().lower()}{when}."

        return decision_page(
            self,  # type: ignore[arg-type]  # a ModelAdmin
            request,
            booking,
            question=question,
            facts=facts_of(booking),
            act=act,
            form_class=form_class,
            initial={"day": booking.booking_date, "at": booking.booking_time},
            warning=gives_back(booking, signed_in(request)) if ends_booking else warning,
            is_grave=is_grave,
        )


def gives_back(booking: Booking, actor: User) -> str:
    """Return what becomes of time and money if the desk cancels a booking now; nothing where it can't."""
    preview = cancellation_preview(booking, actor, now=timezone.now())
    if not preview.cancellable:
        return ""
    if not preview.refund:
        return "The time is free at once. There is no payment of which something would go back."
    back = f"Rs {rupees_text(preview.refund)}"
    return f"The time is free at once, and what is left of the payment goes back: {back}."


def facts_of(booking: Booking) -> list[Fact]:
    """Return what tells one booking from another."""
    starts = f"{local(booking.starts_at):%A, %-d %B %Y, %H:%M}" if booking.starts_at else "not chosen"
    return [
        ("Booking", f"{booking.reference} ({status_text(booking.status).lower()})"),
        ("Booking", starts),
        ("Service", f"{booking.service.title}, by {booking.provider.full_name}"),
        ("Customer", booking.customer.full_name),
        ("Total", f"Rs {rupees_text(booking.total_amount)}"),
        ("Payment", f"{method_text(booking.payment_method)}: {status_text(booking.payment_status).lower()}"),
    ]
