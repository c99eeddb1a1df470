"""The positions that a policy takes: each sentence that states one, with the services that it names."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ur_desk.documents.criteria import tree_of
from ur_desk.documents.headings import heading_of
from ur_desk.documents.positions import Stated, for_all_indications, stated_position
from ur_desk.documents.terms import aliases_in, terms_in
from ur_desk.documents.wording import is_list_item, plain
from ur_desk.domain.policy import Criterion, LineKind, Position, Section, SectionKind, Statement, Text

LONGEST_SUBJECT = 1500
"""Characters of a sentence in which services are sought."""

LONGEST_NAME = 160
"""Characters of an item of a list of services; a longer one is no name."""

FEWEST_ASKED = 2
"""Below words that take no position, so many paragraphs at least are a list of what is asked."""

_SENTENCE_END = re.compile(r"(?<=[.;])\s+(?=[A-Z])")
_OPENS_LIST = re.compile(
    r":\s*$|\b(?:all|any|one|each|either|both|\d+|two|three)\b[^.]{0,40}\b(?:of the following|(?:following )?criteria)\b[^.]{0,40}$",
    re.IGNORECASE,
)
_CONDITIONS = re.compile(r"\b(?:conditions|criteria) [a-z]\.?\s*[-–]\s*[a-z]\.? (?:are|is) (?:met|satisfied)\W*$", re.IGNORECASE)
# words that open a list of what is asked and take no position by themselves
_ASKS = re.compile(
    r"\b(?:criteri(?:a|on)|conditions?|circumstances|requirements?|indications|following|categories|indicated for the treatment of|if there is)\b[^.:]{0,80}:\s*$|"
    r"\bmust\b[^.:]{0,80}:\s*$",
    re.IGNORECASE,
)
_LEADS_ON = re.compile(r"(?:[;,]|[;,.]\s*(?:and|or)\W*)$", re.IGNORECASE)
_BESIDE = re.compile(r"\W*(?:notes?\b|(?:and|or|and/or)\W*$)", re.IGNORECASE)
_DENIES = re.compile(r"cover$", re.IGNORECASE)
_NAMES_CRITERIA = re.compile(r"\b(?:criteria|requirements|therapies)$", re.IGNORECASE)
_NAMES_DENIED = re.compile(
    r"\b(?:conditions|indications|uses|services) (?:not covered|not recommended for approval|excluded)$", re.IGNORECASE
)
_CARRIES_ON = re.compile(r"^[a-z]|\bis ?\(are\)")
_GLUED = re.compile(r"\s*(?P<title>(?:[A-Z][\w-]*(?: (?:to|of|for|and|the))? ){2,8})(?P<again>[A-Z][a-z-]+) (?=[a-z])")
_THESE_SERVICES = re.compile(
    r"\bfollowing (?:[\w-]+ ){0,3}(?:procedures?|services?|items?|devices?|tests?|treatments?|therap(?:y|ies)|products?|drugs?)\b[^,;]{0,40}$",
    re.IGNORECASE,
)
_UNMARKED = re.compile(r"^\W*(?:\(?(?:\d{1,2}|[a-zA-Z])[.)]\s+)?")
_POINTS = re.compile(
    r"\b(?:refer to|see (?:the|also|below|above|section|polic\w+|accompan\w+)|information|polic(?:y|ies) for|considers?|approved?|codes?|table of contents|e-?mail|fax|form)\b",
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
    """Every position stated in the position sections, in order; a list of codes without a heading interrupts one and does not end it.

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
    before: Section | None = None
    for section in sections:
        interrupts = (
            section.kind is SectionKind.CODING and section.heading is None and before is not None and before.kind is SectionKind.POSITION
        )
        if section.kind is SectionKind.POSITION or interrupts:
            found += _in_section(text, section, aliases)
        before = section
    return tuple(found)


def _in_section(text: Text, section: Section, aliases: Mapping[str, tuple[str, ...]]) -> Iterator[Statement]:
    paragraphs = list(_paragraphs(text, section))
    held = 0
    for index, paragraph in enumerate(paragraphs):
        stated = None if paragraph.item else stated_position(paragraph.text[:LONGEST_SUBJECT])
        asks = _asks(paragraph) or (paragraph.first == section.first_line and _heads_list(paragraphs))
        if paragraph.first <= held or (stated is None and not asks):
            continue
        criteria = _criteria_after(paragraphs, index, text, stated is not None)
        if stated is not None or len(criteria) >= FEWEST_ASKED:
            made = _statement(paragraph, stated or Stated(Position.OTHER, 0, 0), criteria, aliases)
            held = made.last_line
            yield made


