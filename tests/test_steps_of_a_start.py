"""Steps of a start wait for each other, and end with it."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from threading import Event, Thread

import pytest

from scripts.install import ROOT
from scripts.steps import exclusively, run_to_end

INTERRUPTED = 130
LONGEST_SECONDS = 60
RUNNER = """
from scripts.steps import interruptible, run_to_end
with interruptible():
    run_to_end(["sh", "-c", "echo $$; exec sleep 600"])
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_step_that_is_asked_to_end_ends_its_command_first(number: signal.Signals) -> None:
    step = subprocess.Popen([sys.executable, "-c", RUNNER], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert step.stdout is not None
    command = int(step.stdout.readline())
    step.send_signal(number)
    # The command holds the other end of the pipe: it is closed once both are gone.
    rest, _ = step.communicate(timeout=LONGEST_SECONDS)
    assert (step.returncode, rest) == (INTERRUPTED, "")
    with pytest.raises(ProcessLookupError):
        os.kill(command, 0)


def test_a_command_tells_its_status_and_what_it_said() -> None:
    done = run_to_end(["sh", "-c", "echo said; exit 3"], stdout=subprocess.PIPE)
    assert (done.returncode, done.stdout) == (3, "said\n")


def test_a_second_start_waits_for_the_first_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "requirements.txt"
    file.touch()
    entered = Event()

    def second() -> None:
        with exclusively(file, waiting="Waiting for the other"):
            entered.set()

    thread = Thread(target=second)
    with exclusively(file, waiting="never said"):
        thread.start()
        assert not entered.wait(0.2)
    thread.join(LONGEST_SECONDS)
    assert entered.is_set()
    assert capsys.readouterr().out == "Waiting for the other\n"
