"""Who a 278 names: the patient with the subscriber, the plan, the requester and all other providers."""

from collections.abc import Sequence
from dataclasses import dataclass

from ur_desk.domain.intake.typed import CoverageDraft, MemberDraft, ProviderDraft
from ur_desk.importers.x12_loops import DEPENDENT, REQUESTER, SUBSCRIBER, UMO, Level, Party, Unit
from ur_desk.importers.x12_names import PATIENTS, doubt_shift, identified, member_id, name, npi, shifted, suffix, tell_ref
from ur_desk.importers.x12_segments import Segment
from ur_desk.importers.x12_sheet import Sheet, day

_GROUP = ("6P", "1L")
_SERVICING = ("SJ", "1T", "G3", "QV", "FA", "77", "72", "71", "AAJ", "QB", "P3", "73", "DD", "1P")
"""NM101 of who gives the service, the nearest first; who only orders (DK), refers (DN) or supervises (DQ) is none (X12 005010X217, 2010EA and F)."""


@dataclass(frozen=True, slots=True)
class People:
    """The people and organizations of one request as drafts."""

    member: MemberDraft
    coverage: CoverageDraft
    requesting: ProviderDraft
    servicing: ProviderDraft


def people(unit: Unit, sheet: Sheet) -> People:
    """All whom a request names; ids that are no NPI go into the notes, social security numbers nowhere."""
    subscriber, dependent = unit.level(SUBSCRIBER), unit.level(DEPENDENT)
    group = next((ref.text(2) for level in (dependent, subscriber) for ref in _refs(level) if ref.text(1) in _GROUP), "")
    plan = _plan(unit, sheet)
    return People(
        member=_member(subscriber, dependent, sheet),
        coverage=CoverageDraft(plan=plan, group=group),
        requesting=_requesting(unit, sheet),
        servicing=_servicing(unit, sheet),
    )


def _member(subscriber: Level | None, dependent: Level | None, sheet: Sheet) -> MemberDraft:
    told, patient = _person(subscriber, "Subscriber", sheet), _person(dependent, "Patient", sheet)
    if dependent is not None and patient is None:
        message = "The level of the dependent (HL 23) names nobody: who the patient is cannot be known. The request was not taken over."
        sheet.report.error("no-patient", dependent.head.place, message)
    who = patient or told
    if who is None:
        return MemberDraft()
    nm1, birth = who.name, who.first("DMG")
    bearer = nm1 if nm1.text(9) or shifted(nm1) or told is None else told.name
    sheet.found("member", nm1)
    sheet.found("member.member_id", bearer)
    if birth is not None:
        sheet.found("member.birth_date", birth)
        sheet.found("member.sex", birth)
    relation = who.first("INS") if dependent else None
    sheet.tell("Relation of the patient to the subscriber (INS02)", relation.text(2) if relation else "")
    return MemberDraft(
        family=" ".join(part for part in (nm1.text(3), suffix(nm1)) if part),
        given=" ".join(part for part in (nm1.text(4), nm1.text(5)) if part),
        member_id=member_id(bearer, sheet),
        birth_date=day(birth.text(2)) if birth else "",
        sex=birth.text(3) if birth else "",
        address=_address(who),
        phone=_contact(who)["phone"],
        subscriber=name(told.name) if patient is not None and told is not None else "",
    )


def _person(level: Level | None, label: str, sheet: Sheet) -> Party | None:
    """The insured or patient of a level, with all that is told of that name; an error where two differ."""
    own = [party for party in level.parties if party.name.text(1) in PATIENTS] if level else []
    _tell_rest(level, own, label, sheet)
    if not own:
        if level is not None and level.parties:
            message = "Nobody is named as the insured (IL) or the patient (QC) at this level; who stands here is in the notes."
            sheet.report.doubt("member-role", level.parties[0].name.place, message)
        return None
    names = {tuple(party.name.text(at).upper() for at in (3, 4, 5, 7)) for party in own}
    ids = {party.name.text(9) for party in own} - {""}
    details = tuple(detail for party in own for detail in party.details)
    births = {dmg.text(2) for dmg in details if dmg.tag == "DMG"} - {""}
    if max(len(names), len(ids), len(births)) > 1:
        message = "One level names two people as the member (NM1, DMG): whose it is cannot be known. The request was not taken over."
        sheet.report.error("two-members", own[-1].name.place, message)
    return Party(next((party.name for party in own if party.name.text(9)), own[0].name), details)


def _plan(unit: Unit, sheet: Sheet) -> str:
    party = _party(unit.level(UMO), "X3")
    if party is None:
        return ""
    sheet.found("coverage.plan", party.name)
    sheet.tell("Plan, id", identified(party.name))
    sheet.tell("Plan, contact", ", ".join(said for said in _contact(party).values() if said))
    _tell_refs(party, "Plan", sheet)
    return name(party.name)


