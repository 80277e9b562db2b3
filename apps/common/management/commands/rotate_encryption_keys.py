"""`manage.py rotate_encryption_keys`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from apps.common.encryption import WrongEncryptionKey
from apps.common.key_rotation import column_rotate, encrypted_columns


class Command(BaseCommand):
    help = (
        "Encrypt every stored secret anew with the first key of FIELD_ENCRYPTION_KEYS. May be stopped and"
        " started again, and run on several machines at once. Afterwards the older keys can go."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        rotated = values = 0
        for column in encrypted_columns():
            progress = tqdm(column_rotate(column), total=column.count(), desc=str(column), disable=None)
            try:
                for is_new in progress:
                    values += 1
                    rotated += is_new
            except WrongEncryptionKey as error:
                raise CommandError(str(error)) from error
        self.stdout.write(f"rotate_encryption_keys: {values} values, {rotated} encrypted anew")
