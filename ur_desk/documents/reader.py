"""A policy document, as bytes, to a reading of its numbered lines: sections, positions, codes, citations, history, findings."""

import hashlib
import re
from collections.abc import Sequence

from ur_desk.documents.code_rows import entries_of
from ur_desk.documents.cues import is_disclaimer
from ur_desk.documents.header import Header, header_of
from ur_desk.documents.headings import heading_of
from ur_desk.documents.history import history_of
from ur_desk.documents.lint import judged
from ur_desk.documents.references import references_of
from ur_desk.documents.sections import sections_of
from ur_desk.documents.statements import statements_of
from ur_desk.documents.text import NOTHING_SAVED, decode
from ur_desk.documents.wording import plain, sentence
from ur_desk.domain.codes import CodeSet
from ur_desk.domain.policy import Policy, PolicyId, Provenance, ProvenanceKind, Section, SectionKind, Sha256, Text, Version
from ur_desk.errors import UserError

READER = "text/1"
"""Names this reader and its rules in every reading that it makes."""

_FOLDERS = re.compile(r"[\\/]")
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_NUMBER = re.compile(r"\b(?:[A-Z]{2,7}(?:-[A-Z]{2})?\.\d{5}|CG-[A-Z]{2,6}(?:-[A-Z]{2,6})?-\d{2,3})\b")
# sentences about evidence or a citation may hold the same words and limit nothing
_NEVER_LIMITS = frozenset(
    {SectionKind.POSITION, SectionKind.RATIONALE, SectionKind.BACKGROUND, SectionKind.DEFINITIONS, SectionKind.REFERENCES}
)
_TELLING = frozenset(SectionKind) - {SectionKind.HEADER, SectionKind.OTHER, SectionKind.DISCLAIMER}


def read(data: bytes, name: str, codes: CodeSet) -> Policy:
    """The policy that a plain text file tells, as this reader understands it, with its lint findings.

    `name` is the file's name; folders in it are left out. The same bytes give the same policy on every
    day: what hangs on the day (an overdue review) is told by `lint.stale`. UserError where the file is
    empty, no text, of a format that is not read yet, or no policy; trouble inside a policy is a finding.
    """
    file = _FOLDERS.split(name)[-1] or "The file"
    decoded = decode(data, file)
    policy = _reading(decoded.text, file, Sha256(hashlib.sha256(data).hexdigest()))
    return judged(policy, codes, cut=decoded.cut)


def _reading(text: Text, file: str, sha256: Sha256) -> Policy:
    sections = sections_of(text)
    header = header_of(text, sections[0].last_line if sections[0].kind is SectionKind.HEADER else 0)
    number = header.number or plain(_ENDING.sub("", file))
    policy = Policy(
        id=PolicyId(number),
        title=header.title or number,
        version=_version(header),
        text=text,
        sections=sections,
        statements=statements_of(text, sections),
        codes=entries_of(text, sections),
        provenance=Provenance(ProvenanceKind.ABSTRACT if header.abstract else ProvenanceKind.DOCUMENT, sha256, file),
        reader=READER,
        publisher=header.publisher,
        references=references_of(text, sections),
        history=history_of(text, sections),
        related=_related(text, number),
        disclaimers=_disclaimers(text, sections),
    )
    if not _is_policy(policy, header):
        raise UserError(
            f"{file} does not read as a medical policy: it has no number or date of a policy together with a position, a list of codes "
            f"or a section that policies have. {NOTHING_SAVED}",
            "Choose the policy's full text, from its title to its history.",
        )
    return policy


def _version(header: Header) -> Version:
    days = [dated.day if dated else None for dated in (header.effective, header.last_review, header.ends)]
    return Version(days[0], days[1], days[2], header.status)


def _is_policy(policy: Policy, header: Header) -> bool:
    """Whether facts of a header and contents of a policy come together; a whole header or a headed list of codes will do."""
    kinds = {section.kind for section in policy.sections} & _TELLING
    headed = bool(header.number or header.effective or header.last_review)
    listed = len(policy.codes) >= 3 and any(section.kind is SectionKind.CODING and section.heading for section in policy.sections)
    return header.whole or listed or (headed and bool(policy.statements or policy.codes or kinds))


def _related(text: Text, number: str) -> tuple[str, ...]:
    """Numbers of other policies of the family that the text names, each once, in order."""
    named = (found for line in text.lines for found in _NUMBER.findall(line.text))
    return tuple(dict.fromkeys(found for found in named if found != number))


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
