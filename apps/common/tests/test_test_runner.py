import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management.base import CommandError

from apps.common.test_runner import PytestRunner, pytest_path

ROOT = Path(settings.BASE_DIR)


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("apps.common", "apps/common"),
        ("apps.common.tests.test_test_runner", "apps/common/tests/test_test_runner.py"),
        ("apps.common.tests.test_test_runner.test_one", "apps/common/tests/test_test_runner.py::test_one"),
        ("apps.common.tests.test_test_runner.A.test_b", "apps/common/tests/test_test_runner.py::A::test_b"),
    ],
)
def test_a_dotted_label_becomes_a_path(label: str, expected: str) -> None:
    assert pytest_path(label, root=ROOT) == f"{ROOT}/{expected}"


def test_a_path_stays_as_it_is() -> None:
    assert pytest_path(f"{__file__}::test_one", root=ROOT) == f"{__file__}::test_one"


def test_a_label_without_a_module_is_refused() -> None:
    with pytest.raises(CommandError, match="no tests at apps"):
        pytest_path("apps.common.nowhere", root=ROOT)


def test_django_options_become_those_of_pytest() -> None:
    runner = PytestRunner(verbosity=0, failfast=True, keepdb=True, patterns=["slow", "quick"])

    assert runner.arguments == ["--quiet", "--exitfirst", "--reuse-db", "-k", "slow or quick"]


@pytest.mark.parametrize(("outcome", "status"), [("True", 0), ("False", 1)])
def test_manage_py_test_answers_how_the_tests_went(tmp_path: Path, outcome: str, status: int) -> None:
    sample = tmp_path / "test_sample.py"
    sample.write_text(f"def test_sample():\n    assert {outcome}\n")
    command = [sys.executable, "manage.py", "test", str(sample), "-k", "sample"]

    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)

    assert result.returncode == status, result.stdout + result.stderr
    assert f"1 {'failed' if status else 'passed'}" in result.stdout
