"""How much memory pictures take that eight people upload at once, in a process of their own."""

import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

EIGHT_AT_ONCE = """
import resource, sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
import django
django.setup()
from django.core.files.base import ContentFile
from apps.common import image_turns, images

image_turns.WAITS_SECONDS = 300
content = Path(sys.argv[1]).read_bytes()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
with ThreadPoolExecutor(8) as people:
    list(people.map(lambda _: images.reencoded_image(ContentFile(content)).size, range(8)))
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""
# 1.7 GB before they took turns. One takes up to 400.
MOST_MEGABYTES = 600
SIDE = 5000


def flat_picture(image_format: str, mode: str) -> bytes:
    buffer = BytesIO()
    Image.new(mode, (SIDE, SIDE), 40).save(buffer, format=image_format)
    return buffer.getvalue()


@pytest.mark.parametrize(("image_format", "mode"), [("PNG", "RGB"), ("JPEG", "RGB")])
def test_eight_pictures_of_25_megapixels_at_once_take_little_more_than_one(
    tmp_path: Path, image_format: str, mode: str
) -> None:
    picture = tmp_path / "picture"
    picture.write_bytes(flat_picture(image_format, mode))
    assert picture.stat().st_size < 500_000
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "sewabazaar.settings",
        "LOG_FILE": str(tmp_path / "log"),
        "DATABASE_URL": "sqlite://:memory:",
    }
    told = subprocess.run(
        [sys.executable, "-c", EIGHT_AT_ONCE, str(picture)],
        capture_output=True,
        check=True,
        cwd=settings.BASE_DIR,
        env=environment,
        text=True,
        timeout=120,
    )
    assert int(told.stdout.split()[-1]) < MOST_MEGABYTES
