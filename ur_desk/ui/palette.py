"""The search for everything: commands, cases, policy lines and codes by a few letters, below the field in the top bar."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from ur_desk.domain.listing import CaseFilter, Order, Shown
from ur_desk.ui.actions import plain_text
from ur_desk.ui.fonts import Type
from ur_desk.ui.look import look
from ur_desk.ui.models.offers import Offer, OffersModel
from ur_desk.ui.models.policies import FoundLine, standing_words
from ur_desk.ui.phrases import phrase
from ur_desk.ui.places import PageName, Place
from ur_desk.ui.privacy import mask
from ur_desk.ui.session import Session
from ur_desk.ui.tokens import Tone
from ur_desk.ui.widgets.restyled import Restyled
from ur_desk.ui.widgets.rows import RowDelegate, RowList
from ur_desk.ui.widgets.sheet import Sheet
from ur_desk.ui.widgets.text import Text

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.domain.listing import CaseRow

FEW = 6
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_KEYS = (*_MOVES, Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class OfferDelegate(RowDelegate):
    """A heading, or a title with its key or state at the right and a detail below."""

    def compose(self, row: Offer, sheet: Sheet) -> None:
        """Set an offer."""
        px = look().px
        left, right = px(16), sheet.width - px(12)
        if row.target is None:
            sheet.height = sheet.line(row.title, (left, px(10)), right - left, Type.SMALL_STRONG, "soft") + px(14)
            return
        taken = sheet.chip(row.chip, row.tone, right, px(6)) + px(8) if row.chip else 0
        if row.key:
            taken = px(120)
            sheet.line(row.key, (right - taken, px(6)), taken, Type.SMALL, "soft", right=True)
        top = px(5) + sheet.line(row.title, (left, px(5)), right - left - taken, Type.BODY)
        if row.detail:
            top += sheet.line(row.detail, (left, top), right - left, Type.SMALL, "soft")
        sheet.height = top + px(6)


class Palette(Restyled, QFrame):
    """Shows what the words in the field could mean; Enter does or opens it, Escape goes back to where one was."""

    place_chosen = Signal(object)
    """The `Place` that the person chose."""

    def __init__(self, session: Session, field: QLineEdit, commands: Callable[[], Sequence[QAction]], window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._field = field
        self._commands = commands
        self._before: QWidget | None = None
        self._asked = 0
        self.setProperty("ground", "surface")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAccessibleName(self.tr("What was found"))
        self._model = OffersModel(self)
        self._nothing = Text("", Type.SMALL, "soft", wrap=True)
        self._nothing.setMargin(12)
        self.list = RowList(self.tr("What was found"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setItemDelegate(OfferDelegate(self.list))
        self.list.setModel(self._model)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self._nothing)
        column.addWidget(self.list, 1)
        self.list.clicked.connect(lambda _index: self.choose())
        field.installEventFilter(self)
        window.installEventFilter(self)
        mask().changed.connect(self._name_again)
        self.restyle()
        self.hide()

    def begin(self) -> None:
        """Open below the field, with the field ready to be typed in."""
        if not self.isVisible():
            self._before = self.window().focusWidget()
            if self._before is self._field:
                self._before = None
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not self._field.isModified():
            self._field.selectAll()
        self._look_for(self._field.text())
        self._place_below()
        self.show()
        self.raise_()

    def end(self) -> None:
        """Close; the field is empty again and the focus where it was."""
        self.hide()
        self._asked += 1
        self._field.clear()
        before, self._before = self._before, None
        if before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose(self) -> None:
        """Do the command, or go to the place, on which the list stands."""
        index = self.list.currentIndex()
        target = self._model.row(index.row()).target if index.isValid() else None
        if target is None:
            return
        self.end()
        if isinstance(target, QAction):
            QTimer.singleShot(0, target.trigger)  # after the focus has come back, so that the command works on it
        else:
            self.place_chosen.emit(target)

    def restyle(self) -> None:
        """Stand where the field is now."""
        self._place_below()

    def sizeHint(self) -> QSize:
        """Room for a dozen rows."""
        return QSize(look().px(480), look().px(420))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the field move in the list; the field's losing the focus closes it; the window's new size moves it."""
        if watched is self._field and self.isVisible():
            if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in _KEYS:
                event.accept()  # a page may have a command on the same key
                return True
            if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._key(event)
            if event.type() == QEvent.Type.FocusOut and not self.underMouse():
                self._before = None
                QTimer.singleShot(0, self, self._close_if_left)
        elif event.type() == QEvent.Type.Resize and self.isVisible():
            self._place_below()
        return super().eventFilter(watched, event)

    def _name_again(self) -> None:
        """What was found names members, or no more."""
        if self.isVisible():
            self._look_for(self._field.text())

    def _close_if_left(self) -> None:
        if self.isVisible() and not self._field.hasFocus():
            self.end()

    def _key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            self.end()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.choose()
        elif event.key() in _MOVES:
            self._move(event)
        else:
            return False
        return True

    def _move(self, event: QKeyEvent) -> None:
        step = -1 if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_PageUp) else 1
        jump = 1 if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) else FEW
        count, at = self._model.rowCount(), self.list.currentIndex().row()
        for _ in range(jump):
            at = self._next(at, step, count)
        if 0 <= at < count:
            self.list.go_to(at)

    def _next(self, at: int, step: int, count: int) -> int:
        """The next row that can be chosen, over headings; the same where there is none."""
        places = range(at + step, count) if step > 0 else range(at - 1, -1, -1)
        return next((place for place in places if self._model.row(place).target is not None), at)

    def _place_below(self) -> None:
        """Below the field, right edges in line, within the window."""
        window = self._field.window()
        corner = self._field.mapTo(window, QPoint(self._field.width(), self._field.height()))
        size = self.sizeHint()
        wide, high = min(size.width(), window.width() - 16), min(size.height(), self._needed(), window.height() - corner.y() - 16)
        self.setGeometry(QRect(max(corner.x() - wide, 8), corner.y() + 4, wide, max(high, 80)))

    def _needed(self) -> int:
        """The height that the rows, or the words that there are none, take."""
        if not self._model.rowCount():
            return look().px(56)
        rows = range(min(self._model.rowCount(), 2 * FEW))
        return sum(self.list.sizeHintForRow(row) for row in rows) + look().px(4)

    # finding ---------------------------------------------------------------------------------------------------------

    def _look_for(self, text: str) -> None:
        """Offer what the words could mean; what lies in the store comes a moment later under its own heading."""
        self._asked += 1
        sought = text.strip()
        commands = tuple(self._commands_for(sought))
        self._model.show_groups({self._cases: (), self._policies: (), self._do: commands})
        if sought:
            call = partial(_found, text=sought)
            self._session.read(call, self, partial(self._take, self._asked), lambda _error: None)
        self._settle()

    def _take(self, asked: int, found: "tuple[tuple[CaseRow, ...], tuple[FoundLine, ...], str]") -> None:
        if asked != self._asked:
            return
        cases, lines, code = found
        self._model.show_group(self._cases, (self._case(row) for row in cases))
        self._model.show_group(self._policies, [*self._code(code), *(self._line(each) for each in lines)])
        self._settle()

    def _settle(self) -> None:
        """Stand on the first row; with nothing to stand on, say so."""
        first = self._model.first()
        self._nothing.setVisible(first is None)
        self._nothing.setText(self.tr("Nothing found. Try a member's name, a case number, a code, or a word of a command."))
        self.list.setVisible(first is not None)
        if first is not None:
            self.list.go_to(first)
            self.list.scrollToTop()
        self._place_below()

    def _commands_for(self, sought: str) -> list[Offer]:
        words = sought.casefold().split()
        offers = []
        for action in self._commands():
            name = plain_text(action)
            heads = f"{name} {action.statusTip()}".casefold().replace("…", " ").split()
            if action.isEnabled() and action.isVisible() and all(any(head.startswith(word) for head in heads) for word in words):
                key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
                offers.append(Offer(name, action.statusTip(), key=key, target=action))
        offers.sort(key=lambda offer: not any(head.startswith(words[0]) for head in offer.title.casefold().split()) if words else 0)
        return offers

    def _case(self, row: "CaseRow") -> Offer:
        detail = " · ".join(part for part in (", ".join(row.codes), ", ".join(row.diagnoses)) if part)
        words = phrase(row.determination) if row.determination else phrase(row.workflow)
        who = self.tr("Restricted") if row.shown is Shown.NUMBER else ("" if mask().on else row.member) or row.member_initials
        title = "   ".join(part for part in (row.number, who) if part)
        return Offer(title, detail, words, Tone.QUIET, target=Place(PageName.REVIEW, row.id))

    def _line(self, found: FoundLine) -> Offer:
        hit = found.hit
        where = self.tr("{0}, line {1}").format(hit.card.policy, hit.line)
        chip = standing_words(hit.standing)[0]
        return Offer(where, hit.words.strip(), chip, target=Place(PageName.LIBRARY, f"{hit.card.text}#{hit.line}"))

    def _code(self, described: str) -> list[Offer]:
        if not described:
            return []
        code, _, words = described.partition(" ")
        return [Offer(code, words, self.tr("code"), target=Place(PageName.LIBRARY, f"?{code}"))]

    @property
    def _cases(self) -> str:
        return self.tr("Cases")

    @property
    def _policies(self) -> str:
        return self.tr("Library")

    @property
    def _do(self) -> str:
        return self.tr("Commands")


def _found(desk: "Desk", text: str) -> "tuple[tuple[CaseRow, ...], tuple[FoundLine, ...], str]":
    """Cases, policy lines and the diagnosis code that a text could mean."""
    cases = desk.supervision.cases(CaseFilter(text=text, order=Order.NEWEST), size=FEW).rows
    words = desk.tables.codeset.description(text.upper())
    lines = tuple(FoundLine(hit) for hit in desk.library.search(text, FEW).hits)
    return cases, lines, f"{text.upper()} {words}" if words else ""
