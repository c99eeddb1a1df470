"""The provider's copy: the same facts as the member's letter, with the codes, criteria and rationale, and without the member's rights."""

from collections.abc import Iterator, Sequence

from ur_desk.domain.letter import REFUSING, Audience, Block, BlockKind, LetterKind, Sentence
from ur_desk.letters import adverse, appeal, approval, assistance, head, information, notices, plain, technical
from ur_desk.letters.reasons import acts, reasons
from ur_desk.letters.telling import Telling, merged, paragraph, request, signed, written


def blocks(telling: Telling) -> Iterator[Block]:
    """All that the provider's copy says."""
    yield head.facts(telling)
    yield paragraph(_greeting(telling))
    opening = _opening(telling)
    kind = telling.facts.kind
    if kind in REFUSING:
        yield from _refused(telling, opening)
    elif kind in (LetterKind.APPROVAL, LetterKind.APPEAL_OVERTURNED):
        yield paragraph(*opening, approval.decided(telling))
        yield from approval.table(telling)
        yield from reasons(telling, telling.facts.states, "provider.told")
        yield telling.heading("approval.know")
        yield approval.know_provider(telling, telling.facts.states)
    elif kind is LetterKind.INFORMATION_REQUEST:
        yield from information.blocks(telling, opening, Audience.PROVIDER)
    else:
        yield from notices.blocks(telling, opening, Audience.PROVIDER)
    yield from technical.blocks(telling)
    if kind in REFUSING:
        yield telling.heading("provider.rights")
        clause = "provider.rights.next" if kind in appeal.KINDS else "provider.rights.letter"
        yield paragraph(telling.say(clause), telling.say("provider.rights.act"))
    yield from assistance.questions(telling)
    yield from head.closing(telling)


def _refused(telling: Telling, opening: Sequence[Sentence]) -> Iterator[Block]:
    yield paragraph(*opening, adverse.decided(telling))
    yield from adverse.table(telling)
    refused = adverse.refused_of(telling.facts.states)
    yield from reasons(telling, refused, "provider.told")
    if criteria := merged(adverse.criteria(telling, refused)):
        yield Block(BlockKind.BULLETS, tuple((told,) for told in criteria))
    if telling.facts.kind in (LetterKind.ADVERSE, LetterKind.PARTIAL):
        yield telling.heading("provider.needed")
        yield from _needed(telling)
    granted = [s for s in telling.facts.states if s.grants]
    if granted:
        yield from reasons(telling, [s for s in granted if s not in refused], "adverse.why.approved")
        yield telling.heading("approval.know.part")
        yield approval.know_provider(telling, granted)


def _needed(telling: Telling) -> Iterator[Block]:
    silent: list[Sentence] = []
    for made, lines in acts(adverse.refused_of(telling.facts.states)):
        sources = signed(made, lines, "information_needed")
        if told := written(made.information_needed, *sources, element="information_needed"):
            yield Block(BlockKind.PARAGRAPH, told)
        else:
            silent.append(telling.say("provider.needed.none", *sources, element="information_needed"))
    if silent:
        yield paragraph(*merged(silent))


def _greeting(telling: Telling) -> Sentence:
    provider = telling.facts.case.request.requesting_provider
    if provider and (name := plain.line(provider.name or "")):
        return telling.say("greeting", request("requesting_provider.name"), name=name)
    return telling.say("greeting.role", request("requesting_provider"))


def _opening(telling: Telling) -> tuple[Sentence, ...]:
    member = telling.facts.case.request.member.full_name
    if plain.line(member):
        about = telling.say("provider.asked", request("member"), member=member)
    else:
        about = telling.say("provider.asked.unnamed", request("member"))
    made = appeal.opening(telling) if telling.facts.kind in appeal.ABOUT else None
    return (about, made) if made else (about,)