def _requesting(unit: Unit, sheet: Sheet) -> ProviderDraft:
    level = unit.level(REQUESTER)
    party = _party(level, "1P", "FA")
    _tell_rest(level, [party] if party else [], "Requester", sheet)
    if party is None:
        return ProviderDraft()
    sheet.found("requesting_provider", party.name)
    return _provider(party, "Requester", sheet)


def _servicing(unit: Unit, sheet: Sheet) -> ProviderDraft:
    """Who gives the service: named at the event or above it, else at the lines; all others go into the notes."""
    near = [party for level in (unit.event, *unit.between) if _names_providers(level) for party in level.parties]
    lines = [(number, party) for number, level in unit.numbered for party in level.parties]
    chosen = min((p for p in [*near, *(p for _, p in lines)] if _rank(p) is not None), key=lambda p: _rank(p) or 0, default=None)
    if chosen is not None:
        sheet.found("servicing_provider", chosen.name)
    same = chosen.name.elements[1:] if chosen else None
    for party in near:
        if party.name.elements[1:] != same:
            _tell_provider("Named at the event", party, sheet)
    others = [(number, party) for number, party in lines if party.name.elements[1:] != same]
    for number, party in others:
        _tell_provider(f"Line {number}, named", party, sheet)
    if any(party.name.text(1) == (chosen.name.text(1) if chosen else "") for _, party in others):
        message = "The lines name several providers of service; the first stands in the request, the others in its notes."
        sheet.report.doubt("several-providers", (chosen or others[0][1]).name.place, message)
    return _provider(chosen, "Servicing provider", sheet) if chosen else ProviderDraft()


def _names_providers(level: Level) -> bool:
    return level.code not in (SUBSCRIBER, DEPENDENT, REQUESTER, UMO)


def _rank(party: Party) -> int | None:
    role = party.name.text(1)
    return _SERVICING.index(role) if role in _SERVICING else None


def _provider(party: Party, label: str, sheet: Sheet) -> ProviderDraft:
    nm1, taxonomy = party.name, party.first("PRV")
    number = npi(nm1)
    if not number:
        doubt_shift(nm1, sheet)
        sheet.tell(f"{label}, id", identified(nm1))
    _tell_refs(party, label, sheet)
    return ProviderDraft(
        name=name(nm1), npi=number, **_contact(party), taxonomy=taxonomy.text(3) if taxonomy else "", address=_address(party)
    )


def _tell_provider(label: str, party: Party, sheet: Sheet) -> None:
    nm1, contact = party.name, _contact(party)
    told = [name(nm1), identified(nm1), *(f"{key} {said}" for key, said in contact.items() if said), _address(party).replace("\n", ", ")]
    sheet.tell(f"{label} ({nm1.text(1)})", ", ".join(part for part in told if part))
    _tell_refs(party, label, sheet)


def _refs(level: Level | None) -> list[Segment]:
    parties = level.parties if level else ()
    return [ref for party in parties for ref in party.details if ref.tag == "REF"]


def _tell_refs(party: Party, label: str, sheet: Sheet) -> None:
    for ref in party.details:
        if ref.tag == "REF":
            tell_ref(f"{label}, REF {ref.text(1)}", ref, sheet)


def _tell_rest(level: Level | None, taken: Sequence[Party], label: str, sheet: Sheet) -> None:
    """What stands at a level besides the parties that were taken."""
    for party in level.parties if level else ():
        if all(party is not one for one in taken):
            _tell_provider(f"{label}, also named", party, sheet)
        elif level is not None and level.code in (SUBSCRIBER, DEPENDENT):
            _tell_refs(party, label, sheet)


def _party(level: Level | None, *roles: str) -> Party | None:
    if level is None or not level.parties:
        return None
    return next((party for party in level.parties if party.name.text(1) in roles), level.parties[0])


def _address(party: Party) -> str:
    n3, n4 = party.first("N3"), party.first("N4")
    lines = [n3.text(1), n3.text(2)] if n3 else []
    if n4:
        place = " ".join(part for part in (n4.text(2), n4.text(3)) if part)
        lines += [", ".join(part for part in (n4.text(1), place) if part), n4.text(4)]
    return "\n".join(line for line in lines if line)


def _contact(party: Party) -> dict[str, str]:
    """Contact, phone (with its extension) and fax of a party (PER, X12 element 365: TE, EX, FX)."""
    told = {"contact": "", "phone": "", "fax": ""}
    for per in party.details:
        if per.tag != "PER":
            continue
        told["contact"] = told["contact"] or per.text(2)
        for at in (3, 5, 7):
            kind, number = per.text(at), per.text(at + 1)
            if kind == "TE" and not told["phone"]:
                told["phone"] = number
            elif kind == "FX" and not told["fax"]:
                told["fax"] = number
            elif kind == "EX" and told["phone"]:
                told["phone"] += f" ext. {number}"
    return told
