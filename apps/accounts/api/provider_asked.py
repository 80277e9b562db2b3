"""Whose pages and figures are asked for: a provider's own, or by an admin anybody's."""

from django.http import Http404
from rest_framework.exceptions import ValidationError

from apps.accounts.models import Role, User

LARGEST_ID = 2**63 - 1


def provider_asked(user: User, provider_id: int | None) -> User:
    """Return the provider. Raises Http404 for another or none, ValidationError where an admin names none."""
    if user.role == Role.PROVIDER:
        if provider_id not in (None, user.pk):
            raise Http404
        return user
    if provider_id is None:
        raise ValidationError({"provider": ["Say whose."]}, code="required")
    provider = User.objects.filter(pk=provider_id, role=Role.PROVIDER).first()
    if provider is None:
        raise Http404
    return provider
