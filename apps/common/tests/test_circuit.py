"""When a try is worth it, by a clock that the tests set."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from apps.common.circuit import Circuit, CircuitOpen


class Clock:
    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds

    def goes_on(self, seconds: float) -> None:
        self.seconds += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def circuit(clock: Clock) -> Circuit:
    return Circuit(pause=1.0, silence=2.0, clock=clock)


@contextmanager
def a_try(circuit: Circuit) -> Iterator[bool]:
    with circuit.attempt(ConnectionError) as is_probe:
        yield is_probe


def fail(circuit: Circuit) -> None:
    with pytest.raises(ConnectionError), a_try(circuit):
        raise ConnectionError


def succeed(circuit: Circuit) -> None:
    with a_try(circuit):
        pass


def is_refused(circuit: Circuit) -> bool:
    try:
        succeed(circuit)
    except CircuitOpen:
        return True
    return False


def test_what_answers_is_tried_by_all_at_once(circuit: Circuit) -> None:
    with a_try(circuit) as first, a_try(circuit) as second:
        assert (first, second) == (False, False)


def test_after_a_failure_nobody_tries_until_the_pause_is_over(circuit: Circuit, clock: Clock) -> None:
    fail(circuit)
    clock.goes_on(0.9)
    refused = is_refused(circuit)
    clock.goes_on(0.2)

    assert refused
    assert not is_refused(circuit)


def test_after_the_pause_one_tries_while_the_others_are_refused(circuit: Circuit, clock: Clock) -> None:
    fail(circuit)
    clock.goes_on(1)
    with a_try(circuit) as is_probe:
        clock.goes_on(5)
        refused = is_refused(circuit)

    assert (is_probe, refused) == (True, True)
    assert not is_refused(circuit)


def test_a_try_that_fails_begins_the_pause_anew(circuit: Circuit, clock: Clock) -> None:
    fail(circuit)
    clock.goes_on(1)
    fail(circuit)
    clock.goes_on(0.9)
    refused = is_refused(circuit)
    clock.goes_on(0.2)

    assert refused
    assert not is_refused(circuit)


def test_those_who_fail_late_let_nobody_in_beside_the_one_that_tries(circuit: Circuit, clock: Clock) -> None:
    fail(circuit)
    clock.goes_on(1)
    with a_try(circuit):
        circuit.failed(ConnectionError())
        clock.goes_on(1.5)
        assert is_refused(circuit)


def test_what_has_just_answered_others_is_busy_and_not_away(circuit: Circuit, clock: Clock) -> None:
    succeed(circuit)
    clock.goes_on(1.9)
    fail(circuit)
    refused_while_busy = is_refused(circuit)
    clock.goes_on(2)
    fail(circuit)

    assert not refused_while_busy
    assert is_refused(circuit)


def test_an_error_that_does_not_mean_away_is_an_answer(circuit: Circuit, clock: Clock) -> None:
    fail(circuit)
    clock.goes_on(1)
    with pytest.raises(ValueError, match="no such key"), a_try(circuit):
        raise ValueError("no such key")

    assert circuit.is_closed
