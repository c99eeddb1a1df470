"""Whether a letter may say what is about to be signed or asked: said once before it is done, and no more where it is done all the same."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ur_desk.domain.determination import Decision
from ur_desk.domain.events import CaseId
from ur_desk.domain.information.asking import InformationRequested
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk

Check = Callable[["Desk"], None]


class Sayable:
    """Remembers the words of which somebody was told that no letter may say them."""

    def __init__(self) -> None:
        self._told: object = None

    def check(self, case: CaseId, lines: Sequence[int], said: Decision | InformationRequested, words: object) -> Check:
        """The check of these words, which refuses them once; of words that were refused before, none."""
        if words == self._told:
            return lambda _desk: None
        self._told = words

        def check(desk: "Desk") -> None:
            if found := desk.letters.unsayable(case, lines, said):
                hints = " ".join(f"{each.message} {each.hint}" for each in found)
                raise UserError(QCoreApplication.translate("Sayable", "No letter may say this: {0}").format(hints), _way_on())

        return check


def _way_on() -> str:
    return QCoreApplication.translate("Sayable", "Say it otherwise now. Done again as it stands, it is kept so, and the letter waits.")
