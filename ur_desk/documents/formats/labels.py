"""List labels as a page prints them: numbers, letters and roman figures, from the list's own settings."""

from collections.abc import Mapping
from types import MappingProxyType

BULLET = "•"

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip

STYLES: Mapping[str, str] = MappingProxyType(
    {
        "1": "decimal",
        "a": "lower-alpha",
        "A": "upper-alpha",
        "i": "lower-roman",
        "I": "upper-roman",
        "decimal": "decimal",
        "decimal-leading-zero": "decimal-leading-zero",
        "lower-alpha": "lower-alpha",
        "lower-latin": "lower-alpha",
        "upper-alpha": "upper-alpha",
        "upper-latin": "upper-alpha",
        "lower-roman": "lower-roman",
        "upper-roman": "upper-roman",
        "disc": "bullet",
        "circle": "bullet",
        "square": "bullet",
        "none": "none",
    }
)
"""Values of an HTML list's `type` and of `list-style-type`, each with the style that it asks for."""


def counted(number: int, style: str) -> str:
    """The number in a style, without dot or bracket; where a style has no such figure, in decimals, as pages do."""
    if style == "decimal-leading-zero":
        return f"{number:02}"
    if style.endswith("alpha") and 1 <= number <= 26**4:
        return _cased(_letters(number), style)
    if style.endswith("roman") and 1 <= number < 4000:
        return _cased(_roman(number), style)
    return str(number)


def repeated(number: int, style: str) -> str:
    """Letters as Word counts them beyond z: aa, bb, cc; all else as `counted` gives it."""
    if style.endswith("alpha") and 26 < number <= 780:
        return _cased(chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1), style)
    return counted(number, style)


def _cased(figure: str, style: str) -> str:
    return figure.upper() if style.startswith("upper") else figure


def _letters(number: int) -> str:
    told = ""
    while number:
        number, rest = divmod(number - 1, 26)
        told = chr(ord("a") + rest) + told
    return told


def _roman(number: int) -> str:
    told = ""
    for value, figure in _ROMAN:
        times, number = divmod(number, value)
        told += figure * times
    return told
