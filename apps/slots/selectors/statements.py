"""The statements behind every list of slots, and their rows as values.

SQL rather than the ORM, which takes longer to write these statements than PostgreSQL to answer them: see
docs/decisions/0005-the-hot-read-is-sql.md. They run on PostgreSQL and SQLite alike.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from django.db import connection

# A row for each interval of each member; without members, and without hours, one with nothing in their place.
OFFER = """\
SELECT service.status = 'active' AND provider.is_active, service.duration_minutes,
    service.buffer_before_minutes, service.buffer_after_minutes, service.max_bookings,
    service.min_notice_minutes, service.max_advance_days,
    member.id, member.gender, hours.weekday, CAST(hours.start_time AS text), CAST(hours.end_time AS text)
FROM services_service service
JOIN accounts_user provider ON provider.id = service.provider_id
LEFT JOIN (
    services_staffmember_services offer
    JOIN services_staffmember member ON member.id = offer.staffmember_id
) ON offer.service_id = service.id AND member.is_active
    AND (%(staff)s = 0 OR member.id = %(staff)s)
    AND (%(gender)s = '' OR member.gender = %(gender)s)
LEFT JOIN slots_workinghours hours ON hours.staff_id = member.id
    AND (%(weekday)s = -1 OR hours.weekday = %(weekday)s)
WHERE service.id = %(service)s
ORDER BY member.id, hours.weekday, hours.start_time
"""

# Instants as text, which Python reads ten times faster than the driver reads a timestamp.
# Also those of members who don't match: leaving them out costs more than reading them.
BINDINGS = """\
SELECT 'reservation', reservation.staff_id, CAST(reservation.starts_at AS text), CAST(reservation.ends_at AS
text),
    reservation.service_id, CAST(reservation.slot_starts_at AS text)
FROM slots_reservation reservation
JOIN services_staffmember_services offer ON offer.staffmember_id = reservation.staff_id
WHERE offer.service_id = %(service)s
    AND reservation.starts_at > %(longest_before)s AND reservation.starts_at < %(reservations_until)s
    AND reservation.ends_at > %(reservations_from)s
    AND (reservation.expires_at IS NULL OR reservation.expires_at > %(now)s)
    AND {besides}
UNION ALL
SELECT CASE WHEN slot.is_available THEN 'open' ELSE 'blocked' END,
    slot.staff_id, CAST(slot.starts_at AS text), CAST(slot.ends_at AS text), slot.max_bookings, NULL
FROM slots_bookingslot slot
WHERE slot.service_id = %(service)s AND slot.is_override AND %(overrides)s
    AND slot.starts_at >= %(slots_from)s AND slot.starts_at < %(slots_until)s
UNION ALL
SELECT 'time off', off.staff_id, CAST(off.starts_at AS text), CAST(off.ends_at AS text), NULL, NULL
FROM slots_timeoff off
WHERE off.provider_id = (SELECT provider_id FROM services_service WHERE id = %(service)s)
    AND off.ends_at > %(slots_from)s AND off.starts_at < %(slots_until)s
"""


_BESIDES_ONE = BINDINGS.format(besides="reservation.id <> %(without)s")


def bindings_without(reservation_ids: Collection[int]) -> tuple[str, dict[str, int]]:
    """Return the statement of what binds members besides these reservations, and its values for them.

    With none or one it is always the same text, which the database has planned already.
    """
    if len(reservation_ids) <= 1:
        return _BESIDES_ONE, {"without": next(iter(reservation_ids), 0)}
    values = {f"without_{number}": reservation_id for number, reservation_id in enumerate(reservation_ids)}
    names = ", ".join(f"%({name})s" for name in values)
    return BINDINGS.format(besides=f"reservation.id NOT IN ({names})"), values


def rows_of(statement: str, values: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    """Yield a statement's rows; their instants and times of day are text."""
    adapted = {name: _adapted(value) for name, value in values.items()}
    with connection.cursor() as cursor:
        cursor.execute(statement, adapted)
        yield from cursor.fetchall()


def _adapted(value: Any) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value


def as_instant(value: str) -> datetime:
    """Return a UTC instant from its text; SQLite's has no zone."""
    moment = datetime.fromisoformat(value)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
