"""The site's packages and its production build.

`python -m scripts.frontend build` builds where something has changed; `... packages` installs what that
needs; `... npm ARGUMENTS` runs npm in frontend/ with the development packages installed. All of it runs on
the machine's own Python as well.
"""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from scripts.install import ROOT, refuse_old_python
from scripts.node import node_environment
from scripts.steps import exclusively, interruptible, run_to_end

FRONTEND = ROOT / "frontend"
LOCK = FRONTEND / "package-lock.json"
SETTINGS = FRONTEND / "next.config.ts"
BUILD_STAMP = FRONTEND / ".next" / "sources.sha256"
SOURCES = ("messages", "public", "scripts", "src")
TESTS = (".test.ts", ".test.tsx")


def main() -> None:
    refuse_old_python()
    with interruptible():
        match sys.argv[1:]:
            case ["build"]:
                build(node_environment())
            case ["packages"]:
                install_packages(node_environment())
            case ["npm", *arguments]:
                sys.exit(npm(arguments))
            case _:
                sys.exit(__doc__)


def npm(arguments: list[str]) -> int:
    """Return the status with which npm has ended."""
    environment = node_environment()
    install_packages(environment, development=True)
    return run_to_end(["npm", *arguments], cwd=FRONTEND, env=environment).returncode


def build(environment: dict[str, str]) -> None:
    """Make the production build anew if its sources, its packages or its public variables have changed."""
    with exclusively(SETTINGS, waiting="Waiting for another start that builds the site"):
        digest = sources_digest()
        if BUILD_STAMP.exists() and BUILD_STAMP.read_text() == digest:
            return
        install_packages(environment)
        print("Building the site", flush=True)
        _run(["npm", "run", "--silent", "build"], environment, failure="The site could not be built")
        BUILD_STAMP.write_text(digest)


def install_packages(environment: dict[str, str], *, development: bool = False) -> None:
    """Make frontend/node_modules hold what the lock names: what a build needs, or all of it."""
    with exclusively(LOCK, waiting="Waiting for another start that installs the site's packages"):
        if packages_installed(development=development):
            return
        print("Installing the site's packages", flush=True)
        options = ["--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"]
        kind = "--include=dev" if development else "--omit=dev"
        _run(["npm", "ci", kind, *options], environment, failure="The site's packages could not be installed")


def packages_installed(*, development: bool) -> bool:
    """Return whether node_modules holds what the lock names, however it got there.

    npm notes at the end of an installation what it has put there; an interrupted one leaves no such note.
    Packages for other systems are optional, and left out.
    """
    try:
        installed = _packages(FRONTEND / "node_modules" / ".package-lock.json")
    except FileNotFoundError:
        return False
    left_out = {"optional", "devOptional"} | (set() if development else {"dev"})
    return all(
        path in installed and installed[path].get("integrity") == package.get("integrity")
        for path, package in _packages(LOCK).items()
        if path and not left_out & package.keys()
    )


def sources_digest() -> str:
    """Return the SHA-256 of whatever a build is made of."""
    digest = hashlib.sha256()
    for file in _source_files():
        digest.update(f"{file.relative_to(FRONTEND)}\0".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    public = sorted(
        f"{name}={value}" for name, value in os.environ.items() if name.startswith("NEXT_PUBLIC_")
    )
    digest.update("\0".join(public).encode())
    return digest.hexdigest()


def _source_files() -> Iterator[Path]:
    settings = [file for file in FRONTEND.iterdir() if file.suffix in {".ts", ".mjs", ".json"}]
    below = [file for folder in SOURCES for file in (FRONTEND / folder).rglob("*") if file.is_file()]
    made_by_next = FRONTEND / "next-env.d.ts"
    yield from sorted(
        file for file in settings + below if file != made_by_next and not file.name.endswith(TESTS)
    )


def _packages(lock: Path) -> dict[str, dict[str, Any]]:
    packages: dict[str, dict[str, Any]] = json.loads(lock.read_text())["packages"]
    return packages


def _run(command: list[str], environment: dict[str, str], *, failure: str) -> None:
    """Run a command and say nothing of what it prints, unless it fails."""
    done = run_to_end(
        command, cwd=FRONTEND, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    if done.returncode:
        sys.exit(f"{done.stdout}\n{failure}")


if __name__ == "__main__":
    main()
