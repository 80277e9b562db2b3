"""The ways to pay, as a new marketplace has them."""

from typing import Any

from django.apps import apps

from apps.payments.gateways.base import Gateway
from apps.payments.gateways.registry import GATEWAYS
from apps.payments.models import PaymentMethod


def default_payment_methods() -> dict[str, dict[str, Any]]:
    """Return the columns of each method by its code."""
    # As for the sandbox gateways: the settings have decided whether this is development.
    is_development = apps.is_installed("apps.sandbox")
    return {
        gateway.code: {
            **gateway.defaults.columns(),
            "position": position,
            "configuration": gateway.sample_configuration if is_development else {},
        }
        for position, gateway in enumerate(GATEWAYS.values(), start=1)
        if is_wanted(gateway)
    }


def is_wanted(gateway: Gateway) -> bool:
    """Return whether a marketplace lists it: one that is optional only once its settings are there."""
    is_optional = gateway.needs is not None and gateway.needs.is_optional
    return not is_optional or gateway.is_configured({})


def default_payment_methods_create() -> int:
    """Add the methods that are missing, change none that is there, and return how many were added."""
    added = 0
    for code, columns in default_payment_methods().items():
        _, is_new = PaymentMethod.objects.get_or_create(code=code, defaults=columns)
        added += is_new
    return added
