"""What the columns of a table seem to hold, from their headers and from what stands in them, each with its reasons."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

from ur_desk.domain.codes import System, has_shape, normal, npi_problem, procedure_system
from ur_desk.domain.intake.mapping import (
    DAYS,
    FIELDS,
    MEMBER_FIELDS,
    SERVICE_FIELDS,
    SEVERAL,
    Column,
    ColumnGuess,
    DateOrder,
    Guess,
    Holds,
    Mapping,
    Sureness,
    Table,
    base_of,
    plain_header,
)
from ur_desk.domain.states import state_code
from ur_desk.importers.cells import code_and_words, service_and_modifier
from ur_desk.importers.days import Order, order_of, orders_of, read_day, read_span
from ur_desk.importers.headers import Meaning, declared
from ur_desk.importers.no_requests import what_else

_LOOKED_AT = 200
"""Values of a column that are looked at."""
_AGREES, _SPEAKS = 0.5, 0.8
"""The part of the values that must be of a kind for the header to be believed; and for the values to speak without it."""
_SEPARATORS = ("|", ";", ",", "\n", "/")
_PHONE = re.compile(r"\+?1?[-. (]*[2-9][0-9]{2}[-. )]*[0-9]{3}[-. ]*[0-9]{4}(?:\s*x.*)?")
_FEW, _SHORT = 12, 24
"""Different words of a column, and letters of one, up to which they are words for a choice and named."""
_CODES = (Holds.SERVICE, Holds.DIAGNOSIS)
_PLAIN = {
    Holds.NPI: ("National Provider Identifiers with a right check digit", lambda text: npi_problem(text.strip().removesuffix(".0")) is None),
    Holds.STATE: ("states", lambda text: state_code(text.strip()) is not None),
    Holds.NUMBER: ("numbers", lambda text: text.strip().replace(".", "", 1).isdigit()),
    Holds.PLACE: ("places of service", lambda text: text.strip().removesuffix(".0").isdigit() and len(text.strip()) < 5),
    Holds.PHONE: ("phone numbers", lambda text: _PHONE.fullmatch(text.strip()) is not None),
    Holds.TIME: ("times of day", lambda text: ":" in text),
}  # fmt: skip


_NAMES = frozenset(
    {
        "member.name", "member.family", "member.given", "member.subscriber", "member.representative.name", "requesting_provider.name",
        "requesting_provider.contact", "servicing_provider.name", "servicing_provider.contact",
    }
)  # fmt: skip
"""Fields that hold a name, in which no digit stands."""
_ID = re.compile(r"(?=.*[0-9])[A-Za-z0-9][A-Za-z0-9-]{2,29}")
_NUMBERED: dict[str, tuple[str, str, Callable[[str], bool]]] = {
    "member.name": ("member.member_id", "identifiers", lambda text: _ID.fullmatch(text.strip()) is not None),
    "member.subscriber": ("member.member_id", "identifiers", lambda text: _ID.fullmatch(text.strip()) is not None),
    "requesting_provider.name": ("requesting_provider.npi", "National Provider Identifiers", lambda text: _is_npi(text)),
    "servicing_provider.name": ("servicing_provider.npi", "National Provider Identifiers", lambda text: _is_npi(text)),
}
"""Fields that hold a name, and what a column of that header holds where its values are numbers: the field, its word, and the test."""
_Found = tuple[Column | None, ColumnGuess]


def guess(table: Table) -> Guess:
    """What the table seems to be; a mapping only where it is a table of requests."""
    others = orders_of(_days(table))
    orders = [order_of((row.cells[place] for row in table.rows), others) for place in range(len(table.headers))]
    found = _alone([_ordered(_column(table, place, order), order) for place, order in enumerate(orders)])
    taken = [column for column, told in found if column is not None and told.sureness is not Sureness.UNSURE]
    told = tuple(each for _, each in found)
    fields = {base_of(each.field)[0] for each in told if each.field}
    refused = _refused(table, fields)
    mapping = _grouped(table, Mapping(tuple(taken))) if taken and not refused else None
    return Guess(mapping, told, refused)


def meant(table: Table, place: int, field: str) -> Column:
    """The column at a place of a table as it fills a field that somebody names, with what its values need to be read."""
    header = table.headers[place]
    nth = sum(plain_header(other) == plain_header(header) for other in table.headers[: place + 1])
    texts = [row.cells[place] for row in table.rows[:_LOOKED_AT] if row.cells[place].strip()]
    own = texts if FIELDS[base_of(field)[0]] in DAYS else []
    return _with_ways(Column(header, field, nth, order_of(own, orders_of(_days(table))).order), texts)


def _refused(table: Table, fields: set[str]) -> str:
    """Why this is no table of requests, as somebody says it who takes requests in; empty where it may be one."""
    lacks = []
    if not fields & SERVICE_FIELDS:
        lacks.append("no column with the service asked for (a procedure code, or its words)")
    if not fields & (MEMBER_FIELDS | {"reference"}):
        lacks.append("no column that says whose request it is (the member's id or name)")
    what = what_else(table.headers)
    if not (what or lacks):
        return ""
    begins = f"This is {what}, not a list of requests" if what else "This is no list of requests"
    return f"{begins}: it has {', and '.join(lacks)}." if lacks else f"{begins}."


def _days(table: Table) -> Iterator[str]:
    """Every text that should be a day."""
    for place, header in enumerate(table.headers):
        meaning = declared().meaning(header)
        if meaning is not None and FIELDS[meaning.field] in DAYS:
            yield from (row.cells[place] for row in table.rows)


def _ordered(found: _Found, order: Order) -> _Found:
    """A guess that says whether the order of its days is still to be said."""
    column, told = found
    return (column, replace(told, order_open=True)) if order.open else found


def _column(table: Table, place: int, order: Order) -> _Found:
    header = table.headers[place]
    nth = sum(plain_header(other) == plain_header(header) for other in table.headers[: place + 1])
    texts = [row.cells[place] for row in table.rows[:_LOOKED_AT] if row.cells[place].strip()]
    meaning = declared().meaning(header) if table.header_row else None
    if meaning is None:
        found = _by_values(header, nth, texts, order.order)
        begun = declared().begun(header) if table.header_row and found[0] is None and texts else None
        return found if begun is None else _by_beginning(Column(header, _field(table, begun), nth, order.order), texts, order.why)
    base, field = meaning.field, _field(table, meaning)
    column = _with_ways(Column(header, field, nth, order.order), texts)
    reason = f"The header “{header}” is known for this."
    if meaning.doubtful:
        doubt = f"The header “{header}” may mean this, or something of the sender's own."
        return column, ColumnGuess(header, nth, field, Sureness.UNSURE, (doubt, *_agreement(column, texts, order.why)[1]))
    agrees, reasons = _agreement(column, texts, order.why)
    if agrees:
        return column, ColumnGuess(header, nth, field, Sureness.SURE, (reason, *reasons))
    if (other := _meant_by_values(column, base, texts)) is not None:
        told, why = other
        return told, ColumnGuess(header, nth, told.field, Sureness.LIKELY, (reason, why))
    return column, ColumnGuess(
        header, nth, field, Sureness.UNSURE if texts and column.holds is not Holds.DIAGNOSIS else Sureness.LIKELY, (reason, *reasons)
    )


def _field(table: Table, meaning: Meaning) -> str:
    """The field of a header, with the number of its service where services stand side by side."""
    base = meaning.field
    of_one = not base.startswith("services.") or (base == "services.modifiers" and not _numbers_services(table))
    return base if meaning.nth < 2 or of_one else base.replace(".", f".{meaning.nth}.", 1)


def _by_beginning(column: Column, texts: list[str], order: str) -> _Found:
    """A header that is only the beginning of one that is known, is a question."""
    whole = _with_ways(column, texts)
    reason = f"The header “{column.source}” is the beginning of one that means this."
    return whole, ColumnGuess(column.source, column.nth, column.field, Sureness.UNSURE, (reason, *_agreement(whole, texts, order)[1]))


def _meant_by_values(column: Column, base: str, texts: list[str]) -> tuple[Column, str] | None:
    """What a column holds whose values are another kind of the same thing than its header says: words for a code, a number for a name."""
    if base == "services.code" and texts and not any(_is_service(text) for text in texts):
        return replace(
            column, field=column.field.replace("code", "description"), separators="", values=()
        ), "Its values are words, not codes."
    if base in _NUMBERED and texts:
        field, what, test = _NUMBERED[base]
        if sum(map(test, texts)) >= _SPEAKS * len(texts):
            return replace(column, field=field), f"Its values are {what}, not names."
    return None


def _numbers_services(table: Table) -> bool:
    """Whether the headers number the services of a row, so that the numbers of other headers are theirs; else a second modifier is one
    more of the same service."""
    meanings = map(declared().meaning, table.headers)
    return any(meaning is not None and meaning.field == "services.code" and meaning.nth > 1 for meaning in meanings)


def _with_ways(column: Column, texts: list[str]) -> Column:
    """The column with what its values need to be read: the order of days, separators, translations."""
    holds = column.holds
    if holds in _CODES:
        return replace(column, separators=_separator(texts, _is_service if holds is Holds.SERVICE else _is_diagnosis))
    if holds is Holds.CHOICE:
        return replace(column, values=declared().values.get(base_of(column.field)[0], ()))
    return column


def _agreement(column: Column, texts: list[str], order: str) -> tuple[bool, tuple[str, ...]]:
    """Whether the values are what the header says, and how many of them."""
    if not texts:
        return True, ("No value stands in it.",)
    what, test = _test(column)
    if test is None:
        return True, ()
    right = sum(map(test, texts))
    if right == len(texts) and base_of(column.field)[0] in _NAMES:
        return True, ()
    reasons = [f"{right} of {len(texts)} values are {what}.", *_unknown_words(column, texts)]
    if column.holds in DAYS and right and order:
        reasons.append(f"In its days {order}.")
    if column.separators:
        reasons.append("Several values stand in one cell.")
    return right >= _AGREES * len(texts), tuple(reasons)


def _unknown_words(column: Column, texts: list[str]) -> tuple[str, ...]:
    """The words of a sender's that are still to be said, where they are few and short, as words for a choice are."""
    unknown = sorted({text.strip() for text in texts if column.choices and column.value_of(text) is None})
    if not unknown or len(unknown) > _FEW or any(len(word) > _SHORT for word in unknown):
        return ()
    return (f"Not known: {', '.join(f'“{word}”' for word in unknown)}.",)


