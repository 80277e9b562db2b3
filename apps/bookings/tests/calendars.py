"""What a second library reads in our calendar files, and a calendar that opens them as they come."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import vobject
from dateutil.tz import tzical


def events_of(file: bytes) -> list[Any]:
    """Return the events of a file, as vobject reads and checks them."""
    calendar = vobject.readOne(file.decode())
    assert calendar.validate(raiseException=True)
    return list(calendar.contents.get("vevent", []))


def event_of(file: bytes) -> Any:
    (event,) = events_of(file)
    return event


def text_of(event: Any, name: str) -> str:
    return str(getattr(event, name).value)


def zone_rules(file: bytes) -> Any:
    """Return the zone that a file carries with it, as rules that know nothing of this machine's."""
    text = file.decode().replace("\r\n ", "")
    begin, end = text.index("BEGIN:VTIMEZONE"), text.index("END:VTIMEZONE")
    return tzical(StringIO(text[begin:end] + "END:VTIMEZONE\r\n")).get()


def offset_at(rules: Any, moment: datetime) -> timedelta:
    """Return what rules say of a local time."""
    offset = rules.utcoffset(moment)
    assert isinstance(offset, timedelta)
    return offset


@dataclass
class Calendar:
    """Keeps an event for each UID: of two, as RFC 5546 says, the one with the higher SEQUENCE."""

    events: dict[str, Any] = field(default_factory=dict)

    def open(self, file: bytes) -> "Calendar":
        for event in events_of(file):
            known = self.events.get(text_of(event, "uid"))
            if known is None or _revision(event) >= _revision(known):
                self.events[text_of(event, "uid")] = event
        return self

    def shows(self) -> list[tuple[str, str]]:
        """Return start and state of each event."""
        return [
            (f"{event.dtstart.value:%Y-%m-%d %H:%M}", text_of(event, "status"))
            for event in self.events.values()
        ]


def _revision(event: Any) -> tuple[int, datetime]:
    return int(text_of(event, "sequence")), event.dtstamp.value
