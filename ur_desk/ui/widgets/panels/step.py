"""A step that can be taken with picked lines of a case: its verb, what is picked, and whether it can be done now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from ur_desk.domain.asking import settled
from ur_desk.domain.case import Case, LineState
from ur_desk.domain.determination import Determination
from ur_desk.domain.findings import MatchReport, ServiceRow
from ur_desk.domain.people import Account, AccountId
from ur_desk.domain.wanted import Wanted
from ur_desk.ui.phrases import runs

translate = QCoreApplication.translate


class Verb(StrEnum):
    """A verb of the decision bar, by the name under which the desk declares it; three of the physician's share one."""

    REFER = "lines.refer"
    ASK = "lines.ask"
    APPROVE = "lines.approve"
    PARTIAL = "lines.decide/partially_approved"
    SEND_BACK = "lines.send-back"
    MODIFY = "lines.decide/modified"
    DENY = "lines.decide/denied"
    RECEIVED = "lines.received"
    MATCH = "case.match"
    REWORD = "lines.reword"
    AMEND = "lines.amend"
    WITHDRAW = "lines.withdraw"
    CONTACT = "contact.log"
    NOTE = "note.add"
    COMPLETE = "case.complete"
    DOUBT = "receipt.doubt"
    SETTLE = "receipt.settle"
    NOTICE = "notice.record"
    TELL_SENDER = "sender.tell"
    LETTER = "letter"
    CLOSE = "case.close"
    LIBRARY = "library"

    @property
    def determination(self) -> Determination | None:
        """The determination that a physician's verb fixes, or None."""
        return Determination(self.value.partition("/")[2]) if "/" in self.value else None

    @property
    def adverse(self) -> bool:
        """Whether the verb refuses part of what was asked: such a verb is never the main button and has no key of its own."""
        return self.determination is not None and self.determination.adverse


OF_LINES = frozenset(Verb) - {
    Verb.CONTACT,
    Verb.NOTE,
    Verb.LETTER,
    Verb.MATCH,
    Verb.CLOSE,
    Verb.COMPLETE,
    Verb.DOUBT,
    Verb.SETTLE,
    Verb.TELL_SENDER,
    Verb.LIBRARY,
}
"""Verbs that are about picked lines."""


LONG = frozenset({Verb.AMEND, Verb.RECEIVED, Verb.MATCH, Verb.COMPLETE})
"""Verbs that the desk does in steps: they match again or read the clock anew."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A verb that the person's role knows; `why_not` is empty where it can be done now, `note` says what to weigh before."""

    verb: Verb
    why_not: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Offers:
    """What the bar shows for the picked lines. `suggested` is None where nothing is; `words` say why, or why not."""

    rows: tuple[Offer, ...] = ()
    suggested: Verb | None = None
    words: str = ""

    def offer(self, verb: Verb) -> Offer | None:
        """The offer of a verb, or None where the person's role does not know it."""
        return next((row for row in self.rows if row.verb is verb), None)

    def may(self, verb: Verb) -> bool:
        """Whether the verb can be done now."""
        offer = self.offer(verb)
        return offer is not None and not offer.why_not


@dataclass(frozen=True, slots=True)
class Picked:
    """The lines that a step is about, in a case as it was read, with what was found for them."""

    case: Case
    lines: tuple[int, ...]
    person: Account
    today: date
    report: MatchReport | None = None
    people: Mapping[AccountId, Account] = field(default_factory=dict)
    wanted: tuple[Wanted, ...] = ()
    """What would be worth asking for of these lines by what was found."""
    rows: tuple[ServiceRow, ...] = field(init=False)

    def __post_init__(self) -> None:
        matched = self.case.matched.services if self.case.matched else ()
        object.__setattr__(self, "rows", tuple(row for row in matched if row.line in self.lines))

    @property
    def states(self) -> tuple[LineState, ...]:
        """The states of the picked lines."""
        return tuple(state for state in self.case.lines if state.line in self.lines)

    @property
    def against(self) -> tuple[int, ...]:
        """The picked lines against which a policy's position stands."""
        return tuple(n for n in self.lines if self.case.matched and n in self.case.matched.against)

    @property
    def unmatched(self) -> bool:
        """Whether the findings are not about the request as it now stands."""
        return self.case.matched is None or self.case.matched.subject != self.case.current_request.subject

    @property
    def unread(self) -> tuple[str, ...]:
        """Policies of the picked lines of which nobody has confirmed the reading."""
        pins = self.case.matched.pins if self.case.matched else ()
        touching = {policy for row in self.rows for policy in row.policies}
        return tuple(sorted({pin.policy for pin in pins if pin.policy in touching and not (pin.abstract or pin.confirmed)}))

    @property
    def settled(self) -> bool:
        """Whether an adverse position holds for a picked line whatever the record says."""
        return self.report is not None and bool(set(self.lines) & set(settled(self.report)))


def line_words(lines: Iterable[int]) -> str:
    """The picked lines as the bar and the panels name them."""
    numbers = sorted(set(lines))
    if not numbers:
        return translate("offers", "No line picked")
    words = translate("offers", "Line {0}") if len(numbers) == 1 else translate("offers", "Lines {0}")
    return words.format(runs(numbers))
