"""What each local day came to, for each group that is asked for again and again.

An empty column counts as nought and takes no room. Written by `roll_up_analytics` alone.
"""

from collections.abc import Callable, Iterable
from typing import TypeVar

from django.db import models

from apps.analytics import measures

AnyModel = TypeVar("AnyModel", bound=type[models.Model])


def with_columns(names: Iterable[str]) -> Callable[[AnyModel], AnyModel]:
    """Give a model a column for each measure."""

    def add(model: AnyModel) -> AnyModel:
        for name in names:
            models.BigIntegerField(null=True).contribute_to_class(model, name)
        return model

    return add


class Day(models.Model):
    """`scope` is a key of `scope.py`: `all`, `provider-7`, `category-3`, `city-1`, `category-3-city-1`."""

    scope = models.CharField(max_length=48)
    day = models.DateField(help_text="Local date.")

    class Meta:
        abstract = True
        constraints = [models.UniqueConstraint(fields=["scope", "day"], name="%(class)s_once")]

    def __str__(self) -> str:
        return f"{self.scope} on {self.day}"


@with_columns(measures.BOOKED)
class BookedDay(Day):
    """Bookings that were sent off, by appointment date: states, hours, value, answers. Paisa, seconds."""


@with_columns(measures.BEGUN)
class BegunDay(Day):
    """Drafts by the day they were begun: how far they came, and how long before the appointment. Seconds."""


@with_columns(measures.MONEY)
class MoneyDay(Day):
    """Attempts by the day they were made, money by the day it came, refunds by that of their end. Paisa."""

    method = models.CharField(max_length=20, help_text="Code of the payment method.")
    reason = models.CharField(max_length=200, help_text="Why attempts failed.")

    class Meta(Day.Meta):
        constraints = [
            models.UniqueConstraint(fields=["scope", "day", "method", "reason"], name="%(class)s_once")
        ]


@with_columns(measures.STARS)
class ReviewedDay(Day):
    """Reviews by the day they were written."""


class ServiceMonth(models.Model):
    """Bookings of one service in one city by the month of the appointment, for lists of services."""

    month = models.DateField(help_text="Its first day.")
    service_id = models.BigIntegerField()
    provider_id = models.BigIntegerField()
    city_id = models.BigIntegerField(null=True)
    bookings = models.IntegerField()
    completed = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["provider_id", "month"], name="service_month_of_provider")]

    def __str__(self) -> str:
        return f"service {self.service_id} in {self.month:%Y-%m}"
