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


@pytest.mark.parametrize(("pattern", "status"), [("dotted", 0), ("no_such_test", 1)])
def test_manage_py_test_runs_the_tests_of_a_label(pattern: str, status: int) -> None:
    command = [sys.executable, "manage.py", "test", "apps.common.tests.test_test_runner", "-k", pattern]

    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert result.returncode == status, result.stdout + result.stderr
