"""The same marketplace on every run: two of them, made one after the other, look alike."""

from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from pytest_django.fixtures import Settings

from apps.bookings.models import Booking
from apps.payments.models import Payment
from apps.services.models import Service


def seeded() -> list[list[Any]]:
    """Make a marketplace, describe it, and undo it."""
    with transaction.atomic():
        call_command("seed_demo", verbosity=0)
        described: list[list[Any]] = [
            list(Service.objects.values_list("slug", "price", "rating").order_by("slug")),
            list(
                Booking.objects.values_list(
                    "reference", "status", "customer__email", "service__slug", "starts_at", "total_amount"
                ).order_by("reference")
            ),
            list(Payment.objects.values_list("booking__reference", "status").order_by("pk")),
        ]
        transaction.set_rollback(True)
    return described


@pytest.mark.django_db
def test_two_runs_make_the_same_marketplace(settings: Settings) -> None:
    settings.DEBUG = True
    assert seeded() == seeded()
