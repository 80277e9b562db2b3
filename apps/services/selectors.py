"""Reads: what is shown, who may change what, and which bookings are still to come."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Sum
from django.db.models.expressions import OrderBy
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404

from apps.accounts.models import Role, User
from apps.common.localtime import local_iso, today
from apps.services.figures import PublicFigures, figures_of
from apps.services.models import City, Service, ServiceStatus, StaffMember
from apps.services.search import is_about

SHOWN = Q(status=ServiceStatus.ACTIVE, provider__is_active=True)
NEEDS_REVIEW = Q(status=ServiceStatus.PENDING) | Q(changed_since_review_at__isnull=False)
PRICE_TO_PAY = Coalesce("discount_price", "price")
NEWEST_FIRST = "-created_at"
ORDERINGS: dict[str, OrderBy] = {
    NEWEST_FIRST: F("created_at").desc(),
    "price": F("price_to_pay").asc(),
    "-price": F("price_to_pay").desc(),
    "-rating": F("rating").desc(nulls_last=True),
}
HUNDREDTH = Decimal("0.01")
# Bookings stand above this app, so their states come by name.
STATES_STILL_TO_COME = ("pending", "confirmed")


@dataclass(frozen=True, slots=True)
class ProviderPage:
    """A provider in public: their active services, and figures over all that they ever offered."""

    id: int
    name: str
    since: date
    services: list[Service]
    rating: Decimal | None
    review_count: int
    figures: PublicFigures


def services_complete() -> QuerySet[Service]:
    """Return all services with what an answer shows of them: three queries."""
    active_members = StaffMember.objects.filter(is_active=True)
    services = Service.objects.defer("search_text").select_related("provider", "category")
    return services.prefetch_related(
        "cities", Prefetch("staff", queryset=active_members, to_attr="active_members")
    )


def services_shown() -> QuerySet[Service]:
    """Return what anybody sees."""
    return services_complete().filter(SHOWN)


def services_of(user: User) -> QuerySet[Service]:
    """Return what the user may change: a provider's own, all for an admin."""
    services = services_complete()
    return services if user.is_admin else services.filter(provider=user)


def services_visible_to(user: User | AnonymousUser) -> QuerySet[Service]:
    """Return what is shown publicly and what the user may change."""
    if isinstance(user, AnonymousUser):
        return services_shown()
    sees_all = user.may("services.view_service")
    return services_complete() if sees_all else services_complete().filter(SHOWN | Q(provider=user))


def services_found(
    services: QuerySet[Service],
    *,
    search: str = "",
    slug: str = "",
    provider: int | None = None,
    category: str = "",
    city: str = "",
    min_price: Decimal | None = None,
    max_price: Decimal | None = None,
    ordering: str = NEWEST_FIRST,
) -> QuerySet[Service]:
    """Narrow and order services. Prices, in rupees, are those that a customer pays: after the discount."""
    services = services.alias(price_to_pay=PRICE_TO_PAY)
    if search:
        services = services.filter(is_about(search))
    if slug:
        services = services.filter(slug=slug)
    if provider is not None:
        services = services.filter(provider_id=provider)
    if category:
        services = services.filter(is_called(category, "category__"))
    if city:
        called = City.objects.filter(is_called(city), services=OuterRef("pk"))
        services = services.filter(Exists(called))
    if min_price is not None:
        services = services.filter(price_to_pay__gte=min_price)
    if max_price is not None:
        services = services.filter(price_to_pay__lte=max_price)
    return services.order_by(ORDERINGS[ordering], "-id")


def is_called(name: str, prefix: str = "") -> Q:
    """Match a slug, a name or an id, in any case."""
    called = Q(**{f"{prefix}slug__iexact": name}) | Q(**{f"{prefix}name__iexact": name})
    if name.isascii() and name.isdigit():
        called |= Q(**{f"{prefix}id": int(name)})
    return called


def staff_of(user: User) -> QuerySet[StaffMember]:
    """Return the members whom the user may change, newest first: a provider's own, all for an admin."""
    services = Prefetch("services", queryset=Service.objects.only("id").order_by("id"))
    staff = StaffMember.objects.prefetch_related(services).order_by("-id")
    return staff if user.is_admin else staff.filter(provider=user)


def future_bookings(of: Service | StaffMember, *, now: datetime) -> list[dict[str, Any]]:
    """Return the requested and confirmed bookings ahead, soonest first, as `in_use` answers show them."""
    bookings = of.bookings.filter(status__in=STATES_STILL_TO_COME, starts_at__gt=now)
    rows = bookings.order_by("starts_at", "id").only("reference", "starts_at")
    return [
        {"id": row.pk, "reference": row.reference, "starts_at": local_iso(row.starts_at)}
        for row in rows
        if row.starts_at
    ]


def live_holds(of: Service | StaffMember, *, now: datetime) -> list[dict[str, Any]]:
    """Return the times that customers hold while they finish, soonest first: they may become bookings."""
    holds = of.reservations.filter(expires_at__gt=now, slot_starts_at__gt=now).order_by(
        "slot_starts_at", "id"
    )
    return [
        {
            "starts_at": local_iso(hold.slot_starts_at),
            "ends_at": local_iso(hold.slot_ends_at),
            "expires_at": local_iso(hold.expires_at),
        }
        for hold in holds
        if hold.expires_at
    ]


def providers_shown() -> QuerySet[User]:
    return User.objects.filter(role=Role.PROVIDER, is_active=True)


def provider_page(provider_id: int) -> ProviderPage:
    """Return what everybody sees of a provider: seven queries. Raises Http404."""
    provider = get_object_or_404(providers_shown(), pk=provider_id)
    rated = Service.objects.filter(provider=provider).aggregate(
        stars=Sum("stars", default=0), reviews=Sum("review_count", default=0)
    )
    return ProviderPage(
        id=provider.pk,
        name=provider.full_name,
        since=today(provider.date_joined),
        services=list(services_shown().filter(provider=provider)),
        rating=mean_rating(rated["stars"], rated["reviews"]),
        review_count=rated["reviews"],
        figures=figures_of(provider.pk),
    )


def mean_rating(stars: int, reviews: int) -> Decimal | None:
    """Return the mean of ratings that add up to `stars`, with two places; None without any."""
    return (Decimal(stars) / reviews).quantize(HUNDREDTH, ROUND_HALF_UP) if reviews else None
