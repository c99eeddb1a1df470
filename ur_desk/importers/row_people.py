"""Rows that share what they are grouped by, parted so that no request holds two people, nor two requests of one person."""

from collections.abc import Sequence

from ur_desk.importers.row_plan import RowParts

Placed = tuple[str, RowParts]
"""Where a row stands, and what it says."""
IDENTITY = ("member.member_id", "member.birth_date", "member.family", "member.given", "member.sex", "reference")
"""Where these differ, rows are not of one person or not of one request, whatever else they share."""
_Person = tuple[str, ...]
_MOST = 200
"""People of one group between whom the home of a row that says little is sought; among more, such rows stay by themselves."""


def parted(rows: Sequence[Placed]) -> tuple[list[list[Placed]], list[Placed]]:
    """The rows by whose they are, in their order, and those that may belong to several.

    A row that leaves fields of `IDENTITY` empty belongs to the only rows that say no other than it does.
    """
    said = [tuple(row.head.get(name, "").strip().casefold() for name in IDENTITY) for _, row in rows]
    if _one(said):
        return [list(rows)], []
    people = dict.fromkeys(said)
    known = people if len(people) <= _MOST else ()
    whole = {person for person in people if not any(_says_more(other, person) for other in known)}
    homes = {
        person: [person] if person in whole else [each for each in people if each in whole and _agree(each, person)] for person in people
    }
    groups: dict[_Person, list[Placed]] = {}
    unclear: list[Placed] = []
    for person, row in zip(said, rows, strict=True):
        if len(homes[person]) == 1:
            groups.setdefault(homes[person][0], []).append(row)
        else:
            unclear.append(row)
    return list(groups.values()), unclear


def _one(said: Sequence[_Person]) -> bool:
    """Whether nothing that one row says is other than what another says."""
    return all(len(set(filter(None, values))) < 2 for values in zip(*said, strict=True))


def _agree(one: _Person, other: _Person) -> bool:
    return all(not a or not b or a == b for a, b in zip(one, other, strict=True))


def _says_more(one: _Person, other: _Person) -> bool:
    """Whether one says all that the other does, and more."""
    return one != other and all(not b or a == b for a, b in zip(one, other, strict=True))
