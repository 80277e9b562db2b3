"""E-mail, through the server of `EMAIL_URL`."""

import logging
import smtplib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.core.mail import EmailMessage, get_connection

from apps.notifications.mail import mail_for
from apps.notifications.models import Delivery
from apps.notifications.ways.base import NotSent

logger = logging.getLogger(__name__)

# All of one mail, however slowly the server answers: less than a lease, or somebody else would send it too.
LONGEST_MAIL_SECONDS = 60.0
PERMANENT_FROM = 500
SERVER_IS_CLOSING = 421


class EmailWay:
    """One connection for as many mails as there are."""

    def __init__(self) -> None:
        self.connection = get_connection()

    def open(self) -> None:
        try:
            self.connection.open()
        except (OSError, smtplib.SMTPException) as error:
            raise NotSent(f"no mail server: {_named(error)}", is_down=True) from error

    def close(self) -> None:
        try:
            self.connection.close()
        except (OSError, smtplib.SMTPException) as error:
            logger.debug("the mail server's goodbye failed: %s", _named(error))

    def prepare(self, delivery: Delivery) -> EmailMessage:
        mail = mail_for(delivery)
        mail.message()  # says here, and not in the middle of a conversation, that an address or header is odd
        return mail

    def send(self, prepared: EmailMessage) -> None:
        try:
            with _bounded(getattr(self.connection, "connection", None)):
                self.connection.send_messages([prepared])
        except smtplib.SMTPRecipientsRefused as error:
            ((code, _),) = error.recipients.values()
            raise _refused("recipient", code) from error
        except smtplib.SMTPDataError as error:
            raise _refused("message", error.smtp_code) from error
        except (OSError, smtplib.SMTPException) as error:
            # Also a refused sender: that is about our account, not about this mail.
            raise NotSent(_named(error), is_down=True) from error


def _refused(what: str, code: int) -> NotSent:
    is_down = code == SERVER_IS_CLOSING
    return NotSent(f"{what} refused: {code}", permanent=code >= PERMANENT_FROM, is_down=is_down)


@contextmanager
def _bounded(smtp: object) -> Iterator[None]:
    """Hang up on a server that takes too long over one mail: its timeout counts each answer anew."""
    if not isinstance(smtp, smtplib.SMTP):
        yield
        return
    timer = threading.Timer(LONGEST_MAIL_SECONDS, _hang_up, [smtp])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _hang_up(smtp: smtplib.SMTP) -> None:
    with suppress(OSError):  # it hung up first
        if smtp.sock is not None:
            smtp.sock.shutdown(socket.SHUT_RDWR)


def _named(error: Exception) -> str:
    """What a server says may repeat the address: only the kind of error and its code are kept."""
    return f"{type(error).__name__} {getattr(error, 'smtp_code', '')}".strip()
