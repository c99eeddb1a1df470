"""What a letter says of lines that are refused, wholly or in part: what, why, on what it rests, and what could help."""

from collections.abc import Iterable, Iterator, Sequence

from ur_desk.domain.case import LineState
from ur_desk.domain.decisions.grounds import Family
from ur_desk.domain.letter import Block, BlockKind, LetterKind, Sentence, SentenceSource, SourceKind
from ur_desk.letters import appeal, approval, plain, services
from ur_desk.letters.reasons import acts, cited, for_lines, reasons
from ur_desk.letters.telling import Telling, decision, merged, paragraph, profile, signed, written

CLAUSES = {
    LetterKind.ADVERSE: "adverse",
    LetterKind.PARTIAL: "partial",
    LetterKind.APPEAL_UPHELD: "upheld",
    LetterKind.APPEAL_PARTLY_OVERTURNED: "partly",
}
"""The clauses of each kind of refusal, by the first part of their names."""


def blocks(telling: Telling, opening: Sequence[Sentence]) -> Iterator[Block]:
    """What a letter to the member says of lines of which at least one is refused, wholly or in part."""
    states, kind = telling.facts.states, telling.facts.kind
    yield paragraph(*opening, decided(telling), telling.say("adverse.tells"))
    yield from table(telling)
    refused = refused_of(states)
    yield from reasons(telling, refused, f"{CLAUSES[kind]}.why")
    yield from _basis(telling, refused)
    if kind in (LetterKind.ADVERSE, LetterKind.PARTIAL):
        yield from _needed(telling, refused)
    yield from _alternatives(telling, refused)
    granted = [s for s in states if s.grants]
    if granted:
        yield from reasons(telling, [s for s in granted if s not in refused], "adverse.why.approved")
        yield telling.heading("approval.know.part")
        yield approval.know(telling, granted)


def decided(telling: Telling) -> Sentence:
    """What was decided of all lines of the letter together."""
    part = telling.facts.kind is LetterKind.APPEAL_UPHELD and any(s.grants for s in telling.facts.states)
    clause = "upheld.part.decision" if part else f"{CLAUSES[telling.facts.kind]}.decision"
    return telling.of_request(clause, *(decision(s.line) for s in telling.facts.states))


def table(telling: Telling) -> Iterator[Block]:
    """Each line: what was asked for, and what was decided of it; then the rest of the request."""
    yield telling.heading("adverse.services")
    header = (telling.say("service.column"), telling.say("asked.column"), telling.say("decision.column"))
    rows = (
        (services.name_cell(telling, s), services.asked_cell(telling, s), services.decision_cell(telling, s)) for s in telling.facts.states
    )
    yield Block(BlockKind.TABLE, (header, *rows))
    yield from services.rest(telling)


def refused_of(states: Iterable[LineState]) -> tuple[LineState, ...]:
    """The lines of which something is refused."""
    return tuple(s for s in states if s.determination and s.determination.adverse)


def _basis(telling: Telling, refused: Sequence[LineState]) -> Iterator[Block]:
    yield telling.heading("basis.heading")
    rows: list[tuple[Sentence, ...]] = [(_decider(telling, refused),)]
    if telling.facts.kind in appeal.KINDS:
        rows.append((appeal.another_reviewer(telling),))
    rows += [(told,) for told in merged(criteria(telling, refused))]
    if provision := plain.line(telling.facts.profile.plan_provision):
        rows.append((telling.say("basis.provision", profile("plan_provision"), element="plan_provision", provision=provision),))
    rows.append((telling.say("basis.offer", element="criterion_offer"),))
    rows.append((telling.say("basis.yours"),))
    yield Block(BlockKind.BULLETS, tuple(rows))


def _decider(telling: Telling, refused: Sequence[LineState]) -> Sentence:
    """That a physician decided, where the credential says so; else that a licensed professional did; that nobody judged the care where
    the plan's terms alone refuse it."""
    if all(s.decision and s.decision.refused_as is Family.ADMINISTRATIVE for s in refused):
        return telling.say("basis.administrative", *(decision(s.line) for s in refused), element="decider")
    held = [s.decision.signature.credential for s in refused if s.decision]
    physicians = all(c is not None and telling.wording.term("physicians", plain.line(c.kind).upper()) for c in held)
    clause = "basis.physician" if physicians else "basis.peer"
    return telling.say(clause, *(decision(s.line) for s in refused), element="decider")


def criteria(telling: Telling, refused: Sequence[LineState]) -> Iterator[Sentence]:
    """Each criterion by the name that its owner gave it, with the lines that rest on it."""
    for made, lines in acts(refused):
        sources = tuple(decision(line) for line in lines)
        for citation in made.reason.policy_lines:
            policy = cited(telling.facts, citation)
            owner = policy.publisher or telling.facts.profile.plan_name or policy.id
            source = SentenceSource(SourceKind.POLICY, policy.id)
            yield telling.say("basis.policy", source, *sources, element="criterion", title=policy.title or policy.id, publisher=owner)
        for held in made.reason.held_elsewhere:
            clause = "basis.contract" if made.refused_as is Family.ADMINISTRATIVE else "basis.held"
            yield telling.say(clause, *sources, element="criterion", title=held.title, owner=held.owner)


def _needed(telling: Telling, refused: Sequence[LineState]) -> Iterator[Block]:
    yield telling.heading("needed.heading")
    silent: list[Sentence] = []
    for made, lines in acts(refused):
        sources = signed(made, lines, "information_needed")
        told = written(made.information_needed, *sources)
        if told:
            first = telling.say("needed.named", *sources, element="information_needed", information=told[0][0].text)
            yield Block(BlockKind.PARAGRAPH, ((first,), *told[1:]))
        else:
            silent.append(telling.say("needed.none", *sources, element="information_needed"))
    yield paragraph(*merged(silent), telling.say("needed.send"))


def _alternatives(telling: Telling, refused: Sequence[LineState]) -> Iterator[Block]:
    """The services that the decider suggests in place of what is refused, in the decider's own words; nothing where none are named."""
    told = [(made, lines) for made, lines in acts(refused) if plain.line(made.alternatives)]
    if told:
        yield telling.heading("alternatives.heading")
    for made, lines in told:
        rows = written(made.alternatives, *signed(made, lines, "alternatives"), element="alternatives")
        yield Block(BlockKind.PARAGRAPH, for_lines(telling, lines, rows))
