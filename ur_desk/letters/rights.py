"""The rights of a member whose request is refused, wholly or in part, and where help is to be had; by family of texts."""

from collections.abc import Callable, Iterator, Mapping

from ur_desk.domain.letter import REFUSING, Block, BlockKind, LetterKind, Sentence
from ur_desk.letters import appeal, plain
from ur_desk.letters.family import ERISA, STATE_PROGRAMS, WINDOWS, Family, erisa_certain, family_of
from ur_desk.letters.notices import counts_as_denied, from_profile
from ur_desk.letters.telling import Telling, of_case, paragraph, profile, request

Section = Callable[[Telling], Iterator[Block]]


def blocks(telling: Telling) -> Iterator[Block]:
    """All rights that the member's family of texts gives; nothing where no right of appeal arises."""
    kind, family = telling.facts.kind, family_of(telling.facts.case.request)
    late = kind is LetterKind.LATE and (family in STATE_PROGRAMS or counts_as_denied(telling.facts))
    if kind not in REFUSING and not late:
        return
    for section in (_AFTER_APPEAL if kind in appeal.KINDS else _FIRST)[family]:
        yield from section(telling)


def _appeal(telling: Telling) -> Iterator[Block]:
    yield telling.heading("appeal.heading")
    said = [telling.say("appeal.right", element="internal_appeal")]
    if days := WINDOWS.get(family_of(telling.facts.case.request)):
        said.append(telling.say(f"appeal.window.{days}", element="appeal_window"))
    yield paragraph(*said)
    yield from from_profile(telling, "internal_appeal_text", "internal_appeal_text")
    yield telling.heading("appeal.how")
    yield _steps(telling)
    yield paragraph(telling.say("appeal.reviewer", element="new_reviewer"))


def _steps(telling: Telling) -> Block:
    told = telling.facts.profile
    steps: list[tuple[Sentence, ...]] = [
        (telling.say("appeal.say", of_case("number"), case=telling.facts.case.number),),
        (telling.say("appeal.send", element="submit_comments"),),
    ]
    ways: list[Sentence] = []
    if lines := plain.address(told.appeal_address):
        ways.append(telling.say("appeal.mail", profile("appeal_address"), element="appeal_address", address=", ".join(lines)))
    if plain.line(told.appeal_fax):
        ways.append(telling.say("appeal.fax", profile("appeal_fax"), fax=told.appeal_fax))
    if plain.line(told.appeal_phone):
        ways.append(telling.say("appeal.phone", profile("appeal_phone"), phone=told.appeal_phone))
    return Block(BlockKind.STEPS, tuple(steps + ([tuple(ways)] if ways else [])))


def _fast(telling: Telling) -> Iterator[Block]:
    """When a fast appeal is to be had; the hours are told where they are known for the family."""
    yield telling.heading("fast.heading")
    hearing = family_of(telling.facts.case.request) is Family.MEDICAID_FFS
    said = [telling.say("fast.hearing" if hearing else "fast.when", element="expedited")]
    phone = telling.facts.profile.expedited_phone
    if plain.line(phone):
        clause = "fast.how" if family_of(telling.facts.case.request) in WINDOWS else "fast.call"
        said.append(telling.say(clause, profile("expedited_phone"), element="expedited_phone", phone=phone))
    yield paragraph(*said, *(() if hearing else (telling.say("fast.which"),)))


def _representative(telling: Telling) -> Iterator[Block]:
    yield telling.heading("representative.heading")
    yield paragraph(telling.say("representative.right", element="representative"))


def _documents(telling: Telling) -> Iterator[Block]:
    yield telling.heading("documents.heading")
    yield paragraph(telling.say("documents.right", element="documents_free"))
    items = (
        ("records", None),
        ("criteria", None),
        ("standards", "standards_free"),
        ("judgment", "rationale_offer"),
        ("codes", "codes_on_request"),
    )
    yield Block(BlockKind.BULLETS, tuple((telling.say(f"documents.{item}", element=element),) for item, element in items))


def _external(telling: Telling) -> Iterator[Block]:
    yield telling.heading("external.heading")
    yield paragraph(telling.say("external.now" if telling.facts.kind in appeal.KINDS else "external.right"))
    yield from from_profile(telling, "external_review_text", "external_review")


def _court(telling: Telling) -> Iterator[Block]:
    asked = telling.facts.case.request
    clause = "court.now" if telling.facts.kind in appeal.KINDS else "court"
    sure = "right" if erisa_certain(asked) else "if"
    yield telling.heading("court.heading")
    said = telling.say(f"{clause}.{sure}", request("coverage.erisa"), element="erisa_civil_action")
    yield paragraph(telling.say("court.law"), said)
    yield from from_profile(telling, "erisa_rights_text", "erisa_text")


