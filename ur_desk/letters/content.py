"""A letter's content from its facts: the member's part first, then the provider's, then rights, then help."""

from collections.abc import Iterator

from ur_desk.domain.letter import Block, LetterContent, LetterFacts, LetterKind, kind_for
from ur_desk.domain.request import LineOfBusiness
from ur_desk.errors import UserError
from ur_desk.letters import adverse, approval, assistance, head, information, rights, services, technical
from ur_desk.letters.family import family_of
from ur_desk.letters.telling import Telling
from ur_desk.letters.wording import Wording

KEPT = "The decision is kept; no letter was written."


def compose(facts: LetterFacts, wording: Wording) -> LetterContent:
    """All that the letter says, each sentence with its sources; the same facts and wording give the same content.

    UserError where the line of business has no wording, where the plan profile is another one's, or where the kind of letter or
    its status words would contradict the decisions. What is only empty is left out here and told by `elements.missing`.
    """
    _agrees(facts)
    telling = Telling(facts, wording)
    _tells_the_truth(telling)
    return LetterContent(
        kind=facts.kind,
        title=wording.clauses[f"title.{facts.kind}"].text,
        case_number=facts.case.number,
        dated=facts.dated,
        recipient=head.recipient(facts),
        copies=head.copies(telling),
        sender=head.sender(telling),
        blocks=tuple(_blocks(telling)),
        lines=tuple(state.line for state in facts.states),
        wording=wording.sha256,
        language=wording.language,
    )


def _blocks(telling: Telling) -> Iterator[Block]:
    yield head.facts(telling)
    yield from head.greeting(telling)
    opening = (head.asked(telling),)
    if telling.facts.kind is LetterKind.APPROVAL:
        yield from approval.blocks(telling, opening)
    elif telling.facts.kind is LetterKind.INFORMATION_REQUEST:
        yield from information.blocks(telling, opening)
    else:
        yield from adverse.blocks(telling, opening)
    yield from technical.blocks(telling)
    yield from rights.blocks(telling)
    yield from assistance.blocks(telling)


def _agrees(facts: LetterFacts) -> None:
    request, profile = facts.case.request, facts.profile
    family_of(request)
    if profile.line_of_business is not request.line_of_business:
        raise UserError("The plan profile is for another line of business than the case.", f"Pick the right profile. {KEPT}")
    insured = request.line_of_business is LineOfBusiness.COMMERCIAL_INSURED
    if insured and profile.state and request.state and profile.state.upper() != request.state.upper():
        raise UserError(
            f"The plan profile is for {profile.state}, and the law of {request.state} governs this case.", f"Pick the right profile. {KEPT}"
        )
    kind = kind_for(facts.states)
    if kind is not facts.kind:
        raise UserError(
            f"A letter of the kind {_words(facts.kind)} would contradict the decisions: they take the kind {_words(kind)}.",
            f"Write that kind, or pick other lines. {KEPT}",
        )


def _tells_the_truth(telling: Telling) -> None:
    for state in telling.facts.states:
        if told := services.contradiction(telling, state):
            raise UserError(told, f"Take the decision back and record what was meant. {KEPT}")


def _words(kind: LetterKind) -> str:
    return kind.value.replace("_", " ")
