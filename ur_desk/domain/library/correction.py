"""What a person mends in the reading of a policy: a small value that makes of one reading another, the same on every machine.

The text is the payer's and is never mended: its lines and its sha256 stay as they came. What is mended is what was understood of
the lines: where a section begins, which position is taken where, what a criterion asks, which codes a line lists, which words are
the title and the number, and what a row of the history tells.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from ur_desk.domain.codes import System, has_shape, normal
from ur_desk.domain.library.criteria import Criterion, LeafPath, Op
from ur_desk.domain.library.criterion_edit import UNCHANGED, added, dropped, joined, operated, split, within
from ur_desk.domain.library.fact_edit import collapsed, numbered, titled, with_row, without_row
from ur_desk.domain.policy import CodeEntry, EntryState, HistoryRow, Policy, Position, Section, SectionKind, Statement
from ur_desk.errors import UserError


class What(StrEnum):
    """What a correction does; the value is the word of the command line."""

    SECTION = "section"
    SECTION_JOIN = "section-join"
    STATEMENT = "statement"
    STATEMENT_SPLIT = "statement-split"
    STATEMENT_JOIN = "statement-join"
    STATEMENT_DROP = "statement-drop"
    CRITERION = "criterion"
    CRITERION_ADD = "criterion-add"
    CRITERION_SPLIT = "criterion-split"
    CRITERION_JOIN = "criterion-join"
    CRITERION_DROP = "criterion-drop"
    CODE = "code"
    CODE_DROP = "code-drop"
    TITLE = "title"
    NUMBER = "number"
    HISTORY = "history"
    HISTORY_DROP = "history-drop"


@dataclass(frozen=True, slots=True)
class Correction:
    """One thing to mend at one line; what the kind needs is told, all else is None.

    - `section`: from `line` on stands a section of kind `section`; `heading` says that the line is its printed heading,
      `bare` that it has none.
    - `section-join`: the section of `line` belongs to the one before it.
    - `statement`: lines `line` to `last_line` take `position`, of the services `terms`, `all_indications` or some; `statement-split`: a second statement begins at `line`;
      `statement-join`: the statement of `line` belongs to the one before it; `statement-drop`: no position is taken there.
    - `criterion`: the node at `path` in the tree of the statement of `line` asks for `op` (and `n`); `criterion-add`: line `at_line`
      is one more item below `path`; `criterion-split`: the leaf's words from character `at` on are a second criterion;
      `criterion-join`: it belongs to the item before it; `criterion-drop`: it is none.
    - `code`: `line` lists `low` (to `high`) of `system` under `condition` with `position`, in the place of the entry `was` or as a
      new one; `code-drop`: the entry `was` is none.
    - `title`: lines `line` to `last_line` print the title, all of them or `words`; `number`: `line`, or the head or foot of a page,
      prints the number `words`.
    - `history`: lines `line` to `last_line` are a row of the history, and this is all that it tells: `status`, `day`, what was done
      (`words`, or the lines as they stand), and the `document` of an `organization` where it tells of one that stood before;
      `history-drop`: the row of `line` is none.
    """

    what: What
    line: int
    last_line: int | None = None
    path: LeafPath | None = None
    section: SectionKind | None = None
    heading: bool = False
    position: Position | None = None
    op: Op | None = None
    n: int | None = None
    at: int | None = None
    at_line: int | None = None
    system: System | None = None
    low: str | None = None
    high: str | None = None
    condition: str | None = None
    was: str | None = None
    all_indications: bool | None = None
    terms: tuple[str, ...] | None = None
    bare: bool = False
    words: str | None = None
    status: str | None = None
    day: date | None = None
    organization: str | None = None
    document: str | None = None

    def __post_init__(self) -> None:
        missing = [name for name in _NEEDS.get(self.what, ()) if getattr(self, name) is None]
        if missing:
            names = ", ".join(name.replace("_", " ") for name in missing)
            raise UserError(f"The correction {self.what.value} does not say everything: {names}.", UNCHANGED)


_NEEDS = {
    What.SECTION: ("section",),
    What.STATEMENT: ("position",),
    What.CRITERION: ("path", "op"),
    What.CRITERION_ADD: ("path", "at_line"),
    What.CRITERION_SPLIT: ("path", "at"),
    What.CRITERION_JOIN: ("path",),
    What.CRITERION_DROP: ("path",),
    What.CODE: ("system", "low"),
    What.CODE_DROP: ("was",),
    What.NUMBER: ("words",),
}


def corrected(policy: Policy, told: Correction) -> Policy:
    """The reading with one thing mended, under the same text; UserError where the correction fits nothing that stands there."""
    last = len(policy.text.lines)
    for number in (told.line, told.last_line, told.at_line):
        if number is not None and not 1 <= number <= last:
            raise UserError(f"The text has the lines 1 to {last}, and no line {number}.", UNCHANGED)
    mended = _WAYS[told.what](policy, told)
    if mended == policy:
        raise UserError("That is what the reading says already.", UNCHANGED)
    return mended


def replayed(policy: Policy, corrections: Iterable[Correction]) -> Policy:
    """The reading with every correction in turn."""
    for each in corrections:
        policy = corrected(policy, each)
    return policy


def unjudged(policy: Policy) -> Policy:
    """The reading without what is judged of it: findings and the state of code entries, which a later program may judge otherwise."""
    return replace(policy, codes=tuple(replace(entry, state=EntryState.OK, why=None) for entry in policy.codes), findings=())


# sections --------------------------------------------------------------------------------------------------------------------


def _section(policy: Policy, told: Correction) -> Policy:
    """A section begins at the line; what stood before it ends there."""
    assert told.section is not None
    heading = policy.text.line(told.line).text.strip() if told.heading else None
    kept: list[Section] = []
    for each in policy.sections:
        if each.first_line == told.line:
            kept.append(replace(each, kind=told.section, heading=heading or (None if told.bare else each.heading)))
        elif each.first_line < told.line <= each.last_line:
            kept += [replace(each, last_line=told.line - 1), Section(told.section, heading, told.line, each.last_line)]
        else:
            kept.append(each)
    return replace(policy, sections=tuple(kept))


def _section_join(policy: Policy, told: Correction) -> Policy:
    place = next((i for i, each in enumerate(policy.sections) if each.first_line <= told.line <= each.last_line), 0)
    if place == 0:
        raise UserError("No section stands before it.", UNCHANGED)
    before, one = policy.sections[place - 1 : place + 1]
    whole = replace(before, last_line=one.last_line)
    return replace(policy, sections=(*policy.sections[: place - 1], whole, *policy.sections[place + 1 :]))


# statements ------------------------------------------------------------------------------------------------------------------


def statement_at(policy: Policy, line: int) -> tuple[int, Statement]:
    """The last statement that holds a line, with its place; UserError where none does."""
    held = [(i, each) for i, each in enumerate(policy.statements) if each.first_line <= line <= each.last_line]
    if not held:
        raise UserError(f"No position is taken on line {line}.", f"Say first which position stands there. {UNCHANGED}")
    return max(held, key=lambda pair: pair[1].first_line)


def _statement(policy: Policy, told: Correction) -> Policy:
    """The lines take the position; statements that begin among them are part of it, one that reaches into them ends before."""
    assert told.position is not None
    known = next((each for each in policy.statements if each.first_line == told.line), None)
    last = told.last_line or (known.last_line if known else told.line)
    if last < told.line:
        raise UserError("A statement ends on its first line or after it.", UNCHANGED)
    made = known or Statement(told.position, "", told.line, told.line)
    made = replace(made, position=told.position)
    if told.all_indications is not None:
        made = replace(made, all_indications=told.all_indications)
    if told.terms is not None:
        made = replace(made, terms=told.terms)
    if known is None or last != known.last_line:
        made = _spanning(policy, made, told.line, last)
    others = (_until(policy, each, told.line) for each in policy.statements if not told.line <= each.first_line <= last)
    return _with_statements(policy, (*others, made))


def _statement_split(policy: Policy, told: Correction) -> Policy:
    place, one = statement_at(policy, told.line)
    if told.line == one.first_line:
        raise UserError("A statement begins on that line already.", UNCHANGED)
    first = _until(policy, one, told.line)
    second = _spanning(policy, replace(one, position=told.position or one.position), told.line, one.last_line)
    return _with_statements(policy, (*policy.statements[:place], first, second, *policy.statements[place + 1 :]))


def _statement_join(policy: Policy, told: Correction) -> Policy:
    place, one = statement_at(policy, told.line)
    if place == 0:
        raise UserError("No statement stands before it.", UNCHANGED)
    before = policy.statements[place - 1]
    last = max(before.last_line, one.last_line)
    trees = [tree for tree in (before.criteria, one.criteria) if tree is not None]
    tree = trees[0] if len(trees) == 1 else None
    if len(trees) == 2:
        tree = Criterion(Op.UNCLEAR, "", trees[0].first_line, trees[1].last_line, items=tuple(trees))
    terms = tuple(dict.fromkeys((*before.terms, *one.terms)))
    whole = replace(before, text=_words(policy, before.first_line, last), last_line=last, terms=terms, criteria=tree)
    return _with_statements(policy, (*policy.statements[: place - 1], whole, *policy.statements[place + 1 :]))


def _statement_drop(policy: Policy, told: Correction) -> Policy:
    place, _ = statement_at(policy, told.line)
    return _with_statements(policy, (*policy.statements[:place], *policy.statements[place + 1 :]))


def _until(policy: Policy, one: Statement, line: int) -> Statement:
    """The statement as far as it stands before a line."""
    return _spanning(policy, one, one.first_line, line - 1) if one.first_line < line <= one.last_line else one


def _spanning(policy: Policy, one: Statement, first: int, last: int) -> Statement:
    """The statement over other lines, with what of its criteria stands there."""
    tree = within(one.criteria, first, last)
    return replace(one, text=_words(policy, first, last), first_line=first, last_line=last, criteria=tree)


def _words(policy: Policy, first: int, last: int) -> str:
    return "\n".join(words for line in policy.text.span(first, last) if (words := " ".join(line.text.split())))


def _with_statements(policy: Policy, statements: Iterable[Statement]) -> Policy:
    return replace(policy, statements=tuple(sorted(statements, key=lambda each: (each.first_line, each.last_line))))


# criteria --------------------------------------------------------------------------------------------------------------------


def _tree(change: Callable[[Policy, Statement, Correction], Criterion | None]) -> Callable[[Policy, Correction], Policy]:
    """A change of the tree of the statement that holds the line."""

    def mend(policy: Policy, told: Correction) -> Policy:
        place, one = statement_at(policy, told.line)
        mended = replace(one, criteria=change(policy, one, told))
        return replace(policy, statements=(*policy.statements[:place], mended, *policy.statements[place + 1 :]))

    return mend


def _operate(_policy: Policy, one: Statement, told: Correction) -> Criterion:
    assert told.op is not None
    return operated(one.criteria, told.path or (), told.op, told.n)


def _add(policy: Policy, one: Statement, told: Correction) -> Criterion:
    assert told.at_line is not None
    words = " ".join(policy.text.line(told.at_line).text.split())
    if not words or not one.first_line <= told.at_line <= one.last_line:
        raise UserError(
            "A criterion is a line with words of the statement it belongs to.", f"Let the statement reach to it first. {UNCHANGED}"
        )
    return added(one.criteria, told.path or (), Criterion(Op.LEAF, words, told.at_line, told.at_line))


def _split(policy: Policy, one: Statement, told: Correction) -> Criterion:
    lines = [(line.number, line.text) for line in policy.text.span(one.first_line, one.last_line)]
    return split(one.criteria, told.path or (), told.at or 0, lines)


# codes -----------------------------------------------------------------------------------------------------------------------


def _entry_at(policy: Policy, line: int, was: str) -> int:
    """The place of the entry that a line lists, by what it reads as or prints."""
    sought = was.strip().casefold()
    places = [
        place
        for place, entry in enumerate(policy.codes)
        if entry.line == line and sought in (entry.printed.casefold(), entry.raw.strip().casefold(), entry.low.casefold(), _ends(entry))
    ]
    exact = [place for place in places if sought == policy.codes[place].printed.casefold()] or places
    if not exact:
        raise UserError(f"Line {line} lists no {was[:40]}.", f"Look at the code entries of the line. {UNCHANGED}")
    return exact[0]


def _ends(entry: CodeEntry) -> str:
    return f"{entry.low}-{entry.high}".casefold() if entry.high else entry.low.casefold()


def _code(policy: Policy, told: Correction) -> Policy:
    assert told.system is not None
    assert told.low is not None
    low, high = normal(told.low, told.system), normal(told.high, told.system) if told.high else None
    for end in (low, high):
        if end is not None and not has_shape(end, told.system):
            raise UserError(f"{end[:40]} has not the shape of a code of {told.system.value}.", UNCHANGED)
    condition = (told.condition or "").strip() or None
    place = None if told.was is None else _entry_at(policy, told.line, told.was)
    if place is None:
        same = [e for e in policy.codes if (e.line, e.system, e.low, e.high) == (told.line, told.system, low, high)]
        if same:
            raise UserError(f"Line {told.line} lists {same[0].printed} already.", UNCHANGED)
        raw = " ".join(policy.text.line(told.line).text.split())
        entry = CodeEntry(told.system, low, high, told.line, raw, None, condition, None, told.position)
        codes = (*policy.codes, entry)
    else:
        known = policy.codes[place]
        entry = replace(known, system=told.system, low=low, high=high, condition=condition, position=told.position or known.position)
        codes = (*policy.codes[:place], entry, *policy.codes[place + 1 :])
    return replace(policy, codes=tuple(sorted(codes, key=lambda each: each.line)))


def _code_drop(policy: Policy, told: Correction) -> Policy:
    place = _entry_at(policy, told.line, told.was or "")
    return replace(policy, codes=(*policy.codes[:place], *policy.codes[place + 1 :]))


# facts -----------------------------------------------------------------------------------------------------------------------


def _title(policy: Policy, told: Correction) -> Policy:
    return titled(policy, told.line, _last(told), told.words)


def _history(policy: Policy, told: Correction) -> Policy:
    last = _last(told)
    words = collapsed(policy.text.between(told.line, last) if told.words is None else told.words)
    named = [collapsed(each or "") or None for each in (told.status, told.organization, told.document)]
    row = HistoryRow(named[0], told.day, words, told.line, named[1], named[2], last if last > told.line else None)
    return with_row(policy, row)


def _last(told: Correction) -> int:
    last = told.last_line or told.line
    if last < told.line:
        raise UserError("The last line stands before the first.", UNCHANGED)
    return last


_WAYS: dict[What, Callable[[Policy, Correction], Policy]] = {
    What.SECTION: _section,
    What.SECTION_JOIN: _section_join,
    What.STATEMENT: _statement,
    What.STATEMENT_SPLIT: _statement_split,
    What.STATEMENT_JOIN: _statement_join,
    What.STATEMENT_DROP: _statement_drop,
    What.CRITERION: _tree(_operate),
    What.CRITERION_ADD: _tree(_add),
    What.CRITERION_SPLIT: _tree(_split),
    What.CRITERION_JOIN: _tree(lambda _policy, one, told: joined(one.criteria, told.path or ())),
    What.CRITERION_DROP: _tree(lambda _policy, one, told: dropped(one.criteria, told.path or ())),
    What.CODE: _code,
    What.CODE_DROP: _code_drop,
    What.TITLE: _title,
    What.NUMBER: lambda policy, told: numbered(policy, told.line, told.words or ""),
    What.HISTORY: _history,
    What.HISTORY_DROP: lambda policy, told: without_row(policy, told.line),
}
