"""The head of a letter: who writes, to whom, who gets a copy, and by what the request is known."""

from collections.abc import Iterator

from ur_desk.domain.letter import Block, BlockKind, LetterFacts, Sentence
from ur_desk.domain.request import Provider, Representative, Timing
from ur_desk.letters import appeal, plain
from ur_desk.letters.telling import Telling, of_case, paragraph, profile, request


def representative(facts: LetterFacts) -> Representative | None:
    """Who receives the letter in the member's stead; None where nobody has the authority on file."""
    person = facts.case.request.member.representative
    return person if person and person.authority_on_file and plain.line(person.name) else None


def delivery_address(facts: LetterFacts) -> tuple[str, ...]:
    """Where the letter goes; a confidential address goes before every other (45 CFR 164.522(b)). Empty where none is known."""
    member, acting = facts.case.request.member, representative(facts)
    known = (member.confidential_address, acting.address if acting else None, member.address)
    return next((lines for told in known if told and (lines := plain.address(told))), ())


def recipient(facts: LetterFacts) -> tuple[str, ...]:
    """Name and address for the window of the envelope."""
    acting = representative(facts)
    name = plain.line(acting.name if acting else facts.case.request.member.full_name)
    return tuple(part for part in (name, *delivery_address(facts)) if part)


def sender(telling: Telling) -> tuple[str, ...]:
    """The plan's name and address for the letterhead."""
    told = telling.facts.profile
    return tuple(part for part in (plain.line(told.plan_name), *plain.address(told.address)) if part)


def copies(telling: Telling) -> tuple[tuple[str, ...], ...]:
    """Who else gets the letter: the provider who asked, by role where no name is known."""
    provider = telling.facts.case.request.requesting_provider or Provider()
    name = plain.line(provider.name or "") or telling.wording.clauses["copies.role"].text
    return ((name, *plain.address(provider.address or "")),)


def facts(telling: Telling) -> Block:
    """Label and value of all by which the request is known; never a social security number."""
    return Block(BlockKind.FACTS, tuple(_facts(telling)))


def _facts(telling: Telling) -> Iterator[tuple[Sentence, ...]]:
    told = telling.facts
    asked, case = told.case.request, told.case
    yield telling.say("head.date"), Sentence(telling.day(told.dated), (of_case("dated"),), "letter_date")
    yield telling.say("head.case"), Sentence(plain.line(case.number), (of_case("number"),), "case_number")
    if asked.member.full_name:
        yield telling.say("head.member"), _value(asked.member.full_name, "member", "member_name")
    if asked.member.member_id:
        yield telling.say("head.member_number"), _value(asked.member.member_id, "member.member_id", "member_number")
    appealed = told.kind in appeal.ABOUT
    if asked.requesting_provider and asked.requesting_provider.name:
        label = telling.say("head.provider" if appealed else "head.requested_by")
        yield label, _value(asked.requesting_provider.name, "requesting_provider.name", "requester")
    if appealed and case.appeal and plain.line(case.appeal.name):
        yield telling.say("head.appeal_by"), Sentence(plain.line(case.appeal.name), (of_case("appeal"),), "appealed_by")
    if asked.received_at:
        label = telling.say("head.appeal_received" if appealed else "head.received")
        yield label, _value(telling.day(telling.local_day(asked.received_at)), "received_at", "received")
    if asked.claim and asked.claim.number:
        yield telling.say("head.claim"), _value(asked.claim.number, "claim.number", "claim")
    if asked.claim and asked.claim.billed is not None:
        yield telling.say("head.billed"), _value(f"${asked.claim.billed:,.2f}", "claim.billed", "billed")


def _value(text: str, path: str, element: str) -> Sentence:
    return Sentence(plain.line(text), (request(path),), element)


def greeting(telling: Telling) -> Iterator[Block]:
    """Salutation, and whom the letter means by "you" where somebody acts for the member."""
    member, acting = telling.facts.case.request.member, representative(telling.facts)
    name = plain.line(acting.name if acting else member.full_name)
    if name:
        yield paragraph(telling.say("greeting", request("member.representative" if acting else "member"), name=name))
    if acting and member.full_name:
        yield paragraph(telling.say("acts_for", request("member.representative"), request("member"), member=member.full_name))


def asked(telling: Telling) -> Sentence:
    """Who asked for what kind of thing: care to come, or the cover of care that is done."""
    told = telling.facts.case.request
    done = "done." if told.timing is Timing.POSTSERVICE else ""
    name = plain.line(told.requesting_provider.name or "") if told.requesting_provider else ""
    if name:
        return telling.say(f"asked.{done}named", request("requesting_provider.name"), request("timing"), requester=name)
    return telling.say(f"asked.{done}unnamed", request("timing"))


def closing(telling: Telling) -> Iterator[Block]:
    """The plan's own close of the part for the member."""
    plan = plain.line(telling.facts.profile.plan_name)
    if plan:
        signed = Sentence(plan, (profile("plan_name"),), "plan_name")
        yield Block(BlockKind.ADDRESS, ((telling.say("closing.sincerely"),), (telling.say("closing.unit"),), (signed,)))