def _test(column: Column) -> tuple[str, Callable[[str], bool] | None]:
    holds, marks = column.holds, column.separators
    if holds is Holds.SERVICE:
        return "procedure codes by their shape", lambda text: all(map(_is_service, _parts(text, marks)))
    if holds is Holds.DIAGNOSIS:
        return "diagnosis codes by their shape", lambda text: all(map(_is_diagnosis, _parts(text, marks)))
    if holds in (Holds.DAY, Holds.INSTANT):
        short = column.field != "member.birth_date"
        return "days", lambda text: read_day(text, column.dates, short_years=short) is not None
    if holds is Holds.DAYS:
        return "days or spans of days", lambda text: read_span(text, column.dates)[0] is not None
    if holds is Holds.CHOICE:
        return "among the words that are known for it", lambda text: column.value_of(text) is not None
    if base_of(column.field)[0] in _NAMES:
        return "names without digits", lambda text: not any(map(str.isdigit, text))
    return _PLAIN.get(holds, ("", None))


def _by_values(header: str, nth: int, texts: list[str], order: DateOrder) -> tuple[Column | None, ColumnGuess]:
    """What a column holds whose header says nothing: only codes and identifiers speak for themselves."""
    speaks: tuple[tuple[str, str, Callable[[str], bool], Sureness], ...] = (
        (
            "requesting_provider.npi",
            "National Provider Identifiers with a right check digit; whose they are is to be said",
            _is_npi,
            Sureness.UNSURE,
        ),
        ("diagnoses.code", "diagnosis codes by their shape", _is_letter_diagnosis, Sureness.LIKELY),
        ("services.code", "procedure codes by their shape", _is_service, Sureness.LIKELY),
    )
    for field, what, test, sureness in speaks:
        marks = _separator(texts, test) if field != "requesting_provider.npi" else ""
        right = sum(all(map(test, _parts(text, marks))) for text in texts)
        if texts and right >= _SPEAKS * len(texts):
            # five digits may be a ZIP code or a number of any kind
            unsure = field == "services.code" and all(text.strip().isdigit() for text in texts)
            reasons = (f"The header “{header}” is not known.", f"{right} of {len(texts)} values are {what}.")
            told = ColumnGuess(header, nth, field, Sureness.UNSURE if unsure else sureness, reasons)
            return Column(header, field, nth, separators=marks), told
    days = sum(read_day(text, order, short_years=True) is not None for text in texts if not text.strip().isdigit())
    reason = f"{days} of {len(texts)} values are days; which day is meant is to be said." if texts and days >= _SPEAKS * len(texts) else ""
    return None, ColumnGuess(header, nth, None, Sureness.UNSURE, tuple(filter(None, (f"The header “{header}” is not known.", reason))))


