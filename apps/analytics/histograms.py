"""Histograms: how often a length of time fell into each bucket of equal width. Pure.

Buckets add up over days and providers, which medians don't: so percentiles come from them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Histogram:
    """`buckets` of one `width`, and a last one for everything beyond them."""

    name: str
    width: timedelta
    buckets: int

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(f"{self.name}_{bucket:02}" for bucket in range(self.buckets + 1))

    @property
    def width_seconds(self) -> int:
        return round(self.width.total_seconds())

    def bucket_of(self, seconds: int) -> int:
        """Return the bucket of a length of time; whatever lies before nought is in the first."""
        return min(max(seconds, 0) // self.width_seconds, self.buckets)

    def percentile(self, counts: Sequence[int], share: float) -> float | None:
        """Return the seconds below which that share lies, as if each bucket were filled evenly.

        So it is right to one bucket's width. In the last bucket, which has no end, it is the bucket's
        beginning: "at least". None where nothing was counted.
        """
        wanted = sum(counts) * share
        below = 0
        for bucket, count in enumerate(counts):
            if count and below + count >= wanted:
                within = (wanted - below) / count if bucket < self.buckets else 0
                return (bucket + within) * self.width_seconds
            below += count
        return None


# From a booking's first step to its appointment.
LEAD = Histogram("lead", timedelta(days=1), 60)
# From a request to the provider's answer.
RESPONSE = Histogram("response", timedelta(minutes=30), 48)
# From the beginning of an attempt to pay until the money was there.
SETTLING = Histogram("settling", timedelta(minutes=1), 60)
