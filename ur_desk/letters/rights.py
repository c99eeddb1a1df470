"""The rights of a member whose request is refused, wholly or in part, and where help is to be had."""

from collections.abc import Iterator

from ur_desk.domain.letter import Block, BlockKind, LetterKind, Sentence
from ur_desk.letters import plain
from ur_desk.letters.family import Family, erisa_certain, family_of
from ur_desk.letters.telling import Telling, of_case, paragraph, profile, request, written


def blocks(telling: Telling) -> Iterator[Block]:
    """All rights that the member's family of texts gives; nothing where no right of appeal arises."""
    if telling.facts.kind not in (LetterKind.ADVERSE, LetterKind.PARTIAL):
        return
    family = family_of(telling.facts.case.request)
    yield from _appeal(telling)
    yield from _fast(telling)
    yield telling.heading("representative.heading")
    yield paragraph(telling.say("representative.right", element="representative"))
    yield from _documents(telling)
    yield telling.heading("external.heading")
    yield paragraph(telling.say("external.right"))
    yield from _from_profile(telling, "external_review_text", "external_review")
    if family is not Family.COMMERCIAL_INSURED:
        yield from _court(telling)
    yield telling.heading("assistance.heading")
    if family is not Family.ERISA_SELF_FUNDED:
        # a state's insurance office has no say over a plan that its employer funds
        yield from _from_profile(telling, "consumer_assistance_text", "consumer_assistance")
    if family is not Family.COMMERCIAL_INSURED:
        yield paragraph(telling.say("assistance.labor", element="labor_department"))


def _appeal(telling: Telling) -> Iterator[Block]:
    told = telling.facts.profile
    yield telling.heading("appeal.heading")
    yield paragraph(telling.say("appeal.right", element="internal_appeal"), telling.say("appeal.window", element="appeal_window"))
    yield from _from_profile(telling, "internal_appeal_text", "internal_appeal_text")
    yield telling.heading("appeal.how")
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
    yield Block(BlockKind.STEPS, tuple(steps + ([tuple(ways)] if ways else [])))
    yield paragraph(telling.say("appeal.reviewer", element="new_reviewer"))


def _fast(telling: Telling) -> Iterator[Block]:
    yield telling.heading("fast.heading")
    said = [telling.say("fast.when", element="expedited")]
    phone = telling.facts.profile.expedited_phone
    if plain.line(phone):
        said.append(telling.say("fast.how", profile("expedited_phone"), element="expedited_phone", phone=phone))
    yield paragraph(*said, telling.say("fast.which"))


def _documents(telling: Telling) -> Iterator[Block]:
    yield telling.heading("documents.heading")
    yield paragraph(telling.say("documents.right", element="documents_free"))
    items = ("records", None), ("criteria", None), ("judgment", None), ("codes", "codes_on_request")
    yield Block(BlockKind.BULLETS, tuple((telling.say(f"documents.{item}", element=element),) for item, element in items))


def _court(telling: Telling) -> Iterator[Block]:
    asked = telling.facts.case.request
    clause = "court.right" if erisa_certain(asked) else "court.if"
    yield telling.heading("court.heading")
    yield paragraph(telling.say("court.law"), telling.say(clause, request("coverage.erisa"), element="erisa_civil_action"))
    yield from _from_profile(telling, "erisa_rights_text", "erisa_text")


def _from_profile(telling: Telling, field: str, element: str) -> Iterator[Block]:
    if rows := written(getattr(telling.facts.profile, field), profile(field), element=element):
        yield Block(BlockKind.PARAGRAPH, rows)
