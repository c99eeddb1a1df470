"""A policy document, as bytes, to a reading of its numbered lines: sections, positions, codes, citations, history, findings."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ur_desk.documents import apart
from ur_desk.documents.approvals import with_approvals
from ur_desk.documents.code_rows import entries_of
from ur_desk.documents.coverage import weighed
from ur_desk.documents.cues import is_disclaimer
from ur_desk.documents.formats import Format, Source, source_of
from ur_desk.documents.formats.kinds import NOTHING_SAVED, format_of
from ur_desk.documents.formats.source import Outline
from ur_desk.documents.header import Header, header_of
from ur_desk.documents.headings import heading_of
from ur_desk.documents.history import history_of
from ur_desk.documents.labels import has_label
from ur_desk.documents.layouts import GENERAL, layout_of
from ur_desk.documents.library_lint import named
from ur_desk.documents.lint import judged
from ur_desk.documents.references import references_of
from ur_desk.documents.run_in import under_items, with_run_ins
from ur_desk.documents.sections import sections_of
from ur_desk.documents.statements import statements_of
from ur_desk.documents.text import READER as TEXT_READER
from ur_desk.documents.wording import day_of, leading_date, plain, sentence
from ur_desk.domain.codes import CodeSet
from ur_desk.domain.policy import (
    LintFinding,
    Policy,
    PolicyId,
    Provenance,
    ProvenanceKind,
    Section,
    SectionKind,
    Severity,
    Sha256,
    Text,
    Version,
)
from ur_desk.domain.visible import visible
from ur_desk.errors import UserError

_FOLDERS = re.compile(r"[\\/]")
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_NUMBER = re.compile(r"\b(?:[A-Z]{2,7}(?:-[A-Z]{2})?\.\d{5}|CG-[A-Z]{2,6}(?:-[A-Z]{2,6})?-\d{2,3})\b")
MOST_NAME = 300
"""Characters of a number or a title; a longer one is a paragraph that stands in the wrong place."""

MOST_STATEMENTS = 1000
"""The largest published policies take some hundred positions."""

MOST_CODES = 60_000
"""No policy lists more codes than a code set holds."""

APART = 20
"""So many lines lie at least between the headers of two versions in one file."""

_FIELD = re.compile(r"\bPAGEREF _Toc\d|\bTOC \\[oh]\b")
_GUIDE = re.compile(r"\b(?:coverage (?:criteria|guide|policy|guidelines?)|clinical practice guidelines?|medical policy)\b", re.IGNORECASE)
_COVERAGE = re.compile(
    r"\b(?:medical(?:ly)? necess\w+|covered|coverage|prior authorization|criteria|threshold|contraindicat\w+|indications?)\b", re.IGNORECASE
)
GUIDE_TOP = 12
"""In so many lines a guide without number and day names what it is."""

COVERAGE_LINES = 6
"""So many lines at least of such a guide speak of coverage."""

# sentences about evidence or a citation may hold the same words and limit nothing
_NEVER_LIMITS = frozenset(
    {SectionKind.POSITION, SectionKind.RATIONALE, SectionKind.BACKGROUND, SectionKind.DEFINITIONS, SectionKind.REFERENCES}
)
_TELLING = frozenset(SectionKind) - {SectionKind.HEADER, SectionKind.OTHER, SectionKind.DISCLAIMER}


def read(data: bytes, name: str, codes: CodeSet) -> Policy:
    """The policy that a document of any format tells, as this reader understands it, with its lint findings.

    `name` is the file's name; folders in it are left out; the format is told by the bytes. Whatever is not plain text is read in a process
    of its own. The same bytes give the same policy on every day: what hangs on the day (an overdue review) is told by `lint.stale`.
    UserError where the file is empty, damaged, locked, of a format that is not read, or no policy; trouble inside a policy is a finding.
    """
    file = _FOLDERS.split(name)[-1] or "The file"
    what = format_of(data, file)
    source = source_of(data, file, what) if what is Format.TEXT else apart.source_of(data, file, what)
    sha256 = Sha256(hashlib.sha256(data).hexdigest())
    policy = _from_outline(source, source.outline, file, sha256) if source.outline is not None else _reading(source, file, sha256)
    if len(policy.statements) > MOST_STATEMENTS or len(policy.codes) > MOST_CODES:
        raise UserError(
            f"{file} takes more positions or lists more codes than any policy does. {NOTHING_SAVED}", "Choose the policy's own document."
        )
    return judged(policy, codes, cut=source.cut)


def _reading(source: Source, file: str, sha256: Sha256) -> Policy:
    text = source.text
    sections = sections_of(text)
    header = header_of(text, sections[0].last_line if sections[0].kind is SectionKind.HEADER else 0)
    number = _name(header.number or _ENDING.sub("", file))
    stated = weighed(with_approvals(statements_of(text, sections), text, sections), text, header.layout)
    statements = with_run_ins(stated, text, sections)
    policy = Policy(
        id=PolicyId(number),
        title=_name(header.title or number),
        version=_version(header),
        text=text,
        sections=sections,
        statements=statements,
        codes=under_items(entries_of(text, sections), statements, text),
        provenance=Provenance(ProvenanceKind.ABSTRACT if header.abstract else ProvenanceKind.DOCUMENT, sha256, file),
        reader=source.reader
        if header.layout in ("anthem", GENERAL) and source.reader == TEXT_READER
        else f"{source.reader} {header.layout}",
        publisher=header.publisher,
        references=references_of(text, sections),
        history=history_of(text, sections),
        related=_related(text, sections, number),
        findings=(*_noted(source), *_several(text, header), *_glued(text), *_unsure(header)),
        disclaimers=_disclaimers(text, sections),
    )
    if not _is_policy(policy, header):
        raise UserError(
            f"{file} does not read as a medical policy: it has no number or date of a policy together with a position, a list of codes "
            f"or a section that policies have. {NOTHING_SAVED}",
            "Choose the policy's full text, from its title to its history. A fax or a form is no policy: bring it in as a file, by itself.",
        )
    return policy


def _name(text: str) -> str:
    """A number or title as one line that shows whole: no hidden characters, no more than 300."""
    return plain(visible(text))[:MOST_NAME] or "unnamed"


def _from_outline(source: Source, outline: Outline, file: str, sha256: Sha256) -> Policy:
    """The policy of a file that is data: what it declares is taken, and prose is read only where it declares no sections."""
    name = _name(_ENDING.sub("", file))
    told = _reading(source, file, sha256) if not outline.sections else None
    number = _name(outline.id).upper() if outline.id else name
    days = leading_date(outline.effective or "")
    version = Version(day_of(days) if days else None)
    if told is not None:
        return replace(
            told, id=PolicyId(number), title=_name(outline.title or told.title), version=replace(told.version, effective=version.effective)
        )
    several = any(note.rule == "several-policies" for note in source.notes)
    layout = None if several else layout_of(source.text)
    return Policy(
        id=PolicyId(number),
        title=_name(outline.title or number),
        version=version,
        text=source.text,
        sections=outline.sections,
        statements=outline.statements,
        codes=outline.codes,
        provenance=Provenance(ProvenanceKind.DOCUMENT, sha256, file),
        reader=source.reader,
        publisher=outline.publisher or (layout.publisher if layout else None),
        findings=(*_noted(source), *_undated(outline, version)),
    )


def _undated(outline: Outline, version: Version) -> Iterator[LintFinding]:
    """A finding where a file that is data names a first day that is none."""
    if outline.effective and version.effective is None:
        message = "A date is printed that is no full day of the calendar."
        yield LintFinding("date-unreadable", Severity.WARNING, 1, message, outline.effective[:200], "Which day was meant?")


def _noted(source: Source) -> tuple[LintFinding, ...]:
    """What was noticed while the file was read, as findings."""
    return tuple(LintFinding(note.rule, Severity.WARNING, note.line, note.message, None, note.hint) for note in source.notes)


def _several(text: Text, header: Header) -> Iterator[LintFinding]:
    """A finding where the line that gives the document's number comes again: one file holds several versions, and the first is read."""
    if header.number is None:
        return
    number = _tight(header.number)
    named = [line for line in text.lines if len(line.text) <= 200 and number in _tight(line.text) and has_label(line.text)]
    said = [_tight(line.text) for line in named]
    again = [line for line, words in zip(named, said, strict=True) if words == said[0] and line.number > named[0].number + APART]
    if again:
        message = f"The line with the document's number comes {len(again) + 1} times: one file holds several versions, and the first one's facts are given."
        yield LintFinding("several-versions", Severity.WARNING, again[0].number, message, None, "Which of them is in force?")


