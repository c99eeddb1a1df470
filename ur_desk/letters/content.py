"""A letter's content from its facts, for the member or for the provider; or the data sheet where only an official form may be sent."""

from collections.abc import Iterable, Iterator

from ur_desk.domain.appeals.following import is_appeal
from ur_desk.domain.letter import REFUSING, Audience, Block, LetterContent, LetterFacts, LetterKind, kind_for
from ur_desk.domain.letters.notices import Extension, Lateness, NotExpedited
from ur_desk.errors import UserError
from ur_desk.letters import adverse, appeal, approval, assistance, head, information, notices, prose, provider, rights, services, sheet
from ur_desk.letters.family import BY_STATE, MEDICARE, Family, family_of
from ur_desk.letters.forms import Form, form_for
from ur_desk.letters.telling import Telling
from ur_desk.letters.wording import Wording

KEPT = "The decision is kept; no letter was written."
_FORM_KINDS = (LetterKind.ADVERSE, LetterKind.PARTIAL, LetterKind.LATE)


def compose(facts: LetterFacts, wording: Wording, audience: Audience = Audience.MEMBER, forms: Iterable[Form] = ()) -> LetterContent:
    """All that the letter says, each sentence with its sources; the same facts and wording give the same content.

    Where an official form takes the letter's place, the content is that form's data sheet, and `form` names it. UserError where the line
    of business has no wording, where the plan profile is another one's, where only a form may be sent that is not among `forms`, or
    where the kind of letter or its status words would contradict the decisions. What is only empty is left out here and told by
    `elements.missing`.
    """
    _agrees(facts)
    telling = Telling(facts, wording)
    _tells_the_truth(telling)
    form = _form(facts, forms) if audience is Audience.MEMBER else None
    blocks = sheet.blocks(telling, form) if form else _blocks(telling) if audience is Audience.MEMBER else provider.blocks(telling)
    return LetterContent(
        kind=facts.kind,
        title=wording.clauses["form.title" if form else _title(telling)].text,
        case_number=facts.case.number,
        dated=facts.dated,
        recipient=head.recipient(facts) if audience is Audience.MEMBER else head.copies(telling)[0],
        copies=head.copies(telling) if audience is Audience.MEMBER else (),
        sender=head.sender(telling),
        blocks=prose.translated(blocks, facts),
        lines=tuple(state.line for state in facts.states),
        wording=wording.sha256,
        language=wording.language,
        audience=audience,
        form=form.id if form else "",
        translator=wording.translator,
    )


def _title(telling: Telling) -> str:
    """The clause of the title; a letter about some lines says so, where its title would speak of the whole request."""
    clause = f"title.{telling.facts.kind}"
    return telling.some(clause) if f"{clause}.some" in telling.wording.clauses else clause


def _blocks(telling: Telling) -> Iterator[Block]:
    yield head.facts(telling)
    yield from head.greeting(telling)
    kind = telling.facts.kind
    opening = (head.asked(telling),)
    if kind in appeal.ABOUT and (made := appeal.opening(telling)):
        opening = (made,)
    if kind in (LetterKind.APPROVAL, LetterKind.APPEAL_OVERTURNED):
        yield from approval.blocks(telling, opening)
    elif kind in REFUSING:
        yield from adverse.blocks(telling, opening)
    elif kind is LetterKind.INFORMATION_REQUEST:
        yield from information.blocks(telling, opening, Audience.MEMBER)
    else:
        yield from notices.blocks(telling, opening, Audience.MEMBER)
    yield from rights.blocks(telling)
    yield from assistance.blocks(telling)


def _form(facts: LetterFacts, forms: Iterable[Form]) -> Form | None:
    """The official form of such a notice; a denial in Medicare Advantage is never a free letter, whatever forms are known."""
    family = family_of(facts.case.request)
    form = form_for(family, facts.kind, forms)
    if form is None and family in MEDICARE and facts.kind in _FORM_KINDS:
        raise UserError(
            "A denial in Medicare Advantage goes out on the official form, never as a free letter, and that form is not known here.",
            f"Put back the list of forms that came with the program. {KEPT}",
        )
    return form


def _agrees(facts: LetterFacts) -> None:
    request, profile = facts.case.request, facts.profile
    family = family_of(request)
    if profile.line_of_business is not request.line_of_business:
        raise UserError("The plan profile is for another line of business than the case.", f"Pick the right profile. {KEPT}")
    if family in BY_STATE and profile.state and request.state and profile.state.upper() != request.state.upper():
        raise UserError(
            f"The plan profile is for {profile.state}, and the law of {request.state} governs this case.", f"Pick the right profile. {KEPT}"
        )
    on_appeal = is_appeal(facts.case)
    kind = kind_for(facts.states, facts.notice, on_appeal)
    if kind is not facts.kind:
        raise UserError(
            f"A letter of the kind {_words(facts.kind)} would contradict the decisions: they take the kind {_words(kind)}.",
            f"Write that kind, or pick other lines. {KEPT}",
        )
    _agrees_with_its_days(facts, family)


def _agrees_with_its_days(facts: LetterFacts, family: Family) -> None:
    notice = facts.notice
    if isinstance(notice, Lateness) and notice.due > facts.dated:
        raise UserError("The answer is not late yet: the day on which it is due has not passed.", f"Look at the clock of the case. {KEPT}")
    ahead = {Extension: "until", NotExpedited: "answer_by"}.get(type(notice))
    if ahead and getattr(notice, ahead) < facts.dated:
        raise UserError("The day by which this notice promises an answer lies before the day of the letter.", f"Give a later day. {KEPT}")
    if facts.kind is LetterKind.DISMISSED and family not in MEDICARE:
        raise UserError("Only Medicare Advantage dismisses a request.", f"Decide it, or record that it was left out or withdrawn. {KEPT}")


def _tells_the_truth(telling: Telling) -> None:
    for state in telling.facts.states:
        if told := services.contradiction(telling, state):
            raise UserError(told, f"Take the decision back and record what was meant. {KEPT}")


def _words(kind: LetterKind) -> str:
    return kind.value.replace("_", " ")
