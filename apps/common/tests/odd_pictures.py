"""Pictures as phones, cameras and strangers make them: those that are taken, and those that aren't."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image, PngImagePlugin

ORIENTATION, CAMERA, GPS = 0x0112, 0x0110, 0x8825
SECRET = "Secret place"
RED, BLUE = (250, 10, 10), (10, 10, 250)
SIZE = (32, 16)
CORRUPT_EXIF = b"Exif\x00\x00MM\x00*\xff\xff\xff\xff" + b"\xff" * 40


def encoded(image: Image.Image, image_format: str, **options: Any) -> bytes:
    buffer = BytesIO()
    image.save(buffer, format=image_format, **options)
    return buffer.getvalue()


def two_halves(mode: str = "RGB") -> Image.Image:
    """Return a picture that is red on its left and blue on its right."""
    image = Image.new("RGB", SIZE, RED)
    image.paste(BLUE, (SIZE[0] // 2, 0, *SIZE))
    return image.convert(mode)


def camera_exif(orientation: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[ORIENTATION], exif[CAMERA] = orientation, SECRET
    exif.get_ifd(GPS)[1] = "N"
    return exif


def chunk(kind: bytes, content: bytes) -> bytes:
    body = kind + content
    return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))


def png(width: int, height: int, *, depth: int, colour: int, rows: bytes, extra: bytes = b"") -> bytes:
    """Return a PNG written by hand, for what Pillow does not write. `rows` with their filter bytes."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    data = chunk(b"IHDR", header) + extra + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + data


def png_claiming(size: tuple[int, int]) -> bytes:
    """Return a PNG of one pixel whose header says otherwise."""
    return png(*size, depth=8, colour=2, rows=bytes(4))


def multi_picture_jpeg() -> bytes:
    """Return what cameras write: a picture, and a smaller one or one for the other eye behind it."""
    other = Image.new("RGB", SIZE, BLUE)
    return encoded(two_halves(), "MPO", save_all=True, append_images=[other], exif=camera_exif(6))


def fixed(*numbers: float) -> bytes:
    return b"".join(struct.pack(">i", round(number * 65536)) for number in numbers)


def profile_of_another_screen() -> bytes:
    """Return a colour profile by which what is called red is blue, and the other way round."""
    red, green, blue = (0.4361, 0.2225, 0.0139), (0.3851, 0.7169, 0.0971), (0.1431, 0.0606, 0.7141)
    curve = b"curv" + struct.pack(">IIHH", 0, 1, 0x0233, 0)
    columns = {b"rXYZ": blue, b"gXYZ": green, b"bXYZ": red, b"wtpt": (0.9642, 1.0, 0.8249)}
    tags = {name: b"XYZ " + bytes(4) + fixed(*values) for name, values in columns.items()}
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve)
    table, content, begins = struct.pack(">I", len(tags)), b"", 132 + 12 * len(tags)
    for name, value in tags.items():
        table += name + struct.pack(">II", begins + len(content), len(value))
        content += value
    kind = struct.pack(">II", 0, 0x02100000) + b"mntrRGB XYZ " + bytes(12) + b"acsp"
    header = (kind + bytes(28) + fixed(0.9642, 1.0, 0.8249)).ljust(124, b"\0")
    return struct.pack(">I", 128 + len(table) + len(content)) + header + table + content


def apng() -> bytes:
    frames = [Image.new("RGB", SIZE, BLUE)]
    return encoded(two_halves(), "PNG", save_all=True, append_images=frames, duration=100)


def animated_webp() -> bytes:
    frames = [Image.new("RGB", SIZE, BLUE)]
    return encoded(two_halves(), "WEBP", save_all=True, append_images=frames, duration=100, lossless=True)


def with_text(size: int) -> bytes:
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", SECRET + "x" * size, zip=True)
    return encoded(two_halves(), "PNG", pnginfo=text)


def broken_mpo() -> bytes:
    """Return a camera's JPEG whose index of pictures is torn."""
    whole = multi_picture_jpeg()
    begins = whole.index(b"MPF\x00") + 4
    return whole[:begins] + b"\xff" * 24 + whole[begins + 24 :]


