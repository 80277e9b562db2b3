"""A real SMTP server on this machine, and what arrived there."""

import asyncio
import email
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from pytest_django.fixtures import Settings

from tests.servers import free_port

Answer = Callable[[str], str]


@dataclass
class Mailbox:
    """What was taken, and how the server answers. Each answer is a line of SMTP; empty: 250."""

    port: int
    mails: list[Message] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    connections: int = 0
    to_recipient: Answer = lambda recipient: ""
    to_sender: Answer = lambda sender: ""
    to_mail: Answer = lambda message_id: ""

    @property
    def names(self) -> Counter[str]:
        """How often each Message-ID arrived."""
        return Counter(str(mail["Message-ID"]) for mail in self.mails)

    def note(self, message_id: str) -> None:
        """Take a mail that will never be answered."""
        mail = Message()
        mail["Message-ID"] = message_id
        self.mails.append(mail)

    async def handle_EHLO(  # noqa: N802  the names that aiosmtpd looks for
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if refusal := self.to_sender(address):
            return refusal
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if refusal := self.to_recipient(address):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content: Any = envelope.content
        mail = email.message_from_bytes(content)
        # In a thread of its own: it may wait, or look into the database.
        if refusal := await asyncio.to_thread(self.to_mail, str(mail["Message-ID"])):
            return refusal
        self.mails.append(mail)
        self.recipients += envelope.rcpt_tos
        return "250 OK"


@contextmanager
def mail_server(settings: Settings, port: int | None = None) -> Iterator[Mailbox]:
    """Let mails leave through a server of our own, until the block ends."""
    mailbox = Mailbox(port or free_port())
    point_at(settings, mailbox.port)
    controller = Controller(mailbox, hostname="127.0.0.1", port=mailbox.port)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()


def point_at(settings: Settings, port: int) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_TIMEOUT = 5
