"""The values of an object of JSON by their paths, as if the object were a row of a table and its keys the headers."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from ur_desk.domain.intake.mapping import plain_header
from ur_desk.importers.paths import key_path

_DEEPEST = 4
_MOST = 50
"""Items of a list that are looked at."""
_DIGITS = 30


def keys_of(row: Any) -> frozenset[str]:
    """The keys of an object under which values lie, those inside of it too, as one compares headers; none for what is no object."""
    return frozenset(plain_header(path) for path, _ in leaves(row)) if isinstance(row, dict) else frozenset()


def leaves(value: Any, at: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """Every value of an object by its path, the values of a list as lines of one text."""
    if isinstance(value, dict):
        if depth < _DEEPEST:
            for key, inner in value.items():
                yield from leaves(inner, key_path(at, key).removeprefix("."), depth + 1)
    elif isinstance(value, list):
        if value and all(isinstance(each, dict) for each in value[:_MOST]):
            merged: dict[str, list[str]] = {}
            for each in value[:_MOST]:
                for path, text in leaves(each, f"{at}[*]", depth + 1):
                    merged.setdefault(path, []).append(text)
            yield from ((path, "\n".join(texts)) for path, texts in merged.items())
        else:
            yield f"{at}[*]", "\n".join(text_of(each) for each in value[:_MOST])
    else:
        yield at, text_of(value)


def text_of(value: Any) -> str:
    """A value as one would type it; empty for what is none."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:f}" if isinstance(value, Decimal) and abs(value.adjusted()) < _DIGITS else value if isinstance(value, str) else ""
