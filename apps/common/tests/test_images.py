"""What becomes of the pixels of pictures that people upload, and of pictures that are none."""

import random
import threading
from io import BytesIO
from typing import Any

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from apps.common import image_turns
from apps.common.errors import DomainError
from apps.common.image_reading import KEPT_PIXELS, LONGEST_SIDE, UnfitImage, kept_size
from apps.common.images import MAX_BYTES, reencoded_image
from apps.common.tests import odd_pictures as odd

RED, BLUE, NEAR = odd.RED, odd.BLUE, 12


def kept(content: bytes) -> Image.Image:
    """Return the picture that is stored of an upload."""
    image = Image.open(BytesIO(reencoded_image(ContentFile(content)).read()))
    image.load()
    return image


def looks_like(image: Image.Image, at: tuple[int, int], colour: tuple[int, ...]) -> bool:
    pixel = image.convert("RGBA" if len(colour) == 4 else "RGB").getpixel(at)
    assert isinstance(pixel, tuple)
    return all(abs(one - other) <= NEAR for one, other in zip(pixel, colour, strict=True))


@pytest.mark.parametrize("name", odd.TAKEN)
def test_what_phones_cameras_and_printers_make_is_kept_as_pixels_alone(name: str) -> None:
    stored = reencoded_image(ContentFile(odd.TAKEN[name])).read()
    image = Image.open(BytesIO(stored))
    image.load()
    assert image.format in ("JPEG", "PNG", "WEBP")
    assert image.mode in ("RGB", "RGBA")
    assert getattr(image, "n_frames", 1) == 1
    assert not image.getexif()
    assert not image.info.keys() & {"icc_profile", "exif", "comment", "xmp", "Comment"}
    assert odd.SECRET.encode() not in stored


@pytest.mark.parametrize("name", sorted(odd.REFUSED.keys() - {"nothing"}))
def test_anything_else_is_refused_with_words(name: str) -> None:
    content, words = odd.REFUSED[name]
    with pytest.raises(UnfitImage, match=words):
        reencoded_image(ContentFile(content))


@pytest.mark.parametrize(
    "name", ["jpeg with exif and gps", "two pictures in one jpeg", "png with exif", "webp with exif"]
)
def test_a_picture_of_a_camera_held_upright_stands_upright(name: str) -> None:
    image = kept(odd.TAKEN[name])
    assert image.size == (16, 32)
    assert looks_like(image, (8, 4), RED)
    assert looks_like(image, (8, 28), BLUE)


@pytest.mark.parametrize("name", ["two pictures in one jpeg", "moving png", "moving webp"])
def test_of_several_pictures_the_first_is_kept(name: str) -> None:
    assert looks_like(kept(odd.TAKEN[name]), (2, 2), RED)


@pytest.mark.parametrize(
    ("name", "at", "colour"),
    [
        ("16 bits of grey", (1, 0), (156, 156, 156)),
        ("16 bits of colour", (0, 0), (156, 0, 0)),
        ("16 bits, transparent", (0, 0), (156, 0, 0, 128)),
        ("16 bits with a transparent colour", (1, 0), (156, 156, 156)),
        ("two bits of grey", (2, 0), (170, 170, 170)),
        ("jpeg for print", (4, 4), RED),
        ("palette png", (4, 4), (255, 0, 0)),
    ],
)
def test_depth_and_colours_stay_what_they_look_like(
    name: str, at: tuple[int, int], colour: tuple[int, ...]
) -> None:
    assert looks_like(kept(odd.TAKEN[name]), at, colour)


def test_colours_are_what_the_profile_says() -> None:
    assert looks_like(kept(odd.TAKEN["jpeg with a profile"]), (4, 4), BLUE)


@pytest.mark.parametrize("image_format", ["PNG", "WEBP"])
def test_a_transparent_picture_keeps_both_its_profile_and_its_transparency(image_format: str) -> None:
    image = Image.new("RGBA", (4, 4), (*RED, 128))
    profile = odd.profile_of_another_screen()
    content = odd.encoded(image, image_format, icc_profile=profile, lossless=True)
    assert looks_like(kept(content), (1, 1), (*BLUE, 128))


