"""Colours as screens show them: what a camera or a printer means by its numbers, said in sRGB."""

from __future__ import annotations

from functools import cache
from io import BytesIO

from PIL import Image, ImageCms


@cache
def srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def in_srgb(pixels: Image.Image, profile: bytes | None) -> Image.Image:
    """Return RGB or RGBA by a colour profile; without one, or with one that says nothing, by the numbers."""
    transparent = pixels.mode == "RGBA"
    meant = _by_profile(pixels.convert("RGB") if transparent else pixels, profile) if profile else None
    if meant is None:
        return pixels if pixels.mode in ("RGB", "RGBA") else pixels.convert("RGB")
    if transparent:
        meant.putalpha(pixels.getchannel("A"))
    return meant


def _by_profile(pixels: Image.Image, profile: bytes) -> Image.Image | None:
    """Return RGB, or None for a broken profile and one of another kind of colours."""
    try:
        meant = ImageCms.ImageCmsProfile(BytesIO(profile))
        return ImageCms.profileToProfile(pixels, meant, srgb(), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
        return None
