"""The fields of a request in the words of the screens, and those that a column may be given."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from ur_desk.domain.intake.mapping import FIELDS, SEVERAL, base_of
from ur_desk.ui.models.field_synonyms import synonyms

_WORDS: dict[str, object] = {
    "reference": QT_TRANSLATE_NOOP("fields", "Reference of the sender"),
    "received_at": QT_TRANSLATE_NOOP("fields", "Received, day and time"),
    "received_date": QT_TRANSLATE_NOOP("fields", "Received, day"),
    "received_time": QT_TRANSLATE_NOOP("fields", "Received, time"),
    "received_zone": QT_TRANSLATE_NOOP("fields", "Time zone of the receipt"),
    "channel": QT_TRANSLATE_NOOP("fields", "How it came in"),
    "kind": QT_TRANSLATE_NOOP("fields", "Kind of request"),
    "urgency": QT_TRANSLATE_NOOP("fields", "Urgency"),
    "urgency_said_by": QT_TRANSLATE_NOOP("fields", "Who said that it is urgent"),
    "timing": QT_TRANSLATE_NOOP("fields", "Before, during or after the care"),
    "line_of_business": QT_TRANSLATE_NOOP("fields", "Line of business"),
    "state": QT_TRANSLATE_NOOP("fields", "State whose rules hold"),
    "clinical_notes": QT_TRANSLATE_NOOP("fields", "Clinical notes"),
    "decision": QT_TRANSLATE_NOOP("fields", "What the sender says was decided (not taken over)"),
    "member.name": QT_TRANSLATE_NOOP("fields", "Member's whole name"),
    "member.family": QT_TRANSLATE_NOOP("fields", "Member's last name"),
    "member.given": QT_TRANSLATE_NOOP("fields", "Member's first name"),
    "member.member_id": QT_TRANSLATE_NOOP("fields", "Member id"),
    "member.birth_date": QT_TRANSLATE_NOOP("fields", "Member's birth date"),
    "member.sex": QT_TRANSLATE_NOOP("fields", "Member's sex"),
    "member.address": QT_TRANSLATE_NOOP("fields", "Member's address"),
    "member.phone": QT_TRANSLATE_NOOP("fields", "Member's telephone"),
    "member.language": QT_TRANSLATE_NOOP("fields", "Member's language"),
    "member.format": QT_TRANSLATE_NOOP("fields", "Format in which the member reads"),
    "member.subscriber": QT_TRANSLATE_NOOP("fields", "Subscriber"),
    "member.confidential_address": QT_TRANSLATE_NOOP("fields", "Member's confidential address"),
    "member.representative.name": QT_TRANSLATE_NOOP("fields", "Representative's name"),
    "member.representative.relation": QT_TRANSLATE_NOOP("fields", "Representative's relation"),
    "member.representative.address": QT_TRANSLATE_NOOP("fields", "Representative's address"),
    "member.representative.authority_on_file": QT_TRANSLATE_NOOP("fields", "Representative's authority is on file"),
    "coverage.plan": QT_TRANSLATE_NOOP("fields", "Plan"),
    "coverage.group": QT_TRANSLATE_NOOP("fields", "Group number"),
    "coverage.funding": QT_TRANSLATE_NOOP("fields", "Funding"),
    "coverage.erisa": QT_TRANSLATE_NOOP("fields", "Under ERISA"),
    "coverage.grandfathered": QT_TRANSLATE_NOOP("fields", "Grandfathered plan"),
    "coverage.first_day": QT_TRANSLATE_NOOP("fields", "Coverage, first day"),
    "coverage.last_day": QT_TRANSLATE_NOOP("fields", "Coverage, last day"),
    "coverage.other_coverage": QT_TRANSLATE_NOOP("fields", "Other coverage"),
    "coverage.home_plan": QT_TRANSLATE_NOOP("fields", "Home plan"),
    "claim.number": QT_TRANSLATE_NOOP("fields", "Claim number"),
    "claim.billed": QT_TRANSLATE_NOOP("fields", "Amount billed"),
    "requesting_provider.name": QT_TRANSLATE_NOOP("fields", "Requesting provider's name"),
    "requesting_provider.npi": QT_TRANSLATE_NOOP("fields", "Requesting provider's NPI"),
    "requesting_provider.phone": QT_TRANSLATE_NOOP("fields", "Requesting provider's telephone"),
    "requesting_provider.fax": QT_TRANSLATE_NOOP("fields", "Requesting provider's fax"),
    "requesting_provider.contact": QT_TRANSLATE_NOOP("fields", "Requesting provider's contact"),
    "requesting_provider.credential": QT_TRANSLATE_NOOP("fields", "Requesting provider's credential"),
    "requesting_provider.network": QT_TRANSLATE_NOOP("fields", "Requesting provider's network"),
    "requesting_provider.taxonomy": QT_TRANSLATE_NOOP("fields", "Requesting provider's taxonomy"),
    "requesting_provider.address": QT_TRANSLATE_NOOP("fields", "Requesting provider's address"),
    "servicing_provider.name": QT_TRANSLATE_NOOP("fields", "Servicing provider's name"),
    "servicing_provider.npi": QT_TRANSLATE_NOOP("fields", "Servicing provider's NPI"),
    "servicing_provider.phone": QT_TRANSLATE_NOOP("fields", "Servicing provider's telephone"),
    "servicing_provider.fax": QT_TRANSLATE_NOOP("fields", "Servicing provider's fax"),
    "servicing_provider.contact": QT_TRANSLATE_NOOP("fields", "Servicing provider's contact"),
    "servicing_provider.credential": QT_TRANSLATE_NOOP("fields", "Servicing provider's credential"),
    "servicing_provider.network": QT_TRANSLATE_NOOP("fields", "Servicing provider's network"),
    "servicing_provider.taxonomy": QT_TRANSLATE_NOOP("fields", "Servicing provider's taxonomy"),
    "servicing_provider.address": QT_TRANSLATE_NOOP("fields", "Servicing provider's address"),
    "services.line": QT_TRANSLATE_NOOP("fields", "Line number of the service"),
    "services.code": QT_TRANSLATE_NOOP("fields", "Procedure code"),
    "services.code_to": QT_TRANSLATE_NOOP("fields", "Procedure code, end of the range"),
    "services.system": QT_TRANSLATE_NOOP("fields", "Procedure code set"),
    "services.modifiers": QT_TRANSLATE_NOOP("fields", "Modifiers"),
    "services.quantity": QT_TRANSLATE_NOOP("fields", "Units"),
    "services.unit": QT_TRANSLATE_NOOP("fields", "What the units count"),
    "services.description": QT_TRANSLATE_NOOP("fields", "Service in words"),
    "services.first_day": QT_TRANSLATE_NOOP("fields", "Service, first day"),
    "services.last_day": QT_TRANSLATE_NOOP("fields", "Service, last day"),
    "services.days": QT_TRANSLATE_NOOP("fields", "Service, days (one or a span)"),
    "services.place_of_service": QT_TRANSLATE_NOOP("fields", "Place of service"),
    "diagnoses.code": QT_TRANSLATE_NOOP("fields", "Diagnosis code"),
    "diagnoses.primary_code": QT_TRANSLATE_NOOP("fields", "Primary diagnosis code"),
    "diagnoses.system": QT_TRANSLATE_NOOP("fields", "Diagnosis code set"),
}
"""Words for every field of `FIELDS`; a test holds the two together."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A meaning that a column may be given: a field, or none where the column is left out; `taken` names the column that has it."""

    field: str | None
    words: str
    taken: str = ""


