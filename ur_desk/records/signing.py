"""What states ask of whoever signs, from its files (`ur-desk-signing/1`)."""

from datetime import date
from typing import Any

import msgspec

from ur_desk.domain.decisions.signing import Demand, SigningRule, SigningRules, Whom
from ur_desk.domain.law_rows import Verified
from ur_desk.domain.people import PeerKind, Role
from ur_desk.domain.request import LineOfBusiness
from ur_desk.domain.states import STATES
from ur_desk.errors import UserError

SCHEMA = "ur-desk-signing/1"
HINT = "Put the file back as it was delivered, or mend that row. Nothing is signed on damaged rules; nothing else was lost."


class _Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"from_day": "from", "to_day": "to"}):
    id: str
    name: str
    demand: Demand
    lines: frozenset[LineOfBusiness]
    states: frozenset[str]
    source: str
    whom: Whom = Whom.SIGNER
    when_physician_ordered: bool = False
    verified: Verified | None = None
    seen: str = ""
    note: str = ""
    from_day: date | None = None
    to_day: date | None = None


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    schema: str
    rules: tuple[Any, ...] = ()
    peers: tuple[Any, ...] = ()
    licensed: frozenset[Role] = frozenset()


class _Peer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    kind: str
    specialty: str = ""


def signing_rules(data: bytes, file: str = "the rules for whoever signs") -> SigningRules:
    """What one file says; UserError that names file and row where it is damaged."""
    try:
        told = msgspec.json.decode(data, type=_File)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as wrong:
        raise UserError(f"The rules for whoever signs in {file} cannot be read: {wrong}.", HINT) from wrong
    if told.schema != SCHEMA:
        raise UserError(f"The rules for whoever signs in {file} are of the kind “{told.schema}”, not “{SCHEMA}”.", HINT)
    rules = tuple(_row(file, number, row) for number, row in enumerate(told.rules, 1))
    peers = tuple(_peer(file, number, row) for number, row in enumerate(told.peers, 1))
    return SigningRules(rules, peers, told.licensed)


def _peer(file: str, number: int, row: Any) -> PeerKind:
    try:
        return PeerKind(**msgspec.structs.asdict(msgspec.convert(row, _Peer)))
    except (msgspec.ValidationError, ValueError) as wrong:
        raise UserError(f"The rules for whoever signs in {file} are damaged at peer {number}: {wrong}.", HINT) from wrong


def _row(file: str, number: int, row: Any) -> SigningRule:
    try:
        told = msgspec.convert(_in_todays_form(row), _Rule)
        if unknown := sorted(told.states - STATES.keys()):
            raise ValueError(f"no such state: {', '.join(unknown)}")
        return SigningRule(**msgspec.structs.asdict(told))
    except (msgspec.ValidationError, ValueError) as wrong:
        name = row.get("id") if isinstance(row, dict) else None
        called = f" ({name})" if isinstance(name, str) else ""
        raise UserError(f"The rules for whoever signs in {file} are damaged at rule {number}{called}: {wrong}.", HINT) from wrong


def _in_todays_form(row: Any) -> Any:
    """The row with who verified it as one value; rows that older versions kept with a decision have it under two keys."""
    if not isinstance(row, dict) or "verified_by" not in row:
        return row
    by, on = row["verified_by"], row.get("verified_on")
    rest = {key: value for key, value in row.items() if key not in ("verified_by", "verified_on")}
    return rest | {"verified": {"by": by, "on": on}} if by else rest


def pinned_rules(data: bytes) -> SigningRules:
    """The rows of every file as they were kept with a decision; UserError where they are damaged or an id is given twice."""
    try:
        files = msgspec.json.decode(data, type=dict[str, str])
        told = [signing_rules(text.encode(), name) for name, text in files.items()]
        return SigningRules(
            tuple(rule for each in told for rule in each.rules),
            tuple(dict.fromkeys(peer for each in told for peer in each.peers)),
            frozenset[Role]().union(*(each.licensed for each in told)),
        )
    except msgspec.MsgspecError as wrong:
        raise UserError("The kept rules for whoever signs cannot be read.", HINT) from wrong
    except ValueError as wrong:
        raise UserError(f"The rules for whoever signs cannot be used: {wrong}.", HINT) from wrong
