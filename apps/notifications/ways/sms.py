"""SMS, through the service that is configured."""

from dataclasses import dataclass

from apps.notifications.models import Delivery
from apps.notifications.rendering import rendered_sms
from apps.notifications.sms.base import SmsBackend, SmsError
from apps.notifications.sms.registry import sms_backend
from apps.notifications.ways.base import NotSent


@dataclass(frozen=True, slots=True)
class Text:
    phone: str
    text: str


class SmsWay:
    def open(self) -> None:
        self._backend()

    def close(self) -> None:
        """Each text is a call of its own."""

    def prepare(self, delivery: Delivery) -> Text:
        recipient = delivery.notification.recipient
        return Text(recipient.phone, rendered_sms(delivery.notification, recipient.language))

    def send(self, prepared: Text) -> None:
        try:
            self._backend().send(phone=prepared.phone, text=prepared.text)
        except SmsError as error:
            raise NotSent(str(error), permanent=error.permanent, is_down=error.is_down) from error

    @staticmethod
    def _backend() -> SmsBackend:
        backend = sms_backend()
        if backend is None:
            raise NotSent("no SMS service is configured", is_down=True)
        return backend
