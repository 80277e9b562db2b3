"""A disk without room, played by the limit on a file's size that the system itself enforces."""

import os
import resource
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.common.private_files import PrivateStorage
from apps.payments.models import BankTransferProof, Payment, PaymentMethod
from apps.payments.tests.transfers import PDF, sent_proof, transfer_begun
from apps.services.models import Service

LARGE = b"%PDF-1.7\n" + b"a" * 200_000 + b"\n%%EOF"


@contextmanager
def no_file_longer_than(length: int) -> Iterator[None]:
    """Let the system refuse to write on, as it does where a disk is full: after some bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (length, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.PRIVATE_MEDIA_ROOT = str(tmp_path / "private")
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return tmp_path


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def payment(kamala: User, service: Service, methods: dict[str, PaymentMethod]) -> Payment:
    return transfer_begun(kamala, service)


def test_a_slip_on_a_full_disk_is_a_503_and_leaves_nothing(
    customer: APIClient, payment: Payment, folder: Path
) -> None:
    with no_file_longer_than(65_536):
        answer = sent_proof(customer, payment, LARGE)
    assert answer.status_code == 503
    assert answer.json()["type"] == "server_error"
    assert answer.json()["errors"][0]["code"] == "unavailable"
    assert int(answer.headers["Retry-After"]) > 0
    assert files(folder) == []
    assert not BankTransferProof.objects.exists()


def test_once_there_is_room_the_same_slip_is_taken(
    customer: APIClient, payment: Payment, folder: Path
) -> None:
    with no_file_longer_than(65_536):
        sent_proof(customer, payment, LARGE)
    assert sent_proof(customer, payment, LARGE).status_code == 201
    assert len(files(folder)) == 1


def test_a_picture_on_a_full_disk_leaves_nothing(folder: Path) -> None:
    with no_file_longer_than(65_536), pytest.raises(OSError, match="too large"):
        default_storage.save("services/one.png", ContentFile(LARGE))
    assert files(folder) == []


def test_a_key_rotation_on_a_full_disk_leaves_the_file_as_it_was(
    db: None, folder: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    name = PrivateStorage().save("slips/large.pdf", ContentFile(LARGE))
    PrivateStorage().save("slips/small.pdf", ContentFile(PDF))
    before = (folder / "private" / name).read_bytes()
    settings.FIELD_ENCRYPTION_KEYS = [Fernet.generate_key().decode(), *settings.FIELD_ENCRYPTION_KEYS]
    with no_file_longer_than(65_536), pytest.raises(CommandError, match="1 values could not be read"):
        call_command("rotate_encryption_keys")
    assert "large.pdf can't be read or written" in capsys.readouterr().err
    assert (folder / "private" / name).read_bytes() == before
    assert files(folder) == ["large.pdf", "small.pdf"]


def test_a_file_is_on_the_disk_before_it_has_its_name(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    sync, rename = os.fsync, os.replace

    def recorded(name: str, call: Callable[..., None]) -> Callable[..., None]:
        def told(*args: Any) -> None:
            done.append(name)
            call(*args)

        return told

    monkeypatch.setattr(os, "fsync", recorded("sync", sync))
    monkeypatch.setattr(os, "replace", recorded("rename", rename))
    PrivateStorage().save("slips/one.pdf", ContentFile(PDF))
    assert done == ["sync", "rename", "sync"]
