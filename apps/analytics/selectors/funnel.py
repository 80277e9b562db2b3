"""The wizard's funnel, of the sums of its measures. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from apps.analytics.measures import REACHED, STILL_OPEN
from apps.bookings.steps import STEPS


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """`reached`: how many did this step. Of them `left` went no further, and `open` may still go on.

    The last step is a booking that was sent off.
    """

    step: str
    reached: int
    left: int
    open: int


def funnel_of(sums: Mapping[str, int]) -> list[FunnelStep]:
    """Return the five steps in order. Each was reached by as many as went on, left, or are still there."""
    reached = [sums[name] for name in REACHED]
    still_open = [*(sums[name] for name in STILL_OPEN), 0]
    went_on = [*reached[1:], reached[-1]]
    return [
        FunnelStep(step.value, here, here - further - waiting, waiting)
        for step, here, further, waiting in zip(STEPS, reached, went_on, still_open, strict=True)
    ]