def _tight(words: str) -> str:
    """Words without spaces and the bars between cells, in which one line differs from another by its setting alone."""
    return "".join(words.replace("|", "").split())


def _glued(text: Text) -> Iterator[LintFinding]:
    """A finding where the fields of a Word file stand in a line as text: what stood apart in the file runs together there."""
    line = next((line.number for line in text.lines if _FIELD.search(line.text)), None)
    if line is not None:
        message = "Fields of a Word file stand in the text; headings and values may run together without a space."
        yield LintFinding("text-glued", Severity.WARNING, line, message, None, "Is the payer's own DOCX or PDF to be had?")


def _unsure(header: Header) -> Iterator[LintFinding]:
    """A finding where no payer's layout is known and the header is not whole: sections and positions were told by general rules."""
    if header.layout == GENERAL and not header.whole:
        message = "The layout is no known payer's: number, sections and positions were sought by general rules and may be missing or wrong."
        yield LintFinding("layout-unsure", Severity.INFO, 1, message, None, "Compare them with the document before you confirm it.")


def _version(header: Header) -> Version:
    days = [dated.day if dated else None for dated in (header.effective, header.last_review, header.ends)]
    return Version(days[0], days[1], days[2], header.status)


def _is_policy(policy: Policy, header: Header) -> bool:
    """Whether facts of a header and contents of a policy come together; a whole header or a headed list of codes will do.

    A document without number and day is one where it names its kind at the top and speaks of coverage again and again.
    """
    kinds = {section.kind for section in policy.sections} & _TELLING
    known = header.layout != GENERAL and bool(header.number or policy.statements or len(kinds) >= 2)
    headed = bool(header.number or header.effective or header.last_review or known)
    listed = len(policy.codes) >= 3 and any(section.kind is SectionKind.CODING and section.heading for section in policy.sections)
    announced = known and bool(header.number) and bool(header.unread or header.effective or header.last_review)
    return (
        header.whole
        or listed
        or announced
        or (headed and bool(policy.statements or policy.codes or kinds))
        or _speaks_of_coverage(policy.text)
    )


def _speaks_of_coverage(text: Text) -> bool:
    near = any(_GUIDE.search(plain(line.text[:400])) for line in text.lines[:GUIDE_TOP])
    return near and sum(bool(_COVERAGE.search(line.text[:2000])) for line in text.lines) >= COVERAGE_LINES


def _related(text: Text, sections: Sequence[Section], number: str) -> tuple[str, ...]:
    """Numbers of other policies that the text names, each once, line by line."""
    family = ((line.number, found) for line in text.lines for found in _NUMBER.findall(line.text))
    every = sorted({*family, *named(text, sections)})
    return tuple(dict.fromkeys(found for _, found in every if found.casefold() != number.casefold()))


def _disclaimers(text: Text, sections: Sequence[Section]) -> tuple[int, ...]:
    lines: list[int] = []
    for section in sections:
        if section.kind in _NEVER_LIMITS:
            continue
        for line in text.span(section.first_line, section.last_line):
            told = plain(line.text)
            own = section.kind is SectionKind.DISCLAIMER and told and heading_of(told) is None
            if own or (sentence(told) and is_disclaimer(told)):
                lines.append(line.number)
    return tuple(lines)
