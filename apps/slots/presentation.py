"""How a slot is shown: in the answers to reads, and beside a refusal that offers others."""

from typing import Any

from apps.common.localtime import local
from apps.slots.availability import Slot


def slot_as_dict(service_id: int, slot: Slot) -> dict[str, Any]:
    """Return a slot as the API shows it, in the marketplace's zone."""
    starts_at, ends_at = local(slot.starts_at), local(slot.ends_at)
    return {
        "service": service_id,
        "date": starts_at.date().isoformat(),
        "start_time": starts_at.time().isoformat(),
        "end_time": ends_at.time().isoformat(),
        "starts_at": starts_at.isoformat(),
        "ends_at": ends_at.isoformat(),
        "max_bookings": slot.seats,
        "current_bookings": slot.taken,
        "remaining": slot.remaining,
        "is_available": slot.is_available,
        "is_fully_booked": slot.is_fully_booked,
    }
