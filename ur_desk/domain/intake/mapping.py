"""How the columns of a sender's file become the fields of a request: declared, kept under the sender's name, never coded."""

import re
from collections import abc
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from ur_desk.domain.intake.coding import DIAGNOSIS_SYSTEMS, PROCEDURE_SYSTEMS
from ur_desk.domain.request import Channel, Funding, Kind, LineOfBusiness, Network, Sex, Timing, Urgency
from ur_desk.errors import UserError

NOTHING_CHANGED = "Nothing was changed."


class Holds(StrEnum):
    """What a field holds, which decides how the texts of its column are read."""

    TEXT = "text"
    JOINED = "joined"
    """Text to which several columns may add, such as an address."""
    NAME = "name"
    ID = "id"
    DAY = "day"
    DAYS = "days"
    """One day or a span of days in one cell."""
    INSTANT = "instant"
    """A day, or a day with a time."""
    TIME = "time"
    CHOICE = "choice"
    FLAG = "flag"
    NUMBER = "number"
    PHONE = "phone"
    NPI = "npi"
    STATE = "state"
    SERVICE = "service"
    DIAGNOSIS = "diagnosis"
    MODIFIER = "modifier"
    PLACE = "place"
    DECISION = "decision"
    """What the sender says was decided; it is never taken over."""


class DateOrder(StrEnum):
    """In which order day, month and year are written where only digits stand."""

    MDY = "mdy"
    DMY = "dmy"
    YMD = "ymd"


_PROVIDER = {
    "name": Holds.TEXT, "npi": Holds.NPI, "phone": Holds.PHONE, "fax": Holds.PHONE, "contact": Holds.TEXT, "credential": Holds.TEXT,
    "network": Holds.CHOICE, "taxonomy": Holds.TEXT, "address": Holds.JOINED,
}  # fmt: skip
FIELDS: dict[str, Holds] = {
    "reference": Holds.ID, "received_at": Holds.INSTANT, "received_date": Holds.DAY, "received_time": Holds.TIME, "received_zone": Holds.TEXT,
    "channel": Holds.CHOICE, "kind": Holds.CHOICE, "urgency": Holds.CHOICE, "urgency_said_by": Holds.TEXT, "timing": Holds.CHOICE,
    "line_of_business": Holds.CHOICE, "state": Holds.STATE, "clinical_notes": Holds.JOINED, "decision": Holds.DECISION,
    "member.name": Holds.NAME, "member.family": Holds.TEXT, "member.given": Holds.TEXT, "member.member_id": Holds.ID,
    "member.birth_date": Holds.DAY, "member.sex": Holds.CHOICE, "member.address": Holds.JOINED, "member.phone": Holds.PHONE,
    "member.language": Holds.TEXT, "member.format": Holds.TEXT, "member.subscriber": Holds.TEXT,
    "member.confidential_address": Holds.JOINED, "member.representative.name": Holds.TEXT, "member.representative.relation": Holds.TEXT,
    "member.representative.address": Holds.JOINED, "member.representative.authority_on_file": Holds.FLAG,
    "coverage.plan": Holds.JOINED, "coverage.group": Holds.ID, "coverage.funding": Holds.CHOICE, "coverage.erisa": Holds.FLAG,
    "coverage.grandfathered": Holds.FLAG, "coverage.first_day": Holds.DAY, "coverage.last_day": Holds.DAY,
    "coverage.other_coverage": Holds.JOINED, "coverage.home_plan": Holds.TEXT,
    "claim.number": Holds.ID, "claim.billed": Holds.NUMBER,
    **{f"requesting_provider.{name}": holds for name, holds in _PROVIDER.items()},
    **{f"servicing_provider.{name}": holds for name, holds in _PROVIDER.items()},
    "services.line": Holds.NUMBER, "services.code": Holds.SERVICE, "services.code_to": Holds.SERVICE, "services.system": Holds.CHOICE,
    "services.modifiers": Holds.MODIFIER, "services.quantity": Holds.NUMBER, "services.unit": Holds.TEXT, "services.description": Holds.JOINED,
    "services.first_day": Holds.DAY, "services.last_day": Holds.DAY, "services.days": Holds.DAYS, "services.place_of_service": Holds.PLACE,
    "diagnoses.code": Holds.DIAGNOSIS, "diagnoses.primary_code": Holds.DIAGNOSIS, "diagnoses.system": Holds.CHOICE,
}  # fmt: skip
"""Every field that a column can fill, and what it holds. `services.2.code` is the code of the second service of a row. `member.name`,
`received_at`, `services.days` and `diagnoses.primary_code` stand for several fields of a draft at once."""

