"""Every write to the catalogue that has a rule."""

import logging
from collections.abc import Iterable
from datetime import datetime
from secrets import token_hex
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, Sum
from django.http import Http404
from django.utils.text import slugify
from rest_framework.exceptions import ErrorDetail, ValidationError

from apps.accounts.models import User
from apps.common.errors import DomainError
from apps.common.image_fields import delete_on_commit
from apps.common.transliteration import in_latin
from apps.services.limits import refuse_too_many_members
from apps.services.models import City, Service, ServiceStatus, StaffMember
from apps.services.selectors import future_bookings, mean_rating

logger = logging.getLogger(__name__)

ACTIVE, PAUSED, REJECTED = ServiceStatus.ACTIVE, ServiceStatus.PAUSED, ServiceStatus.REJECTED
APPROVED = (ACTIVE, PAUSED)
LONGEST_SLUG = 120


@transaction.atomic
def service_create(
    *,
    provider: User,
    cities: Iterable[City],
    staff: Iterable[StaffMember] | None = None,
    **columns: Any,
) -> Service:
    """Add a service that waits for approval, offered by all active members until somebody chooses.

    Raises ValidationError.
    """
    _check_price(Service(**columns))
    _check_owner("staff", staff or (), provider.pk)
    service = _inserted(provider=provider, is_staff_chosen=staff is not None, **columns)
    service.cities.set(cities)
    if staff is None:
        service_offer_by_all(service=service)
    else:
        service.staff.set(staff)
    return service


def service_offer_by_all(*, service: Service) -> None:
    """Let every active member of its provider offer a service."""
    service.staff.set(StaffMember.objects.filter(provider_id=service.provider_id, is_active=True))


@transaction.atomic
def service_update(*, service: Service, actor: User, now: datetime, **changes: Any) -> Service:
    """Change a service. What its provider changes, but for pausing it, comes onto the admin's review list.

    Another duration is another service to the calendar: it waits for approval again, out of the catalogue.
    Raises ValidationError, `invalid_transition`, Http404.
    """
    service = _locked(service)
    status = changes.pop("status", service.status)
    _check_status_move(service, status)
    lists = {name: set(changes.pop(name)) for name in ("cities", "staff") if name in changes}
    _check_owner("staff", lists.get("staff", ()), service.provider_id)
    changed = [name for name, value in changes.items() if getattr(service, name) != value]
    changed_lists = [name for name, rows in lists.items() if set(getattr(service, name).all()) != rows]
    picture_size = ["image_width", "image_height"] if "image" in changed else []
    if picture_size:
        delete_on_commit(service.image)
    for name in changed:
        setattr(service, name, changes[name])
    _check_price(service)
    for name in changed_lists:
        getattr(service, name).set(lists[name])
    service.status = status
    service.is_staff_chosen |= "staff" in lists
    if (changed or changed_lists) and not actor.is_admin:
        service.changed_since_review_at = now
        if "duration_minutes" in changed and status in APPROVED:
            service.status = ServiceStatus.PENDING
    written = ["status", "is_staff_chosen", "changed_since_review_at", "updated_at"]
    service.save(update_fields=[*changed, *picture_size, *written])
    return service


@transaction.atomic
def service_approve(*, service: Service, actor: User) -> Service:
    """Make a service active, and take it off the review list. One that its provider paused stays paused.

    Raises Http404.
    """
    service = _locked(service)
    return _reviewed(service, service.status if service.status in APPROVED else ACTIVE, actor)


@transaction.atomic
def service_reject(*, service: Service, actor: User) -> Service:
    """Take a service out of the catalogue. Bookings that were made stay. Raises Http404."""
    return _reviewed(_locked(service), REJECTED, actor)


@transaction.atomic
def service_delete(*, service: Service, now: datetime) -> None:
    """Delete a service that was never booked. Raises `in_use` with the bookings ahead, and Http404."""
    # The full lock keeps out a booking that is being made: its foreign key waits for this transaction.
    locked = Service.objects.select_for_update().filter(pk=service.pk).first()
    if locked is None:
        raise Http404
    _refuse_if_booked(locked, "This service has bookings. Pause it instead.", now)
    delete_on_commit(locked.image)
    locked.delete()