def _hearing(telling: Telling) -> Iterator[Block]:
    """A fair hearing by the state: after the plan's appeal in managed care; at once where the state itself decides."""
    now = telling.facts.kind in appeal.KINDS
    yield telling.heading("hearing.heading")
    if family_of(telling.facts.case.request) is Family.MEDICAID_FFS:
        yield paragraph(telling.say("hearing.state", element="fair_hearing"))
    else:
        window = telling.say("hearing.now.window" if now else "hearing.window", element="fair_hearing_window")
        yield paragraph(telling.say("hearing.now" if now else "hearing.right", element="fair_hearing"), window)
    yield from from_profile(telling, "fair_hearing_text", "fair_hearing_text")


def _state_review(telling: Telling) -> Iterator[Block]:
    yield telling.heading("review.heading")
    yield paragraph(telling.say("review.now" if telling.facts.kind in appeal.KINDS else "review.right", element="fair_hearing"))
    yield from from_profile(telling, "fair_hearing_text", "fair_hearing_text")


def _continuation(telling: Telling) -> Iterator[Block]:
    yield telling.heading("continue.heading")
    yield paragraph(telling.say("continue.right", element="continuation"), telling.say("continue.cost", element="continuation_liability"))
    yield from from_profile(telling, "continuation_text", "continuation_text")


def _disputed(telling: Telling) -> Iterator[Block]:
    yield telling.heading("disputed.heading")
    yield from from_profile(telling, "disputed_claims_text", "disputed_claims_text")


def _independent(telling: Telling) -> Iterator[Block]:
    yield telling.heading("independent.heading")
    yield paragraph(telling.say("independent.sent", element="independent_review"))
    yield from from_profile(telling, "independent_review_text", "independent_review_text")


def _assistance(telling: Telling) -> Iterator[Block]:
    """Where else help is to be had; a state's insurance office has no say over a plan that its employer funds."""
    family = family_of(telling.facts.case.request)
    own = () if family is Family.ERISA_SELF_FUNDED else tuple(from_profile(telling, "consumer_assistance_text", "consumer_assistance"))
    labor = (paragraph(telling.say("assistance.labor", element="labor_department")),) if family in ERISA else ()
    if own or labor:
        yield telling.heading("assistance.heading")
        yield from (*own, *labor)


_OWN: tuple[Section, ...] = (_representative, _documents)
_INSURED: tuple[Section, ...] = (_appeal, _fast, *_OWN, _external, _assistance)
_BY_ERISA: tuple[Section, ...] = (_appeal, _fast, *_OWN, _external, _court, _assistance)
_MEDICARE: tuple[Section, ...] = (_independent, *_OWN, _assistance)
_FIRST: Mapping[Family, tuple[Section, ...]] = {
    Family.COMMERCIAL_INSURED: _INSURED,
    Family.INSURED_EMPLOYER_GROUP: _BY_ERISA,
    Family.ERISA_SELF_FUNDED: _BY_ERISA,
    Family.GOVERNMENT_SELF_FUNDED: _INSURED,
    Family.QHP_FFE: _INSURED,
    Family.FEHB: (_appeal, _fast, *_OWN, _disputed),
    Family.MEDICAID_MANAGED_CARE: (_appeal, _fast, _continuation, *_OWN, _hearing, _assistance),
    Family.MEDICAID_FFS: (_hearing, _fast, _continuation, *_OWN, _assistance),
    Family.CHIP_MANAGED_CARE: (_appeal, _fast, *_OWN, _state_review, _assistance),
}
"""What a first refusal gives; Medicare Advantage denials are no free letters, their rights stand on the official form."""
_AFTER_APPEAL: Mapping[Family, tuple[Section, ...]] = {
    Family.COMMERCIAL_INSURED: (_external, *_OWN, _assistance),
    Family.INSURED_EMPLOYER_GROUP: (_external, _court, *_OWN, _assistance),
    Family.ERISA_SELF_FUNDED: (_external, _court, *_OWN, _assistance),
    Family.GOVERNMENT_SELF_FUNDED: (_external, *_OWN, _assistance),
    Family.QHP_FFE: (_external, *_OWN, _assistance),
    Family.FEHB: (_disputed, *_OWN),
    Family.MEDICAID_MANAGED_CARE: (_hearing, _continuation, *_OWN, _assistance),
    Family.MEDICAID_FFS: (_hearing, _continuation, *_OWN, _assistance),
    Family.CHIP_MANAGED_CARE: (_state_review, *_OWN, _assistance),
    Family.MEDICARE_ADVANTAGE: _MEDICARE,
    Family.DSNP_INTEGRATED: _MEDICARE,
}
"""What is left once the plan has decided an appeal and still refuses."""
