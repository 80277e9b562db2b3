"""Pictures of services in the sizes that a page asks for."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.services.models import Service
from apps.services.tests.factories import ServiceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def service(bishnu: User) -> Service:
    return ServiceFactory(provider=bishnu)


@pytest.fixture
def uploaded(login: Callable[[User], APIClient], bishnu: User, service: Service) -> Callable[..., Any]:
    """Upload a picture of a size, and return what the service shows of it."""

    def upload(width: int, height: int) -> Any:
        content = BytesIO()
        Image.new("RGB", (width, height)).save(content, format="JPEG")
        body = {"image": SimpleUploadedFile("picture.jpg", content.getvalue())}
        answer = login(bishnu).patch(f"/api/services/{service.pk}/", body, format="multipart")
        assert answer.status_code == 200
        return answer.json()["image_set"]

    return upload


def size_of(url: str, folder: Path) -> tuple[int, int]:
    with Image.open(folder / url.removeprefix("http://testserver/media/")) as image:
        return image.size


def test_a_picture_comes_with_its_size_and_smaller_ones_of_its_shape(
    uploaded: Callable[..., Any], media_folder: Path
) -> None:
    shown = uploaded(1600, 1200)
    assert (shown["width"], shown["height"]) == size_of(shown["url"], media_folder) == (1600, 1200)
    sizes = {name: size_of(url, media_folder) for name, url in shown["sizes"].items()}
    assert sizes == {"thumb": (160, 120), "card": (480, 360), "full": (1280, 960)}


def test_no_size_is_wider_than_the_picture(uploaded: Callable[..., Any], media_folder: Path) -> None:
    shown = uploaded(300, 600)
    sizes = {name: size_of(url, media_folder) for name, url in shown["sizes"].items()}
    assert sizes == {"thumb": (160, 320), "card": (300, 600), "full": (300, 600)}


def test_a_huge_picture_tells_the_size_in_which_it_is_kept(
    uploaded: Callable[..., Any], media_folder: Path
) -> None:
    shown = uploaded(5000, 4000)
    assert (shown["width"], shown["height"]) == size_of(shown["url"], media_folder)
    assert shown["width"] < 5000


def test_everybody_sees_the_same_in_lists_and_alone(
    uploaded: Callable[..., Any], api: APIClient, service: Service
) -> None:
    shown = uploaded(64, 32)
    listed = api.get("/api/services/").json()["results"][0]
    alone = api.get(f"/api/services/{service.pk}/").json()
    assert listed["image_set"] == alone["image_set"] == shown
    assert listed["image"] == shown["url"]


def test_another_picture_brings_another_size(uploaded: Callable[..., Any]) -> None:
    uploaded(64, 32)
    shown = uploaded(30, 90)
    assert (shown["width"], shown["height"]) == (30, 90)


def test_without_a_picture_there_is_no_set(api: APIClient, service: Service) -> None:
    shown = api.get(f"/api/services/{service.pk}/").json()
    assert shown["image"] is shown["image_set"] is None
