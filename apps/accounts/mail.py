"""Mails about an account, in its language, sent beside the request.

The answer must not take longer for an e-mail that has an account. Accepted: what is queued when the process
dies is lost, and asked for again.
"""

import logging
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string

from apps.accounts.models import User

logger = logging.getLogger(__name__)

# One thread, so that mails leave in order; it starts with the first mail, after the server has forked.
MAILROOM = ThreadPoolExecutor(max_workers=1, thread_name_prefix="mail")


def mail_later(user: User, template: str, **context: Any) -> None:
    """Queue a mail from `accounts/mail/<template>.<language>.txt`, whose first line is the subject."""
    name = f"accounts/mail/{template}.{user.language}.txt"
    context["frontend_url"] = settings.FRONTEND_URL
    MAILROOM.submit(copy_context().run, _send, name, user.email, context)


def _send(name: str, recipient: str, context: dict[str, Any]) -> None:
    try:
        subject, _, body = render_to_string(name, context).partition("\n")
        send_mail(subject.strip(), body.lstrip(), None, [recipient])
    except Exception:
        logger.exception("a mail from %s could not be sent", name)
