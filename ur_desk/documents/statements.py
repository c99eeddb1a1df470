"""The positions that a policy takes: each sentence that states one, with the services that it names."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ur_desk.documents.positions import Stated, for_all_indications, stated_position
from ur_desk.documents.terms import aliases_in, terms_in
from ur_desk.documents.wording import is_list_item, plain
from ur_desk.domain.policy import Criterion, Section, SectionKind, Statement, Text

LONGEST_SUBJECT = 1500
"""Characters of a sentence in which services are sought."""

_SENTENCE_END = re.compile(r"(?<=[.;])\s+(?=[A-Z])")
_OPENS_LIST = re.compile(
    r":\s*$|\b(?:all|any|one|each|either|both|\d+|two|three)\b[^.]{0,40}\b(?:of the following|(?:following )?criteria)\b[^.]{0,40}$",
    re.IGNORECASE,
)
_HEADED = re.compile(r"\d{1,2}\.\d{1,2}\s+[A-Z]")


@dataclass(frozen=True, slots=True)
class _Paragraph:
    first: int
    last: int
    text: str
    item: bool


def statements_of(text: Text, sections: Sequence[Section]) -> tuple[Statement, ...]:
    """Every position stated in the position sections, in order.

    A statement's words are the sentence with its list of criteria, which `criteria` reads as a tree; until then
    it is one leaf over its lines.
    """
    aliases = aliases_in(
        line.text
        for section in sections
        if section.kind is SectionKind.DEFINITIONS
        for line in text.span(section.first_line, section.last_line)
    )
    found: list[Statement] = []
    for section in sections:
        if section.kind is SectionKind.POSITION:
            found += _in_section(text, section, aliases)
    return tuple(found)


def _in_section(text: Text, section: Section, aliases: Mapping[str, tuple[str, ...]]) -> Iterator[Statement]:
    paragraphs = list(_paragraphs(text, section))
    for index, paragraph in enumerate(paragraphs):
        stated = None if paragraph.item else stated_position(paragraph.text[:LONGEST_SUBJECT])
        if stated is not None:
            yield _statement(paragraph, stated, _criteria_after(paragraphs, index), aliases)


def _statement(paragraph: _Paragraph, stated: Stated, criteria: Sequence[_Paragraph], aliases: Mapping[str, tuple[str, ...]]) -> Statement:
    words = "\n".join(each.text for each in (paragraph, *criteria))
    tree = None
    if criteria:
        listed = "\n".join(each.text for each in criteria)
        tree = Criterion("leaf", listed, criteria[0].first, criteria[-1].last)
    subject = _SENTENCE_END.split(paragraph.text[: stated.start])[-1]
    return Statement(
        position=stated.position,
        text=words,
        first_line=paragraph.first,
        last_line=criteria[-1].last if criteria else paragraph.last,
        all_indications=not criteria and for_all_indications(paragraph.text),
        terms=terms_in(subject, aliases),
        criteria=tree,
    )


def _criteria_after(paragraphs: Sequence[_Paragraph], index: int) -> list[_Paragraph]:
    """The list that a statement opens: what follows it up to the next statement or heading with a colon.

    A list whose items are numbered 2.1, 2.2 has headings with a colon of its own.
    """
    if not _OPENS_LIST.search(paragraphs[index].text):
        return []
    listed: list[_Paragraph] = []
    headed = False
    for each in paragraphs[index + 1 :]:
        if not each.item and (stated_position(each.text[:LONGEST_SUBJECT]) or (listed and not headed and each.text.endswith(":"))):
            break
        headed = headed or _HEADED.match(each.text) is not None
        listed.append(each)
    return listed


def _paragraphs(text: Text, section: Section) -> Iterator[_Paragraph]:
    """Lines joined where a sentence runs over several; list items and headings stand alone."""
    first, words, item = 0, "", False
    last = 0
    for line in text.span(section.first_line, section.last_line):
        told = plain(line.text)
        if words and told and _runs_on(words, line.text, told):
            words, last = f"{words} {told}", line.number
            continue
        if words:
            yield _Paragraph(first, last, words, item)
        first, last, words, item = line.number, line.number, told, is_list_item(line.text)
    if words:
        yield _Paragraph(first, last, words, item)


def _runs_on(words: str, line: str, told: str) -> bool:
    """Whether a line goes on with the sentence before it."""
    if is_list_item(line) or words.endswith((".", ":", ";")) or len(words) > 20_000:
        return False
    return told[0].islower() or told[0] in "(%" or (len(words) > 60 and words.endswith((",", "-")))
