"""What cannot be meant as printed in a policy's code rows: unknown ends, reversed and wandering ranges, doubles, conflicts.

A rule speaks only where a table answers: unknown validity raises nothing, and nothing is ever repaired.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ur_desk.documents.code_lists import lists_in
from ur_desk.documents.code_scan import LONGEST
from ur_desk.documents.wording import plain
from ur_desk.domain.codes import CodeSet, System, Validity
from ur_desk.domain.policy import CodeEntry, EntryState, LintFinding, Policy, Position, Section, SectionKind, Severity

ASK = "Which code was meant? Ask the publisher of the policy; the row is kept as printed."

MANY = 1000
"""A range over several categories that holds more codes than this is looked at."""

_CONDITIONAL = re.compile(r"\bcriteria\b|\bgroup \d|\b(?:when|if) (?:the|any|all|one)\b", re.IGNORECASE)
_COVERED = re.compile(r"(?P<not>\b(?:not|never)\s+(?:\w+ ){0,2}|\bnon-?)?\bcovered\b", re.IGNORECASE)
_COUNT = re.compile(r"\(?(?P<count>\d{1,4}) codes?\)?", re.IGNORECASE)
_WORD = re.compile(r"[a-z0-9]+")
_SMALL = frozenset({"a", "an", "and", "at", "by", "for", "in", "nos", "of", "on", "or", "other", "the", "to", "unspecified", "with"})


@dataclass(frozen=True, slots=True)
class Judged:
    """An entry with its state, and what the rules say of it."""

    entry: CodeEntry
    findings: tuple[LintFinding, ...]


def judge(entry: CodeEntry, codes: CodeSet, day: date | None) -> Judged:
    """The entry as of the day from which the policy is in force; suspect where a rule says it cannot be meant as printed."""
    findings = tuple(_of_diagnosis(entry, codes, day) if entry.system is System.ICD10CM else _of_shape(entry))
    worst = next((finding for finding in findings if finding.severity is Severity.ERROR), None)
    if worst is not None:
        return Judged(replace(entry, state=EntryState.SUSPECT, why=worst.message), findings)
    why = _no_table(entry, codes, findings)
    return Judged(replace(entry, state=EntryState.UNKNOWN if why else EntryState.OK, why=why), findings)


def _no_table(entry: CodeEntry, codes: CodeSet, findings: Sequence[LintFinding]) -> str | None:
    """Why no table answers for this entry, or None where one does or where the shape is all that can be checked."""
    if any(finding.rule == "code-newer-than-table" for finding in findings):
        return f"The newest ICD-10-CM table loaded is of {codes.vintage:%m/%d/%Y}."
    if entry.system in (System.ICD10CM, System.CPT):
        return None
    return f"No table of {entry.system.value} codes is loaded."


def _of_shape(entry: CodeEntry) -> Iterator[LintFinding]:
    """What shape alone shows of codes for which there is no table."""
    if entry.system is System.OTHER:
        message = f"{entry.raw} has the shape of no code system."
        yield LintFinding("code-unreadable", Severity.ERROR, entry.line, message, entry.raw, ASK)
    elif entry.high is not None and len(entry.high) == len(entry.low) and entry.high < entry.low:
        yield _reversed(entry)


def _reversed(entry: CodeEntry) -> LintFinding:
    message = f"The range {entry.raw} runs backwards: {entry.high} stands before {entry.low}."
    return LintFinding("range-reversed", Severity.ERROR, entry.line, message, entry.raw, ASK)


def _of_diagnosis(entry: CodeEntry, codes: CodeSet, day: date | None) -> Iterator[LintFinding]:
    ends = (entry.low,) if entry.high in (None, entry.low) else (entry.low, entry.high or "")
    missing = [end for end in ends if not codes.exists(end)]
    for end in missing:
        yield _unknown(entry, end, codes, day)
    for end in ends:
        if end not in missing:
            yield from _out_of_time(entry, end, codes.on(end, day), day)
    if entry.high == entry.low and not missing:
        yield from _empty(entry, codes)
    if entry.high in (None, entry.low):
        return
    if not missing and codes.place(entry.low) > codes.place(entry.high or entry.low):
        yield _reversed(entry)
    elif entry.low[:3] != (entry.high or "")[:3]:
        yield _crossing(entry, codes)
        yield from _over_wide(entry, codes)


def _unknown(entry: CodeEntry, end: str, codes: CodeSet, day: date | None) -> LintFinding:
    """The finding for an end or a code that stands in no table."""
    if day is not None and day >= _next_release(codes.vintage):
        message = f"{end} stands in no table up to {codes.vintage:%m/%d/%Y}; the policy is newer and may use a newer code."
        return LintFinding(
            "code-newer-than-table", Severity.WARNING, entry.line, message, entry.raw, "Is the code in the release of the policy's own day?"
        )
    if entry.high in (None, entry.low):
        return LintFinding("code-unknown", Severity.ERROR, entry.line, f"{end} is no ICD-10-CM code in any table loaded.", entry.raw, ASK)
    where = "begins with" if end == entry.low else "ends on"
    message = f"The range {entry.raw} {where} {end}, which is no ICD-10-CM code in any table loaded."
    return LintFinding("range-end-unknown", Severity.ERROR, entry.line, message, entry.raw, ASK)


def _next_release(vintage: date) -> date:
    """The first release after a table's: ICD-10-CM is published for 1 October and 1 April."""
    if vintage.month < 4:
        return date(vintage.year, 4, 1)
    return date(vintage.year, 10, 1) if vintage.month < 10 else date(vintage.year + 1, 4, 1)


