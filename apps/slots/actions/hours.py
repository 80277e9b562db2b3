"""Working hours and time off. Bookings and live holds stay; those that now lie outside are handed back.

Each write holds the members' locks: whoever takes a slot meanwhile is either among those bookings or sees
the new schedule.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.shortcuts import get_object_or_404
from rest_framework.exceptions import ValidationError

from apps.accounts.models import User
from apps.services.models import StaffMember
from apps.slots.actions.locks import members_locked
from apps.slots.availability import Period
from apps.slots.limits import provider_locked, refuse_too_much_time_off
from apps.slots.models import TimeOff, WorkingHours
from apps.slots.selectors import outside_hours, within
from apps.slots.selectors.outside import Outside


def working_hours_replace(
    *, member: StaffMember, intervals: Iterable[Mapping[str, Any]], now: datetime
) -> Outside:
    """Give a member other hours (`weekday`, `start_time`, `end_time`, which do not overlap)."""
    with transaction.atomic():
        members_locked(StaffMember.objects.filter(pk=member.pk))
        WorkingHours.objects.filter(staff=member).delete()
        WorkingHours.objects.bulk_create(WorkingHours(staff=member, **interval) for interval in intervals)
        return outside_hours(member, now=now)


def time_off_create(
    *,
    provider: User,
    staff: StaffMember | None = None,
    starts_at: datetime,
    ends_at: datetime,
    reason: str = "",
    now: datetime,
) -> tuple[TimeOff, Outside]:
    """Close a period of one member, or of all the provider's. Instants in UTC.

    Raises ValidationError for an end that is not later than the start, and for one period too many.
    """
    time_off = TimeOff(provider=provider, staff=staff, starts_at=starts_at, ends_at=ends_at, reason=reason)
    with transaction.atomic():
        provider_locked(provider.pk)
        refuse_too_much_time_off(provider.pk, now=now)
        return time_off, _close(time_off, now=now)


def time_off_change(*, time_off: TimeOff, now: datetime, **changes: Any) -> tuple[TimeOff, Outside]:
    """Write columns of a time off: `provider, staff, starts_at, ends_at, reason`.

    Returns it as it stands by then, which may differ from what the caller read. Raises ValidationError for an
    end that is not later than the start, Http404 where it is gone.
    """
    with transaction.atomic():
        current = get_object_or_404(TimeOff.objects.select_for_update(no_key=True), pk=time_off.pk)
        for name, value in changes.items():
            setattr(current, name, value)
        provider_locked(current.provider_id)
        refuse_too_much_time_off(current.provider_id, now=now, besides=current.pk)
        return current, _close(current, now=now, columns=[*changes])


def _close(time_off: TimeOff, *, now: datetime, columns: list[str] | None = None) -> Outside:
    if time_off.ends_at <= time_off.starts_at:
        raise ValidationError({"ends_at": ["Must be later than the start."]})
    members = (
        StaffMember.objects.filter(pk=time_off.staff_id)
        if time_off.staff_id
        else StaffMember.objects.filter(provider=time_off.provider_id)
    )
    with transaction.atomic():
        locked = members_locked(members)
        time_off.save(update_fields=columns)
        return within(locked, Period(time_off.starts_at, time_off.ends_at), now=now)