def test_a_large_picture_is_kept_smaller_in_its_shape() -> None:
    image = kept(odd.encoded(Image.new("RGB", (5000, 2500), RED), "JPEG"))
    assert image.width * image.height <= KEPT_PIXELS
    assert image.width == pytest.approx(image.height * 2, abs=2)


@pytest.mark.parametrize(
    "size", [(1, 1), (2000, 2000), (5000, 5000), (25_000_000, 1), (1, 25_000_000), (8193, 2)]
)
def test_a_kept_size_lies_within_its_bounds(size: tuple[int, int]) -> None:
    width, height = kept_size(*size)
    assert width >= 1
    assert height >= 1
    assert width * height <= KEPT_PIXELS
    assert max(width, height) <= LONGEST_SIDE


def test_a_picture_that_would_take_more_room_than_it_came_in_is_packed_tighter() -> None:
    noise = Image.frombytes("P", (2000, 2000), random.Random(1).randbytes(4_000_000))
    noise.putpalette(random.Random(2).randbytes(768))
    content = odd.encoded(noise, "PNG")
    assert len(content) < MAX_BYTES
    stored = reencoded_image(ContentFile(content))
    assert stored.size <= MAX_BYTES
    assert (stored.name or "").endswith(".webp")


def test_no_torn_picture_is_more_than_refused() -> None:
    """Some bytes of each are spoilt, another way each time."""
    dice = random.Random(20261129)
    for content in odd.TAKEN.values():
        for _ in range(8):
            torn = bytearray(content[: dice.choice([len(content), dice.randrange(len(content))])])
            for _ in range(dice.randrange(1, 6)):
                if torn:
                    torn[dice.randrange(len(torn))] = dice.randrange(256)
            refuse_or_take(bytes(torn))


def refuse_or_take(content: bytes) -> None:
    try:
        reencoded_image(ContentFile(content))
    except UnfitImage as error:
        assert str(error)  # noqa: PT017  # either will do


@pytest.mark.parametrize("problem", [KeyError, ZeroDivisionError, OverflowError, RecursionError, MemoryError])
def test_a_decoder_that_falls_over_in_another_way_refuses_and_is_noted(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, problem: type[Exception]
) -> None:
    def broken(*arguments: Any) -> None:
        raise problem

    monkeypatch.setattr("apps.common.image_reading.in_srgb", broken)
    with pytest.raises(UnfitImage, match="damaged"):
        reencoded_image(ContentFile(odd.TAKEN["jpeg"]))
    assert "broke its decoder" in caplog.text


@pytest.fixture
def slow_decoder(monkeypatch: pytest.MonkeyPatch) -> tuple[threading.Event, threading.Event]:
    """Return what is set once a picture is being decoded, and what lets it end."""
    begun, may_end = threading.Event(), threading.Event()

    def waiting(pixels: Image.Image, profile: Any) -> Image.Image:
        begun.set()
        assert may_end.wait(20)
        return pixels

    monkeypatch.setattr("apps.common.image_reading.in_srgb", waiting)
    return begun, may_end


def test_who_waits_too_long_for_others_pictures_is_told_to_come_again(
    monkeypatch: pytest.MonkeyPatch, slow_decoder: tuple[threading.Event, threading.Event]
) -> None:
    begun, may_end = slow_decoder
    monkeypatch.setattr(image_turns, "WAITS_SECONDS", 0.01)
    first = threading.Thread(target=reencoded_image, args=[ContentFile(odd.TAKEN["png"])])
    first.start()
    assert begun.wait(20)
    with pytest.raises(DomainError) as refused:
        reencoded_image(ContentFile(odd.TAKEN["png"]))
    may_end.set()
    first.join()
    assert (refused.value.code, refused.value.status) == ("unavailable", 503)
    assert refused.value.retry_after
    reencoded_image(ContentFile(odd.TAKEN["png"]))
