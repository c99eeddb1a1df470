"""Reasons: each in the decider's own words for the member, once for all the lines that were decided by one act."""

from collections.abc import Iterable, Iterator

from ur_desk.domain.case import LineState
from ur_desk.domain.determination import Decision, PolicyCitation
from ur_desk.domain.letter import Block, BlockKind, LetterFacts
from ur_desk.domain.policy import Policy
from ur_desk.errors import UserError
from ur_desk.letters.telling import Rows, Telling, decision, signed, written

Acts = tuple[tuple[Decision, tuple[int, ...]], ...]


def acts(states: Iterable[LineState]) -> Acts:
    """Each decision once, with the lines that it decides."""
    made: dict[Decision, list[int]] = {}
    for state in states:
        if state.decision:
            made.setdefault(state.decision, []).append(state.line)
    return tuple((told, tuple(lines)) for told, lines in made.items())


def reasons(telling: Telling, states: Iterable[LineState], heading: str) -> Iterator[Block]:
    """A heading, and each reason under the numbers of its lines; nothing where nobody gave a reason."""
    told = [(made, lines) for made, lines in acts(states) if made.reason.words.strip()]
    if told:
        yield telling.heading(heading)
    for made, lines in told:
        rows = written(made.reason.words, *signed(made, lines, "reason"), element="reason")
        yield Block(BlockKind.PARAGRAPH, for_lines(telling, lines, rows))


def for_lines(telling: Telling, lines: tuple[int, ...], rows: Rows) -> Rows:
    """The rows, led by the numbers of their lines where the letter is about others too."""
    if len(lines) == len(telling.facts.lines) or not rows:
        return rows
    clause = "reason.lines" if len(lines) > 1 else "reason.line"
    lead = telling.say(clause, *(decision(line) for line in lines), lines=telling.numbers(lines))
    return ((lead, *rows[0]), *rows[1:])


def cited(facts: LetterFacts, citation: PolicyCitation) -> Policy:
    """The policy whose text a reason cites; UserError where that text, or the line, is not at hand."""
    policy = facts.policies.get(citation.anchor.text)
    if policy is None or citation.anchor.last_line > len(policy.text.lines):
        raise UserError(
            f"The lines of policy {citation.policy} that the reason cites are not in this workspace.",
            "Import that version of the policy again. The decision is kept; no letter was written.",
        )
    return policy
