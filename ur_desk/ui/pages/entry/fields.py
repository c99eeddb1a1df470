"""The fields of the new-request form: their paths in a draft, their words, and how they are filled in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum, StrEnum
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from ur_desk.domain.drafts import Draft
from ur_desk.domain.request import Channel, Evidence, Kind, LineOfBusiness, Network, Sex, Timing, Urgency
from ur_desk.ui.phrases import sentence


class How(Enum):
    """How a field is filled in."""

    LINE = "line"
    DAY = "day"
    PROSE = "prose"
    CHOICE = "choice"
    PROVIDER = "provider"
    """A line that offers providers of the address book."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its path in a draft, its name, and its breadth in sixths of the form."""

    path: str
    words: str
    breadth: int = 2
    how: How = How.LINE
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """The field's name in the language of the screens."""
        return tr(self.words)


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that belong together, under a heading."""

    words: str
    fields: tuple[Field, ...]

    @property
    def title(self) -> str:
        """The heading in the language of the screens."""
        return tr(self.words)


def tr(words: object) -> str:
    """The words in the language of the screens."""
    return QCoreApplication.translate("entry", str(words))


def _choices(values: Sequence[StrEnum], words: Mapping[StrEnum, str] | None = None) -> tuple[tuple[str, str], ...]:
    """A choice of the values, with none chosen first."""
    return (("", "–"), *((value.value, words[value] if words else sentence(value)) for value in values))


def groups() -> tuple[Group, ...]:
    """All groups of single fields, in the order of the form; rows of services and diagnoses, and the notes, stand before the providers."""
    return (
        Group(str(QT_TRANSLATE_NOOP("entry", "Request")), tuple(_request())),
        Group(str(QT_TRANSLATE_NOOP("entry", "Member")), tuple(_member())),
        Group(str(QT_TRANSLATE_NOOP("entry", "Plan")), tuple(_plan())),
        Group(str(QT_TRANSLATE_NOOP("entry", "Requesting provider")), tuple(_provider("requesting_provider"))),
        Group(str(QT_TRANSLATE_NOOP("entry", "Servicing provider")), tuple(_provider("servicing_provider"))),
    )


def _request() -> Iterator[Field]:
    kinds: dict[StrEnum, str] = {
        Kind.NEW: tr(QT_TRANSLATE_NOOP("entry", "New")),
        Kind.RENEWAL: tr(QT_TRANSLATE_NOOP("entry", "Renewal")),
        Kind.REVISION: tr(QT_TRANSLATE_NOOP("entry", "Revision")),
        Kind.EXTENSION: tr(QT_TRANSLATE_NOOP("entry", "Extension")),
    }
    yield _field("received_date", QT_TRANSLATE_NOOP("entry", "Received on"), 2, How.DAY, required=True)
    yield _field("received_time", QT_TRANSLATE_NOOP("entry", "At"), 2, required=True)
    yield _field("channel", QT_TRANSLATE_NOOP("entry", "Came in"), 2, How.CHOICE, choices=_choices([*Channel]))
    yield _field("received_zone", QT_TRANSLATE_NOOP("entry", "Time zone"), 3, required=True)
    yield _field("received_evidence", QT_TRANSLATE_NOOP("entry", "Receipt shown by"), 3, How.CHOICE, choices=_choices([*Evidence]))
    yield _field("received_evidence_where", QT_TRANSLATE_NOOP("entry", "Where to look it up"), 2)
    yield _field("kind", QT_TRANSLATE_NOOP("entry", "Kind"), 2, How.CHOICE, choices=_choices([*kinds], kinds))
    yield _field("reference", QT_TRANSLATE_NOOP("entry", "Sender's reference"), 2)
    yield _field("urgency", QT_TRANSLATE_NOOP("entry", "Urgency"), 2, How.CHOICE, choices=_choices([*Urgency]))
    yield _field("urgency_said_by", QT_TRANSLATE_NOOP("entry", "Urgency said by"), 2)
    yield _field("timing", QT_TRANSLATE_NOOP("entry", "Timing"), 2, How.CHOICE, choices=_choices([*Timing]))
    yield _field("claim.number", QT_TRANSLATE_NOOP("entry", "Claim, post-service"), 3)
    yield _field("claim.billed", QT_TRANSLATE_NOOP("entry", "Billed amount"), 3)


def _plan() -> Iterator[Field]:
    funding = (
        ("", "–"),
        ("insured", tr(QT_TRANSLATE_NOOP("entry", "Insured"))),
        ("self_funded", tr(QT_TRANSLATE_NOOP("entry", "Self-funded"))),
    )
    yes_no = (("", "–"), ("yes", tr(QT_TRANSLATE_NOOP("entry", "Yes"))), ("no", tr(QT_TRANSLATE_NOOP("entry", "No"))))
    yield _field("line_of_business", QT_TRANSLATE_NOOP("entry", "Line of business"), 4, How.CHOICE, choices=_choices([*LineOfBusiness]))
    yield _field("state", QT_TRANSLATE_NOOP("entry", "State"), 2)
    yield _field("coverage.plan", QT_TRANSLATE_NOOP("entry", "Plan"), 4)
    yield _field("coverage.group", QT_TRANSLATE_NOOP("entry", "Group"), 2)
    yield _field("coverage.funding", QT_TRANSLATE_NOOP("entry", "Funding"), 2, How.CHOICE, choices=funding)
    yield _field("coverage.erisa", QT_TRANSLATE_NOOP("entry", "ERISA"), 2, How.CHOICE, choices=yes_no)
    yield _field("coverage.grandfathered", QT_TRANSLATE_NOOP("entry", "Grandfathered"), 2, How.CHOICE, choices=yes_no)
    yield _field("coverage.first_day", QT_TRANSLATE_NOOP("entry", "Covered from"), 2, How.DAY)
    yield _field("coverage.last_day", QT_TRANSLATE_NOOP("entry", "Covered to"), 2, How.DAY)
    yield _field("coverage.home_plan", QT_TRANSLATE_NOOP("entry", "Home plan"), 2)
    yield _field("coverage.other_coverage", QT_TRANSLATE_NOOP("entry", "Other coverage"), 6)


def _member() -> Iterator[Field]:
    yes_no = (("", "–"), ("yes", tr(QT_TRANSLATE_NOOP("entry", "Yes"))), ("no", tr(QT_TRANSLATE_NOOP("entry", "No"))))
    sexes = tuple((each.value, each.value) for each in Sex)
    yield _field("member.family", QT_TRANSLATE_NOOP("entry", "Family name"), 2, required=True)
    yield _field("member.given", QT_TRANSLATE_NOOP("entry", "Given name"), 2)
    yield _field("member.member_id", QT_TRANSLATE_NOOP("entry", "Member ID"), 2, required=True)
    yield _field("member.birth_date", QT_TRANSLATE_NOOP("entry", "Born"), 2, How.DAY)
    yield _field("member.sex", QT_TRANSLATE_NOOP("entry", "Sex as coded"), 2, How.CHOICE, choices=(("", "–"), *sexes))
    yield _field("member.phone", QT_TRANSLATE_NOOP("entry", "Telephone"), 2)
    yield _field("member.address", QT_TRANSLATE_NOOP("entry", "Address"), 3, How.PROSE)
    yield _field("member.confidential_address", QT_TRANSLATE_NOOP("entry", "Confidential address"), 3, How.PROSE)
    yield _field("member.language", QT_TRANSLATE_NOOP("entry", "Language of letters"), 2)
    yield _field("member.format", QT_TRANSLATE_NOOP("entry", "Format, as large print"), 2)
    yield _field("member.subscriber", QT_TRANSLATE_NOOP("entry", "Subscriber"), 2)
    yield _field("member.representative.name", QT_TRANSLATE_NOOP("entry", "Representative"), 2)
    yield _field("member.representative.relation", QT_TRANSLATE_NOOP("entry", "Relation"), 2)
    authority = QT_TRANSLATE_NOOP("entry", "Authority on file")
    yield _field("member.representative.authority_on_file", authority, 2, How.CHOICE, choices=yes_no)
    yield _field("member.representative.address", QT_TRANSLATE_NOOP("entry", "Representative's address"), 6, How.PROSE)


def _provider(which: str) -> Iterator[Field]:
    yield _field(f"{which}.name", QT_TRANSLATE_NOOP("entry", "Name"), 4, How.PROVIDER)
    yield _field(f"{which}.npi", QT_TRANSLATE_NOOP("entry", "NPI"), 2, How.PROVIDER)
    yield _field(f"{which}.credential", QT_TRANSLATE_NOOP("entry", "Credential"), 2)
    yield _field(f"{which}.taxonomy", QT_TRANSLATE_NOOP("entry", "Taxonomy"), 2)
    yield _field(f"{which}.network", QT_TRANSLATE_NOOP("entry", "Network"), 2, How.CHOICE, choices=_choices([*Network]))
    yield _field(f"{which}.phone", QT_TRANSLATE_NOOP("entry", "Telephone"), 2)
    yield _field(f"{which}.fax", QT_TRANSLATE_NOOP("entry", "Fax"), 2)
    yield _field(f"{which}.contact", QT_TRANSLATE_NOOP("entry", "Contact"), 2)
    yield _field(f"{which}.address", QT_TRANSLATE_NOOP("entry", "Address"), 6, How.PROSE)


def _field(
    path: str,
    words: object,
    breadth: int = 2,
    how: How = How.LINE,
    *,
    required: bool = False,
    choices: tuple[tuple[str, str], ...] = (),
) -> Field:
    return Field(path, str(words), breadth, how, required, choices)


def draft_with(draft: Draft, texts: Mapping[str, str]) -> Draft:
    """The draft with these fields as typed, by their paths; all else stays as it was."""
    for path, text in texts.items():
        draft = _with(draft, path.split("."), text)
    return draft


def _with(value: Any, steps: Sequence[str], text: str) -> Any:
    if len(steps) == 1:
        return replace(value, **{steps[0]: text})
    return replace(value, **{steps[0]: _with(getattr(value, steps[0]), steps[1:], text)})


def text_at(draft: Draft, path: str) -> str:
    """What a field of the draft holds."""
    value: Any = draft
    for step in path.split("."):
        value = getattr(value, step)
    return str(value)


def is_blank(draft: Draft, besides: frozenset[str]) -> bool:
    """Whether nothing was typed, but for the fields that the form fills in by itself."""
    return not any(text.strip() for path, text in texts(draft) if path not in besides)


def texts(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a draft with its path; rows count from 1."""
    for each in fields(value):
        here, inside = f"{path}.{each.name}".strip("."), getattr(value, each.name)
        if isinstance(inside, str):
            yield here, inside
        elif isinstance(inside, tuple):
            for number, row in enumerate(inside, 1):
                yield from texts(row, f"{here}.{number}") if is_dataclass(row) else ()
        elif is_dataclass(inside):
            yield from texts(inside, here)