def _out_of_time(entry: CodeEntry, end: str, validity: Validity, day: date | None) -> Iterator[LintFinding]:
    if day is None or validity not in (Validity.RETIRED, Validity.NOT_YET_VALID):
        return
    retired = validity is Validity.RETIRED
    rule, state = ("code-retired", "was no longer valid") if retired else ("code-not-yet-valid", "was not yet valid")
    message = f"{end} {state} on {day:%m/%d/%Y}, the day from which the policy is in force."
    yield LintFinding(rule, Severity.WARNING, entry.line, message, entry.raw, "Does a newer text of the policy list another code?")


def _crossing(entry: CodeEntry, codes: CodeSet) -> LintFinding:
    """A range over several three-character categories: a note, unless the row's own words name the category of one end only."""
    high = entry.high or entry.low
    low_named, high_named = _names(entry.description, entry.low, codes), _names(entry.description, high, codes)
    message = f"The range {entry.raw} runs from category {entry.low[:3]} to category {high[:3]}"
    if low_named == high_named:
        return LintFinding(
            "range-crosses-category", Severity.INFO, entry.line, f"{message}.", entry.raw, "Are all categories between the ends meant?"
        )
    named = entry.low[:3] if low_named else high[:3]
    return LintFinding(
        "range-crosses-category",
        Severity.ERROR,
        entry.line,
        f"{message}, but its own words name a condition of {named} alone.",
        entry.raw,
        ASK,
    )


def _over_wide(entry: CodeEntry, codes: CodeSet) -> Iterator[LintFinding]:
    """A range that takes in a great many codes and does not run from the first of a category to the last of one, as a meant one does."""
    high = entry.high or entry.low
    held = codes.billable(entry.low, high)
    begins = entry.low == entry.low[:3] or set(entry.low[4:]) <= {"0"}
    ends = codes.last_place(high) == codes.last_place(high[:3]) or entry.low[:3] == high[:3] or high.endswith("9")
    if held is not None and held > MANY and not (begins and ends):
        message = f"The range {entry.raw} takes in {held:,} codes that can be billed, and begins or ends in the middle of a category."
        yield LintFinding("range-over-wide", Severity.WARNING, entry.line, message, entry.raw, "Are all of them meant?")


def _empty(entry: CodeEntry, codes: CodeSet) -> Iterator[LintFinding]:
    """A wildcard after a code that has nothing below it."""
    if codes.last_place(entry.low) == codes.place(entry.low):
        message = f"{entry.raw} stands for what lies below {entry.low}, and nothing does."
        yield LintFinding("wildcard-empty", Severity.INFO, entry.line, message, entry.raw, f"Is {entry.low} itself meant?")