CHOICES: dict[str, abc.Iterable[StrEnum]] = {
    "channel": Channel, "kind": Kind, "urgency": Urgency, "timing": Timing, "line_of_business": LineOfBusiness, "member.sex": Sex,
    "coverage.funding": Funding, "requesting_provider.network": Network, "servicing_provider.network": Network,
    "services.system": PROCEDURE_SYSTEMS, "diagnoses.system": DIAGNOSIS_SYSTEMS,
}  # fmt: skip
"""What may stand in the fields that hold one of a closed set."""
MEMBER_FIELDS = frozenset({"member.name", "member.family", "member.member_id"})
"""One of these says whose request it is."""
SERVICE_FIELDS = frozenset({"services.code", "services.description"})
"""One of these says what is asked for."""
SEVERAL = frozenset({Holds.JOINED, Holds.MODIFIER, Holds.DIAGNOSIS, Holds.DECISION})
"""Columns of these may fill one field together."""

DAYS = frozenset({Holds.DAY, Holds.DAYS, Holds.INSTANT})
"""What is read by an order of day, month and year."""

_NEVER_FIXED = frozenset({"member.name", "received_at", "services.days", "diagnoses.code", "diagnoses.primary_code"})
"""Fields that stand for several, and those that say what one person has."""
_PARTS = ("services.", "diagnoses.")
_SLOT = re.compile(r"(services|diagnoses)\.([1-9][0-9]?)\.([a-z_]+)")
_WORDS = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SEPARATORS = frozenset(",;|/\n\t+&")
MOST_COLUMNS = 500
"""A mapping has as many columns, and a column is counted so far, at most."""


def base_of(field: str) -> tuple[str, int]:
    """A field without the number of its service, and that number; 1 where it names none."""
    told = _SLOT.fullmatch(field)
    return (f"{told[1]}.{told[3]}", int(told[2])) if told else (field, 1)


def plain_header(header: str) -> str:
    """A header as one compares it: its words in small letters, `memberId` and `Member-ID` alike; `#` is the word number."""
    return " ".join(_WORDS.findall(_CAMEL.sub(" ", header).replace("#", " number ").casefold()))


