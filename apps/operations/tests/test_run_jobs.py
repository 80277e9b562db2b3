"""`run_jobs --every`: each job at its own pace, none waiting for another."""

import threading
from collections.abc import Mapping

import pytest

from apps.operations.jobs import Job
from apps.operations.management.commands import run_jobs
from apps.operations.management.commands.run_jobs import Command

PATIENCE_SECONDS = 20


@pytest.fixture
def stopped() -> threading.Event:
    return threading.Event()


def run(monkeypatch: pytest.MonkeyPatch, jobs: Mapping[str, Job], stopped: threading.Event) -> None:
    monkeypatch.setattr(run_jobs, "JOBS", jobs)
    Command().run_until(stopped, every=0)


def test_a_job_that_takes_long_keeps_no_other_waiting(
    monkeypatch: pytest.MonkeyPatch, stopped: threading.Event
) -> None:
    """The mails wait until the refunds have gone out three times."""
    rounds: list[str] = []
    thrice = threading.Event()

    def refunds() -> str:
        rounds.append("refunds")
        if len(rounds) == 3:
            thrice.set()
        return "sent"

    def mails() -> str:
        assert thrice.wait(PATIENCE_SECONDS)
        stopped.set()
        return "sent"

    run(monkeypatch, {"send_notifications": mails, "process_refunds": refunds}, stopped)

    assert len(rounds) >= 3


def test_a_job_that_fails_runs_again(monkeypatch: pytest.MonkeyPatch, stopped: threading.Event) -> None:
    rounds: list[str] = []

    def refunds() -> str:
        rounds.append("refunds")
        if len(rounds) == 1:
            raise RuntimeError("the database is away")
        stopped.set()
        return "sent"

    run(monkeypatch, {"process_refunds": refunds}, stopped)

    assert len(rounds) == 2
