from io import StringIO
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db.models import TextField
from django.db.models.functions import Cast
from pytest_django.fixtures import Settings

from apps.accounts.models import User
from apps.bookings.models import Booking
from apps.common.key_rotation import EncryptedColumn, column_rotate, encrypted_columns
from apps.common.models import IdempotencyKey
from apps.common.private_files import PrivateStorage
from apps.payments.models import PaymentEvent, PaymentSecret
from apps.payments.tests.factories import paid, payment_of

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()
TOKEN = EncryptedColumn(PaymentSecret, "token")


@pytest.fixture
def secret(settings: Settings, draft: Booking) -> PaymentSecret:
    """A secret of a paid booking, encrypted with the old key, when the new one has come."""
    settings.FIELD_ENCRYPTION_KEYS = [OLD]
    secret: PaymentSecret = paid(draft).secret
    secret.token, secret.last_answer = "pidx", '{"status": "Completed"}'
    secret.save()
    settings.FIELD_ENCRYPTION_KEYS = [NEW, OLD]
    return secret


def stored(name: str) -> str:
    """Return a value as it lies in the database."""
    lying = PaymentSecret.objects.annotate(lying=Cast(name, TextField()))
    return str(lying.values_list("lying", flat=True).get())


def rotate() -> str:
    out = StringIO()
    call_command("rotate_encryption_keys", stdout=out)
    return out.getvalue().strip()


def test_every_encrypted_field_is_known() -> None:
    assert {str(column) for column in encrypted_columns()} >= {
        "common.IdempotencyKey.answer",
        "payments.PaymentSecret.token",
        "payments.PaymentSecret.payment_url",
        "payments.PaymentSecret.last_answer",
    }


def test_afterwards_the_old_key_can_go(secret: PaymentSecret, settings: Settings) -> None:
    assert rotate() == "rotate_encryption_keys: 3 values, 3 encrypted anew"
    settings.FIELD_ENCRYPTION_KEYS = [NEW]
    secret.refresh_from_db()
    assert (secret.token, secret.payment_url, secret.last_answer) == ("pidx", "", '{"status": "Completed"}')


def test_a_second_run_touches_nothing(secret: PaymentSecret) -> None:
    rotate()
    before = stored("token")
    assert rotate() == "rotate_encryption_keys: 3 values, 0 encrypted anew"
    assert stored("token") == before


def test_a_run_that_was_stopped_goes_on_where_it_was(secret: PaymentSecret) -> None:
    assert list(column_rotate(TOKEN)) == [True]
    assert rotate() == "rotate_encryption_keys: 3 values, 2 encrypted anew"


def test_what_was_written_meanwhile_stays(secret: PaymentSecret, draft: Booking, settings: Settings) -> None:
    settings.FIELD_ENCRYPTION_KEYS = [OLD]
    second = payment_of(draft).secret
    settings.FIELD_ENCRYPTION_KEYS = [NEW, OLD]
    rotating = column_rotate(TOKEN)
    next(rotating)  # both are read by now
    PaymentSecret.objects.filter(pk=second.pk).update(token="newer")
    assert list(rotating) == [False]
    second.refresh_from_db()
    assert second.token == "newer"


def test_what_can_not_be_read_is_named_and_the_rest_goes_on(
    secret: PaymentSecret, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.FIELD_ENCRYPTION_KEYS = [Fernet.generate_key().decode()]
    PaymentSecret.objects.update(token="lost")
    settings.FIELD_ENCRYPTION_KEYS = [NEW, OLD]
    with pytest.raises(CommandError, match="1 values could not be read"):
        rotate()
    assert f"payments.PaymentSecret.token of row {secret.pk} can't be decrypted" in capsys.readouterr().err
    settings.FIELD_ENCRYPTION_KEYS = [NEW]
    assert PaymentSecret.objects.defer("token").get().last_answer == '{"status": "Completed"}'


def test_the_trail_stays_untouched(secret: PaymentSecret) -> None:
    before = list(PaymentEvent.objects.values())
    rotate()
    assert list(PaymentEvent.objects.values()) == before


def test_a_value_that_is_not_there_stays_so(secret: PaymentSecret, kamala: User) -> None:
    IdempotencyKey.objects.create(user=kamala, method="POST", path="/", key="1", body_hash="")
    assert rotate() == "rotate_encryption_keys: 3 values, 3 encrypted anew"
    assert IdempotencyKey.objects.get().answer is None


@pytest.fixture
def slip(settings: Settings, tmp_path: Path) -> Path:
    """A private file of the time before the new key came."""
    settings.PRIVATE_MEDIA_ROOT = str(tmp_path)
    settings.FIELD_ENCRYPTION_KEYS = [OLD]
    name = PrivateStorage().save("slips/one.pdf", ContentFile(b"%PDF-1.7"))
    settings.FIELD_ENCRYPTION_KEYS = [NEW, OLD]
    return tmp_path / name


def test_private_files_are_encrypted_anew_once(db: None, slip: Path, settings: Settings) -> None:
    assert rotate() == "rotate_encryption_keys: 1 values, 1 encrypted anew"
    assert rotate() == "rotate_encryption_keys: 1 values, 0 encrypted anew"
    settings.FIELD_ENCRYPTION_KEYS = [NEW]
    assert PrivateStorage().open("slips/one.pdf").read() == b"%PDF-1.7"
    assert slip.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("content", [b"", b"gAAAA half a file"], ids=["empty", "half"])
def test_a_private_file_that_can_not_be_read_stops_no_other(
    db: None, slip: Path, settings: Settings, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = slip.with_name("a-broken-one.pdf")
    broken.write_bytes(content)
    with pytest.raises(CommandError, match="1 values could not be read"):
        rotate()
    assert "a-broken-one.pdf" in capsys.readouterr().err
    settings.FIELD_ENCRYPTION_KEYS = [NEW]
    assert PrivateStorage().open("slips/one.pdf").read() == b"%PDF-1.7"
    assert broken.read_bytes() == content