@dataclass(frozen=True, slots=True)
class Column:
    """One column and the field that it fills.

    `source` is the column's header, of which `nth` counts columns of the same header from 1; in a file of JSON it is the path
    from a request to the value. `separators` are the characters that part several values in one cell; `values` translate what the
    sender writes, whatever its case.
    """

    source: str
    field: str
    nth: int = 1
    dates: DateOrder = DateOrder.MDY
    separators: str = ""
    values: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if not self.source.strip():
            raise UserError("A column of the mapping has no name.", f"Name it as the file does. {NOTHING_CHANGED}")
        if base_of(self.field)[0] not in FIELDS:
            raise UserError(f"“{self.field}” is no field of a request.", f"The fields are: {', '.join(FIELDS)}. {NOTHING_CHANGED}")
        words = [word.strip().casefold() for word, _ in self.values]
        if len(set(words)) < len(words):
            raise UserError(f"The column “{self.source}” translates one word twice.", f"Let each word mean one thing. {NOTHING_CHANGED}")
        if not 1 <= self.nth <= MOST_COLUMNS or not set(self.separators) <= _SEPARATORS:
            raise UserError(
                f"The column “{self.source}” is counted from 1 to {MOST_COLUMNS}, and its values are parted by , ; | / + & a tab or a line break.",
                f"Mend “nth” or “separators”. {NOTHING_CHANGED}",
            )

    @property
    def holds(self) -> Holds:
        """What the field holds."""
        return FIELDS[base_of(self.field)[0]]

    @property
    def choices(self) -> tuple[StrEnum, ...]:
        """What may stand in the field, where that is one of a closed set; else nothing."""
        return tuple(CHOICES.get(base_of(self.field)[0], ()))

    def value_of(self, word: str) -> str | None:
        """What a word of the sender's means in a field of a closed set, empty where it means nothing; None where nobody has said it."""
        said = word.strip().casefold()
        told = next((value for each, value in self.values if each.strip().casefold() == said), None)
        if told is not None:
            return told
        spelt = (said, said.replace(" ", "_").replace("-", "_"))
        return next((each.value for each in self.choices if each.value.casefold() in spelt), None)


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which column fills which field, which fields tell that rows belong to one request, and what no column tells.

    `group` names fields: rows in which all of them agree are lines of one request; without any, every row is a request. `fixed`
    fills fields with one value. `empty` are words that the sender writes for nothing. `rows` are the paths, in a file of JSON, at
    one of which the requests lie.
    """

    columns: tuple[Column, ...]
    group: tuple[str, ...] = ()
    fixed: tuple[tuple[str, str], ...] = ()
    empty: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.columns or len(self.columns) > MOST_COLUMNS:
            raise UserError(f"A mapping has from 1 to {MOST_COLUMNS} columns.", NOTHING_CHANGED)
        filled = [c.field for c in self.columns if c.holds not in SEVERAL] + [name for name, _ in self.fixed]
        twice = next((field for field in filled if filled.count(field) > 1), None)
        if twice:
            raise UserError(f"The mapping fills “{twice}” twice.", f"Let one column fill it. {NOTHING_CHANGED}")
        wrong = next((name for name, _ in self.fixed if name in _NEVER_FIXED or FIELDS.get(name, Holds.DECISION) is Holds.DECISION), None)
        if wrong:
            raise UserError(f"“{wrong}” cannot be given one fixed value.", f"Name a field of a request. {NOTHING_CHANGED}")
        part = next((field for field in self.group if field == "decision" or field.startswith(_PARTS)), None)
        if part:
            hint = f"Group by what all rows of a request share, such as “reference”. {NOTHING_CHANGED}"
            raise UserError(f"Rows cannot be grouped by “{part}”, which each row may say otherwise.", hint)
        lone = next((field for field in self.group if field not in self.fields), None)
        if lone:
            raise UserError(f"Rows are grouped by “{lone}”, which no column fills.", f"Group by a field of a column. {NOTHING_CHANGED}")

    @property
    def fields(self) -> frozenset[str]:
        """The fields that columns fill, without the numbers of services."""
        return frozenset(base_of(c.field)[0] for c in self.columns)

    @property
    def missing(self) -> str | None:
        """What a request cannot be read without, in words; None where columns or fixed values tell it."""
        told = self.fields | {name for name, _ in self.fixed}
        if not told & SERVICE_FIELDS:
            return "the service asked for (a procedure code, or its words)"
        return None if told & (MEMBER_FIELDS | {"reference"}) else "whose request it is (the member's id or name)"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its number in the file, from 1, and its cells."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it stood in a file, all of it text.

    `header_row` is the number of the row that names the columns, 0 where none does and they are counted; `told` says how the file
    was read (encoding and separator, or kind of workbook); `sheet` is empty where there is none; `numbers` are the places of the
    columns in which numbers stood, not texts, so that leading zeros are lost; `from_1904` says from where numbers count days.
    """

    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    header_row: int = 1
    sheet: str = ""
    told: str = ""
    numbers: frozenset[int] = frozenset()
    from_1904: bool = False

    @property
    def signature(self) -> frozenset[str]:
        """The headers as one compares them."""
        return frozenset(plain_header(header) for header in self.headers if header.strip())

    def place(self, column: Column) -> int | None:
        """Where a column stands, from 0; None where the table has no such column."""
        wanted = plain_header(column.source)
        places = [n for n, header in enumerate(self.headers) if plain_header(header) == wanted]
        return places[column.nth - 1] if len(places) >= column.nth else None


