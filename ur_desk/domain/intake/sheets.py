"""What a page of a record holds beside its picture: its words with their places, and what somebody filled in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a page's text layer: the line in which it stands, from 0, and its box in parts of the page's width and height, from the
    upper left corner of the page as it is shown."""

    text: str
    line: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Filled:
    """Something that was filled in on a page, from 1: the text, `yes` for a box that is ticked; its place like that of a word; and the
    names that the form itself gives to the field, none for a note that was laid over the page."""

    page: int
    text: str
    left: float
    top: float
    right: float
    bottom: float
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a page of a form says: the words that are printed on it, and what was filled in."""

    words: tuple[Word, ...]
    filled: tuple[Filled, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Words that were found in a record's text layer: on which page, from 1, and the line in which they stand."""

    page: int
    line: str


def lines_of(words: tuple[Word, ...]) -> tuple[str, ...]:
    """The words line by line."""
    told: dict[int, list[str]] = {}
    for word in words:
        told.setdefault(word.line, []).append(word.text)
    return tuple(" ".join(parts) for _, parts in sorted(told.items()))


def found(pages: tuple[tuple[str, ...], ...], sought: str, most: int = 200) -> tuple[Found, ...]:
    """Every line of the pages that holds what is sought, whatever its case and blanks; also where it goes on in the next line."""
    plain = " ".join(sought.casefold().split())
    if not plain:
        return ()
    hits: list[Found] = []
    for number, lines in enumerate(pages, 1):
        told = [" ".join(line.casefold().split()) for line in lines]
        for place, line in enumerate(told):
            after = told[place + 1] if place + 1 < len(told) else ""
            at = f"{line} {after}".find(plain)
            if 0 <= at < len(line):
                hits.append(Found(number, lines[place]))
                if len(hits) == most:
                    return tuple(hits)
    return tuple(hits)
