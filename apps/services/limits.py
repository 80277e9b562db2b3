"""How many people may work for one provider: what bounds the work of a read of all their time."""

from django.conf import settings
from django.db.models import Q
from rest_framework.exceptions import ValidationError

from apps.accounts.models import User
from apps.services.models import StaffMember


def refuse_too_many_members(provider_id: int, *, besides: int = 0) -> None:
    """Lock a provider, and raise ValidationError where they have as many members as there may be.

    Inactive ones who were booked once don't count: they can't be deleted.
    """
    list(User.objects.filter(pk=provider_id).select_for_update(no_key=True).values_list("pk"))
    members = StaffMember.objects.filter(Q(is_active=True) | Q(bookings=None), provider=provider_id)
    if members.exclude(pk=besides).order_by().distinct().count() >= settings.MAX_MEMBERS_PER_PROVIDER:
        raise ValidationError(
            f"A provider can have at most {settings.MAX_MEMBERS_PER_PROVIDER} members. "
            "Delete those who were never booked, or deactivate others.",
            code="too_many",
        )
