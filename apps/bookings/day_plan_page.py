"""The plan of a provider's day as a page to print."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse

from apps.accounts.models import User
from apps.bookings.day_plan import MembersDay, bookings_of_day, day_plan
from apps.bookings.models import ZERO
from apps.common.money import rupees_text
from apps.common.printed_page import both_calendars, printed_page


def day_plan_response(provider: User, day: date) -> HttpResponse:
    """Return the plan of a local day. One query."""
    plan = day_plan(bookings_of_day(provider, day))
    content = {
        "provider": provider,
        "day": day.isoformat(),
        "weekday": f"{day:%A}",
        "dates": both_calendars(day),
        "count": sum(len(member.lines) for member in plan),
        "to_collect": rupees_text(sum((member.to_collect for member in plan), ZERO)),
        "members": [_member(member) for member in plan],
    }
    return printed_page("bookings/day_plan.html", content)


def _member(day: MembersDay) -> dict[str, Any]:
    return {
        "name": day.member.full_name,
        "to_collect": rupees_text(day.to_collect) if day.to_collect else "",
        "lines": [
            {
                "booking": line.booking,
                "phone": line.phone,
                "to_collect": rupees_text(line.to_collect) if line.to_collect else "",
                "free_since": line.free_since,
                "free": _length(line.free_for),
            }
            for line in day.lines
        ],
    }


def _length(length: timedelta) -> str:
    """Return how long, as `1 h 30 min`; nothing for no time."""
    hours, minutes = divmod(length // timedelta(minutes=1), 60)
    return " ".join(filter(None, (f"{hours} h" if hours else "", f"{minutes} min" if minutes else "")))
