"""What a reader should know of a policy's criteria: an and/or left open, items that are named and missing, numbers that clash."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ur_desk.documents.connectives import opening
from ur_desk.documents.coverage import heads_reasons
from ur_desk.documents.marks import Mark, mark_of
from ur_desk.documents.stated import by_line
from ur_desk.documents.wording import plain
from ur_desk.domain.library.criteria import Criterion, LeafPath, Op, nodes
from ur_desk.domain.policy import LintFinding, Policy, SectionKind, Severity, Statement, Text

FEW_WORDS = 6
"""A bullet of so few words over a list heads it ("Supplies:") and asks nothing, unless it says so."""

OFTEN = 20
"""So many places that ask for the same amount are remembered; the first of them clashes with another amount as well as any."""

FAR = 40
"""So many lines behind a list are looked at for items that count on, and for the rest of a word."""

LONGEST_BREAK = 80
"""Characters from the end of a criterion in which a word that breaks off is sought."""

_BROKEN = re.compile(r"(?P<before>[\w,;.)-]+)\s(?P<bit>[b-hj-wyz]|[A-Za-z]{2,}-)$")
_WORD = re.compile(r"[^\W\d_]+")
_NAMES_LETTER = frozenset(
    [
        "and",
        "or",
        "criterion",
        "criteria",
        "item",
        "part",
        "through",
        "to",
        "option",
        "letter",
        "step",
        "vitamin",
        "hepatitis",
        "type",
        "group",
        "class",
        "category",
        "of",
        "in",
        "section",
        "a",
        "b",
        "c",
        "d",
        "e",
    ]
)
_BULLETS = frozenset("-•*–—●▪◦‣○o")
_ASKS = re.compile(r"\b(?:criteri\w+|conditions?|requir\w+|must|fail\w+|trial|if|when|indications?)\b", re.IGNORECASE)
_AND_OR = re.compile(r"\band\s*/\s*or\b", re.IGNORECASE)
# of examples, and of things of which at least one is asked, and/or leaves nothing open
_EXAMPLES = re.compile(
    r"\b(?:such as|e\.g\.|for example|includ(?:e|es|ing)|at least (?:one|1)|one or more|any of|either)[\s,:][^;]*$", re.IGNORECASE
)
_NUMBERS = {
    name: number
    for number, name in enumerate(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), 1)
}
_QUANTITY = (
    rf"(?<![\d.-])(?P<number>\d{{1,3}}|{'|'.join(_NUMBERS)})(?:\s*\([^)]{{1,40}}\))?[\s-]+(?:consecutive\s+|calendar\s+|continuous\s+|full\s+)*"
    r"(?P<unit>day|week|month|year|session|visit|course)s?\b(?:\s*\([^)]{1,40}\))?"
)
_TIMES = re.compile(rf"\d|\b(?:{'|'.join(_NUMBERS)})\b", re.IGNORECASE)
_CARE = r"(?:therap(?:y|ies)|treatments?|care|management|trials?|exercises?|program|sessions?|medications?|measures|radiographs?|imaging)"
_OF = re.compile(rf"{_QUANTITY}\s*(?:trial\s+)?(?:of|with)\s+(?P<subject>(?:[a-z][a-z-]*\s+){{0,3}}?{_CARE})\b", re.IGNORECASE)
_BEFORE = re.compile(rf"{_QUANTITY}\s+(?P<subject>(?:[a-z][a-z-]*\s+){{0,3}}?{_CARE})\b", re.IGNORECASE)
_GENERIC = frozenset(
    [
        "a",
        "an",
        "the",
        "and",
        "or",
        "of",
        "prior",
        "previous",
        "any",
        "at",
        "least",
        "documented",
        "therapy",
        "therapies",
        "treatment",
        "treatments",
        "care",
        "management",
        "trial",
        "trials",
        "measures",
        "exercises",
        "exercise",
        "program",
        "session",
        "sessions",
        "medication",
        "medications",
    ]
)
_EVIDENCE = frozenset(
    {
        SectionKind.RATIONALE,
        SectionKind.BACKGROUND,
        SectionKind.DEFINITIONS,
        SectionKind.REFERENCES,
        SectionKind.WEBSITES,
        SectionKind.HISTORY,
        SectionKind.INDEX,
        SectionKind.HEADER,
    }
)
_ALTERNATIVES = frozenset({Op.ANY, Op.UNCLEAR, Op.AT_LEAST})
_DEFINED_ELSEWHERE = re.compile(
    r"(?P<said>\bas defined (?:below|above|in (?:the )?(?P<where>definitions?|glossary|appendix(?: (?-i:[A-Z]\d?|\d+)\b)?))|"
    r"\bsee (?:the )?(?P<see>definitions?|glossary|appendix(?: (?-i:[A-Z]\d?|\d+)\b)?))\b",
    re.IGNORECASE,
)
_DEFINES = re.compile(r"^\W*(?:.{0,40}\b)?(?:definitions?|glossary|appendi(?:x|ces))\b", re.IGNORECASE)


def of_criteria(policy: Policy) -> Iterator[LintFinding]:
    """Every finding on the criteria and on the words of the positions."""
    yield from _and_ors(policy.statements)
    for statement in policy.statements:
        if statement.criteria is not None:
            for named in nodes(statement.criteria):
                yield from _left_open(named.node)
                yield from _missing(named.node)
                yield from _more(named.node, statement.criteria, policy.text)
                yield from _cut(named.node, policy.text)
    yield from _clashes(policy)
    yield from _undefined(policy)


def _and_ors(statements: Sequence[Statement]) -> Iterator[LintFinding]:
    """Each and/or of the criteria, and of the positions that have none; the same words ("home and/or community") are told once, with how often they come."""
    said: dict[str, list[tuple[int, str, bool]]] = {}
    for statement in statements:
        told = [(named.node.first_line, named.node.text) for named in nodes(statement.criteria)] if statement.criteria else []
        for line, words in told or [(statement.first_line, statement.text)]:
            found = next((each for each in _AND_OR.finditer(words) if not _EXAMPLES.search(words[: each.start()])), None)
            if found is not None:
                before, after = words[: found.start()].split()[-1:], words[found.end() :].split()[:1]
                phrase = " ".join((*before, "/", *after)).casefold().strip(".,;:()")
                said.setdefault(phrase, []).append((line, found[0], bool(told)))
    for (line, raw, criterion), *more in said.values():
        again = f" The same words come on {len(more)} more lines." if len(more) > 1 else f" So does line {more[0][0]}." if more else ""
        message = f"{'A criterion' if criterion else 'The position'} says and/or, which leaves open whether one or both are meant.{again}"
        yield LintFinding("and-or", Severity.INFO, line, message, raw, "Is one of them enough, or are both asked?")


def _left_open(node: Criterion) -> Iterator[LintFinding]:
    heads = node.label in _BULLETS and len(node.text.split()) <= FEW_WORDS and not _ASKS.search(node.text)
    if node.op == Op.UNCLEAR and heads_reasons(node.text):
        message = f"Lines {node.first_line} to {node.last_line} list reasons against the service and say what else is asked where some of them hold."
        yield LintFinding(
            "criteria-and-or", Severity.INFO, node.first_line, message, _shown(node.text), "Which of them refuse by themselves?"
        )
    elif node.op == Op.UNCLEAR and not heads:
        message = (
            f"Lines {node.first_line} to {node.last_line} list {len(node.items)} items and leave open whether all or any of them are asked."
        )
        hint = "Are all of them needed, or is one enough? Ask the publisher; until then the list is kept as unclear."
        yield LintFinding("criteria-and-or", Severity.INFO, node.first_line, message, _shown(node.text), hint)


def _missing(node: Criterion) -> Iterator[LintFinding]:
    """A list whose opening names items that do not come, asks for more than there are, or whose numbers skip."""
    if not node.items or node.op == Op.UNLESS:
        return
    opened = opening(node.text)
    labels = [(item.label or "").strip("().").lower() for item in node.items]
    if opened.labels and opened.labels[0] in labels and set(opened.labels) - set(labels):
        absent = ", ".join(sorted(set(opened.labels) - set(labels)))
        message = f"The list names {', '.join(opened.labels)}; of these {absent} does not come."
        yield LintFinding("criteria-items-missing", Severity.WARNING, node.first_line, message, _shown(node.text), "Is the list whole?")
    if node.op == Op.AT_LEAST and node.n is not None and node.n > len(node.items):
        message = f"At least {node.n} are asked of a list of {len(node.items)}."
        yield LintFinding("criteria-items-missing", Severity.WARNING, node.first_line, message, _shown(node.text), "Is the list whole?")
    yield from _skips(node)


def _more(node: Criterion, tree: Criterion, text: Text) -> Iterator[LintFinding]:
    """A list that is longer than the labels that its opening names, in its own lines or in those right behind the statement."""
    named = opening(node.text).labels
    if not named or not node.items or node.items[-1].label is None:
        return
    labels = [(item.label or "").strip("().").lower() for item in node.items]
    beyond = [label for label in labels if label not in named] if set(named) <= set(labels) else []
    if not beyond and labels[-1] == named[-1] and node.last_line == tree.last_line:
        beyond = [mark.label.strip("().") for mark in _counted_on(node.items[-1], tree.last_line, text)]
    if beyond:
        upto = f"{beyond[0]} to {beyond[-1]}" if len(beyond) > 1 else beyond[0]
        message = f"The list names {', '.join(named)} and goes on: {upto} {'come' if len(beyond) > 1 else 'comes'} after them."
        hint = "Do these lines belong to the list, or to another place of the document?"
        yield LintFinding("criteria-items-more", Severity.WARNING, node.first_line, message, _shown(node.text), hint)


def _counted_on(item: Criterion, last: int, text: Text) -> Iterator[Mark]:
    """The marks of the lines behind a line that count on from an item, each by one."""
    marked = mark_of(f"{item.label} x")
    before = marked.marks if marked else ()
    for line in text.span(last + 1, last + FAR):
        if not plain(line.text):
            continue
        marked = mark_of(line.text)
        after = [two for two in (marked.marks if marked else ()) for one in before if _follows(one, two)]
        if not after:
            return
        yield after[0]
        before = tuple(after)


def _follows(one: Mark, two: Mark) -> bool:
    return one.style == two.style and one.ordinal is not None and two.ordinal == one.ordinal + 1


def _cut(node: Criterion, text: Text) -> Iterator[LintFinding]:
    """A criterion whose last word is a single letter or ends in a hyphen: its rest stands elsewhere or was lost."""
    found = None if node.items else _BROKEN.search(node.text[-LONGEST_BREAK:])
    if found is None or found["before"].strip(",;.").casefold() in _NAMES_LETTER:
        return
    rest = _rest(found["bit"].rstrip("-"), node.last_line, text)
    where = f" Line {rest} may hold its rest." if rest else ""
    message = f"A criterion breaks off inside a word (“{found[0].strip()}”).{where}"
    yield LintFinding("criterion-cut", Severity.WARNING, node.last_line, message, _shown(node.text), "How does the payer's own page go on?")


def _rest(bit: str, last: int, text: Text) -> int | None:
    """The first line behind that begins, after its mark, with letters that make the bit a word which the document uses nearby."""
    around = text.span(max(1, last - 10 * FAR), last + 10 * FAR)
    used = {word for line in around for word in _WORD.findall(line.text[:2000].casefold())}
    for line in text.span(last + 1, last + FAR):
        marked = mark_of(line.text)
        begins = _WORD.match(line.text, marked.end if marked else 0)
        if begins is not None and begins[0].islower() and f"{bit}{begins[0]}".casefold() in used:
            return line.number
    return None


def _skips(node: Criterion) -> Iterator[LintFinding]:
    before: tuple[Mark, ...] = ()
    for item in node.items:
        marked = mark_of(f"{item.label} x") if item.label else None
        marks = marked.marks if marked else ()
        pairs = [(one, two) for one in before for two in marks if one.style == two.style and one.ordinal and two.ordinal]
        if pairs and not any(two.ordinal == (one.ordinal or 0) + 1 for one, two in pairs):
            message = f"{item.label} follows {before[0].label}: the numbers skip."
            yield LintFinding("criteria-items-missing", Severity.WARNING, item.first_line, message, item.label, "Is an item missing?")
        before = marks


def _shown(words: str) -> str | None:
    return words[-120:] or None


@dataclass(frozen=True, slots=True)
class _Amount:
    """So many of a unit of something, where it is said."""

    number: int
    unit: str
    subject: frozenset[str]
    line: int
    raw: str


def _clashes(policy: Policy) -> Iterator[LintFinding]:
    """The same thing asked for so long in one place and so long in another, unless the two are alternatives."""
    seen: dict[tuple[frozenset[str], str], dict[int, list[_Amount]]] = {}
    stated = by_line(policy.statements)
    for amount in _amounts(policy):
        said = seen.setdefault((amount.subject, amount.unit), {})
        others = (each for number, before in said.items() if number != amount.number for each in before)
        earlier = next((each for each in others if not _apart(each.line, amount.line, stated)), None)
        if earlier is not None:
            message = f"Line {earlier.line} says {earlier.raw}, line {amount.line} {amount.raw}."
            yield LintFinding("numbers-clash", Severity.WARNING, amount.line, message, amount.raw, "Which of the two holds?")
        if len(said.setdefault(amount.number, [])) < OFTEN:
            said[amount.number].append(amount)


def _amounts(policy: Policy) -> Iterator[_Amount]:
    for section in policy.sections:
        if section.kind in _EVIDENCE:
            continue
        lines = policy.text.span(section.first_line, section.last_line)
        for place, line in enumerate(lines):
            words = plain(line.text[:2000])
            if not _TIMES.search(words):
                continue
            after = plain(lines[place + 1].text[:2000]) if place + 1 < len(lines) else ""
            for found in (*_OF.finditer(f"{words} {after}"), *_BEFORE.finditer(f"{words} {after}")):
                amount = _amount(found, line.number)
                if found.start() < len(words) and amount.subject:
                    yield amount


def _amount(found: re.Match[str], line: int) -> _Amount:
    told = found["number"].lower()
    subject = frozenset(word for word in found["subject"].lower().split() if word not in _GENERIC)
    return _Amount(_NUMBERS.get(told) or int(told), found["unit"].lower(), subject, line, found[0])


def _apart(one: int, other: int, stated: Mapping[int, Statement]) -> bool:
    """Whether two lines stand in different statements, or in different items of a list of alternatives."""
    first, second = stated.get(one), stated.get(other)
    if first is None or second is None:
        return False
    if first is not second:
        return True
    if first.criteria is None:
        return False
    shared, tree = _shared(_path(first.criteria, one), _path(first.criteria, other)), first.criteria
    for place in shared:
        tree = tree.items[place]
    return tree.op in _ALTERNATIVES and one != other


def _path(tree: Criterion, line: int) -> LeafPath:
    """The deepest node that holds the line."""
    held = [named.path for named in nodes(tree) if named.node.first_line <= line <= named.node.last_line]
    return max(held, key=len, default=())


def _shared(one: LeafPath, other: LeafPath) -> LeafPath:
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return one[:same]


def _undefined(policy: Policy) -> Iterator[LintFinding]:
    """Words that send the reader to a definition which the text does not hold."""
    defined = any(section.kind is SectionKind.DEFINITIONS for section in policy.sections)
    heads = [plain(line.text[:120]).lower() for line in policy.text.lines if _DEFINES.match(plain(line.text[:120]))]
    for statement in policy.statements:
        for line in policy.text.span(statement.first_line, statement.last_line):
            for found in _DEFINED_ELSEWHERE.finditer(line.text[:20_000]):
                where = (found["where"] or found["see"] or "").lower()
                held = any(head != plain(line.text).lower() and (where.rstrip("s") in head) for head in heads) if where else True
                if not held and not (defined and where.startswith(("definition", "glossary"))):
                    message = f"The text says “{found['said']}” and holds no {where}."
                    yield LintFinding("term-undefined", Severity.INFO, line.number, message, found["said"], "Where is it defined?")