TAKEN: dict[str, bytes] = {
    "jpeg": encoded(two_halves(), "JPEG", quality=95),
    "progressive jpeg": encoded(two_halves(), "JPEG", progressive=True),
    "grey jpeg": encoded(two_halves("L"), "JPEG"),
    "jpeg for print": encoded(two_halves("CMYK"), "JPEG"),
    "jpeg with exif and gps": encoded(two_halves(), "JPEG", exif=camera_exif(6), comment=SECRET.encode()),
    "jpeg with torn exif": encoded(two_halves(), "JPEG", exif=CORRUPT_EXIF),
    "jpeg with an odd orientation": encoded(two_halves(), "JPEG", exif=camera_exif(77)),
    "jpeg with a torn profile": encoded(two_halves(), "JPEG", icc_profile=b"\x00\x01torn" * 30),
    "jpeg with a profile": encoded(two_halves(), "JPEG", icc_profile=profile_of_another_screen()),
    "grey jpeg with a profile of colours": encoded(
        two_halves("L"), "JPEG", icc_profile=profile_of_another_screen()
    ),
    "two pictures in one jpeg": multi_picture_jpeg(),
    "two pictures, torn index": broken_mpo(),
    "jpeg with a film behind it": encoded(two_halves(), "JPEG") + b"\x00\x00\x00\x18ftypmp42" + bytes(500),
    "jpeg that is a zip too": encoded(two_halves(), "JPEG") + b"PK\x03\x04" + SECRET.encode(),
    "jpeg with a script": encoded(two_halves(), "JPEG", comment=f"<script>{SECRET}</script>".encode()),
    "png": encoded(two_halves(), "PNG"),
    "transparent png": encoded(two_halves("RGBA"), "PNG"),
    "grey transparent png": encoded(two_halves("LA"), "PNG"),
    "palette png": encoded(two_halves("P"), "PNG"),
    "palette png with transparency": encoded(two_halves("P"), "PNG", transparency=bytes([0, 128, 255])),
    "black and white png": encoded(two_halves("1"), "PNG"),
    "two bits of grey": png(4, 1, depth=2, colour=0, rows=b"\x00\x1b"),
    "16 bits of grey": png(2, 1, depth=16, colour=0, rows=b"\x00\x00\x00\x9c\x40"),
    "16 bits of colour": png(1, 1, depth=16, colour=2, rows=b"\x00\x9c\x40\x00\x00\x00\x00"),
    "16 bits, transparent": png(1, 1, depth=16, colour=6, rows=b"\x00\x9c\x40\x00\x00\x00\x00\x80\x00"),
    "grey png with a transparent colour": png(
        2, 1, depth=8, colour=0, rows=b"\x00\x00\x80", extra=chunk(b"tRNS", b"\x00\x80")
    ),
    "16 bits with a transparent colour": png(
        2, 1, depth=16, colour=0, rows=b"\x00\x00\x00\x9c\x40", extra=chunk(b"tRNS", b"\x9c\x40")
    ),
    "moving png": apng(),
    "png with text": with_text(1000),
    "png with exif": encoded(two_halves(), "PNG", exif=camera_exif(6)),
    "png with a torn profile": encoded(two_halves(), "PNG", icc_profile=b"torn"),
    "png with rubbish behind it": encoded(two_halves(), "PNG") + SECRET.encode(),
    "webp": encoded(two_halves(), "WEBP"),
    "lossless transparent webp": encoded(two_halves("RGBA"), "WEBP", lossless=True),
    "moving webp": animated_webp(),
    "webp with exif": encoded(two_halves(), "WEBP", exif=camera_exif(6)),
    "webp with torn exif": encoded(two_halves(), "WEBP", exif=CORRUPT_EXIF),
    "one pixel": encoded(Image.new("RGB", (1, 1)), "PNG"),
    "a line": encoded(Image.new("1", (20_000, 1)), "PNG"),
}

NOT_READ = "damaged or not complete"
REFUSED: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "empty"),
    "text": (b"not a picture", "JPEG, PNG or WebP"),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "JPEG, PNG or WebP"),
    "gif": (encoded(two_halves(), "GIF"), "JPEG, PNG or WebP"),
    "bmp": (encoded(two_halves(), "BMP"), "JPEG, PNG or WebP"),
    "tiff": (encoded(two_halves(), "TIFF"), "JPEG, PNG or WebP"),
    "heic": (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(64), "HEIC"),
    "avif": (encoded(two_halves(), "AVIF"), "AVIF"),
    "first bytes of a jpeg": (b"\xff\xd8\xff", NOT_READ),
    "first bytes of a png": (b"\x89PNG\r\n\x1a\n", NOT_READ),
    "first bytes of a webp": (b"RIFF\x00\x00\x00\x00WEBP", NOT_READ),
    "half a jpeg": (TAKEN["jpeg"][: len(TAKEN["jpeg"]) // 2], NOT_READ),
    "half a png": (TAKEN["png"][:45], NOT_READ),
    "half a webp": (TAKEN["webp"][: len(TAKEN["webp"]) // 2], NOT_READ),
    "png without a header": (b"\x89PNG\r\n\x1a\n" + chunk(b"IEND", b""), NOT_READ),
    "png of no width": (png_claiming((0, 1)), NOT_READ),
    "png of an odd depth": (png(1, 1, depth=3, colour=2, rows=bytes(4)), NOT_READ),
    "png with torn pixels": (TAKEN["png"].replace(b"IDAT", b"IDAT\xff\xff", 1), NOT_READ),
    "png with a mountain of text": (with_text(3_000_000), NOT_READ),
    "png with a header twice": (
        png(1, 1, depth=8, colour=2, rows=bytes(4), extra=chunk(b"IHDR", bytes(3))),
        NOT_READ,
    ),
    "jpeg of no height": (
        TAKEN["jpeg"].replace(struct.pack(">HH", 16, 32), struct.pack(">HH", 0, 32), 1),
        NOT_READ,
    ),
    "webp that lies about its length": (
        TAKEN["webp"][:4] + b"\xff\xff\xff\x7f" + TAKEN["webp"][8:],
        NOT_READ,
    ),
    "one pixel too many": (png_claiming((5001, 5000)), "megapixels"),
    "a bomb": (png_claiming((200_000, 200_000)), "megapixels"),
    "a line too long": (encoded(Image.new("1", (20_001, 1)), "PNG"), "20,000 pixels"),
    "a column too long": (encoded(Image.new("1", (1, 20_001)), "PNG"), "20,000 pixels"),
    "more than 5 MB": (TAKEN["png"] + bytes(5 * 1024 * 1024), "5 MB"),
}
