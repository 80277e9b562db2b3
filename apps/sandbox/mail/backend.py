"""Mails of development: kept as files, and shown at `/sandbox/mail/`."""

import re
import secrets
import time
from collections.abc import Sequence
from email import policy
from email.message import EmailMessage as Message
from email.parser import BytesParser
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

MOST_KEPT = 200
NAME = re.compile(r"[0-9]{20}-[0-9a-f]{8}")


class MailBackend(BaseEmailBackend):
    """One file a mail. Other processes read them, such as the server what the jobs have sent."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = Path(settings.SANDBOX_MAIL_ROOT)
        folder.mkdir(parents=True, exist_ok=True)
        for mail in email_messages:
            name = f"{time.time_ns():020}-{secrets.token_hex(4)}"
            unfinished = folder / f"{name}.part"
            unfinished.write_bytes(mail.message().as_bytes())
            unfinished.rename(folder / f"{name}.eml")
        for file in _newest_first()[MOST_KEPT:]:
            file.unlink(missing_ok=True)
        return len(email_messages)


def mails() -> list[tuple[str, Message]]:
    """Return the mails that are kept, with their names, newest first."""
    return [(file.stem, _read(file)) for file in _newest_first()]


def mail_named(name: str) -> Message | None:
    file = Path(settings.SANDBOX_MAIL_ROOT, f"{name}.eml")
    return _read(file) if NAME.fullmatch(name) and file.is_file() else None


def part_of(mail: Message, subtype: str) -> str:
    """Return the text of a part, `plain` or `html`; nothing where there is none."""
    body = mail.get_body((subtype,))
    return "" if body is None else str(body.get_content())


def _newest_first() -> list[Path]:
    return sorted(Path(settings.SANDBOX_MAIL_ROOT).glob("*.eml"), reverse=True)


def _read(file: Path) -> Message:
    return BytesParser(Message, policy=policy.default).parsebytes(file.read_bytes())
