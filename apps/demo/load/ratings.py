"""What services show of their reviews."""

from decimal import Decimal

from django.db.models import Avg, Count

from apps.common.money import rounded
from apps.services.models import Service


def services_rate() -> None:
    """Let every service that has reviews show their mean and number."""
    rated = Service.objects.filter(reviews__isnull=False).order_by("pk")
    services = list(rated.annotate(mean=Avg("reviews__rating"), number=Count("reviews")))
    for service in services:
        service.rating, service.review_count = rounded(Decimal(str(service.mean))), service.number
    Service.objects.bulk_update(services, ["rating", "review_count"], batch_size=500)
