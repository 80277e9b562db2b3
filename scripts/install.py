"""Make .venv hold what a lock file asks for: `install.py requirements.txt`. Quick when it already does.

Runs on the machine's own Python, before anything is installed, so it needs the standard library alone.
"""

import hashlib
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VIRTUAL_ENVIRONMENT = ROOT / ".venv"
OLDEST_PYTHON = (3, 11)


def main() -> None:
    if sys.version_info < OLDEST_PYTHON:
        version = sys.version.split()[0]
        sys.exit(f"Python 3.11 or later is needed, this is {version}: name another with PYTHON=...")
    install(ROOT / sys.argv[1])


def install(lock: Path) -> None:
    ensure_virtual_environment()
    stamp = VIRTUAL_ENVIRONMENT / f"{lock.name}.sha256"
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == digest:
        return
    print(f"Installing {lock.name} into .venv", flush=True)
    pip = [str(VIRTUAL_ENVIRONMENT / "bin" / "python"), "-m", "pip", "install", "-qq"]
    # The lock names everything, so nothing is resolved: pip's resolver would look at newer releases of a
    # package that is wanted with extras, find no hash for them, and give up.
    options = ["--only-binary=:all:", "--no-deps", "--require-hashes", "--requirement", str(lock)]
    if subprocess.run([*pip, *options], check=False).returncode:
        sys.exit(f"{lock.name} could not be installed")
    stamp.write_text(digest)


def ensure_virtual_environment() -> None:
    """Create .venv, or create it anew when it belongs to another Python; the stamps inside go with it."""
    packages = VIRTUAL_ENVIRONMENT / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}"
    if packages.is_dir() and (VIRTUAL_ENVIRONMENT / "bin" / "python").exists():
        return
    try:
        venv.create(VIRTUAL_ENVIRONMENT, clear=True, symlinks=True, with_pip=True)
    except (subprocess.CalledProcessError, OSError) as error:
        shutil.rmtree(VIRTUAL_ENVIRONMENT, ignore_errors=True)
        sys.exit(f"Python's venv module could not make .venv (on Debian: apt install python3-venv): {error}")


if __name__ == "__main__":
    main()
