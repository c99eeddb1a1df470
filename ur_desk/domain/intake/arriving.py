"""What came in beside what is there: how a request resembles another, and what a person may do with it. Nothing is chosen here."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ur_desk.domain.events import Use
from ur_desk.domain.request import OPENS_A_CASE, Channel, Kind, Request


class Likeness(StrEnum):
    """How a request resembles what is there, the strongest first."""

    HERE = "here"
    """The sender's own id and the whole content are the same: it is here already."""
    CONTENT = "content"
    """The whole content is the same, and the sender gave no id."""
    NAMED = "named"
    """It is a message about an earlier request, and names that one."""
    REFERENCE = "reference"
    """The sender's id is the same, and something else differs."""
    SERVICE = "service"
    """The same member, one code at least and days that overlap."""


class Choice(StrEnum):
    """What a person may do with a request that came in; `NOTHING` with one that is here already."""

    NOTHING = "nothing"
    NEW = "new"
    AGAIN = "again"
    INFORMATION = "information"
    APPEAL = "appeal"
    REOPENING = "reopening"
    LEAVE_OUT = "leave-out"


NEEDS_A_CASE = frozenset({Choice.AGAIN, Choice.INFORMATION, Choice.APPEAL, Choice.REOPENING})
"""Choices that are about a case that is there."""
STARTS_A_CLOCK = frozenset({Choice.NEW, Choice.APPEAL, Choice.REOPENING})
"""Choices by which the receipt of what came in starts a clock of its own."""

RESOURCE = "Claim/"
"""Before the id of a resource where it stands among the traces of a FHIR request."""
_APART = re.compile(r"[\W_]+")
Days = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class Traits:
    """What of a request is compared; case makes no difference, nor which signs set the parts of an id apart.

    `content` is the sha256 of all that it asks, source and receipt aside; `traces` are the ids that it bears beside its reference;
    `names` are the ids of the earlier request that it names.
    """

    content: str
    reference: str = ""
    traces: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    member_id: str = ""
    person: str = ""
    services: tuple[tuple[str, Days], ...] = ()

    @property
    def ids(self) -> frozenset[str]:
        """The ids that the sender gave it."""
        return frozenset({self.reference, *self.traces}) - {""}


def traits_of(request: Request, content: str) -> Traits:
    """What of a request is compared; `content` is its hash."""
    member = request.member
    known = (member.family, member.given, member.birth_date)
    person = "|".join([*(" ".join(str(name).split()).casefold() for name in known[:2]), str(known[2])]) if all(known) else ""
    asked = tuple((folded(s.code), (s.first_day, s.last_day or s.first_day)) for s in request.services if s.code)
    reference, traces = id_key(request.reference), tuple(dict.fromkeys(filter(None, map(_trace_key, request.traces))))
    return Traits(content, reference, traces, tuple(dict.fromkeys(_names(request))), folded(member.member_id), person, asked)


def folded(text: str | None) -> str:
    """A member's id or a code without what senders write differently: case, spaces, hyphens, dots and slashes."""
    return _APART.sub("", (text or "").casefold())


def id_key(text: str | None) -> str:
    """A sender's id, or the number of a case, however its parts are set apart: 1-11 and 11-1 are two."""
    return _APART.sub("-", (text or "").casefold()).strip("-")


def _trace_key(text: str) -> str:
    """A trace; the id of a FHIR resource is kept apart from numbers, since many senders count their resources anew in each message."""
    return RESOURCE + id_key(text.removeprefix(RESOURCE)) if text.startswith(RESOURCE) else id_key(text)


def is_message(kind: Kind | None) -> bool:
    """Whether it is a message about an earlier request, and opens no case by itself."""
    return kind is not None and kind not in OPENS_A_CASE


def _names(request: Request) -> Iterator[str]:
    if request.kind in (None, Kind.NEW):
        return
    told = [request.reference, *(trace for trace in request.traces if not trace.startswith(RESOURCE))]
    if decision := request.decision:
        actions = [*([decision.event] if decision.event else []), *(line.action for line in decision.lines)]
        told += [*decision.answers, *(action.number for action in actions)]
    names = [name for name in map(id_key, told) if name]
    yield from names
    if request.channel is Channel.FHIR:
        yield from (RESOURCE + name for name in names)