def _alone(found: list[tuple[Column | None, ColumnGuess]]) -> list[tuple[Column | None, ColumnGuess]]:
    """Each field filled by one column only: the surest, the first among equals; the others are left to a person."""
    order = list(Sureness)
    best: dict[str, int] = {}
    for place, (column, told) in enumerate(found):
        if column is None or column.holds in SEVERAL:
            continue
        before = best.get(column.field)
        if before is None or order.index(told.sureness) < order.index(found[before][1].sureness):
            best[column.field] = place
    kept = []
    for place, (column, told) in enumerate(found):
        if column is not None and column.field in best and best[column.field] != place:
            other = found[best[column.field]][1].header
            column, told = (
                None,
                replace(told, field=None, sureness=Sureness.UNSURE, reasons=(*told.reasons, f"“{other}” was taken for that.")),
            )
        kept.append((column, told))
    return kept


def _grouped(table: Table, mapping: Mapping) -> Mapping:
    """The mapping with the fields by which rows belong together, where rows repeat them.

    What a member asked for on one day is one request only where nothing in the file tells requests apart.
    """
    ways: tuple[tuple[str, ...], ...] = (("reference",), ("member.member_id", "received_at"), ("member.member_id", "received_date"))
    for group in ways[:1] if _has_references(table) else ways:
        if not set(group) <= {column.field for column in mapping.columns}:
            continue
        places = [table.place(column) for column in mapping.columns if column.field in group]
        keys = Counter(tuple(row.cells[place] for place in places if place is not None) for row in table.rows)
        if any(count > 1 and all(key) for key, count in keys.items()):
            return replace(mapping, group=group)
    return mapping


