"""Images of pages, PNG, JPEG and TIFF of several frames: how many there are, and each as pixels of the screen."""

import io
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ur_desk.domain.intake.attached import MOST_PAGES
from ur_desk.errors import UserError

MOST_PIXELS = 200_000_000
"""Pixels of one frame as it lies there; a letter page at 1,200 dots an inch has 135 million."""
_FORMATS = ("PNG", "JPEG", "TIFF")
_STRETCH = 4
"""So many times a dot may be higher than wide: a fax in standard resolution has 204 by 98 dots an inch."""


def frames(data: bytes, name: str) -> int:
    """How many frames the file has, each of them decoded; UserError where one is damaged, too large, or there are too many."""
    with _opened(data, name) as image:
        many = _many(image, name)
        if many > MOST_PAGES:
            raise UserError(f"{name} has {many} pages; at most {MOST_PAGES} are taken.", "Attach it in parts. Nothing was saved.")
        for number in range(many):
            _load(image, number, name)
        return many


def frame(data: bytes, name: str, page: int, width: int, most: int) -> tuple[int, int, bytes]:
    """The frame of that number, from 1, upright and in the shape of its paper: width, height and RGBA bytes."""
    with _opened(data, name) as image:
        if not 1 <= page <= _many(image, name):
            raise UserError(f"{name} has no page {page}.", "Nothing was changed.")
        _load(image, page - 1, name)
        return _scaled(image, width, most)


@contextmanager
def _decoding(name: str) -> Iterator[None]:
    """What the decoders raise for bytes that are no image after all."""
    try:
        yield
    except (OSError, SyntaxError, ValueError, EOFError, LookupError, TypeError, ArithmeticError, struct.error) as wrong:
        raise UserError(f"{name} is damaged or cut off.", "Ask the sender for it again. Nothing was saved.") from wrong


@contextmanager
def _opened(data: bytes, name: str) -> Iterator[Any]:
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # `_load` looks at the size before anything is decoded
    with _decoding(name):
        image = Image.open(io.BytesIO(data), formats=_FORMATS)
    with image:
        yield image


def _many(image: Any, name: str) -> int:
    with _decoding(name):
        return int(getattr(image, "n_frames", 1))


def _load(image: Any, number: int, name: str) -> None:
    with _decoding(name):
        if number:
            image.seek(number)
        across, down = image.size
        if across * down <= MOST_PIXELS:
            image.load()
            return
    raise UserError(
        f"Page {number + 1} of {name} is a picture of {across} by {down} dots, more than any scan of paper.",
        "Ask the sender for it at 300 dots an inch. Nothing was saved.",
    )


def _scaled(image: Any, width: int, most: int) -> tuple[int, int, bytes]:
    from PIL import Image, ImageOps

    stretch, flat = _stretch(image.info.get("dpi")), _grey_or_colour(image)
    upright = ImageOps.exif_transpose(flat)
    if upright.size != flat.size:
        stretch = 1 / stretch
    across, down = upright.size
    height = max(1, round(width * down * stretch / across))
    if width * height > most:
        shrink = (most / (width * height)) ** 0.5
        width, height = max(1, int(width * shrink)), max(1, int(height * shrink))
    small = upright.resize((width, height), Image.Resampling.BOX if across > width else Image.Resampling.BILINEAR)
    return width, height, _on_white(small).tobytes()


def _stretch(dots: Any) -> float:
    """How many times higher than wide a dot is; 1 where the file tells nothing, or nothing that a fax could be."""
    try:
        told = float(dots[0]) / float(dots[1])
    except (TypeError, ValueError, LookupError, ArithmeticError):
        return 1.0
    return told if 1 / _STRETCH <= told <= _STRETCH else 1.0


def _grey_or_colour(image: Any) -> Any:
    """The image in a mode that can be made smaller smoothly."""
    if image.mode.startswith("I;16"):
        return image.point(lambda value: value / 256).convert("L")
    return image.convert(
        {"1": "L", "LA": "RGBA", "P": "RGBA", "PA": "RGBA"}.get(image.mode, image.mode if image.mode in ("L", "RGBA") else "RGB")
    )


def _on_white(image: Any) -> Any:
    from PIL import Image

    if image.mode != "RGBA":
        return image.convert("RGBA")
    white = Image.new("RGBA", image.size, "white")
    white.alpha_composite(image)
    return white
