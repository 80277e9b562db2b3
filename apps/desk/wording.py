"""The words and colours in which the desk shows codes: states, methods of payment, the wizard's steps."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from apps.bookings.models import BookingStep
from apps.payments.models import MethodCode

# Bookings, payments and refunds share most words; one colour a word, wherever it stands.
TONES = {
    "completed": "good",
    "sent": "good",
    "confirmed": "calm",
    "in_progress": "calm",
    "processing": "calm",
    "pending": "waits",
    "refund_pending": "waits",
    "partially_refunded": "waits",
    "cancelled": "bad",
    "rejected": "bad",
    "no_show": "bad",
    "failed": "bad",
    "needs_attention": "bad",
}
# A step as that which was done in it.
STEPS = {
    BookingStep.SERVICE: "Service chosen",
    BookingStep.DATETIME: "Time chosen",
    BookingStep.DETAILS: "Address and phone given",
    BookingStep.PAYMENT: "Way to pay chosen",
    BookingStep.CONFIRMATION: "Sent off",
}


def status_text(code: str) -> str:
    """Return a status as people read it: `refund_pending` is "Refund pending"."""
    return code.replace("_", " ").capitalize()


def status_label(code: str) -> SafeString:
    """Return a status as a coloured label."""
    return format_html(
        '<span class="desk-state desk-{}">{}</span>', TONES.get(code, "plain"), status_text(code)
    )


def method_text(code: str) -> str:
    """Return a method of payment by its name: `esewa` is "eSewa"."""
    return MethodCode(code).label if code in MethodCode else code or "Not chosen"


def step_text(step: str) -> str:
    """Return what was done in a step of the wizard."""
    return STEPS[BookingStep(step)]
