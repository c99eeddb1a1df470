"""The part for the provider: codes, policy lines, rationale, peer-to-peer, and who signed; apart from the plain language."""

from collections.abc import Iterator

from ur_desk.domain.case import LineState
from ur_desk.domain.codes import System
from ur_desk.domain.determination import Determination
from ur_desk.domain.letter import REFUSING, UNDECIDED, Block, BlockKind, LetterKind, Sentence, SentenceSource
from ur_desk.domain.request import Provider
from ur_desk.domain.terms import Terms
from ur_desk.letters import criteria, plain, services, signatures
from ur_desk.letters.reasons import acts
from ur_desk.letters.telling import Telling, decision, of_case, of_service, paragraph, profile, request

NOTHING_DECIDED = frozenset({LetterKind.WITHDRAWN, LetterKind.DISMISSED, LetterKind.APPEAL_DISMISSED, LetterKind.NOT_REQUIRED})
"""Letters about lines of whose care nobody decided."""

UNSIGNED = frozenset({Determination.WITHDRAWN, Determination.NOT_REQUIRED})
"""What somebody recorded, and nobody decided of the care."""


def blocks(telling: Telling) -> Iterator[Block]:
    """The technical section of the provider's copy; criteria and rationale only where something is decided."""
    yield telling.heading("technical.heading", technical=True)
    yield _codes(telling)
    if any(s.service.system is System.CPT for s in telling.facts.states):
        yield paragraph(telling.say("technical.cpt"), technical=True)
    people = tuple(_people(telling))
    if people:
        yield Block(BlockKind.FACTS, people, technical=True)
    decided = acts(s for s in telling.facts.states if s.determination not in UNSIGNED)
    yield from criteria.blocks(telling, decided)
    yield from criteria.rationale(telling, decided)
    yield from _peer(telling)
    yield from signatures.blocks(telling, decided)


def _codes(telling: Telling) -> Block:
    decided = telling.facts.kind not in UNDECIDED | NOTHING_DECIDED
    columns = ("item", "code", "asked", "approved") if decided else ("item", "code", "asked")
    rows = [tuple(telling.say(f"technical.{column}") for column in columns)]
    for state in telling.facts.states:
        cells = [Sentence(str(state.line), (of_service(state.line, "line"),)), _code(telling, state), _asked(telling, state)]
        rows.append((*cells, _approved(telling, state)) if decided else tuple(cells))
    return Block(BlockKind.TABLE, tuple(rows), technical=True)


def _code(telling: Telling, state: LineState) -> Sentence:
    service, source = state.service, of_service(state.line, "code")
    code = plain.line(service.code or service.raw or "")
    if not code:
        return telling.say("technical.code.none", source)
    if service.code_to:
        code = f"{code}–{plain.line(service.code_to)}"
    code = "-".join((code, *map(plain.line, service.modifiers)))
    if service.system in (None, System.OTHER):
        return Sentence(code, (source,))
    return telling.say("technical.code.system", source, system=str(service.system), code=code)


def _asked(telling: Telling, state: LineState) -> Sentence:
    return _terms(telling, services.asked(telling, state), of_service(state.line))


def _approved(telling: Telling, state: LineState) -> Sentence:
    given, source = services.stretches(telling, state), decision(state.line)
    if not given:
        return telling.say("technical.nothing", source)
    if given == (services.asked(telling, state),):
        return telling.say("technical.as_asked", source)
    told = [_terms(telling, span, source) for span in given]
    code = given[0].code
    if code and code != state.service.code:
        told.insert(0, telling.say("detail.code", source, code=code))
    return telling.stack(*told)


def _terms(telling: Telling, terms: Terms, source: SentenceSource) -> Sentence:
    lines = []
    if terms.quantity is not None:
        lines.append(telling.say("detail.amount", source, amount=telling.amount(terms.quantity, terms.unit)))
    lines.append(services.days(telling, terms, source))
    if terms.place and terms.place.strip():
        lines.append(telling.say("technical.place", source, place=terms.place))
    return telling.stack(*lines)


def _people(telling: Telling) -> Iterator[tuple[Sentence, ...]]:
    asked = telling.facts.case.request
    for clause, path, provider in (
        ("technical.requester", "requesting_provider", asked.requesting_provider),
        ("technical.servicing", "servicing_provider", telling.facts.case.servicing_provider),
    ):
        if provider and plain.line(provider.name or ""):
            yield telling.say(clause), _provider(telling, provider, path)
    if asked.reference:
        yield telling.say("technical.reference"), Sentence(plain.line(asked.reference), (request("reference"),))


def _provider(telling: Telling, provider: Provider, path: str) -> Sentence:
    if provider.npi:
        return telling.say("technical.named", request(path), name=provider.name or "", npi=provider.npi)
    return Sentence(plain.line(provider.name or ""), (request(path),))


def _peer(telling: Telling) -> Iterator[Block]:
    phone = plain.line(telling.facts.profile.peer_to_peer_phone)
    if phone and telling.facts.kind in REFUSING:
        yield telling.heading("peer.heading", technical=True)
        sources = profile("peer_to_peer_phone"), of_case("number")
        said = telling.say("peer.offer", *sources, element="peer_to_peer", phone=phone, case=telling.facts.case.number)
        yield paragraph(said, technical=True)
