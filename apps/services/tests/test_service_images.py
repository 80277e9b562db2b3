"""Pictures of services: what is taken, and what is kept of it."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, PngImagePlugin
from pytest_django import DjangoCaptureOnCommitCallbacks
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.common import image_turns
from apps.common.tests.odd_pictures import REFUSED, SECRET, TAKEN
from apps.services.models import Service
from apps.services.tests.factories import CategoryFactory, CityFactory, ServiceFactory

pytestmark = pytest.mark.django_db
Login = Callable[[User], APIClient]
ORIENTATION, CAMERA = 0x0112, 0x0110


def picture(image_format: str = "PNG", size: tuple[int, int] = (8, 4), **options: Any) -> bytes:
    buffer = BytesIO()
    mode = options.pop("mode", "RGB")
    Image.new(mode, size).save(buffer, format=image_format, **options)
    return buffer.getvalue()


def upload(client: APIClient, service: Service, content: bytes, name: str = "picture.png") -> Any:
    body = {"image": SimpleUploadedFile(name, content)}
    return client.patch(f"/api/services/{service.pk}/", body, format="multipart")


@pytest.fixture
def service(bishnu: User) -> Service:
    return ServiceFactory(provider=bishnu)


def stored(folder: Path) -> list[Path]:
    """Return the pictures themselves, without the smaller ones of them."""
    return [file for file in all_sizes(folder) if "-" not in file.stem]


def all_sizes(folder: Path) -> list[Path]:
    return sorted((folder / "services").glob("*"))


@pytest.mark.parametrize(("image_format", "suffix"), [("JPEG", ".jpg"), ("PNG", ".png"), ("WEBP", ".webp")])
def test_jpeg_png_and_webp_are_taken_under_a_name_of_ours(
    login: Login, bishnu: User, service: Service, media_folder: Path, image_format: str, suffix: str
) -> None:
    answer = upload(login(bishnu), service, picture(image_format), "../../my cat.php")
    assert answer.status_code == 200
    address = answer.json()["image"]
    (file,) = stored(media_folder)
    assert file.suffix == suffix
    assert len(file.stem) == 32
    assert address == f"http://testserver/media/services/{file.name}"
    with Image.open(file) as kept:
        assert (kept.format, kept.size) == (image_format, (8, 4))


def test_a_picture_is_turned_upright_and_loses_what_the_camera_wrote(
    login: Login, bishnu: User, service: Service, media_folder: Path
) -> None:
    exif = Image.Exif()
    exif[ORIENTATION], exif[CAMERA] = 6, "Secret camera"
    upload(login(bishnu), service, picture("JPEG", exif=exif, comment=b"Secret place"))
    (file,) = stored(media_folder)
    assert b"Secret" not in file.read_bytes()
    with Image.open(file) as kept:
        assert kept.size == (4, 8)
        assert not kept.getexif()


def test_text_in_a_png_is_dropped_and_its_transparency_kept(
    login: Login, bishnu: User, service: Service, media_folder: Path
) -> None:
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", "Secret place")
    upload(login(bishnu), service, picture(mode="RGBA", pnginfo=text))
    (file,) = stored(media_folder)
    assert b"Secret" not in file.read_bytes()
    with Image.open(file) as kept:
        assert kept.mode == "RGBA"


def test_what_is_hidden_behind_a_picture_is_dropped(
    login: Login, bishnu: User, service: Service, media_folder: Path
) -> None:
    upload(login(bishnu), service, picture() + b"<script>alert(1)</script>")
    (file,) = stored(media_folder)
    assert b"script" not in file.read_bytes()


@pytest.mark.parametrize("name", TAKEN)
def test_what_phones_and_cameras_make_is_taken(
    login: Login, bishnu: User, service: Service, media_folder: Path, name: str
) -> None:
    answer = upload(login(bishnu), service, TAKEN[name], "picture.heic")
    assert answer.status_code == 200
    (file,) = stored(media_folder)
    assert SECRET.encode() not in file.read_bytes()
    assert answer.json()["image_set"].keys() == {"url", "width", "height", "sizes"}


@pytest.mark.parametrize("name", REFUSED)
def test_anything_else_is_refused_with_words(
    login: Login, bishnu: User, service: Service, media_folder: Path, name: str
) -> None:
    content, words = REFUSED[name]
    answer = upload(login(bishnu), service, content, "picture.jpg")
    assert answer.status_code == 400
    (error,) = answer.json()["errors"]
    assert error["attr"] == "image"
    assert words in error["detail"]
    assert stored(media_folder) == []


def test_a_form_that_is_larger_than_any_picture_is_refused_unread(
    login: Login, bishnu: User, service: Service
) -> None:
    answer = upload(login(bishnu), service, bytes(7 * 1024 * 1024))
    assert answer.status_code == 413
    assert answer.json()["errors"][0]["code"] == "payload_too_large"


def test_uploads_of_a_user_are_counted_and_other_changes_are_not(
    login: Login, bishnu: User, gita: User, service: Service, settings: Settings
) -> None:
    settings.THROTTLE_UPLOAD = "2/hour"
    client = login(bishnu)
    assert [upload(client, service, picture()).status_code for _ in range(3)] == [200, 200, 429]
    assert client.patch(f"/api/services/{service.pk}/", {"price": "99.00"}).status_code == 200
    other = ServiceFactory(provider=gita)
    assert upload(login(gita), other, picture()).status_code == 200


def test_who_waits_too_long_for_others_pictures_may_come_again(
    login: Login, bishnu: User, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(image_turns, "WAITS_SECONDS", 0)
    with image_turns.image_turn():
        answer = upload(login(bishnu), service, picture())
    assert answer.status_code == 503
    assert answer.json()["errors"][0]["code"] == "unavailable"
    assert "Retry-After" in answer.headers
    assert upload(login(bishnu), service, picture()).status_code == 200


def test_a_service_is_made_with_a_picture_in_one_call(login: Login, bishnu: User) -> None:
    body = {
        "title": "Garden",
        "category": CategoryFactory().pk,
        "cities": [CityFactory().pk, CityFactory(slug="pokhara").pk],
        "price": "100",
        "duration_minutes": 30,
        "image": SimpleUploadedFile("garden.jpg", picture("JPEG")),
    }
    made = login(bishnu).post("/api/services/", body, format="multipart")
    assert made.status_code == 201
    assert len(made.json()["cities"]) == 2
    assert made.json()["image"].endswith(".jpg")


def test_a_new_picture_takes_the_place_of_the_old_one_and_null_removes_it(
    login: Login,
    bishnu: User,
    service: Service,
    media_folder: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    for image_format in ("PNG", "JPEG"):
        with django_capture_on_commit_callbacks(execute=True):
            upload(login(bishnu), service, picture(image_format))
    assert [file.suffix for file in all_sizes(media_folder)] == [".jpg"] * 4
    with django_capture_on_commit_callbacks(execute=True):
        answer = login(bishnu).patch(f"/api/services/{service.pk}/", {"image": None})
    assert answer.json()["image"] is answer.json()["image_set"] is None
    assert all_sizes(media_folder) == []


def test_the_picture_of_a_deleted_service_goes_with_it(
    login: Login,
    bishnu: User,
    service: Service,
    media_folder: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    upload(login(bishnu), service, picture())
    with django_capture_on_commit_callbacks(execute=True):
        login(bishnu).delete(f"/api/services/{service.pk}/")
    assert all_sizes(media_folder) == []


def test_another_provider_uploads_nothing(
    login: Login, gita: User, service: Service, media_folder: Path
) -> None:
    assert upload(login(gita), service, picture()).status_code == 404
    assert stored(media_folder) == []
