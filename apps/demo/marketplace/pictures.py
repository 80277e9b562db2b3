"""Pictures of the demo's services, drawn: a colour for each category, shapes for each service."""

from io import BytesIO
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from apps.common.image_fields import WIDTHS
from apps.common.images import Picture, reencoded_image

SIZE = (900, 600)
Colour = tuple[int, int, int]
COLOURS: dict[str, tuple[Colour, Colour]] = {
    "cleaning": ((224, 242, 241), (0, 121, 107)),
    "electrician": ((255, 248, 225), (245, 158, 11)),
    "plumbing": ((225, 239, 254), (29, 78, 216)),
    "tutoring": ((243, 232, 255), (109, 40, 217)),
    "yoga-fitness": ((236, 252, 203), (77, 124, 15)),
    "beauty": ((252, 231, 243), (190, 24, 93)),
    "appliance-repair": ((226, 232, 240), (51, 65, 85)),
    "painting": ((255, 237, 213), (194, 65, 12)),
    "carpentry": ((245, 235, 224), (120, 72, 30)),
    "pest-control": ((220, 252, 231), (21, 94, 56)),
    "health": ((254, 226, 226), (185, 28, 28)),
    "moving": ((207, 250, 254), (14, 116, 144)),
}


def picture_of(category: str, title: str) -> Picture:
    """Return a service's picture as an upload of it would be kept; the same for the same title."""
    light, strong = COLOURS[category]
    random = Random(title)  # noqa: S311
    image = Image.new("RGB", SIZE, light)
    draw = ImageDraw.Draw(image)
    for step in range(1, 5):
        _hills(draw, random, _between(light, strong, step / 5), SIZE[1] * (step + 1) // 6)
    radius = random.randint(50, 90)
    x, y = random.randint(150, SIZE[0] - 150), random.randint(90, 170)
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=strong)
    buffer = BytesIO()
    image.save(buffer, "JPEG", quality=85)
    return reencoded_image(SimpleUploadedFile("drawn.jpg", buffer.getvalue()), widths=WIDTHS)


def _hills(draw: ImageDraw.ImageDraw, random: Random, colour: Colour, top: int) -> None:
    """Draw a chain of hills from the left edge to the right one."""
    width, height = SIZE
    ridge = [(x, top + random.randint(-60, 60)) for x in range(0, width + 1, width // 6)]
    draw.polygon([(0, height), *ridge, (width, height)], fill=colour)


def _between(light: Colour, strong: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(light, strong, strict=True))
    return red, green, blue