class Sureness(StrEnum):
    """How sure a guess is: header and values agree; one of them says so; or somebody must say it."""

    SURE = "sure"
    LIKELY = "likely"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """What a column seems to hold, and why; `field` is None where nothing is known of it. An unsure guess is offered, not taken.

    Where `order_open` is true, its days can be read with the month or with the day first, and only a person can say which.
    """

    header: str
    nth: int
    field: str | None
    sureness: Sureness
    reasons: tuple[str, ...]
    order_open: bool = False


@dataclass(frozen=True, slots=True)
class Guess:
    """What a table seems to be: the mapping of the columns that are sure or likely, None where it is no table of requests, which
    `refused` then says."""

    mapping: Mapping | None
    columns: tuple[ColumnGuess, ...]
    refused: str = ""

    @property
    def order_open(self) -> tuple[str, ...]:
        """The headers of the columns that were taken for days of which somebody must say whether the month or the day comes first."""
        days = {(c.source, c.nth) for c in (self.mapping.columns if self.mapping else ()) if c.holds in DAYS}
        return tuple(each.header for each in self.columns if each.order_open and (each.header, each.nth) in days)

    @property
    def ready(self) -> bool:
        """Whether requests can be read without anybody saying more."""
        return self.mapping is not None and self.mapping.missing is None


@dataclass(frozen=True, slots=True)
class Sender:
    """What is kept of a sender: the mapping of their files under a name, and the headers that the file had for which it was made."""

    name: str
    signature: frozenset[str]
    mapping: Mapping

    def __post_init__(self) -> None:
        if not self.name.strip() or len(self.name) > 80 or not self.name.isprintable():
            raise UserError("A sender has a name of at most 80 characters.", f"Name the office or the program. {NOTHING_CHANGED}")

    def fits(self, headers: frozenset[str]) -> float:
        """How well a file fits, from 0 to 1: 0 where a column of the mapping is missing, 1 where it has the very same headers."""
        wanted = frozenset(plain_header(column.source) for column in self.mapping.columns)
        if not wanted <= headers or not self.signature:
            return 0.0
        return len(headers & self.signature) / len(headers | self.signature)


SHOWN = 20
"""Rows of a file that are shown."""
LEAST_FIT = 0.6
"""Files of which less than this part of the headers is known are not taken for the sender's."""


def match_senders(headers: frozenset[str], senders: Iterable[Sender]) -> tuple[Sender, ...]:
    """The senders whose file this seems to be, those that fit best: none, one, or several between whom a person chooses."""
    fits = [(sender.fits(headers), sender) for sender in senders]
    best = max((fit for fit, _ in fits), default=0.0)
    found = [sender for fit, sender in fits if fit == best and fit >= LEAST_FIT]
    return tuple(sorted(found, key=lambda sender: sender.name.casefold()))


@dataclass(frozen=True, slots=True)
class Look:
    """A file with columns or keys as the page of its mapping shows it: its first rows, what each column seems to hold, and whose file it
    seems to be. The keys of a JSON file are shown as columns, by their paths."""

    name: str
    table: Table
    guess: Guess
    senders: tuple[Sender, ...]
    data: bytes = field(repr=False)

    @property
    def rows(self) -> tuple[Row, ...]:
        """The first rows."""
        return self.table.rows[:SHOWN]

    @property
    def mapping(self) -> Mapping | None:
        """The mapping to begin with: that of the one sender whom the file fits, else the guess."""
        return self.senders[0].mapping if len(self.senders) == 1 else self.guess.mapping
