"""What the tests of this app share."""

from collections.abc import Callable

import pytest
from django.core import mail
from django.core.mail import EmailMessage

from apps.accounts.mail import MAILROOM


@pytest.fixture
def posted() -> Callable[[str], list[EmailMessage]]:
    """Return the mails to one recipient, once all that are queued have left."""

    def mails_to(recipient: str) -> list[EmailMessage]:
        MAILROOM.submit(int).result(timeout=10)
        return [message for message in mail.outbox if message.to == [recipient]]

    return mails_to