def _asks(paragraph: _Paragraph) -> bool:
    """Whether a paragraph opens a list of what is asked, without a position of its own ("the requirement is waived when any of ...")."""
    words = _shown(paragraph.text)
    asks = _ASKS.search(words) or _CONDITIONS.search(words)
    return not paragraph.item and asks is not None and _POINTS.search(words) is None


def _heads_list(paragraphs: Sequence[_Paragraph]) -> bool:
    """Whether the first paragraph is a heading that names criteria or what is denied, with their list right below it or below a note.

    A list that goes on in a sentence of its own ("... is considered unproven") only names the products of that sentence.
    """
    head = _shown(paragraphs[0].text)
    denied = _NAMES_DENIED.search(head) is not None and not any(_CARRIES_ON.search(each.text) for each in paragraphs[1:])
    if not (denied or _NAMES_CRITERIA.search(head)) or paragraphs[0].item:
        return False
    below = next((each for each in paragraphs[1:] if not each.text.lower().lstrip("[(*").startswith("note")), None)
    return below is not None and below.item


def _shown(words: str) -> str:
    """The words without the marks of bold type around them."""
    return words.strip("*_# ")


def _statement(paragraph: _Paragraph, stated: Stated, criteria: Sequence[_Paragraph], aliases: Mapping[str, tuple[str, ...]]) -> Statement:
    words = "\n".join(each.text for each in (paragraph, *criteria))
    tree = None
    if criteria:
        listed = "\n".join(each.text for each in criteria)
        tree = Criterion("leaf", listed, criteria[0].first, criteria[-1].last)
    subject = _subject(paragraph.text[: stated.start])
    if _DENIES.search(paragraph.text[: stated.end]):
        subject = _SENTENCE_END.split(paragraph.text[stated.end :].lstrip())[0]
    return Statement(
        position=stated.position,
        text=words,
        first_line=paragraph.first,
        last_line=criteria[-1].last if criteria else paragraph.last,
        all_indications=not criteria and for_all_indications(paragraph.text),
        terms=_listed_services(subject, criteria, aliases) or terms_in(subject, aliases),
        criteria=tree,
    )


def _subject(before: str) -> str:
    """The words of a sentence before its verb that name the service: without a heading glued to its start, or from "for which" on."""
    sentence = _SENTENCE_END.split(before)[-1]
    glued = _GLUED.match(sentence)
    if glued is not None and (glued["again"].casefold() in glued["title"].casefold().split() or heading_of(glued["title"])):
        sentence = sentence[glued.start("again") :]
    return sentence.rpartition(" for which ")[2]


def _listed_services(subject: str, items: Sequence[_Paragraph], aliases: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The services that a list names where the position is on "the following procedures"."""
    if not _THESE_SERVICES.search(subject):
        return ()
    named = (name for each in items if len(each.text) <= LONGEST_NAME for name in terms_in(_UNMARKED.sub("", each.text), aliases)[:1])
    return tuple(dict.fromkeys(named))


def _criteria_after(paragraphs: Sequence[_Paragraph], index: int, text: Text, stated: bool) -> list[_Paragraph]:
    """The list that a statement opens: what follows it up to the next statement or heading with a colon, as far as it is a list.

    A list whose items are numbered 2.1, 2.2 has headings with a colon of its own.
    """
    opens = _shown(paragraphs[index].text)
    if stated and not _OPENS_LIST.search(opens) and not _CONDITIONS.search(opens):
        return []
    listed: list[_Paragraph] = []
    headed = False
    for each in paragraphs[index + 1 :]:
        close = bool(listed) and each.first == listed[-1].last + 1 and text.line(each.first).kind is None
        led = close and _LEADS_ON.search(listed[-1].text) is not None
        if listed and _ends_list(each, listed[-1], text):
            break
        heads = each.text.startswith("#") or (bool(listed) and not headed and not close and _shown(each.text).endswith(":"))
        if not each.item and not led and (stated_position(each.text[:LONGEST_SUBJECT]) or heads):
            break
        headed = headed or _HEADED.match(each.text) is not None
        listed.append(each)
    tree = tree_of(text, paragraphs[index].first, listed[-1].last) if listed else None
    return listed if tree is None else [each for each in listed if each.first <= tree.last_line]


def _ends_list(paragraph: _Paragraph, before: _Paragraph, text: Text) -> bool:
    """Whether a source that tells its items apart prints a paragraph that belongs to no item, and is no note to one and no AND or OR."""
    line = text.line(paragraph.first)
    if line.kind is not LineKind.PARAGRAPH or line.level or text.line(before.first).kind is LineKind.PARAGRAPH:
        return False
    return not _BESIDE.match(paragraph.text) and _LEADS_ON.search(before.text) is None and not paragraph.item


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
