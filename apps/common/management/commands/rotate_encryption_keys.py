"""`manage.py rotate_encryption_keys`."""

from itertools import chain
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from apps.common.key_rotation import Unreadable, column_rotate, encrypted_columns, files_rotate


class Command(BaseCommand):
    help = (
        "Encrypt every stored secret and private file anew with the first key of FIELD_ENCRYPTION_KEYS."
        " What it can't read it names, and goes on; it ends with status 1 then."
        " May be stopped and started again, and run on several machines at once."
        " Afterwards the older keys can go."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        rotations = [
            tqdm(column_rotate(column), total=column.count(), desc=str(column), disable=None)
            for column in encrypted_columns()
        ]
        rotations.append(tqdm(files_rotate(), desc="private files", disable=None))
        rotated = values = unreadable = 0
        for found in chain.from_iterable(rotations):
            values += 1
            if isinstance(found, Unreadable):
                unreadable += 1
                self.stderr.write(found.reason)
            else:
                rotated += found
        self.stdout.write(f"rotate_encryption_keys: {values} values, {rotated} encrypted anew")
        if unreadable:
            raise CommandError(f"{unreadable} values could not be read, and stay as they are")
