"""What stands unmet before an adverse decision is signed: what the state asks for, an approval that binds, an answer that is late."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ur_desk.domain.clocks.overdue import overdue_words
from ur_desk.domain.decisions.binding import binding_words
from ur_desk.domain.decisions.signing import words

if TYPE_CHECKING:
    from ur_desk.ui.widgets.panels.picked import Picked

translate = QCoreApplication.translate


def why_unmet(picked: "Picked") -> str:
    """Why nothing adverse is signed on these lines, or not before something else is done, in few words; empty where nothing is in the way."""
    late = next((each for each in picked.overdue if each.sure), None)
    if late:
        return translate("offers", "too late: {0}").format(late.name)
    if unmet := picked.required.refusing:
        return translate("offers", "not met: {0}").format(unmet[0].rule.name)
    bound = next((each for each in picked.bound if each.refuses), None)
    return translate("offers", "the approval in {0} binds").format(bound.number) if bound else ""


def before_words(picked: "Picked") -> str:
    """All that there is to say before somebody signs something adverse, one sentence a line."""
    late = (overdue_words(each) for each in picked.overdue)
    return "\n".join((*late, *(binding_words(each) for each in picked.bound), *words(picked.required)))