def likeness(new: Traits, there: Traits, known_as: Collection[str] = ()) -> Likeness | None:
    """How a request resembles one that is there; None where it does not.

    `known_as` are the ids by which the case in which that one lies is known besides: its number, the authorization, the sender's traces.
    The id of a FHIR resource alone names no request of somebody else.
    """
    if new.content == there.content:
        return Likeness.HERE if new.reference else Likeness.CONTENT
    named = {*there.ids, *known_as} & {*new.names}
    if named and not (another_member(new, there) and all(name.startswith(RESOURCE) for name in named)):
        return Likeness.NAMED
    same = {each for each in new.ids & there.ids if not each.startswith(RESOURCE)}
    if same and not another_member(new, there):
        return Likeness.REFERENCE
    return Likeness.SERVICE if _same_member(new, there) and _same_service(new, there) else None


def _same_member(one: Traits, other: Traits) -> bool:
    same_id = bool(one.member_id) and one.member_id == other.member_id
    return same_id or (bool(one.person) and one.person == other.person)


def another_member(one: Traits, other: Traits) -> bool:
    """Whether they are told to be two people: an id that senders give to a whole file is no sign that they are one."""
    ids, people = (one.member_id, other.member_id), (one.person, other.person)
    differ = any(all(pair) and pair[0] != pair[1] for pair in (ids, people))
    return differ and not _same_member(one, other)


def _same_service(one: Traits, other: Traits) -> bool:
    return any(code == theirs and _overlap(days, other_days) for code, days in one.services for theirs, other_days in other.services)


def _overlap(one: Days, other: Days) -> bool:
    """Whether two spans share a day; a span that is not known may share one, so a person is asked."""
    (first, last), (begin, end) = one, other
    if first is None or last is None or begin is None or end is None:
        return True
    return first <= end and begin <= last


def choices(kind: Kind | None, like: Likeness | None, adverse: bool) -> tuple[Choice, ...]:
    """What may be done with a request of that kind that resembles a case in that way; the first is what lies nearest.

    `adverse` says whether that case was decided against the request, wholly or in part.
    """
    message = is_message(kind)
    if like is None:
        return (Choice.LEAVE_OUT,) if message else (Choice.NEW, Choice.LEAVE_OUT)
    appeal = [Choice.APPEAL, Choice.REOPENING] if adverse and kind is not Kind.RESPONSE else []
    if like is Likeness.HERE:
        return (Choice.NOTHING, Choice.AGAIN, Choice.INFORMATION, *appeal)
    if like is Likeness.CONTENT:
        found = [Choice.AGAIN, Choice.INFORMATION]
    elif kind is Kind.APPEAL and adverse:
        return (*appeal, Choice.INFORMATION, Choice.LEAVE_OUT)
    else:
        found = [Choice.INFORMATION, *([] if message else [Choice.AGAIN])]
    return (*found, *([] if message else [Choice.NEW]), *appeal, Choice.LEAVE_OUT)


def preselected(kind: Kind | None, like: Likeness | None, adverse: bool, another: bool) -> Choice | None:
    """What is done unless the person says otherwise; None where they must look first: a message that no case is known for, and whatever
    names a case of `another` member."""
    first = choices(kind, like, adverse)[0]
    return None if another or first is Choice.LEAVE_OUT else first


_USES = {
    Kind.CANCELLATION: Use.CANCELLATION,
    Kind.REVISION: Use.REVISION,
    Kind.INQUIRY: Use.INQUIRY,
    Kind.NOTIFICATION: Use.NOTIFICATION,
    Kind.RESPONSE: Use.RESPONSE,
}


def use_of(kind: Kind | None) -> Use:
    """As what a message of that kind stands in the case to which it is attached."""
    return _USES.get(kind, Use.INFORMATION) if kind else Use.INFORMATION
