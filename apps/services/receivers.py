"""What the catalogue does when something happens below it."""

from typing import Any

from django.db.models.signals import m2m_changed, post_save
from django.dispatch import receiver

from apps.accounts.events import provider_registered
from apps.accounts.models import Role, User
from apps.services.actions import staff_create
from apps.services.models import Category, City, Service
from apps.services.search import services_index


@receiver(provider_registered)
def first_member(user: User, **kwargs: Any) -> None:
    """A provider works themselves, until a firm adds more people."""
    staff_create(provider=user, full_name=user.full_name, gender=user.gender)


@receiver(post_save, sender=Service)
def index_service(instance: Service, **kwargs: Any) -> None:
    if _is_written(kwargs, "title", "description", "category", "provider"):
        services_index(Service.objects.filter(pk=instance.pk))


@receiver(m2m_changed, sender=Service.cities.through)
def index_service_elsewhere(instance: Service | City, action: str, pk_set: Any, **kwargs: Any) -> None:
    if action.startswith("post_"):
        changed = {"pk": instance.pk} if isinstance(instance, Service) else {"pk__in": pk_set or ()}
        services_index(Service.objects.filter(**changed))


@receiver(post_save, sender=Category)
def index_services_of_category(instance: Category, created: bool, **kwargs: Any) -> None:
    if not created and _is_written(kwargs, "name"):
        services_index(Service.objects.filter(category=instance))


@receiver(post_save, sender=City)
def index_services_of_city(instance: City, created: bool, **kwargs: Any) -> None:
    if not created and _is_written(kwargs, "name"):
        services_index(Service.objects.filter(cities=instance))


@receiver(post_save, sender=User)
def index_services_of_provider(instance: User, created: bool, **kwargs: Any) -> None:
    if not created and instance.role == Role.PROVIDER and _is_written(kwargs, "full_name"):
        services_index(Service.objects.filter(provider=instance))


def _is_written(save: dict[str, Any], *names: str) -> bool:
    """Return whether a save may have changed one of these; one that names no columns writes them all."""
    columns = save["update_fields"]
    return columns is None or not columns.isdisjoint(names)
