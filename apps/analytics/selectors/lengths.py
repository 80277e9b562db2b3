"""A length of time as a histogram tells it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from apps.analytics.histograms import Histogram
from apps.analytics.rates import mean


@dataclass(frozen=True, slots=True)
class Lengths:
    """Seconds over `count` cases. The mean is exact, median and ninth decile right to a bucket's width.

    All cases from `counted_to` on are in one bucket: a median or ninth decile that reaches it is "at least".
    """

    count: int
    mean: float | None
    median: float | None
    p90: float | None
    bucket: int
    counted_to: int


def lengths_of(histogram: Histogram, sums: Mapping[str, int], total: str) -> Lengths:
    """Return what the sums of a histogram's columns, and the column of its total, say."""
    counts = [sums[column] for column in histogram.columns]
    return Lengths(
        count=sum(counts),
        mean=mean(sums[total], sum(counts)),
        median=histogram.percentile(counts, 0.5),
        p90=histogram.percentile(counts, 0.9),
        bucket=histogram.width_seconds,
        counted_to=histogram.width_seconds * histogram.buckets,
    )
