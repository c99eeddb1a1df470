"""The verbs of the decision bar, by the names under which the desk declares them, and what kind each is of."""

from enum import StrEnum

from ur_desk.domain.determination import Determination
from ur_desk.domain.letters.notices import NoticeKind


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
    NOT_REQUIRED = "lines.not-required"
    DENY_PLAIN = "lines.deny-administratively"
    WITHDRAW = "lines.withdraw"
    DISMISS = "lines.dismiss"
    VACATE = "lines.vacate"
    REOPEN = "lines.reopen"
    VOID = "lines.void"
    NUMBER = "authorization.number"
    CLAIMS = "claims.enter"
    CONTACT = "contact.log"
    NOTE = "note.add"
    COMPLETE = "case.complete"
    DOUBT = "receipt.doubt"
    SETTLE = "receipt.settle"
    NOTICE = "notice.record"
    TELL_SENDER = "sender.tell"
    EXTEND = "clock.extend"
    RETURN = "clock.return"
    ANSWER = "clock.answer"
    CHANGE = "clock.change"
    TARGET = "clock.target"
    NOTIFY = "clock.notify"
    OWED = "clock.done"
    REREAD = "clock.reread"
    WHAT_IF = "clock"
    APPEAL = "appeal.open"
    ASKER = "appeal.record"
    ACKNOWLEDGE = "appeal.acknowledge"
    PEER_OFFER = "peer.offer"
    PEER_REACHED = "peer.reach"
    PEER_END = "peer.end"
    LETTER = "letter"
    MORE_TIME = "letter/extension"
    LATE = "letter/late"
    NOT_FAST = "letter/expedite_refused"
    CLOSE = "case.close"
    LIBRARY = "library"

    @property
    def determination(self) -> Determination | None:
        """The determination that a physician's verb fixes, or None."""
        return Determination(self.value.partition("/")[2]) if self.value.startswith("lines.decide/") else None

    @property
    def notice(self) -> NoticeKind | None:
        """The notice of open lines whose letter the verb opens, or None."""
        return NoticeKind(self.value.partition("/")[2]) if self.value.startswith("letter/") else None

    @property
    def adverse(self) -> bool:
        """Whether the verb refuses part of what was asked: such a verb is never the main button and has no key of its own."""
        return self is Verb.DENY_PLAIN or (self.determination is not None and self.determination.adverse)


CLOCK_VERBS = frozenset({Verb.EXTEND, Verb.RETURN, Verb.ANSWER, Verb.CHANGE, Verb.TARGET, Verb.OWED, Verb.REREAD, Verb.WHAT_IF})
"""Verbs about the clock of the whole case."""
NOTICES = {verb.notice: verb for verb in Verb if verb.notice is not None}
"""The verb of each notice of open lines."""

OF_LINES = frozenset(Verb) - {
    Verb.CONTACT, Verb.NOTE, Verb.LETTER, Verb.MATCH, Verb.CLOSE, Verb.COMPLETE, Verb.DOUBT, Verb.SETTLE, Verb.TELL_SENDER, Verb.LIBRARY,
    Verb.ASKER, Verb.ACKNOWLEDGE, *CLOCK_VERBS, *NOTICES.values(),
}  # fmt: skip
"""Verbs that are about picked lines."""

LONG = frozenset({Verb.AMEND, Verb.RECEIVED, Verb.MATCH, Verb.COMPLETE, Verb.CHANGE, Verb.APPEAL, Verb.EXTEND, Verb.OWED})
"""Verbs that the desk does in steps: they match again, read the clock anew or bring a file."""
