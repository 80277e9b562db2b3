"""Until when a customer cancels a booking free of charge, or moves it. Pure."""

from datetime import datetime, timedelta


def cancels_free_until(starts_at: datetime, *, free_hours: int, moved_by_provider: bool = False) -> datetime:
    """Return the instant until which a customer cancels free of charge.

    Up to the start, where the provider chose that time and not they.
    """
    return starts_at if moved_by_provider else starts_at - timedelta(hours=free_hours)
