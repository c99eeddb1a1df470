"""What would be worth asking for: only what could change what the findings say of a line, each with why and the policy line behind it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ur_desk.domain.determination import PolicyCitation
from ur_desk.domain.findings import MatchReport, PolicyMatch, Relation, ServiceRow
from ur_desk.domain.information.asking import BEARS, settled
from ur_desk.domain.library.criteria import Answer, LeafPath, Named, evaluate
from ur_desk.domain.policy import Anchor, Policy, PolicyId, Sha256, Statement

Answers = Mapping[tuple[Sha256, int, LeafPath], Answer]
"""What is known of criteria: by text, first line of the statement, and place in its tree."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Something that is missing of a line, why it matters in words for the member, and the policy lines from which that comes."""

    item: str
    why: str
    cited: PolicyCitation


@dataclass(frozen=True, slots=True)
class Missing:
    """What is worth asking for of a line; `settled` says that no record could change the position against it, `question` what the
    physician asks who sent it back: that is worth asking for whatever the findings say."""

    line: int
    settled: bool
    wanted: tuple[Wanted, ...]
    question: str = ""


def wanted(report: MatchReport, policies: Iterable[Policy], line: int, known: Answers | None = None) -> tuple[Wanted, ...]:
    """What to ask for on a service line, in the order of the findings: which service is meant where that is unclear, else every criterion
    that is not documented and may still decide it. Nothing where no record could change the position."""
    row = report.service(line)
    if row is None or line in settled(report):
        return ()
    texts = {policy.text.sha256: policy for policy in policies}
    found = [each for match in report.policies if match.id in row.policies for each in _of(match, row, texts, known or {})]
    return tuple(dict.fromkeys(found))


def _of(match: PolicyMatch, row: ServiceRow, texts: Mapping[Sha256, Policy], known: Answers) -> Iterator[Wanted]:
    if match.text not in texts or match.relation is Relation.RELATED:
        return
    if row.relation in BEARS:
        yield from _criteria(match, texts[match.text], known)
    elif row.relation is Relation.CONFIRM_CONDITION:
        yield from _condition(match, row.line)
    elif row.relation is Relation.CONFIRM_SCOPE:
        yield from _scope(match, row.line)


def _condition(match: PolicyMatch, line: int) -> Iterator[Wanted]:
    for hit in match.hits:
        if hit.service_line == line and hit.condition and not hit.condition_shown and hit.line is not None:
            item = f"What exactly is to be done, and whether it is {_condition_words(hit.condition)}"
            yield Wanted(item, _WHY_WHICH, _cited(match, hit.line, hit.line))


def _condition_words(condition: str) -> str:
    """The condition as it ends a sentence: `videofluoroscopy`, of `only when specified as videofluoroscopy`."""
    told = condition.strip().removeprefix("only ")
    return told.removeprefix("when specified as ") if told.startswith("when specified as ") else f"done {told}"


def _scope(match: PolicyMatch, line: int) -> Iterator[Wanted]:
    places = [hit.line for hit in match.hits if hit.line is not None and hit.service_line in (line, None)]
    if places:
        yield Wanted("Which service is meant: what is to be done, to which part of the body", _WHY_WHICH, _cited(match, *places[:1] * 2))


_WHY_WHICH = "The plan has a medical policy that may be about this service. The request does not show whether it is."
_WHY_ASKED = "The medical policy about this service asks for it."
"""Neither names the policy: a letter quotes nothing that its reasons do not cite, and of a request for information nothing is cited."""


def _criteria(match: PolicyMatch, policy: Policy, known: Answers) -> Iterator[Wanted]:
    for statement in policy.statements:
        if statement.criteria is None or statement.all_indications:
            continue
        for named in _open(statement, match.text, known):
            node = named.node
            if node.text.strip():
                cited = _cited(match, node.first_line, node.last_line, node.start, node.end)
                yield Wanted(" ".join(node.text.split()), _WHY_ASKED, cited)


def _open(statement: Statement, text: Sha256, known: Answers) -> Iterator[Named]:
    """The criteria without an answer that may still decide the statement; what a document leaves open of its own is no question for a
    provider."""
    assert statement.criteria is not None
    answers = {path: answer for (of, first, path), answer in known.items() if of == text and first == statement.first_line}
    return (named for named in evaluate(statement.criteria, answers).unknown if not named.node.items)


def _cited(match: PolicyMatch, first: int, last: int, start: int | None = None, end: int | None = None) -> PolicyCitation:
    return PolicyCitation(PolicyId(match.id), match.effective, Anchor(match.text, first, last, start, end))
