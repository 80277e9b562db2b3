"""Make sure that there is a Chromium for the browser tests: `python -m scripts.chromium`.

`CHROMIUM` names one; else Debian's is used, and installed where this is Debian and we may; else Playwright's.
"""

import os
import shutil
import subprocess
import sys

from scripts.frontend import FRONTEND, install_packages
from scripts.node import node_environment

DEBIANS = "/usr/bin/chromium"


def main() -> None:
    if os.environ.get("CHROMIUM") or os.path.exists(DEBIANS):
        return
    if shutil.which("apt-get") and os.geteuid() == 0:
        print("Installing Debian's chromium", flush=True)
        for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", "chromium"]):
            subprocess.run(["apt-get", *command], check=True, stdout=subprocess.DEVNULL)
        return
    environment = node_environment()
    install_packages(environment, development=True)
    print("Installing Playwright's Chromium", flush=True)
    found = subprocess.run(
        ["npx", "playwright", "install", "chromium"], cwd=FRONTEND, env=environment, check=False
    )
    if found.returncode:
        sys.exit("There is no Chromium: name one with CHROMIUM=...")


if __name__ == "__main__":
    main()
