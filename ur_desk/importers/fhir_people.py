"""Patient and Coverage to the member and the coverage of a draft."""

import re

from ur_desk.domain.intake.typed import CoverageDraft, MemberDraft
from ur_desk.importers.fhir_bundle import View, names_something
from ur_desk.importers.fhir_codes import codings, words_of
from ur_desk.importers.fhir_element import Element
from ur_desk.importers.fhir_order import day, days

_SEX = {"male": "M", "female": "F", "other": "X", "unknown": "U"}
_NAME_USES = {"official": 0, "usual": 1, "": 2, "temp": 3, "nickname": 6, "anonymous": 7, "old": 8, "maiden": 8}
_ADDRESS_USES = {"home": 0, "": 1, "work": 3, "billing": 4, "temp": 5, "old": 9}
_PHONE_USES = {"home": 0, "mobile": 1, "": 2, "work": 3, "temp": 5, "old": 9}
_ENDED = 10
_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv|v)\.?", re.IGNORECASE)
# MB is HL7's own for a member number, MI the X12 qualifier; where no type stands, the name of the system says the same
_MEMBER_TYPES = frozenset({"MB", "MI"})
_MEMBER_SYSTEMS = frozenset({"min", "memberid", "member-id", "member_id"})
_NO_MEMBER_TYPES = frozenset({"DL", "PPN", "MR"})
_SOCIAL_SECURITY_TYPES = frozenset({"SS", "34"})
_NO_MEMBER_SYSTEMS = frozenset({"us-ssn", "ssn", "2.16.840.1.113883.4.1"})
_SOCIAL_SECURITY = re.compile(r"[0-9]{3}-[0-9]{2}-[0-9]{4}")
_SELF = frozenset({"self", "18"})


def read_member(view: View, patient: Element | None, coverage: Element | None) -> MemberDraft:
    """The member as Patient and Coverage tell; which member id was taken where they differ is said."""
    relation = relationship(coverage)
    if patient is None:
        return MemberDraft(member_id=_member_id(view, None, coverage, relation))
    view.places["member"] = patient.path
    family, given = person_name(patient)
    view.places["member.birth_date"] = patient.at("birthDate")
    gender = patient.text("gender").strip()
    if gender and gender not in _SEX:
        patient.doubt("gender", "unknown-value", "This is no gender that FHIR knows; it was left out.")
    return MemberDraft(
        family=family,
        given=given,
        member_id=_member_id(view, patient, coverage, relation),
        birth_date=day(patient, "birthDate"),
        sex=_SEX.get(gender, ""),
        address=address(patient),
        phone=telecom(patient, "phone"),
        language=_language(patient),
        subscriber=_subscriber(view, patient, coverage, relation),
    )


def is_patient(view: View, reference: Element | None, patient: Element | None, named: Element | None) -> bool | None:
    """Whether a reference means the patient whom another one, `named`, leads to; None where that cannot be told.

    One that names nobody contradicts nothing. Two resources are one person where name and birth date are the same.
    """
    if reference is None or not names_something(reference) or (patient is None and not names_something(named)):
        return True
    found = view.seek(reference, "Patient")
    if found and patient:
        return found.path == patient.path or _person(found) == _person(patient) != ("", "")
    told = reference.text("reference").strip()
    same = named is not None and not told.startswith("#") and _naming(reference) == _naming(named)
    return True if same and not found and not patient else None


def _person(patient: Element) -> tuple[str, str]:
    """Name and birth date, empty where one of them is not told."""
    name, born = full_name(patient).casefold(), patient.text("birthDate")
    return (name, born) if name and born else ("", "")


def _naming(reference: Element) -> tuple[str, object]:
    return reference.text("reference").strip(), reference.data.get("identifier") or reference.data.get("display")


def read_coverage(view: View, coverage: Element | None, others: list[Element]) -> tuple[CoverageDraft, str]:
    """The coverage that the request is about, and the payer's name; other insurance is named beside it."""
    other = "; ".join(name for each in others if (name := payer(view, each)))
    if coverage is None:
        return CoverageDraft(other_coverage=other), ""
    view.places["coverage"] = coverage.path
    classes: dict[str, Element] = {}
    for each in coverage.many("class"):
        for told in codings(each.one("type")):
            classes.setdefault(told.code, each)
    name = payer(view, coverage)
    plan, group = classes.get("plan"), classes.get("group")
    first, last = days(coverage.one("period"))
    return CoverageDraft(
        plan=(plan.text("name") or plan.text("value")) if plan else name,
        group=(group.text("value") or group.text("name")) if group else "",
        first_day=first,
        last_day=last,
        other_coverage=other,
    ), name


def payer(view: View, coverage: Element) -> str:
    """The payer's name as the coverage gives it; empty where it gives none."""
    for each in coverage.many("payor"):
        organization = view.follow(each, "Organization", "Patient", "RelatedPerson")
        name = organization.text("name") if organization and organization.kind == "Organization" else ""
        if name or each.text("display"):
            return name or each.text("display")
    return ""


def relationship(coverage: Element | None) -> str:
    """What the patient is to the subscriber, as coded; empty where that is not told."""
    told = codings(coverage.one("relationship")) if coverage else []
    return next((each.code for each in told if each.code.casefold() in _SELF), told[0].code if told else "")


