"""`manage.py test` runs pytest, so that there is one way in which the tests run."""

from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError

VERBOSITY = {0: ["--quiet"], 1: [], 2: ["-v"], 3: ["-vv"]}


class PytestRunner:
    """Django's test runner interface; answers pytest's exit code as the number of failures."""

    def __init__(
        self,
        *,
        verbosity: int = 1,
        failfast: bool = False,
        keepdb: bool = False,
        patterns: Sequence[str] | None = None,
        **options: object,
    ) -> None:
        self.arguments = list(VERBOSITY[verbosity])
        if failfast:
            self.arguments.append("--exitfirst")
        if keepdb:
            self.arguments.append("--reuse-db")
        if patterns:
            self.arguments += ["-k", " or ".join(patterns)]

    @classmethod
    def add_arguments(cls, parser: ArgumentParser) -> None:
        parser.add_argument("--failfast", action="store_true", help="Stop at the first failure.")
        parser.add_argument("--keepdb", action="store_true", help="Keep the test database for the next run.")
        parser.add_argument(
            "-k", action="append", dest="patterns", help="Only tests that match; several are joined by or."
        )

    def run_tests(self, test_labels: Sequence[str], **options: object) -> int:
        try:
            import pytest
        except ImportError as error:
            raise CommandError("The tests need requirements-dev.txt: run `make test` once.") from error
        root = Path(settings.BASE_DIR)
        labels = [pytest_path(label, root=root) for label in test_labels] or [str(root)]
        return int(pytest.main([*self.arguments, "--rootdir", str(root), *labels]))


def pytest_path(label: str, *, root: Path) -> str:
    """The pytest node id of a dotted label; a path stays as it is.

    `apps.slots.tests.test_grid.test_gaps` becomes `<root>/apps/slots/tests/test_grid.py::test_gaps`.
    Raises CommandError where there is no such module.
    """
    if Path(label.partition("::")[0]).exists():
        return label
    parts = label.split(".")
    for length in range(len(parts), 0, -1):
        path = root.joinpath(*parts[:length])
        names = parts[length:]
        if path.with_suffix(".py").is_file():
            return "::".join([str(path.with_suffix(".py")), *names])
        if path.is_dir() and not names:
            return str(path)
    raise CommandError(f"There are no tests at {label}")
