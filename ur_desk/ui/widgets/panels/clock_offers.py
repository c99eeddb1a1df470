"""Why the clock of a case cannot be bent now, in words for the decision bar."""

from PySide6.QtCore import QCoreApplication

from ur_desk.domain.case import Case
from ur_desk.domain.clocks.events import Clockwork
from ur_desk.domain.clocks.reading import ClockRead
from ur_desk.domain.clocks.tasks import owed_duties
from ur_desk.domain.determination import OPEN
from ur_desk.domain.letters.delivery import Party, owed
from ur_desk.domain.letters.notices import NoticeKind
from ur_desk.ui.widgets.panels.picked import Picked

translate = QCoreApplication.translate


def why_no_clock(verb: str, picked: Picked) -> str:
    """Why the verb of that name cannot be used on the clock now; empty where it can."""
    case = picked.case
    if case.closed or case.left_out:
        return translate("offers", "the case is closed") if case.closed else translate("offers", "it was left out")
    if verb == "clock.done":
        return "" if owed_duties(case) else translate("offers", "nothing is owed beside the answer")
    if all(state.decision for state in case.lines):
        return translate("offers", "every line is decided")
    if verb == "clock.extend":
        return _why_not_extended(case)
    return _why_not_bent(verb, case.clock, case.clockwork)


def why_no_notice(kind: NoticeKind, picked: Picked) -> str:
    """Why the letter of that notice is not written now; empty where it can be."""
    case = picked.case
    if case.closed or case.left_out:
        return translate("offers", "the case is closed") if case.closed else translate("offers", "it was left out")
    if not any(state.workflow in OPEN for state in case.lines):
        return translate("offers", "no line is open")
    if kind is NoticeKind.EXTENSION:
        return _why_not_extended(case)
    issued = any(each.kind == kind.value and each.superseded_by is None for each in case.letters_to_members)
    if kind in picked.owed:
        return translate("offers", "it is issued: record how it was sent") if issued else ""
    return translate("offers", "it is sent") if issued else translate("offers", "nothing asks for it")


def owed_words(kind: NoticeKind) -> str:
    """Why the letter of that notice comes next."""
    if kind is NoticeKind.LATE:
        return translate("offers", "The due time has passed with lines open: write the notice of that, then decide.")
    return translate("offers", "A fast answer was refused: the letter that says so is owed.")


def _why_not_extended(case: Case) -> str:
    if case.clock is None:
        return translate("offers", "no clock was read")
    if case.clock.extension is None:
        return translate("offers", "its rule allows no extension")
    if case.clockwork.extension:
        return translate("offers", "it was extended already")
    waits = any(each.extends and each.superseded_by is None for each in case.letters_to_members)
    return translate("offers", "a notice of it is issued: record how it was sent") if waits else ""


def unsent_notice(case: Case) -> bool:
    """Whether a notice of open lines is issued, stands, and has not reached the member."""
    kinds = set(NoticeKind)
    return any(each.letter.kind in kinds and each.party is Party.MEMBER for each in owed(case))


def _why_not_bent(verb: str, clock: ClockRead | None, work: Clockwork) -> str:
    if clock is None:
        return "" if verb in ("clock.change", "clock.reread") else translate("offers", "no clock was read")
    if verb == "clock.return":
        if clock.incomplete is None:
            return translate("offers", "its rule waits for no incomplete request")
        return translate("offers", "it was sent back already") if work.returned else ""
    if verb == "clock.answer":
        return "" if work.waiting else translate("offers", "the clock waits for no answer")
    if verb == "clock.reread":
        return "" if clock.lack else translate("offers", "nothing was missing when it was read")
    return ""
