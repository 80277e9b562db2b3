"""Write the site's types of the API from its schema: `python -m scripts.api_types`. `--check` compares."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from scripts.frontend import FRONTEND, install_packages
from scripts.install import ROOT
from scripts.node import node_environment

TYPES = FRONTEND / "src" / "api" / "schema.d.ts"
# A switched-off feature is left out of the schema, and the types are of all of it.
ALL_OF_IT = {
    "DEBUG": "True",
    "DATABASE_URL": "sqlite://:memory:",
    "ENABLE_NEW_BOOKING_WIZARD": "True",
    "ENABLE_BOOKING_SLOTS": "True",
    "ENABLE_PAYMENT_INTEGRATION": "True",
}


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="sewabazaar-types-") as folder:
        written = api_types(Path(folder))
    if "--check" not in sys.argv:
        TYPES.write_text(written)
    elif TYPES.read_text() != written:
        sys.exit(f"{TYPES.relative_to(ROOT)} is not what the API's schema says: make api-types")


def api_types(folder: Path) -> str:
    """Return the types that follow from the schema of this code."""
    schema, types = folder / "schema.yaml", folder / "schema.d.ts"
    spectacular = [sys.executable, "manage.py", "spectacular", "--file", str(schema)]
    subprocess.run(spectacular, cwd=ROOT, env={**os.environ, **ALL_OF_IT}, check=True)
    environment = node_environment()
    install_packages(environment, development=True)
    generate = ["npm", "run", "--silent", "api-types", "--", str(schema), "--output", str(types)]
    subprocess.run(generate, cwd=FRONTEND, env=environment, check=True, stdout=subprocess.DEVNULL)
    return types.read_text()


if __name__ == "__main__":
    main()
