"""Words that the panels of a clock share: conditions of an extension, ways of a notice, and what its rule gives."""

from collections.abc import Iterable

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from ur_desk.domain.clocks.rules import Condition
from ur_desk.domain.contact import ContactWay
from ur_desk.ui.phrases import sentence
from ur_desk.ui.widgets.panels.form import ChoiceEntry

_CONDITIONS = {
    Condition.BEYOND_CONTROL: QT_TRANSLATE_NOOP("clock", "Matters beyond the plan's control"),
    Condition.REQUESTED: QT_TRANSLATE_NOOP("clock", "The enrollee or the provider asks for it"),
    Condition.NEED_AND_INTEREST: QT_TRANSLATE_NOOP("clock", "More is needed, and waiting is in the enrollee's interest"),
    Condition.ENROLLEE_ASKS: QT_TRANSLATE_NOOP("clock", "The enrollee asks for it"),
    Condition.NONCONTRACT_EVIDENCE: QT_TRANSLATE_NOOP("clock", "Evidence of a provider without a contract"),
    Condition.EXTRAORDINARY: QT_TRANSLATE_NOOP("clock", "Extraordinary, not routine circumstances"),
    Condition.JUSTIFIED: QT_TRANSLATE_NOOP("clock", "The plan shows the need"),
}
REACHED = (ContactWay.CALL, ContactWay.FAX, ContactWay.PORTAL, ContactWay.MAIL)
"""Ways on which a notice reaches somebody."""


def conditions_entry(conditions: Iterable[Condition]) -> ChoiceEntry:
    """A choice of the conditions that a rule names."""
    told = [(each.value, QCoreApplication.translate("clock", str(_CONDITIONS[each]))) for each in conditions]
    return ChoiceEntry(told if len(told) == 1 else [("", "–"), *told])


def ways_entry(ways: Iterable[ContactWay]) -> ChoiceEntry:
    """A choice of ways to tell somebody."""
    return ChoiceEntry([(way.value, sentence(way)) for way in ways])
