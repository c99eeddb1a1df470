"""The policies, guidelines and reasoning on which a decision rests, by name, version and line, for the provider."""

from collections.abc import Iterator

from ur_desk.domain.determination import HeldElsewhere, PolicyCitation
from ur_desk.domain.letter import Block, BlockKind, Sentence, SentenceSource, SourceKind
from ur_desk.domain.policy import Anchor, Policy
from ur_desk.letters import plain
from ur_desk.letters.reasons import Acts, cited, for_lines
from ur_desk.letters.telling import Telling, decision, paragraph, signed, written


def blocks(telling: Telling, decided: Acts) -> Iterator[Block]:
    """Every policy and guideline that a reason rests on, once, with the lines cited."""
    named = [made.reason for made, _ in decided]
    unread = [line for made, lines in decided if made.reason.no_policy_found and made.determination.adverse for line in lines]
    if not (unread or any(reason.policy_lines or reason.held_elsewhere for reason in named)):
        return
    yield telling.heading("criteria.heading", technical=True)
    for citation in dict.fromkeys(c for reason in named for c in reason.policy_lines):
        yield from _policy(telling, citation)
    for held in dict.fromkeys(h for reason in named for h in reason.held_elsewhere):
        yield paragraph(_held(telling, held, decided), technical=True)
    if unread:
        yield paragraph(telling.say("criteria.none", *map(decision, unread)), technical=True)


def _policy(telling: Telling, citation: PolicyCitation) -> Iterator[Block]:
    """The policy by name and version, then its lines: quoted where they are its own, never where they are an abstract."""
    policy, anchor = cited(telling.facts, citation), citation.anchor
    source = SentenceSource(SourceKind.POLICY, policy.id, anchor)
    values = {
        "publisher": policy.publisher or telling.facts.profile.plan_name or policy.id,
        "id": policy.id,
        "title": policy.title or policy.id,
    }
    if policy.version.effective:
        named = telling.say("criteria.policy", source, effective=telling.day(policy.version.effective), **values)
    else:
        named = telling.say("criteria.policy.undated", source, **values)
    lead = telling.say("criteria.abstract" if policy.abstract else "criteria.document", source)
    yield paragraph(named, lead, technical=True)
    yield Block(BlockKind.BULLETS, tuple(_lines(telling, policy, anchor)), technical=True)


def _lines(telling: Telling, policy: Policy, anchor: Anchor) -> Iterator[tuple[Sentence, ...]]:
    clause = "criteria.restated" if policy.abstract else "criteria.quoted"
    for number in range(anchor.first_line, anchor.last_line + 1):
        text = policy.text.line(number).text
        if anchor.start is not None and anchor.first_line == anchor.last_line:
            text = text[anchor.start : anchor.end]
        if plain.line(text):
            place = SentenceSource(SourceKind.POLICY, policy.id, Anchor(anchor.text, number, number, anchor.start, anchor.end))
            yield (telling.say(clause, place, element="cited_lines", line=str(number), words=text),)


def _held(telling: Telling, held: HeldElsewhere, decided: Acts) -> Sentence:
    lines = [line for made, own in decided if held in made.reason.held_elsewhere for line in own]
    sources = tuple(map(decision, lines))
    told = [telling.say("criteria.held", *sources, owner=held.owner, title=held.title)]
    if plain.line(held.version):
        told.append(telling.say("criteria.held.version", *sources, version=held.version))
    if plain.line(held.section):
        told.append(telling.say("criteria.held.section", *sources, section=held.section))
    joined = telling.stack(*told)
    return Sentence(joined.text.replace("\n", ", ") + ".", joined.sources, "cited_lines")


def rationale(telling: Telling, decided: Acts) -> Iterator[Block]:
    """The physician's own reasoning, whole, once for all lines decided by one act."""
    told = [(made, lines) for made, lines in decided if plain.line(made.rationale)]
    if told:
        yield telling.heading("rationale.heading", technical=True)
    for made, lines in told:
        rows = for_lines(telling, lines, written(made.rationale, *signed(made, lines, "rationale"), element="rationale"))
        yield Block(BlockKind.PARAGRAPH, rows, technical=True)
