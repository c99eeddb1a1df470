"""What a case follows and what follows it, as it is shown beside it: decisions before, with their reasons and cited lines, and findings since."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from ur_desk.domain.appeals.following import AppealTold, against_of, finding, paired, takes_an_appeal
from ur_desk.domain.case import Case
from ur_desk.domain.determination import Determination, Finding, PolicyCitation
from ur_desk.domain.events import Following
from ur_desk.domain.line_state import LineState


@dataclass(frozen=True, slots=True)
class CitedText:
    """Policy lines that a decision rests on, with what they say."""

    cited: PolicyCitation
    words: str


@dataclass(frozen=True, slots=True)
class EarlierLine:
    """A line that was decided before: the line of this case that is about it, None where nobody told; how it stands there; and the lines
    that its reason cites."""

    line: int | None
    state: LineState
    cited: tuple[CitedText, ...] = ()


@dataclass(frozen=True, slots=True)
class Earlier:
    """The case that a case follows. `lines` are those that were refused; empty where that case is closed to the person, or gone."""

    number: str
    kind: Following
    shown: bool
    lines: tuple[EarlierLine, ...] = ()


@dataclass(frozen=True, slots=True)
class LaterLine:
    """What became of a line of this case in one that follows it: there as which line, what was decided, what that makes of it, and the
    number under which what was granted is authorized."""

    of: int
    line: int
    determination: Determination | None
    finding: Finding | None
    authorization: str = ""


@dataclass(frozen=True, slots=True)
class Later:
    """A case that follows this one: who asked for it, when it came, and what became of each line; no more than its number where it is
    closed to the person."""

    number: str
    kind: Following
    received_at: datetime | None
    shown: bool
    told: AppealTold | None = None
    lines: tuple[LaterLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Lineage:
    """What a case follows, and all that follows it."""

    earlier: Earlier | None = None
    later: tuple[Later, ...] = ()


ALONE = Lineage()
"""It follows nothing, and nothing follows it."""
Words = Callable[[LineState, PolicyCitation], str]
"""What cited lines say, in the text that the line's match had pinned."""


def earlier_of(case: Case, before: Case | None, words: Words) -> Earlier | None:
    """The case before, None where there is none; `before` is None where it is not to be shown."""
    if case.follows is None:
        return None
    told = before.lines if before else ()
    lines = tuple(_earlier(case, state, words, told) for state in told if takes_an_appeal(state) or _about(case, state.line) is not None)
    return Earlier(case.follows.number, case.follows.kind, before is not None, lines)


def _earlier(case: Case, state: LineState, words: Words, told: Iterable[LineState]) -> EarlierLine:
    line = _about(case, state.line)
    if line is None and case.appeal is None:
        line = next((mine for mine, of in paired(case.lines, told).items() if of == state.line), None)
    cited = state.decision.reason.policy_lines if state.decision else ()
    return EarlierLine(line, state, tuple(CitedText(each, words(state, each)) for each in cited))


def _about(case: Case, of: int) -> int | None:
    told = case.appeal.against if case.appeal else ()
    return next((each.line for each in told if each.of == of), None)


def later_of(number: str, kind: Following, received_at: datetime | None, after: Case | None) -> Later:
    """A case that follows; `after` is None where it is not to be shown."""
    if after is None:
        return Later(number, kind, received_at, shown=False)
    return Later(number, kind, received_at, True, after.appeal, tuple(_later(after)))


def _later(after: Case) -> Iterator[LaterLine]:
    for state in after.lines:
        was = against_of(after, state.line)
        if was is not None:
            authorized = state.authorization.number if state.authorization else ""
            yield LaterLine(was.of, state.line, state.determination, finding(after, state.line), authorized)
