"""What a policy cites: publications, and websites for further reading."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ur_desk.documents.headings import heading_of
from ur_desk.documents.wording import plain
from ur_desk.domain.policy import LineKind, Reference, Section, SectionKind, Text, TextLine

PUBLICATION = "publication"
WEBSITE = "website"

_KINDS = {SectionKind.REFERENCES: PUBLICATION, SectionKind.WEBSITES: WEBSITE}
_NUMBERED = re.compile(r"\[?(?P<number>\d{1,3})[.)\]](?:\s+|(?=[A-Z][a-z]))(?P<text>\S.*)")
_BULLET = re.compile(r"[•●▪*–-]\s+(?P<text>\S.*)")
_ADDRESS = re.compile(r"https?:|www\.|\b[a-z0-9-]+\.(?:com|org|net|gov|edu|info|us|uk)\b|\bdoi\b", re.IGNORECASE)


def references_of(text: Text, sections: Sequence[Section]) -> tuple[Reference, ...]:
    """Every numbered or bulleted citation, in order, with the number as printed."""
    found: list[Reference] = []
    for section in sections:
        kind = _KINDS.get(section.kind)
        if kind is not None:
            first = section.first_line + (section.heading is not None)
            found += _in_section(kind, text.span(first, section.last_line))
    return tuple(found)


def has_address(reference: Reference) -> bool:
    """Whether a citation says where on the web it is to be found."""
    return bool(_ADDRESS.search(reference.text))


def _in_section(kind: str, lines: Sequence[TextLine]) -> Iterator[Reference]:
    last: Reference | None = None
    for line in lines:
        told = plain(line.text)
        numbered, bullet = _NUMBERED.fullmatch(told), _BULLET.fullmatch(told)
        if numbered or bullet:
            if last:
                yield last
            words = (numbered or bullet)["text"]  # type: ignore[index]
            last = Reference(kind, int(numbered["number"]) if numbered else None, words, line.number)
        elif (
            last
            and told
            and line.kind is not LineKind.ROW
            and heading_of(told) is None
            and not told.endswith(":")
            and len(last.text) < 2000
        ):
            last = replace(last, text=f"{last.text} {told}")
        elif told and last:
            yield last
            last = None
    if last:
        yield last
