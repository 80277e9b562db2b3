import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from pytest_django.fixtures import Settings

from apps.accounts.models import User
from apps.common.encryption import WrongEncryptionKey, decrypted, encrypted, keyed_hash
from apps.common.models import IdempotencyKey
from sewabazaar.encryption_keys import encryption_keys

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


def test_what_was_encrypted_is_read_again() -> None:
    ciphertext = encrypted("नमस्ते")

    assert "नमस्ते" not in ciphertext
    assert decrypted(ciphertext) == "नमस्ते"


def test_the_same_text_never_looks_the_same() -> None:
    assert encrypted("secret") != encrypted("secret")


def test_a_wrong_key_raises_and_shows_nothing(settings: Settings) -> None:
    settings.FIELD_ENCRYPTION_KEYS = [OLD]
    ciphertext = encrypted("secret")
    settings.FIELD_ENCRYPTION_KEYS = [NEW]

    with pytest.raises(WrongEncryptionKey) as caught:
        decrypted(ciphertext)
    assert ciphertext not in str(caught.value)


def test_a_changed_ciphertext_raises() -> None:
    ciphertext = encrypted("secret")

    with pytest.raises(WrongEncryptionKey):
        decrypted(ciphertext[:-5] + "AAAA=")


def test_keys_rotate(settings: Settings) -> None:
    settings.FIELD_ENCRYPTION_KEYS = [OLD]
    before = encrypted("before")
    settings.FIELD_ENCRYPTION_KEYS = [NEW, OLD]
    after = encrypted("after")
    assert decrypted(before) == "before"

    settings.FIELD_ENCRYPTION_KEYS = [NEW]
    assert decrypted(after) == "after"
    with pytest.raises(WrongEncryptionKey):
        decrypted(before)


def test_an_encrypted_field_reaches_the_database_encrypted(kamala: User, settings: Settings) -> None:
    row = IdempotencyKey.objects.create(user=kamala, method="POST", path="/", key="a", answer="secret")
    empty = IdempotencyKey.objects.create(user=kamala, method="POST", path="/", key="b")
    with connection.cursor() as cursor:
        cursor.execute("SELECT answer FROM common_idempotencykey WHERE id = %s", [row.pk])
        stored = cursor.fetchone()[0]

    row.refresh_from_db()
    empty.refresh_from_db()
    assert "secret" not in stored
    assert (row.answer, empty.answer) == ("secret", None)
    settings.FIELD_ENCRYPTION_KEYS = [NEW]
    with pytest.raises(WrongEncryptionKey):
        row.refresh_from_db()


def test_a_keyed_hash_depends_on_the_secret_key_alone(settings: Settings) -> None:
    first = keyed_hash("token")
    settings.FIELD_ENCRYPTION_KEYS = [NEW]
    assert keyed_hash("token") == first
    assert keyed_hash("another") != first

    settings.SECRET_KEY = "another"
    assert keyed_hash("token") != first


def test_in_development_the_key_follows_from_the_secret_key() -> None:
    (key,) = encryption_keys([], secret_key="secret", debug=True)

    assert encryption_keys([], secret_key="secret", debug=True) == [key]
    assert encryption_keys([], secret_key="other", debug=True) != [key]
    assert encryption_keys([], secret_key="secret", debug=False) == []
    assert encryption_keys([NEW, OLD], secret_key="secret", debug=False) == [NEW, OLD]


def test_a_malformed_key_is_refused_at_the_start() -> None:
    with pytest.raises(ImproperlyConfigured, match="FIELD_ENCRYPTION_KEYS"):
        encryption_keys(["too short"], secret_key="secret", debug=False)