def of_words(policy: Policy) -> Iterator[LintFinding]:
    """What stands where codes stand and is not understood: in labelled lists of the coding sections, and in sentences."""
    for section in policy.sections:
        if section.kind is SectionKind.CODING:
            for number, read in lists_in(policy.text, section):
                yield from (found for found in read.findings(number) if found.rule != "code-unreadable")
            yield from _short(policy, section)
            for line in policy.text.span(section.first_line, section.last_line):
                if len(line.text) > LONGEST:
                    message = f"The line holds {len(line.text):,} characters; codes after the first {LONGEST:,} are not read."
                    yield LintFinding("line-unread", Severity.WARNING, line.number, message, None, "Can the list be had in shorter lines?")
    for mention in policy.mentions:
        if mention.system is System.OTHER:
            message = f"{mention.raw} stands where a code would and has the shape of none."
            yield LintFinding("code-unreadable", Severity.WARNING, mention.line, message, mention.raw, ASK)


def _short(policy: Policy, section: Section) -> Iterator[LintFinding]:
    """A list that prints how many codes it holds and holds another number: "(129 Codes)" over seven rows."""
    counted = [
        (line, found)
        for line in policy.text.span(section.first_line, section.last_line)
        if (found := _COUNT.fullmatch(plain(line.text[:40])))
    ]
    ends = [*(line.number for line, _ in counted[1:]), section.last_line + 1]
    for (line, found), end in zip(counted, ends, strict=False):
        held = len({(each.system, each.low, each.high) for each in policy.codes if line.number < each.line < end})
        if held != int(found["count"]):
            message = f"The list says that it holds {found['count']} codes; {held} stand in it."
            yield LintFinding("code-count", Severity.WARNING, line.number, message, plain(line.text), "Is the list whole?")


def _names(description: str | None, code: str, codes: CodeSet) -> bool:
    """Whether a row's words are, but for order, number and small words, those of the code or of one above it."""
    said = _words(description or "")
    above = code if codes.exists(code) else codes.parent(code)
    while said and above is not None:
        if said == _words(codes.description(above) or ""):
            return True
        above = codes.parent(above)
    return False


def _words(description: str) -> frozenset[str]:
    told = plain(description).lower().replace("(e)", "").replace("(s)", "")
    return frozenset(_singular(word) for word in _WORD.findall(told) if word not in _SMALL)


def _singular(word: str) -> str:
    """A word without its plural: vertebrae, joints."""
    if word.endswith("ae"):
        return word[:-1]
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith(("ss", "sis", "us", "itis")) else word


def between_rows(entries: Sequence[CodeEntry], codes: CodeSet, sections: Sequence[Section] = ()) -> Iterator[LintFinding]:
    """What only two rows together show: the same codes twice, overlapping ranges, opposing positions; suspect rows stand apart.

    A coding section is one list but for its groups; elsewhere each line is a list of its own.
    """
    lists = _Lists(tuple(sections), tuple(section.first_line for section in sections))
    sound = [entry for entry in entries if entry.state is not EntryState.SUSPECT]
    yield from _conflicts(sound, codes)
    yield from _doubles(sound, lists)
    yield from _overlaps([entry for entry in sound if entry.system is System.ICD10CM and entry.state is EntryState.OK], codes, lists)


@dataclass(frozen=True, slots=True)
class _Lists:
    """Which list a row stands in."""

    sections: tuple[Section, ...]
    firsts: tuple[int, ...]

    def of(self, entry: CodeEntry) -> tuple[int, str | None]:
        """The first line of the section, or the row's own outside of coding sections, with the row's group."""
        at = bisect_right(self.firsts, entry.line) - 1
        section = self.sections[at] if at >= 0 else None
        if section is None or entry.line > section.last_line:
            return 0, entry.group
        return (section.first_line if section.kind is SectionKind.CODING else entry.line), entry.group


