"""Pictures that people upload are decoded and written anew: nothing but the pixels is kept."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from io import BytesIO

from django.core.files.base import ContentFile, File
from PIL import Image

from apps.common.image_reading import Pixels, UnfitImage, pixels_of
from apps.common.image_turns import image_turn

MAX_BYTES = 5 * 1024 * 1024
EXTENSIONS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
QUALITY = 85


class Picture(ContentFile):  # type: ignore[type-arg]  # it takes none where it runs
    """A picture to be stored, under a random name, and smaller ones of it by what they are for."""

    def __init__(self, content: bytes, name: str, smaller: Mapping[str, bytes]) -> None:
        super().__init__(content, name=name)
        self.smaller = smaller


def reencoded_image(upload: File[bytes], *, widths: Mapping[str, int] | None = None) -> Picture:
    """Return the picture in its own format, upright, in sRGB, without metadata, of at most 4 megapixels.

    Beside it, for each of `widths`, one that is at most so wide, and never wider than the picture itself.
    Raises UnfitImage, and `unavailable` where others wait to be decoded.
    """
    if upload.size > MAX_BYTES:
        raise UnfitImage("The picture is larger than 5 MB.")
    with image_turn():
        return _written_anew(pixels_of(upload), widths or {})


def _written_anew(pixels: Pixels, widths: Mapping[str, int]) -> Picture:
    image, image_format = pixels
    content = _encoded(image, image_format)
    if len(content) > MAX_BYTES:  # a PNG of few colours, each pixel of which takes more room now
        image_format = "WEBP"
        content = _encoded(image, image_format)
    smaller = {name: _encoded(_narrowed(image, width), image_format) for name, width in widths.items()}
    return Picture(content, f"{secrets.token_hex(16)}.{EXTENSIONS[image_format]}", smaller)


def _encoded(image: Image.Image, image_format: str) -> bytes:
    buffer = BytesIO()
    pixels = image.convert("RGB") if image_format == "JPEG" else image
    pixels.save(buffer, format=image_format, quality=QUALITY)
    return buffer.getvalue()


def _narrowed(image: Image.Image, width: int) -> Image.Image:
    if image.width <= width:
        return image
    height = max(1, round(image.height * width / image.width))
    return image.resize((width, height), Image.Resampling.LANCZOS)
