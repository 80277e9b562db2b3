"""Make .venv hold what a lock file asks for: `python -m scripts.install requirements.txt`.

Quick when it already does. Runs on the machine's own Python, before anything is installed, so it needs the
standard library alone.
"""

import hashlib
import shutil
import subprocess
import sys
import venv
from pathlib import Path

from scripts.steps import exclusively, interruptible, run_to_end

ROOT = Path(__file__).resolve().parent.parent
VIRTUAL_ENVIRONMENT = ROOT / ".venv"
OLDEST_PYTHON = (3, 11)


def main() -> None:
    refuse_old_python()
    with interruptible():
        install(ROOT / sys.argv[1])


def refuse_old_python() -> None:
    if sys.version_info < OLDEST_PYTHON:
        version = sys.version.split()[0]
        sys.exit(f"Python 3.11 or later is needed, this is {version}: name another with PYTHON=...")


def install(lock: Path) -> None:
    with exclusively(Path(__file__)):
        ensure_virtual_environment()
    with exclusively(lock, waiting=f"Waiting for another start that installs {lock.name}"):
        install_packages(lock)


def install_packages(lock: Path) -> None:
    stamp = VIRTUAL_ENVIRONMENT / f"{lock.name}.sha256"
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == digest:
        return
    print(f"Installing {lock.name} into .venv", flush=True)
    pip = [str(VIRTUAL_ENVIRONMENT / "bin" / "python"), "-m", "pip", "install", "-qq"]
    # The lock names everything, so nothing is resolved: pip's resolver would look at newer releases of a
    # package that is wanted with extras, find no hash for them, and give up.
    options = ["--only-binary=:all:", "--no-deps", "--require-hashes", "--requirement", str(lock)]
    if run_to_end([*pip, *options]).returncode:
        sys.exit(f"{lock.name} could not be installed")
    stamp.write_text(digest)


def ensure_virtual_environment() -> None:
    """Create .venv, or create it anew when it belongs to another Python; the stamps inside go with it."""
    if packages_folder().is_dir() and (VIRTUAL_ENVIRONMENT / "bin" / "python").exists():
        return
    try:
        venv.create(VIRTUAL_ENVIRONMENT, clear=True, symlinks=True, with_pip=True)
    except (subprocess.CalledProcessError, OSError) as error:
        shutil.rmtree(VIRTUAL_ENVIRONMENT, ignore_errors=True)
        sys.exit(f"Python's venv module could not make .venv (on Debian: apt install python3-venv): {error}")
    except KeyboardInterrupt:
        # Half of one would pass for a whole one, without pip.
        shutil.rmtree(VIRTUAL_ENVIRONMENT, ignore_errors=True)
        raise


def packages_folder() -> Path:
    """Return where .venv keeps its packages, for whichever Python runs this."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    return VIRTUAL_ENVIRONMENT / "lib" / version / "site-packages"


if __name__ == "__main__":
    main()
