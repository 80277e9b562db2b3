"""What is left of drafts that were deleted."""

from django.db import models


class PurgedDrafts(models.Model):
    """Drafts that one customer began on one day and that came as far, deleted since: for the funnel alone.

    Written before the bookings go, in the same transaction. Plain ids, as in all of this app's tables.
    """

    customer_id = models.BigIntegerField(db_index=True)
    provider_id = models.BigIntegerField()
    service_id = models.BigIntegerField(db_index=True)
    city_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(help_text="When the first of them was begun.")
    done = models.PositiveSmallIntegerField(help_text="How many steps were done.")
    drafts = models.PositiveIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["provider_id", "created_at"], name="purged_of_provider"),
            models.Index(fields=["created_at"], name="purged_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.drafts} drafts of {self.created_at:%Y-%m-%d}"
