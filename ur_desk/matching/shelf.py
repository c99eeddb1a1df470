"""What matching needs to know of one policy version, worked out once: its subject, the names it prints, its code rows."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ur_desk.domain.codes import System
from ur_desk.domain.findings import SectionSpan
from ur_desk.domain.policy import Policy, Position, SectionKind, Shelved, Statement
from ur_desk.domain.spelling import stems_of, words_of
from ur_desk.domain.vocabulary import CONNECTING, GROUP_OF, Technique
from ur_desk.domain.words import Name, Term, names_in
from ur_desk.matching.positions import standing_position

DIAGNOSIS_SYSTEMS = frozenset({System.ICD10CM, System.ICD9CM, System.SNOMED})

_SUBJECT_READ = 1500
_MENTION = re.compile(
    r"(?<![\w$.#])(?<!\d,)(?:\d{5}|\d{4}[FTUM]|[A-V]\d{4}|[A-Z]\d[0-9A-Z]\.[0-9A-Z]{1,4})(?![\w]|,\d|\.\d|-\d{4}\b)",
)


@dataclass(frozen=True, slots=True)
class Stated:
    """A position statement with the names in its terms: techniques that the vocabulary knows, and other terms as printed."""

    statement: Statement
    techniques: frozenset[str]
    terms: tuple[Term, ...]

    def prints(self, name: Name) -> bool:
        """Whether the statement prints this name."""
        if name.technique:
            return name.technique.name in self.techniques
        return name.term is not None and any(" ".join(term.stems) == name.phrase for term in self.terms)

    def synonym(self, name: Name) -> bool:
        """Whether the name is one of ours for a technique that the statement prints under another."""
        groups = {GROUP_OF[each] for each in self.techniques}
        return name.technique is not None and not self.prints(name) and name.technique.group in groups


@dataclass(frozen=True, slots=True)
class Shelf:
    """One policy version as matching sees it.

    `subject`: the parts of the body that its positions are about; empty where they name none.
    `groups`: the groups of the techniques that it prints; a name of the same group is our synonym.
    `position`, `all_indications`: what its statements come to. `always`: numbers of the sections that are shown whatever was hit.
    """

    shelved: Shelved
    stated: tuple[Stated, ...]
    subject: frozenset[str]
    techniques: frozenset[str]
    groups: frozenset[str]
    lists_diagnoses: bool
    position: Position | None
    all_indications: bool
    spans: tuple[SectionSpan, ...]
    starts: tuple[int, ...]
    always: frozenset[int]

    @property
    def policy(self) -> Policy:
        """The policy itself."""
        return self.shelved.policy

    @property
    def effective(self) -> date | None:
        """The first day of this version."""
        return self.shelved.policy.version.effective

    def sections(self, lines: Iterable[int], history: bool = False) -> tuple[SectionSpan, ...]:
        """The sections worth showing: scope, positions, all that holds one of the lines, and the history where the version is in doubt."""
        chosen = self.always | {bisect_right(self.starts, line) - 1 for line in lines}
        if history:
            chosen |= {number for number, span in enumerate(self.spans) if span.kind == SectionKind.HISTORY}
        return tuple([self.spans[number] for number in sorted(chosen) if number >= 0])


def shelf_of(shelved: Shelved) -> Shelf:
    """Read one policy for matching."""
    policy = shelved.policy
    stated = tuple(_stated(statement) for statement in policy.statements)
    techniques = frozenset().union(*(each.techniques for each in stated))
    return Shelf(
        shelved=shelved,
        stated=stated,
        subject=_subject(policy),
        techniques=techniques,
        groups=frozenset(GROUP_OF[name] for name in techniques),
        lists_diagnoses=any(entry.system in DIAGNOSIS_SYSTEMS for entry in policy.codes),
        position=standing_position(policy.statements),
        all_indications=any(statement.all_indications for statement in policy.statements),
        spans=tuple(SectionSpan(section.kind.value, section.first_line, section.last_line) for section in policy.sections),
        starts=tuple(section.first_line for section in policy.sections),
        always=frozenset(n for n, section in enumerate(policy.sections) if section.kind in (SectionKind.SCOPE, SectionKind.POSITION)),
    )


def codes_in_text(policy: Policy) -> dict[str, int]:
    """Codes named anywhere but in references, websites and their own rows, with the first line that names each."""
    found: dict[str, int] = {}
    rows = {(entry.line, code) for entry in policy.codes for code in (entry.low, entry.high)}
    for section in policy.sections:
        if section.kind not in (SectionKind.REFERENCES, SectionKind.WEBSITES):
            for line in policy.text.lines[section.first_line - 1 : section.last_line]:
                for code in _MENTION.findall(line.text):
                    if code not in found and (line.number, code) not in rows:
                        found[code] = line.number
    return found


def _stated(statement: Statement) -> Stated:
    techniques: set[str] = set()
    terms: list[Term] = []
    for printed in statement.terms:
        technique = _bare_technique(printed)
        if technique:
            techniques.add(technique.name)
        elif stems := stems_of(printed):
            terms.append(Term(stems, printed))
    return Stated(statement, frozenset(techniques), tuple(terms))


def _bare_technique(term: str) -> Technique | None:
    """The technique that a term names with nothing else than where; any other word makes it a name of its own."""
    names = names_in(term)
    technique = next((name.technique for name in names if name.technique), None)
    inside = {at for name in names for at in range(name.first, name.last + 1)}
    rest = [word for at, word in enumerate(words_of(term)) if at not in inside and word.stem not in CONNECTING]
    return technique if technique and not rest else None


def _subject(policy: Policy) -> frozenset[str]:
    """The parts of the body in the positions' words; where they name none, in the title and the scope."""
    parts = _parts(" ".join(statement.text[:_SUBJECT_READ] for statement in policy.statements))
    if parts:
        return parts
    scope = [section for section in policy.sections if section.kind is SectionKind.SCOPE]
    words = " ".join(policy.text.between(section.first_line, section.last_line)[:_SUBJECT_READ] for section in scope)
    return _parts(f"{policy.title}\n{words}")


def _parts(text: str) -> frozenset[str]:
    return frozenset(part for name in names_in(text) if len(name.parts) == 1 for part in name.parts)