def _has_references(table: Table) -> bool:
    """Whether a value stands in any column that may number the requests, taken or not."""
    meanings = [declared().meaning(header) if table.header_row else None for header in table.headers]
    places = [n for n, meaning in enumerate(meanings) if meaning is not None and meaning.field == "reference"]
    return any(row.cells[place].strip() for row in table.rows for place in places)


def _separator(texts: list[str], test: Callable[[str], bool]) -> str:
    """The character at which most cells fall into codes, and into most of them; none where they are whole as they stand."""
    best, most = "", (sum(map(test, texts)), len(texts))
    for mark in _SEPARATORS:
        cells = [_parts(text, mark) for text in texts]
        right = sum(all(map(test, parts)) for parts in cells), sum(map(len, cells))
        if right > most and right[0]:
            best, most = mark, right
    return best


def _parts(text: str, marks: str) -> list[str]:
    if not marks:
        return [text]
    return [part for part in re.split(f"[{re.escape(marks)}]", text) if part.strip()]


def _is_npi(text: str) -> bool:
    return npi_problem(text.strip().removesuffix(".0")) is None


def _is_service(text: str) -> bool:
    return procedure_system(normal(service_and_modifier(text)[0], System.OTHER)) is not System.OTHER


def _is_diagnosis(text: str) -> bool:
    code = code_and_words(text)[0]
    return has_shape(normal(code, System.ICD10CM), System.ICD10CM) or has_shape(code.strip(), System.ICD9CM)


def _is_letter_diagnosis(text: str) -> bool:
    """A diagnosis whose shape no procedure shares: a HCPCS code is a letter and four digits, as A0428 is."""
    code = normal(code_and_words(text)[0], System.ICD10CM)
    return has_shape(code, System.ICD10CM) and not has_shape(text.strip().upper(), System.HCPCS)
