"""What is told of a font that was looked at."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FontTold:
    """The names of a file's faces in their order, and which of them was looked at."""

    faces: tuple[str, ...]
    index: int
