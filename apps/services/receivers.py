"""What the catalogue does when something happens below it."""

from typing import Any

from django.dispatch import receiver

from apps.accounts.events import provider_registered
from apps.accounts.models import User
from apps.services.actions import staff_create


@receiver(provider_registered)
def first_member(user: User, **kwargs: Any) -> None:
    """A provider works himself, until a firm adds more people."""
    staff_create(provider=user, full_name=user.full_name, gender=user.gender)
