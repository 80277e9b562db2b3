"""Append-only rows, and the stored answers of idempotent requests."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils import timezone

from apps.common.encryption import EncryptedTextField


class AppendOnly(Exception):
    """History is written once."""


class AppendOnlyQuerySet(models.QuerySet[Any]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnly("rows of this table are never changed")

    def delete(self) -> NoReturn:
        raise AppendOnly("rows of this table are never deleted")


class AppendOnlyModel(models.Model):
    """A row of history: can be added, never changed or deleted. On PostgreSQL a trigger says so too."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly("rows of this table are never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly("rows of this table are never deleted")


class IdempotencyKey(models.Model):
    """One retried request: whose it is, a hash of its body, and the answer once there is one."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    method = models.CharField(max_length=8)
    path = models.CharField(max_length=200)
    key = models.CharField(max_length=255)
    body_hash = models.CharField(max_length=64)
    # Encrypted: an answer of `initiate` carries a gateway's token in its address.
    answer = EncryptedTextField(null=True)
    answer_status = models.PositiveSmallIntegerField(null=True)
    claimed_at = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "method", "path", "key"], name="idempotency_key_once"),
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.path}"
