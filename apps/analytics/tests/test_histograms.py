from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.analytics.histograms import Histogram

MINUTES = Histogram("minutes", timedelta(minutes=1), 10)
INSIDE = st.lists(st.integers(0, 599), min_size=1)


def counts_of(lengths: list[int]) -> list[int]:
    counts = [0] * len(MINUTES.columns)
    for seconds in lengths:
        counts[MINUTES.bucket_of(seconds)] += 1
    return counts


@given(INSIDE, st.sampled_from([0.5, 0.9]))
def test_a_percentile_is_right_to_a_buckets_width(lengths: list[int], share: float) -> None:
    found = MINUTES.percentile(counts_of(lengths), share)
    assert found is not None
    within = sum(seconds <= found + 60 for seconds in lengths)
    below = sum(seconds < found - 60 for seconds in lengths)
    assert within >= share * len(lengths) - 1e-9
    assert below <= share * len(lengths) + 1e-9


@pytest.mark.parametrize(
    ("seconds", "bucket"), [(-5, 0), (0, 0), (59, 0), (60, 1), (599, 9), (600, 10), (9999, 10)]
)
def test_a_bucket_holds_what_lies_in_its_width(seconds: int, bucket: int) -> None:
    assert MINUTES.bucket_of(seconds) == bucket


def test_nothing_has_no_percentile() -> None:
    assert MINUTES.percentile([0] * 11, 0.5) is None


def test_the_last_bucket_has_no_end() -> None:
    assert MINUTES.percentile(counts_of([5000, 6000]), 0.9) == 600
