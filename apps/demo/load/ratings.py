"""What services show of their reviews."""

from django.db.models import Count, Q, Sum

from apps.services.models import Service
from apps.services.selectors import mean_rating


def services_rate() -> None:
    """Let every service that has reviews which count show their mean and number."""
    counted = Q(reviews__is_counted=True)
    rated = Service.objects.filter(counted).order_by("pk")
    services = list(rated.annotate(sum=Sum("reviews__rating"), number=Count("reviews")))
    for service in services:
        service.stars, service.review_count = service.sum, service.number
        service.rating = mean_rating(service.stars, service.review_count)
    Service.objects.bulk_update(services, ["stars", "rating", "review_count"], batch_size=500)
