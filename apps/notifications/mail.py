"""A notification as an e-mail: text, HTML, and the appointment."""

from datetime import UTC, datetime
from email.mime.base import MIMEBase
from email.mime.text import MIMEText
from email.utils import format_datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from apps.bookings.calendar_file import appointment_file
from apps.notifications.kinds import RULES
from apps.notifications.models import Delivery, Notification
from apps.notifications.rendering import rendered
from apps.notifications.snapshots import booking_snapshots
from apps.notifications.wording import AROUND


def mail_for(delivery: Delivery) -> EmailMultiAlternatives:
    """Return the mail as it stands on its row: the same Message-ID and date on every try."""
    notification = delivery.notification
    recipient = notification.recipient
    message = rendered(notification, recipient.language)
    context = {
        "message": message,
        "words": AROUND[recipient.language],
        "name": recipient.full_name,
        "preferences": f"{settings.FRONTEND_URL}/settings/notifications",
    }
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=render_to_string("notifications/mail.txt", context),
        to=[recipient.email],
        headers={
            "Message-ID": delivery.message_id,
            "Date": _date(delivery.created_at),
            # RFC 3834: nobody's holiday notice answers it.
            "Auto-Submitted": "auto-generated",
        },
    )
    mail.attach_alternative(render_to_string("notifications/mail.html", context), "text/html")
    for part in _appointments(notification, recipient.language):
        mail.attach(part)
    return mail


def _date(moment: datetime) -> str:
    return format_datetime(moment.astimezone(UTC))


def _appointments(notification: Notification, language: str) -> list[MIMEBase]:
    """Return the calendar files of what the message tells of, one a booking."""
    if not RULES[notification.kind].has_appointment:
        return []
    bookings = [
        snapshot.booking for snapshot in booking_snapshots(notification) if snapshot.booking.starts_at
    ]
    return [
        _calendar_part(appointment_file(booking, language=language), number)
        for number, booking in enumerate(bookings, 1)
    ]


def _calendar_part(content: bytes, number: int) -> MIMEBase:
    text = content.decode()
    # RFC 6047: the part names the method that the file names.
    method = next(
        (line.partition(":")[2].strip() for line in text.splitlines() if line.startswith("METHOD:")), ""
    )
    part = MIMEText(text, "calendar", "utf-8")
    if method:
        part.set_param("method", method)
    name = "appointment.ics" if number == 1 else f"appointment-{number}.ics"
    part.add_header("Content-Disposition", "attachment", filename=name)
    return part
