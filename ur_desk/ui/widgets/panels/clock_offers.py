"""Why the clock of a case cannot be bent now, in words for the decision bar."""

from PySide6.QtCore import QCoreApplication

from ur_desk.domain.clock_events import Clockwork
from ur_desk.domain.clock_read import ClockRead
from ur_desk.domain.clock_tasks import owed_duties
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
    return _why_not_bent(verb, case.clock, case.clockwork)


def _why_not_bent(verb: str, clock: ClockRead | None, work: Clockwork) -> str:
    if clock is None:
        return "" if verb in ("clock.change", "clock.reread") else translate("offers", "no clock was read")
    if verb == "clock.extend":
        if clock.extension is None:
            return translate("offers", "its rule allows no extension")
        return translate("offers", "it was extended already") if work.extension else ""
    if verb == "clock.return":
        if clock.incomplete is None:
            return translate("offers", "its rule waits for no incomplete request")
        return translate("offers", "it was sent back already") if work.returned else ""
    if verb == "clock.answer":
        return "" if work.waiting else translate("offers", "the clock waits for no answer")
    if verb == "clock.reread":
        return "" if clock.lack else translate("offers", "nothing was missing when it was read")
    return ""
