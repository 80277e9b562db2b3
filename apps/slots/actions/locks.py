"""The one lock that guards a member's time."""

from django.db.models import QuerySet

from apps.services.models import StaffMember


def members_locked(members: QuerySet[StaffMember]) -> list[int]:
    """Lock members until the transaction ends, and return their ids.

    In id order, so that no two transactions wait for each other in a circle; without a key lock, so that rows
    which merely refer to a member can be written meanwhile. On SQLite the transaction itself is the lock.
    """
    locked = members.order_by("pk").select_for_update(no_key=True, of=("self",))
    return list(locked.values_list("pk", flat=True))
