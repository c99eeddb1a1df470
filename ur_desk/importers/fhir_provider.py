"""Practitioner, PractitionerRole, Organization and Location to the providers of a draft."""

from ur_desk.domain.intake.typed import ProviderDraft
from ur_desk.importers.fhir_bundle import View
from ur_desk.importers.fhir_codes import codings
from ur_desk.importers.fhir_element import Element
from ur_desk.importers.fhir_people import address, full_name, telecom, written

PROVIDERS = ("Practitioner", "PractitionerRole", "Organization", "Location")
"""The resources that a provider may be told by."""

_NPI = "us-npi"
_TAXONOMY = "nucc.org/provider-taxonomy"


def read_provider(view: View, reference: Element | None, field: str) -> ProviderDraft:
    """The provider that a reference means, by the field of the draft; what only the reference itself says is taken too."""
    if reference is None:
        return ProviderDraft()
    view.places.setdefault(field, reference.path)
    owner = view.follow(reference, *PROVIDERS)
    if owner is None:
        identifier = reference.one("identifier")
        npi = identifier.text("value") if identifier and _is_npi(identifier) else ""
        return ProviderDraft(name=reference.text("display"), npi=npi)
    view.places[field] = owner.path
    told = _drawn(_parties(view, owner))
    return told if told.name or not reference.text("display") else _named(told, reference.text("display"))


def _parties(view: View, owner: Element) -> list[Element]:
    """The resource and whom it speaks for: a role leads to its practitioner, organization and place."""
    if owner.kind == "PractitionerRole":
        practitioner = view.follow(owner.one("practitioner"), "Practitioner")
        organization = view.follow(owner.one("organization"), "Organization")
        places = [place for each in owner.many("location") if each.text("reference") and (place := view.follow(each, "Location"))]
        return [each for each in (practitioner, owner, organization, *places[:1]) if each]
    if owner.kind == "Location":
        organization = view.follow(owner.one("managingOrganization"), "Organization")
        return [owner, organization] if organization else [owner]
    return [owner]


def _drawn(parties: list[Element]) -> ProviderDraft:
    """One provider of several resources, the first that tells a thing for each thing."""
    draft = {"name": "", "npi": "", "phone": "", "fax": "", "contact": "", "credential": "", "taxonomy": "", "address": ""}
    for each in parties:
        found = {
            "name": _name(each),
            "npi": _npi(each),
            "phone": _number(each, "phone"),
            "fax": _number(each, "fax"),
            "contact": _contact(each),
            "credential": _credential(each),
            "taxonomy": _taxonomy(each),
            "address": _address(each),
        }
        draft = {key: draft[key] or found[key] for key in draft}
    return ProviderDraft(**draft)


def _named(told: ProviderDraft, name: str) -> ProviderDraft:
    return ProviderDraft(name, told.npi, told.phone, told.fax, told.contact, told.credential, "", told.taxonomy, told.address)


def _name(owner: Element) -> str:
    if owner.kind == "Practitioner":
        return full_name(owner)
    return owner.text("name") if owner.kind != "PractitionerRole" else ""


def _npi(owner: Element) -> str:
    return next((each.text("value").strip() for each in owner.many("identifier") if _is_npi(each)), "")


def _is_npi(identifier: Element) -> bool:
    system = identifier.text("system").rstrip("/")
    return (
        system.endswith(_NPI) or system == "urn:oid:2.16.840.1.113883.4.6" or any(c.code == "NPI" for c in codings(identifier.one("type")))
    )


def _number(owner: Element, system: str) -> str:
    told = telecom(owner, system)
    if told or owner.kind != "Organization":
        return told
    return next((number for each in owner.many("contact") if (number := telecom(each, system))), "")


def _contact(owner: Element) -> str:
    if owner.kind != "Organization":
        return ""
    for each in owner.many("contact"):
        name = each.one("name")
        if name:
            return " ".join([*name.texts("given"), name.text("family")]).strip() or name.text("text")
    return ""


def _credential(owner: Element) -> str:
    if owner.kind != "Practitioner":
        return ""
    return ", ".join(suffix for each in owner.many("name")[:1] for suffix in each.texts("suffix"))


def _taxonomy(owner: Element) -> str:
    concepts = [*owner.many("specialty"), *owner.many("code")] if owner.kind == "PractitionerRole" else []
    if owner.kind == "Practitioner":
        concepts = [code for each in owner.many("qualification") if (code := each.one("code"))]
    return next((told.code for each in concepts for told in codings(each) if told.address.rstrip("/").endswith(_TAXONOMY)), "")


def _address(owner: Element) -> str:
    if owner.kind != "Location":
        return address(owner)
    one = owner.one("address")
    return written(one) if one else ""
