"""Who may do what in the admin, and whom a search means."""

from contextlib import suppress

from django.db.models import Q
from django.http import HttpRequest

from apps.accounts.models import User, normalised_email
from apps.common.phones import InvalidPhone, normalised_phone


def staff_may(request: HttpRequest, permission: str) -> bool:
    """Return whether who is logged in is an admin with this permission, as a superuser or by a group."""
    user = request.user
    return isinstance(user, User) and user.is_admin and user.has_perm(permission)


def people_found(text: str, *, at_most: int = 100) -> list[int]:
    """Return the ids of people by e-mail, phone in any spelling, or a part of the name; the newest first."""
    meant = Q(full_name__icontains=text) | Q(email=normalised_email(text))
    with suppress(InvalidPhone):
        meant |= Q(phone=normalised_phone(text))
    return list(User.objects.filter(meant).order_by("-id").values_list("pk", flat=True)[:at_most])
