"""What only a whole library shows: versions that leave a gap or overlap, and policies that are named and not there."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from ur_desk.documents.wording import plain
from ur_desk.domain.policy import LintFinding, Policy, PolicyId, Section, SectionKind, Severity, Text

_NUMBER = r"(?P<number>(?=[\w./-]*\d\d)[A-Z][A-Z0-9]*(?:[.-][A-Z0-9]+){1,5})"
_NAMED = re.compile(rf"\b(?i:polic(?:y|ies)|guidelines?|bulletin)\s*(?:#|(?i:number|no\.))?:?\s*\(?{_NUMBER}(?![\w-])")
_FAMILY = re.compile(r"\b(?P<number>[A-Z]{2,7}(?:-[A-Z]{2})?\.\d{5}|CG-[A-Z]{2,6}(?:-[A-Z]{2,6})?-\d{2,3}|[AL]\d{5})\b")
_LETTERED = re.compile(r"[AL]\d{5}", re.IGNORECASE)
_RELATED = re.compile(r"\b(?:related|following) (?:[\w-]+ ){0,2}polic(?:y|ies)\b", re.IGNORECASE)
_ITEM = re.compile(rf"\W*{_NUMBER}\s*(?::|[–—-]\s)")
_HASHED = re.compile(r"#\s?(?P<number>\d{3,4})\b")
_FAR = 12
"""So many lines below its heading a list of related policies is read."""

_NOT_TOLD = frozenset({SectionKind.HEADER, SectionKind.REFERENCES, SectionKind.WEBSITES, SectionKind.HISTORY})
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Dated:
    effective: date
    policy: Policy


def between_policies(policies: Sequence[Policy]) -> Iterator[tuple[Policy, LintFinding]]:
    """Each finding with the policy that it is about; `policies` is all that the library holds.

    Versions are compared as their own texts date them; an abstract is no second version. Where the earlier one prints no end, the
    later one ends it, and nothing is found.
    """
    held = {policy.id.casefold() for policy in policies}
    for policy in policies:
        for finding in absent(policy, held):
            yield policy, finding
    for versions in _by_number(policies):
        for earlier, later in pairwise(versions):
            yield from _joint(earlier, later)


def absent(policy: Policy, held: Collection[str]) -> Iterator[LintFinding]:
    """A note for each other policy that the text names by its number and that is not among those held (numbers in small letters)."""
    told: set[str] = {policy.id.casefold()}
    for line, number in named(policy.text, policy.sections):
        names = {number.casefold(), _without_letter(number)}
        if names & told or not names.isdisjoint(held):
            continue
        told.add(number.casefold())
        message = f"The text names the policy {number}, which the library does not hold."
        yield LintFinding("reference-not-held", Severity.INFO, line, message, number, "Load it where a decision rests on it.")


def named(text: Text, sections: Sequence[Section]) -> Iterator[tuple[int, str]]:
    """Every number of a policy that the text names, with its line; one that begins on the next line counts with this one."""
    related = -_FAR
    untold = {line for each in sections if each.kind in _NOT_TOLD for line in range(each.first_line, each.last_line + 1)}
    for place, line in enumerate(text.lines):
        words = plain(line.text[:20_000])
        related = line.number if _RELATED.search(words) else related
        if related == line.number:
            yield from ((line.number, found["number"]) for found in _HASHED.finditer(words))
        if line.number in untold:
            continue
        after = plain(text.lines[place + 1].text[:200]) if place + 1 < len(text.lines) else ""
        found = [each for each in _NAMED.finditer(f"{words} {after}") if each.start() < len(words)]
        found += _FAMILY.finditer(words)
        if line.number <= related + _FAR and (item := _ITEM.match(words)):
            found.append(item)
        for each in found:
            yield line.number, each["number"].rstrip(".-")


def _without_letter(number: str) -> str:
    """The number in small letters, without the letter that CMS prints before it where another document names it (L35022, A56422)."""
    return number[1:] if _LETTERED.fullmatch(number) else number.casefold()


def _by_number(policies: Sequence[Policy]) -> Iterator[list[_Dated]]:
    numbers: dict[PolicyId, dict[date, _Dated]] = {}
    for policy in policies:
        if policy.version.effective is not None and not policy.abstract:
            numbers.setdefault(policy.id, {}).setdefault(policy.version.effective, _Dated(policy.version.effective, policy))
    for versions in numbers.values():
        yield [versions[day] for day in sorted(versions)]


def _joint(earlier: _Dated, later: _Dated) -> Iterator[tuple[Policy, LintFinding]]:
    """What stands between the end of a version and the beginning of the next."""
    ends = earlier.policy.version.ends
    if ends is None or ends == later.effective - _DAY:
        return
    line = _line_of(later.policy, later.effective)
    if ends < later.effective:
        message = (
            f"The version before ended on {ends:%m/%d/%Y}, this one begins on {later.effective:%m/%d/%Y}: no version holds in between."
        )
        hint = "Is a version missing from the library?"
        yield later.policy, LintFinding("version-gap", Severity.WARNING, line, message, None, hint)
    else:
        message = f"The version before ends on {ends:%m/%d/%Y}, this one begins on {later.effective:%m/%d/%Y}: both hold in between."
        hint = "Which of the two holds on these days?"
        yield later.policy, LintFinding("version-overlap", Severity.WARNING, line, message, None, hint)


def _line_of(policy: Policy, day: date) -> int:
    """The first line that prints the day; 1 where none does in a form that is looked for."""
    forms = (f"{day:%m/%d/%Y}", f"{day.month}/{day.day}/{day.year}", day.isoformat(), f"{day:%B} {day.day}, {day.year}")
    return next((line.number for line in policy.text.lines if any(form in plain(line.text[:2000]) for form in forms)), 1)