def person_name(person: Element) -> tuple[str, str]:
    """Family and given names, the official name first; one whole piece stands as the family name, and that is said."""
    names = sorted(person.many("name"), key=lambda each: _use(each, _NAME_USES))
    if not names:
        return "", ""
    name = names[0]
    family, given = name.text("family").strip(), " ".join(name.texts("given"))
    if not (family or given) and name.text("text").strip():
        name.doubt("text", "name-in-one-piece", "The name is not parted into family and given name; it was taken whole as the family name.")
        return name.text("text"), ""
    suffix = " ".join(each for each in name.texts("suffix") if _SUFFIX.fullmatch(each.strip()))
    return f"{family} {suffix}".strip(), given


def full_name(person: Element) -> str:
    """A person's name in the order in which one says it."""
    names = sorted(person.many("name"), key=lambda each: _use(each, _NAME_USES))
    if not names:
        return ""
    told = " ".join([*names[0].texts("given"), names[0].text("family")]).strip()
    return told or names[0].text("text")


def address(owner: Element) -> str:
    """The address in the lines of an envelope; one that has ended is taken only where there is no other."""
    told = owner.many("address")
    return written(min(told, key=lambda each: _use(each, _ADDRESS_USES))) if told else ""


def written(one: Element) -> str:
    """One address in the lines of an envelope."""
    place = " ".join(part for part in (one.text("state"), one.text("postalCode")) if part)
    city = ", ".join(part for part in (one.text("city"), place) if part)
    country = one.text("country")
    lines = [*one.texts("line"), city, "" if country.upper() in ("US", "USA") else country]
    return "\n".join(line for line in lines if line.strip()) or one.text("text")


def telecom(owner: Element | None, system: str) -> str:
    """The number of a phone or fax that is in use; empty where there is none."""
    if owner is None:
        return ""
    told = [each for each in owner.many("telecom") if each.text("system") == system and each.text("value").strip()]
    return min(told, key=lambda each: _use(each, _PHONE_USES)).text("value") if told else ""


def _use(each: Element, uses: dict[str, int]) -> int:
    period = each.one("period")
    return uses.get(each.text("use"), len(uses)) + (_ENDED if period and period.text("end") else 0)


def _language(patient: Element) -> str:
    told = sorted(patient.many("communication"), key=lambda each: each.flag("preferred") is not True)
    language = told[0].one("language") if told else None
    return words_of(language) or next((each.code for each in codings(language)), "")


def _member_id(view: View, patient: Element | None, coverage: Element | None, relation: str) -> str:
    """The number that is marked as the member's: on the coverage, then on the patient; else the subscriber's; else the only other one."""
    told, others = _numbers(coverage, patient)
    subscriber = coverage.text("subscriberId").strip() if coverage else ""
    if coverage is not None and subscriber and not _social_security(coverage, "subscriberId"):
        if not relation or relation.casefold() in _SELF:
            told.append((subscriber, coverage, "subscriberId"))
        elif not told:
            coverage.doubt("subscriberId", "member-id-of-subscriber", "No number is marked as the member's; the subscriber's was taken.")
            told.append((subscriber, coverage, "subscriberId"))
    if not told and others:
        told = others[:1]
        message = "No number is marked as the member's; this one was taken. Check it with the plan's own record."
        told[0][1].doubt("value", "member-id-unclear", message)
    if not told:
        return ""
    number, at, key = told[0]
    view.places["member.member_id"] = at.at(key)
    other = next((each for each in told[1:] if each[0] != number), None)
    if other:
        message = "Patient and Coverage give member numbers that differ. The first was taken: what is marked as such on the coverage, then on the patient, then the subscriber's."
        other[1].doubt(other[2], "member-id-disagrees", message)
    return number


_Number = tuple[str, Element, str]


def _numbers(coverage: Element | None, patient: Element | None) -> tuple[list[_Number], list[_Number]]:
    """The numbers that are marked as the member's, and the patient's others; those that have ended or mean something else aside."""
    marked: list[_Number] = []
    others: list[_Number] = []
    for owner in (coverage, patient):
        for each in owner.many("identifier") if owner else ():
            number, period = each.text("value").strip(), each.one("period")
            if not number or each.text("use") == "old" or (period and period.text("end")):
                continue
            types = {told.code.upper() for told in codings(each.one("type"))}
            system = each.text("system").rstrip("/").rsplit("/", 1)[-1].rsplit(":", 1)[-1].casefold()
            if system in _NO_MEMBER_SYSTEMS or types & _SOCIAL_SECURITY_TYPES or _social_security(each, "value"):
                continue
            if types & _MEMBER_TYPES or system in _MEMBER_SYSTEMS:
                marked.append((number, each, "value"))
            elif owner is patient and not types & _NO_MEMBER_TYPES:
                others.append((number, each, "value"))
    return marked, others


def _social_security(owner: Element, key: str) -> bool:
    """Whether a number is written as Social Security numbers are; it is not kept, whatever it is marked as, and that is said."""
    if not _SOCIAL_SECURITY.fullmatch(owner.text(key).strip()):
        return False
    owner.doubt(key, "social-security-number", "This is written like a Social Security number; it was left out.")
    return True


def _subscriber(view: View, patient: Element, coverage: Element | None, relation: str) -> str:
    """The subscriber's name where the patient is another person; a name of one's own needs no telling."""
    if coverage is None or relation.casefold() in _SELF:
        return ""
    reference = coverage.one("subscriber") or coverage.one("policyHolder")
    person = view.follow(reference, "Patient", "RelatedPerson", "Organization")
    if person is None:
        return reference.text("display") if reference else ""
    if person.path == patient.path:
        return ""
    return person.text("name") if person.kind == "Organization" else full_name(person)
