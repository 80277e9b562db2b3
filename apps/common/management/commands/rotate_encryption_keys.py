"""`manage.py rotate_encryption_keys`."""

from itertools import chain
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from apps.common.encryption import WrongEncryptionKey
from apps.common.key_rotation import column_rotate, encrypted_columns, files_rotate


class Command(BaseCommand):
    help = (
        "Encrypt every stored secret and private file anew with the first key of FIELD_ENCRYPTION_KEYS."
        " May be stopped and started again, and run on several machines at once."
        " Afterwards the older keys can go."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        rotations = [
            tqdm(column_rotate(column), total=column.count(), desc=str(column), disable=None)
            for column in encrypted_columns()
        ]
        rotations.append(tqdm(files_rotate(), desc="private files", disable=None))
        rotated = values = 0
        try:
            for is_new in chain.from_iterable(rotations):
                values += 1
                rotated += is_new
        except WrongEncryptionKey as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"rotate_encryption_keys: {values} values, {rotated} encrypted anew")
