"""What availability is computed from, as values. Instants are UTC, hours the marketplace's wall clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from apps.slots.timeline import Period, Timeline

Intervals = tuple[tuple[time, time], ...]
NEVER: Timeline[Period] = Timeline(())
Hours = Mapping[int, Sequence[tuple[time, time]]]


@dataclass(frozen=True, slots=True)
class Rules:
    """What a service says about its slots."""

    service_id: int
    duration: timedelta
    buffer_before: timedelta
    buffer_after: timedelta
    seats: int
    min_notice: timedelta
    max_advance_days: int
    # Of a booking that was made before, and keeps its length whatever has become of the service.
    kept_length: timedelta | None = None

    @property
    def length(self) -> timedelta:
        """How long a booking takes. Starts run in steps of `duration` all the same."""
        return self.duration if self.kept_length is None else self.kept_length


@dataclass(slots=True)
class ReservationPeriod:
    """A live reservation: `starts_at` to `ends_at` include the buffers it was made with."""

    service_id: int
    slot_starts_at: datetime
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class SlotOverride:
    """A slot that departs from the hours: blocked, opened, or with its own number of seats."""

    starts_at: datetime
    ends_at: datetime
    is_available: bool
    seats: int | None


@dataclass(frozen=True, slots=True)
class Member:
    """One person who can do the service, with everything that binds their time.

    `closed` is time off of the whole provider: one timeline that all members share.
    """

    id: int
    gender: str
    hours: Hours
    time_off: Sequence[Period] = ()
    overrides: Sequence[SlotOverride] = ()
    reservations: Sequence[ReservationPeriod] = ()
    closed: Timeline[Period] = NEVER