@transaction.atomic
def staff_create(*, provider: User, services: Iterable[Service] | None = None, **columns: Any) -> StaffMember:
    """Add a member. With no services named they offer those whose members nobody has chosen.

    Raises ValidationError for services that are not the provider's, and for one member too many.
    """
    refuse_too_many_members(provider.pk)
    _check_owner("services", services or (), provider.pk)
    member = StaffMember.objects.create(provider=provider, **columns)
    if services is None:
        member.services.set(Service.objects.filter(provider=provider, is_staff_chosen=False))
    else:
        member.services.set(services)
    return member


@transaction.atomic
def staff_update(*, member: StaffMember, **changes: Any) -> StaffMember:
    """Change a member; `is_active=False` deactivates, and what was booked stays. Raises ValidationError."""
    if changes.get("is_active") and not member.is_active:
        refuse_too_many_members(member.provider_id, besides=member.pk)
    services = changes.pop("services", None)
    if services is not None:
        _check_owner("services", services, member.provider_id)
        left = member.services.exclude(pk__in=[service.pk for service in services])
        left.update(is_staff_chosen=True)
        member.services.set(services)
    for name, value in changes.items():
        setattr(member, name, value)
    if changes:
        member.save(update_fields=list(changes))
    return member


@transaction.atomic
def staff_delete(*, member: StaffMember, now: datetime) -> None:
    """Delete a member who was never booked. Raises `in_use` with the bookings ahead, and Http404."""
    locked = StaffMember.objects.select_for_update().filter(pk=member.pk).first()
    if locked is None:
        raise Http404
    _refuse_if_booked(locked, "This member has bookings. Deactivate instead.", now)
    locked.delete()


@transaction.atomic
def service_rate(*, service_id: int) -> None:
    """Count those of a service's reviews that count, and set its rating by them.

    The lock comes before the count: so of two reviews written at once the later sees the earlier one.
    """
    service = Service.objects.select_for_update(no_key=True).get(pk=service_id)
    counted = service.reviews.filter(is_counted=True).aggregate(
        stars=Sum("rating", default=0), reviews=Count("pk")
    )
    service.stars, service.review_count = counted["stars"], counted["reviews"]
    service.rating = mean_rating(service.stars, service.review_count)
    service.save(update_fields=["stars", "review_count", "rating"])


def _inserted(*, title: str, **columns: Any) -> Service:
    slug = slugify(in_latin(title))[:LONGEST_SLUG].strip("-") or "service"
    try:
        with transaction.atomic():
            return Service.objects.create(title=title, slug=slug, **columns)
    except IntegrityError:
        # Taken. Asking beforehand would leave a gap in which two get the same one.
        return Service.objects.create(title=title, slug=f"{slug}-{token_hex(4)}", **columns)


def _locked(service: Service) -> Service:
    locked = Service.objects.select_for_update(no_key=True).filter(pk=service.pk).first()
    if locked is None:
        raise Http404
    return locked


def _reviewed(service: Service, status: str, actor: User) -> Service:
    service.status = status
    service.changed_since_review_at = None
    service.save(update_fields=["status", "changed_since_review_at", "updated_at"])
    logger.info("service %s reviewed by user %s: %s", service.pk, actor.pk, status)
    return service


def _refuse_if_booked(row: Service | StaffMember, detail: str, now: datetime) -> None:
    if row.bookings.exists():
        raise DomainError("in_use", detail, extra={"bookings": future_bookings(row, now=now)})


def _check_status_move(service: Service, status: str) -> None:
    if status != service.status and not {status, service.status} <= set(APPROVED):
        raise DomainError("invalid_transition", f"A {service.status} service can't be made {status} here.")


def _check_price(service: Service) -> None:
    if service.discount_price is not None and service.discount_price > service.price:
        raise ValidationError({"discount_price": "The discount price is above the price."})


def _check_owner(field: str, rows: Iterable[Service | StaffMember], provider_id: int) -> None:
    """Somebody else's id is refused in the words for an unknown one, so that it tells nothing."""
    for row in rows:
        if row.provider_id != provider_id:
            detail = f'Invalid pk "{row.pk}" - object does not exist.'
            raise ValidationError({field: [ErrorDetail(detail, code="does_not_exist")]})
