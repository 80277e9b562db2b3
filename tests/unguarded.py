"""The product's server as it would be without the lock on members, for the control of the races."""

from typing import TYPE_CHECKING
from unittest.mock import patch

from sewabazaar.wsgi import application

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from apps.services.models import StaffMember

__all__ = ["application"]


def members_not_locked(members: "QuerySet[StaffMember]") -> list[int]:
    return list(members.order_by("pk").values_list("pk", flat=True))


patch("apps.slots.actions.reservations.members_locked", members_not_locked).start()
