"""Pictures that people upload are decoded and written anew: nothing but the pixels is kept."""

from __future__ import annotations

import secrets
from io import BytesIO

from django.core.files.base import ContentFile, File
from PIL import Image, ImageOps

MAX_BYTES = 5 * 1024 * 1024
MAX_PIXELS = 25_000_000
EXTENSIONS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
JPEG_QUALITY = 85


class UnfitImage(Exception):
    """The upload is no picture that we take. The message is for people."""


def reencoded_image(upload: File[bytes]) -> ContentFile[bytes]:
    """Return the picture in its own format, turned upright, without metadata, under a random name.

    Raises UnfitImage.
    """
    if upload.size > MAX_BYTES:
        raise UnfitImage("The picture is larger than 5 MB.")
    upload.seek(0)
    try:
        with Image.open(upload, formats=tuple(EXTENSIONS)) as picture:
            # The header says how many pixels there are; decoding a bomb would be too late to refuse it.
            if picture.width * picture.height > MAX_PIXELS:
                raise UnfitImage("The picture has more than 25 megapixels.")
            return _written_anew(picture)
    except Image.DecompressionBombError as error:
        raise UnfitImage("The picture has more than 25 megapixels.") from error
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError) as error:
        # Pillow's decoders raise all of these for broken files; UnidentifiedImageError is an OSError.
        raise UnfitImage("Upload a JPEG, PNG or WebP picture.") from error


def _written_anew(picture: Image.Image) -> ContentFile[bytes]:
    image_format = picture.format or ""
    upright = ImageOps.exif_transpose(picture)
    keeps_transparency = image_format != "JPEG" and upright.has_transparency_data
    pixels = upright.convert("RGBA" if keeps_transparency else "RGB")
    # Pillow writes what it finds here back into the file: comments, EXIF, colour profiles.
    pixels.info.clear()
    buffer = BytesIO()
    pixels.save(buffer, format=image_format, quality=JPEG_QUALITY)
    return ContentFile(buffer.getvalue(), name=f"{secrets.token_hex(16)}.{EXTENSIONS[image_format]}")
