"""Search: what a service is found by, kept in one column, and how a question is put to it.

The column holds every word twice, by its spelling and by its sound, in lines of their own. Receivers keep it;
what is written past them (in bulk, or by hand) is indexed by `manage.py index_services`.
"""

from django.db.models import Q, QuerySet

from apps.common.folding import folded, sounded
from apps.services.models import Service

AT_ONCE = 500


def services_index(services: QuerySet[Service]) -> int:
    """Write anew what services are found by; return how many had changed."""
    rows = services.select_related("category", "provider").prefetch_related("cities").order_by("pk")
    changed = []
    for service in rows.iterator(chunk_size=AT_ONCE):
        text = search_text_of(service)
        if text != service.search_text:
            service.search_text = text
            changed.append(service)
    Service.objects.bulk_update(changed, ["search_text"], batch_size=AT_ONCE)
    return len(changed)


def search_text_of(service: Service) -> str:
    """Return title, description, category, provider and cities, by spelling and by sound."""
    cities = [city.name for city in service.cities.all()]
    parts = [
        service.title,
        service.description,
        service.category.name,
        service.provider.full_name,
        *cities,
    ]
    return "\n".join([*map(folded, parts), *map(sounded, parts)])


def is_about(search: str) -> Q:
    """Match services in which every word of a search is found, as typed or by its sound; else none.

    A part of a word will do, so that a search can begin before its word is finished.
    """
    words = folded(search).split()
    if not words:
        return Q(pk__in=[])
    found = Q()
    for word in words:
        by_sound = sounded(word)
        spelt = Q(search_text__contains=word)
        found &= spelt | Q(search_text__contains=by_sound) if by_sound else spelt
    return found