def field_words(field: str) -> str:
    """What a field is called; of further services of one row with their number. KeyError for what is no field."""
    base, slot = base_of(field)
    words = QCoreApplication.translate("fields", str(_WORDS[base]))
    return words if slot == 1 else _tr("{0}, service {1} of the row").format(words, slot)


def offers(taken: Iterable[tuple[str, str]], own: str | None) -> Iterator[Offer]:
    """Every meaning that a column may have, leaving it out first; `taken` are fields with the columns that fill them, `own` the field of
    the column itself. Of services that stand side by side in one row, the next that no column fills is offered as well."""
    filled = {field: header for field, header in taken if field != own}
    yield Offer(None, _tr("Left out"))
    for field, holds in FIELDS.items():
        yield Offer(field, field_words(field), "" if holds in SEVERAL else filled.get(field, ""))
        slots = [slot for name in (*filled, own or "") for base, slot in (base_of(name),) if base == field]
        if field.startswith("services.") and slots:
            for slot in range(2, max(slots) + 2):
                name = field.replace(".", f".{slot}.", 1)
                yield Offer(name, field_words(name), filled.get(name, ""))


def narrowed(told: Iterable[Offer], typed: str) -> tuple[Offer, ...]:
    """The meanings whose words, synonyms, or name in a mapping have every word that was typed, whatever hyphens stand in it.

    Those that begin with it come first, then those whose own words have it, then those that are found by a synonym alone.
    """
    words = _plain(typed).split()
    found = []
    for each in told:
        own = _plain(f"{each.words} {each.field or ''}")
        also = _plain(synonyms(base_of(each.field)[0])) if each.field else ""
        if all(word in f"{own} {also}" for word in words):
            found.append((not own.startswith(" ".join(words)), not all(word in own for word in words), each))
    return tuple(each for *_, each in sorted(found, key=lambda one: one[:2]))


def _plain(words: str) -> str:
    return " ".join(words.casefold().replace("-", "").split())


def _tr(words: str) -> str:
    return QCoreApplication.translate("fields", words)
