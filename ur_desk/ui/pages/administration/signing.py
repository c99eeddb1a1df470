"""Signing rules as a supervisor keeps them: what states ask of whoever signs an adverse decision, each with who verified it."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ur_desk.ui.models.law_rows import Shown
from ur_desk.ui.pages.administration.law import LawView
from ur_desk.ui.session import Session

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.desk.signing_rows import SigningRows


class SigningView(LawView):
    """Every row of every state; what nobody verified is shown to whoever signs, and refuses nothing."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Signing rules"), session, parent)
        self.empty.say(self.tr("No state's rules are loaded"), self.tr("Whoever signs is told so before each adverse decision."))

    def _book(self, desk: "Desk") -> "SigningRows":
        return desk.signing_rows

    def _fill(self, rows: tuple[Shown, ...]) -> None:
        super()._fill(rows)
        self.told.setText(self.tr("{0}; those refuse nothing").format(self.told.text()))
