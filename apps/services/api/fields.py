"""Who provides what is written."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from apps.accounts.models import Role, User
from apps.services.selectors import providers_shown


class ProviderField(serializers.PrimaryKeyRelatedField[User]):
    """A provider may only name themselves; an admin names any."""

    def __init__(self, **options: Any) -> None:
        super().__init__(queryset=providers_shown(), pk_field=serializers.IntegerField(), **options)

    def get_queryset(self) -> QuerySet[User]:
        providers = providers_shown()
        user = self.context["request"].user
        return providers.filter(pk=user.pk) if user.role == Role.PROVIDER else providers


class ProviderNamed(serializers.Serializer[Any]):
    """Gives `provider` to what is being created, and keeps whose a thing is once it is there."""

    provider = ProviderField(
        required=False, help_text="For admins, who name one when they create. Never changes afterwards."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if self.instance is not None:
            attrs.pop("provider", None)
            return attrs
        user = self.context["request"].user
        if user.role == Role.PROVIDER:
            attrs["provider"] = user
        elif "provider" not in attrs:
            detail = self.fields["provider"].error_messages["required"]
            raise serializers.ValidationError({"provider": detail}, code="required")
        return attrs
