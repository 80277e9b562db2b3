"""Pictures as they come in: their format by their first bytes; their pixels upright, in sRGB, 8 bits deep."""

from __future__ import annotations

import logging
import struct
import zlib
from math import sqrt
from typing import IO, NamedTuple

from PIL import Image, ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from apps.common.image_colours import in_srgb

logger = logging.getLogger(__name__)

MAX_PIXELS = 25_000_000
# Panoramas of phones have some 16,000. Few bytes of a far longer line take seconds to make smaller.
MAX_SIDE = 20_000
# More than any screen shows of one picture, and enough to read the small print of a slip.
KEPT_PIXELS = 4_000_000
LONGEST_SIDE = 8192
ACCEPTED = "Upload a JPEG, PNG or WebP picture."
ORIENTATION = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
FIRST_BYTES = 16
# By class: Image.open takes a camera's JPEG with a second picture behind it for a format of its own.
READERS: dict[str, type[ImageFile.ImageFile]] = {
    "JPEG": JpegImageFile,
    "PNG": PngImageFile,
    "WEBP": WebPImageFile,
}
# Decoders of what strangers made raise anything; these are what they were seen to raise, and its kin.
DECODERS_FAIL = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
USUALLY = (EOFError, OSError, SyntaxError, ValueError)


class UnfitImage(Exception):
    """The upload is no picture that we take. The message is for people."""


class Pixels(NamedTuple):
    """A picture of mode RGB or RGBA that has nothing but pixels, and the format that it came in."""

    image: Image.Image
    image_format: str


def pixels_of(upload: IO[bytes]) -> Pixels:
    """Return a picture's pixels: the first frame's, at most `KEPT_PIXELS`. Raises UnfitImage."""
    image_format = _format_of(upload)
    try:
        with READERS[image_format](upload) as picture:
            _require_few_pixels(picture)
            return Pixels(_upright(picture), image_format)
    except DECODERS_FAIL as error:
        if not isinstance(error, USUALLY):
            logger.warning("a %s picture broke its decoder", image_format, exc_info=True)
        raise UnfitImage(f"This picture is damaged or not complete. {ACCEPTED}") from error


def _format_of(upload: IO[bytes]) -> str:
    upload.seek(0)
    begins = upload.read(FIRST_BYTES)
    upload.seek(0)
    if begins.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if begins.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if begins[:4] == b"RIFF" and begins[8:12] == b"WEBP":
        return "WEBP"
    if begins[4:8] == b"ftyp":
        raise UnfitImage(f"HEIC and AVIF pictures and films are not taken. {ACCEPTED}")
    raise UnfitImage(f"This is no picture that we take. {ACCEPTED}")


def _require_few_pixels(picture: Image.Image) -> None:
    """The header says how many there are; decoding a bomb would be too late to refuse it."""
    if picture.width * picture.height > MAX_PIXELS:
        raise UnfitImage("The picture has more than 25 megapixels.")
    if max(picture.size) > MAX_SIDE:
        raise UnfitImage("The picture is wider or higher than 20,000 pixels.")


def _upright(picture: ImageFile.ImageFile) -> Image.Image:
    kept = kept_size(*picture.size)
    # A JPEG can be decoded at a half or less; other formats leave it at that.
    picture.draft(None, kept)
    picture.load()
    turn, profile = TURNS.get(_orientation(picture)), picture.info.get("icc_profile")
    plain = _eight_bits(picture)
    if plain.size != kept:
        plain = plain.resize(kept, Image.Resampling.LANCZOS)
    coloured = in_srgb(plain, profile)
    turned = coloured.transpose(turn) if turn else coloured
    # Pillow writes what it finds here into the file: comments, EXIF, colour profiles.
    turned.info.clear()
    return turned


def kept_size(width: int, height: int) -> tuple[int, int]:
    """Return the size at which a picture is kept: its own, or the same shape within both bounds. Pure."""
    scale = min(1.0, sqrt(KEPT_PIXELS / (width * height)), LONGEST_SIDE / max(width, height))
    return max(1, int(width * scale)), max(1, int(height * scale))


def _orientation(picture: Image.Image) -> int:
    """Return how the camera was held; upright where what it wrote can't be read."""
    try:
        orientation = picture.getexif().get(ORIENTATION)
    except DECODERS_FAIL:
        return 1
    return orientation if isinstance(orientation, int) else 1


def _eight_bits(picture: Image.Image) -> Image.Image:
    """Return pixels that can be resized: grey, coloured or for print, transparent where they were."""
    if picture.mode.startswith("I"):  # 16 bits of grey, which a plain conversion would cut off at 255
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if picture.has_transparency_data:
        return picture.convert("RGBA")
    return picture if picture.mode in ("L", "RGB", "CMYK") else picture.convert("RGB")
