"""A column for a picture that lies in several sizes: `ab12.jpg`, and beside it `ab12-thumb.jpg` and so on."""

from __future__ import annotations

from functools import partial
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile
from django.db import models, transaction
from django.db.models.fields.files import ImageFieldFile

from apps.common.images import Picture

# The most pixels that each is wide.
WIDTHS = {"thumb": 160, "card": 480, "full": 1280}


class SizedImageFile(ImageFieldFile):
    def save(self, name: str, content: Any, save: bool = True) -> None:
        super().save(name, content, save=False)
        if isinstance(content, Picture):
            for size, smaller in content.smaller.items():
                self.storage.save(name_of(self, size), ContentFile(smaller))
        if save:
            self.instance.save()


class SizedImageField(models.ImageField):
    """Takes what `reencoded_image` returns with `WIDTHS`."""

    attr_class = SizedImageFile


def name_of(image: ImageFieldFile, size: str) -> str:
    path = PurePosixPath(image.name or "")
    return str(path.with_name(f"{path.stem}-{size}{path.suffix}"))


def size_urls(image: ImageFieldFile) -> dict[str, str]:
    """Return the address of each size."""
    return {size: image.storage.url(name_of(image, size)) for size in WIDTHS}


def delete_on_commit(image: ImageFieldFile) -> None:
    """Delete the files in all sizes once the change that leaves them is certain. Quiet without any."""
    if image.name:
        for name in (image.name, *(name_of(image, size) for size in WIDTHS)):
            transaction.on_commit(partial(image.storage.delete, name))
