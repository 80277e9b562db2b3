"""Which way serves which channel."""

from collections.abc import Callable, Mapping
from typing import Any

from apps.notifications.models import Channel
from apps.notifications.ways.base import NotSent, Way
from apps.notifications.ways.email import EmailWay
from apps.notifications.ways.sms import SmsWay

WAYS: Mapping[Channel, Callable[[], Way[Any]]] = {
    Channel.EMAIL: EmailWay,
    Channel.SMS: SmsWay,
}

__all__ = ["WAYS", "NotSent", "Way"]
