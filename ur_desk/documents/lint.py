"""What a reader should know of a policy's own text, dates and codes before relying on it; findings, never repairs."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from ur_desk.documents.code_lint import between_rows, judge, of_words
from ur_desk.documents.code_prose import with_told_codes
from ur_desk.documents.criteria import with_trees
from ur_desk.documents.criteria_lint import of_criteria
from ur_desk.documents.header import Header, header_of
from ur_desk.documents.history import is_month
from ur_desk.documents.references import WEBSITE, has_address
from ur_desk.documents.unseen import of_characters
from ur_desk.documents.wording import is_list_item, plain, sentence
from ur_desk.domain.codes import CodeSet
from ur_desk.domain.policy import HistoryRow, LintFinding, Policy, SectionKind, Severity, Statement

REVIEW_GOOD_FOR_YEARS = 1
"""Policies of this kind are reviewed every year (NCQA UM 2; DESIGN section 3)."""

LONGEST_GAP = timedelta(days=550)
"""A year and a half: longer between two rows of a history, and a row may be missing."""

CUT = "text-cut"

_FAMILY = re.compile(r"(?:[A-Z]{2,7}(?:-[A-Z]{2})?\.\d{5}|CG-[A-Z]{2,6}(?:-[A-Z]{2,6})?-\d{2,3})")
_FAMILY_PARTS = {SectionKind.POSITION: "position", SectionKind.CODING: "codes", SectionKind.HISTORY: "history"}
_ENDS = re.compile(r"[.:;!?)\]\"'’”]$")
_PROSE = frozenset({SectionKind.SCOPE, SectionKind.POSITION, SectionKind.RATIONALE, SectionKind.BACKGROUND})
_REVIEW = re.compile(r"review|revis|new", re.IGNORECASE)
_WORD = re.compile(r"[a-z]{10,}")
_ORDER = (Severity.ERROR, Severity.WARNING, Severity.INFO)


NOTICED = frozenset(
    {
        "columns-read",
        "page-without-text",
        "criteria-unread",
        "several-policies",
        "several-versions",
        "text-glued",
        "layout-unsure",
        "text-unseen",
    }
)
"""Rules of what the reader of a file noticed, which its text alone does not tell again."""


def judged(policy: Policy, codes: CodeSet, *, cut: bool = False) -> Policy:
    """The same policy with its criteria as trees, the codes that its words tell, the state of each, and all findings that do not
    hang on the day, by line.

    `cut` says that the file stopped inside a character; a policy that was read before remembers it.
    """
    return weighed(with_told_codes(replace(policy, statements=with_trees(policy.statements, policy.text))), codes, cut=cut)


def weighed(policy: Policy, codes: CodeSet, *, cut: bool = False) -> Policy:
    """The same reading with the state of each code and all findings that do not hang on the day; nothing is read into it anew."""
    cut = cut or any(finding.rule == CUT for finding in policy.findings)
    rows = [judge(entry, codes, policy.version.effective) for entry in policy.codes]
    entries = tuple(row.entry for row in rows)
    findings = [finding for row in rows for finding in row.findings]
    findings += between_rows(entries, codes, policy.sections)
    findings += [finding for finding in policy.findings if finding.rule in NOTICED]
    findings += of_words(policy)
    findings += _of_text(policy, cut)
    return replace(policy, codes=entries, findings=_sorted(findings))


def lint(policy: Policy, codes: CodeSet, today: date) -> tuple[LintFinding, ...]:
    """Every finding as of today, by line: those of the text and codes, and those that only time brings."""
    return _sorted([*weighed(policy, codes).findings, *stale(policy, today)])


def stale(policy: Policy, today: date) -> tuple[LintFinding, ...]:
    """What the day makes of a version: a review that is overdue, an end that has come."""
    header, version = _header(policy), policy.version
    found: list[LintFinding] = []
    if version.last_review and today > _years_after(version.last_review, REVIEW_GOOD_FOR_YEARS):
        line = header.last_review.line if header.last_review else 1
        message = f"The last review is of {version.last_review:%m/%d/%Y}, more than a year before {today:%m/%d/%Y}."
        found.append(LintFinding("review-overdue", Severity.WARNING, line, message, None, "Has a newer version been published?"))
    if version.ends and today > version.ends:
        line = header.ends.line if header.ends else 1
        message = f"The version ended on {version.ends:%m/%d/%Y}."
        found.append(LintFinding("version-ended", Severity.WARNING, line, message, None, "Which version holds today?"))
    return tuple(found)


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return date(day.year + years, 3, 1)


def _sorted(findings: list[LintFinding]) -> tuple[LintFinding, ...]:
    return tuple(sorted(dict.fromkeys(findings), key=lambda f: (f.line, _ORDER.index(f.severity))))


def _header(policy: Policy) -> Header:
    first = policy.sections[0]
    return header_of(policy.text, first.last_line if first.kind is SectionKind.HEADER else 0)


def _of_text(policy: Policy, cut: bool) -> Iterator[LintFinding]:
    header = _header(policy)
    yield from _completeness(policy, cut)
    yield from _facts(policy, header)
    yield from _history(policy, header)
    yield from _addresses(policy)
    yield from _statements(policy.statements)
    yield from of_criteria(policy)
    yield from _spelling(policy)
    yield from of_characters(policy)


def _addresses(policy: Policy) -> Iterator[LintFinding]:
    for reference in policy.references:
        if reference.kind == WEBSITE and not has_address(reference):
            which = "A website" if reference.number is None else f"Website {reference.number}"
            hint = "Is the address in the publisher's own page?"
            yield LintFinding("reference-address-missing", Severity.INFO, reference.line, f"{which} has no address.", None, hint)


def _completeness(policy: Policy, cut: bool) -> Iterator[LintFinding]:
    """Signs that the text was cut short."""
    words = [line for line in policy.text.lines if plain(line.text)]
    last = words[-1]
    told, section = plain(last.text), policy.section_of(last.number)
    in_prose = section is not None and section.kind in _PROSE and sentence(told) and not is_list_item(last.text)
    if cut or (in_prose and not _ENDS.search(told)):
        message = "The text stops in the middle of a sentence or a character."
        yield LintFinding(CUT, Severity.WARNING, last.number, message, None, "Is this the whole file?")
    kinds = {each.kind for each in policy.sections}
    missing = [name for kind, name in _FAMILY_PARTS.items() if kind not in kinds]
    if _FAMILY.fullmatch(policy.id) and missing:
        message = f"Policies of this family have a part that is missing here: {', '.join(missing)}."
        yield LintFinding("section-missing", Severity.WARNING, last.number, message, None, "Is this the whole text?")
    if not policy.statements:
        message = "No sentence was found that takes a position."
        yield LintFinding("position-missing", Severity.WARNING, last.number, message, None, "Where does the policy say what it holds?")


def _facts(policy: Policy, header: Header) -> Iterator[LintFinding]:
    if header.number is None:
        message = f"The document prints no number; it is kept under its file's name, {policy.id}."
        yield LintFinding("number-missing", Severity.WARNING, 1, message, None, "What is the policy's number?")
    if header.effective is None:
        message = "The document does not say from which day it is in force."
        yield LintFinding("effective-date-missing", Severity.WARNING, 1, message, None, "From which day is it in force?")
    for fact in header.unread:
        message = "A date is printed that is no full day of the calendar."
        yield LintFinding("date-unreadable", Severity.WARNING, fact.line, message, fact.value, "Which day was meant?")
    version = policy.version
    if version.effective and version.ends and version.ends < version.effective and header.ends:
        message = f"The version ends on {version.ends:%m/%d/%Y}, before it begins on {version.effective:%m/%d/%Y}."
        yield LintFinding("date-order", Severity.ERROR, header.ends.line, message, None, "Which days were meant?")


def _history(policy: Policy, header: Header) -> Iterator[LintFinding]:
    rows = [row for row in policy.history if not row.pre_merger]
    stated = any(row.status for row in rows)
    for row in rows:
        if row.day is None and not is_month(row.action):
            yield LintFinding(
                "date-unreadable",
                Severity.WARNING,
                row.line,
                "A row of the history has no day of the calendar.",
                None,
                "Which day was meant?",
            )
        if row.status is None and stated:
            yield LintFinding(
                "history-status-missing",
                Severity.INFO,
                row.line,
                "A row of the history has no status.",
                None,
                "Was it a review or a revision?",
            )
    dated = sorted((row for row in rows if row.day), key=lambda row: (row.day or date.min, -row.line))
    for earlier, later in pairwise(dated):
        if earlier.day and later.day and later.day - earlier.day > LONGEST_GAP:
            message = f"Between {earlier.day:%m/%d/%Y} and {later.day:%m/%d/%Y} the history has no row."
            yield LintFinding("date-gap", Severity.INFO, later.line, message, None, "Was the policy reviewed in between?")
    yield from _last_review(policy, header, dated)


def _last_review(policy: Policy, header: Header, dated: list[HistoryRow]) -> Iterator[LintFinding]:
    reviews = [row for row in dated if row.status and _REVIEW.search(row.status) and not row.status.startswith("Selected")]
    newest = reviews[-1].day if reviews else None
    if header.last_review and newest and newest != header.last_review.day:
        message = f"The header gives {header.last_review.day:%m/%d/%Y} as the last review, the history {newest:%m/%d/%Y}."
        yield LintFinding("date-mismatch", Severity.WARNING, header.last_review.line, message, None, "Which day is right?")


def _statements(statements: tuple[Statement, ...]) -> Iterator[LintFinding]:
    for index, statement in enumerate(statements):
        for other in statements[:index]:
            unconditional = statement.criteria is None and other.criteria is None
            if (
                unconditional
                and statement.terms
                and statement.terms == other.terms
                and statement.position.adverse != other.position.adverse
            ):
                message = (
                    f"Lines {other.first_line} and {statement.first_line} take opposing positions on the same service without criteria."
                )
                yield LintFinding("position-conflict", Severity.WARNING, statement.first_line, message, None, "Which position holds?")


def _spelling(policy: Policy) -> Iterator[LintFinding]:
    """Long words one letter away from a word of a service's name: a search for the name would miss them."""
    known = {word for statement in policy.statements for term in statement.terms for word in _WORD.findall(term)}
    for section in policy.sections:
        if not known or section.kind not in _PROSE:
            continue
        for line in policy.text.span(section.first_line, section.last_line):
            for word in dict.fromkeys(_WORD.findall(line.text.lower())):
                meant = next((name for name in known if word not in known and _one_letter_apart(word, name)), None)
                if meant:
                    yield LintFinding(
                        "spelling",
                        Severity.INFO,
                        line.number,
                        f"Here stands {word}; elsewhere the service is {meant}.",
                        word,
                        "Is it the same service?",
                    )


def _one_letter_apart(one: str, other: str) -> bool:
    """Whether one letter added, left out or changed makes the one the other; a plural is no misspelling."""
    if abs(len(one) - len(other)) > 1 or one.removesuffix("s") == other.removesuffix("s"):
        return False
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return one[same + 1 :] == other[same:] or one[same:] == other[same + 1 :] or one[same + 1 :] == other[same + 1 :]
