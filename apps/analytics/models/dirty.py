"""Which days have changed since they were rolled up."""

from django.db import models


class Family(models.TextChoices):
    """What is counted by one kind of day, and rolled up together."""

    BOOKED = "booked"
    BEGUN = "begun"
    MONEY = "money"
    REVIEWED = "reviewed"


class DirtyDay(models.Model):
    """A provider's day that is counted from the raw rows until it is rolled up again.

    Triggers write it with whatever changes a booking, a payment, a refund or a review, and in the same
    transaction, so that no path is missed. Only ever inserted and deleted: nobody waits for anybody.
    """

    family = models.CharField(max_length=8, choices=Family.choices)
    provider_id = models.BigIntegerField()
    day = models.DateField(null=True, help_text="Local date, where the row that changed has one; else:")
    moment = models.DateTimeField(null=True, help_text="An instant of the day.")
    only_categories = models.BooleanField(
        default=False, help_text="A service went to another category: nothing else has changed."
    )

    def __str__(self) -> str:
        return f"{self.family} {self.day or self.moment}"


class RollUpLock(models.Model):
    """One row, which a machine locks while it rolls up; the others have nothing to do meanwhile."""

    def __str__(self) -> str:
        return "lock"