def _conflicts(entries: Sequence[CodeEntry], codes: CodeSet) -> Iterator[LintFinding]:
    """Codes under opposing positions without a condition: the same entry, or a diagnosis that a range on the other side takes in."""
    stated = [each for each in (_sided(entry) for entry in entries) if each is not None]
    seen: dict[tuple[System, str, str | None], CodeEntry] = {}
    told: set[CodeEntry] = set()
    for entry in stated:
        first = seen.setdefault((entry.system, entry.low, entry.high), entry)
        if first.position is not None and entry.position is not None and _oppose(first.position, entry.position):
            told.add(entry)
            yield _conflict(first, entry)
    furthest: dict[bool, tuple[float, CodeEntry]] = {}
    diagnoses = [entry for entry in stated if entry.system is System.ICD10CM and entry.position is not Position.OTHER]
    for entry in sorted(diagnoses, key=lambda each: (codes.place(each.low), each.line)):
        adverse = entry.position is not None and entry.position.adverse
        before = furthest.get(not adverse)
        if (
            before
            and codes.place(entry.low) <= before[0]
            and entry not in told
            and (before[1].low, before[1].high) != (entry.low, entry.high)
        ):
            yield _conflict(*sorted((before[1], entry), key=lambda each: each.line))
        end = codes.last_place(entry.high or entry.low)
        if adverse not in furthest or end > furthest[adverse][0]:
            furthest[adverse] = (end, entry)


def _sided(entry: CodeEntry) -> CodeEntry | None:
    """The entry where its position holds without more: no condition, no criteria, no numbered group of its own.

    A list of what is covered or not takes a side here, though it takes no position on medical necessity.
    """
    group = (entry.group or "").lower()
    if entry.position is None or entry.condition or _CONDITIONAL.search(group):
        return None
    if entry.position is Position.OTHER and (side := _COVERED.search(group)):
        return replace(entry, position=Position.NOT_MEDICALLY_NECESSARY if side["not"] else Position.MEDICALLY_NECESSARY)
    return entry


def _conflict(first: CodeEntry, second: CodeEntry) -> LintFinding:
    message = (
        f"{second.raw} stands under opposing positions, on line {first.line} and on line {second.line}, without a condition on either."
    )
    return LintFinding("position-conflict", Severity.WARNING, second.line, message, second.raw, "Which position holds for this code?")


def _oppose(one: Position, other: Position) -> bool:
    return one.adverse != other.adverse and Position.OTHER not in (one, other)


def _doubles(entries: Sequence[CodeEntry], lists: _Lists) -> Iterator[LintFinding]:
    seen: dict[tuple[System, str, str | None, tuple[int, str | None]], int] = {}
    for entry in entries:
        line = seen.setdefault((entry.system, entry.low, entry.high, lists.of(entry)), entry.line)
        if line != entry.line:
            yield LintFinding(
                "code-duplicate",
                Severity.INFO,
                entry.line,
                f"{entry.raw} stands on line {line} already, in the same list.",
                entry.raw,
                "Was another code meant in one of the two rows?",
            )


def _overlaps(entries: Sequence[CodeEntry], codes: CodeSet, lists: _Lists) -> Iterator[LintFinding]:
    """Rows of one list that share codes; each is told of once, beside the row that reaches furthest before it."""
    furthest: dict[tuple[int, str | None], tuple[float, CodeEntry]] = {}
    for entry in sorted(entries, key=lambda each: (codes.place(each.low), each.line)):
        end = codes.last_place(entry.high or entry.low)
        before = furthest.get(lists.of(entry))
        if before and codes.place(entry.low) <= before[0] and (before[1].low, before[1].high) != (entry.low, entry.high):
            line, other = max((entry, before[1]), key=lambda each: each.line), min((entry, before[1]), key=lambda each: each.line)
            yield LintFinding(
                "range-overlap",
                Severity.INFO,
                line.line,
                f"{line.raw} shares codes with {other.raw} on line {other.line}.",
                line.raw,
                "Does one of the two rows reach too far?",
            )
        if before is None or end > before[0]:
            furthest[lists.of(entry)] = (end, entry)
