"""The bar at the top of every screen: the pages, the search for everything, and who sits at the desk."""

from collections.abc import Iterable

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QMenu, QSizePolicy, QToolButton, QWidget

from ur_desk.ui.look import look
from ur_desk.ui.widgets.restyled import Restyled, inset, show_if


class TopBar(Restyled, QFrame):
    """Shows the pages' commands, a search field, and the person; says which account somebody chose."""

    account_chosen = Signal(str)
    """The name of the account that wants to sign in."""

    def __init__(self, pages: Iterable[QAction], find: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("edge", "bottom")
        self.setProperty("ground", "surface")
        self.setAccessibleName(self.tr("Pages and search"))
        self._tabs = {action: self._tab(action) for action in pages}
        self.find_field = _FindField(self._hint(find))
        self.find_field.setAccessibleName(self.tr("Find a case, code, policy or command"))
        self.find_field.setAccessibleDescription(self.tr("Type a few letters; arrows choose, Enter opens"))
        self.accounts = QMenu(self)
        self.accounts.setToolTipsVisible(True)
        self._person = _PersonButton()
        self._person.setProperty("kind", "quiet")
        self._person.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._person.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._person.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow stands behind the name
        self._person.clicked.connect(self._offer)
        self._person.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._mask: QWidget | None = None
        row = self._row = QHBoxLayout(self)
        for tab in self._tabs.values():
            row.addWidget(tab)
        row.addStretch(1)
        row.addWidget(self.find_field)
        row.addWidget(self._person)
        self.set_person("", "")
        self.restyle()

    def _tab(self, action: QAction) -> QToolButton:
        tab = QToolButton()
        tab.setProperty("kind", "tab")
        tab.setDefaultAction(action)
        tab.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        tab.setToolTip(f"{action.toolTip()} ({key})" if key else action.toolTip())
        tab.setAccessibleName(action.iconText())
        action.changed.connect(lambda: show_if(tab, action.isVisible()))
        return tab

    def _hint(self, find: QAction) -> str:
        key = find.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        return self.tr("Find a case, code, policy or command      {0}").format(key)

    def set_person(self, name: str, roles: str) -> None:
        """Show who sits at the desk, and what they may do as a tip; nobody where the name is empty."""
        show_if(self._person, bool(name))
        self._person.setText(name)
        self._draw()
        self._person.setToolTip(roles)
        self._person.setAccessibleName(self.tr("Signed in as {0}").format(name))
        self._person.setAccessibleDescription(roles)

    def set_masked(self, on: bool) -> None:
        """Say calmly that names are hidden, or no more."""
        if on and self._mask is None:
            from ur_desk.ui.tokens import Tone
            from ur_desk.ui.widgets.parts import Chip  # not needed for the first picture

            self._mask = QWidget(self)
            chip = Chip(parent=self._mask)
            tip = self.tr("Members stand here by their initials; F9 shows their names again")
            chip.set_state(self.tr("Names hidden"), Tone.ACCENT, tip)
            beside = QHBoxLayout(self._mask)
            beside.addWidget(chip)
            inset(beside, 8, 0, 8, 0)
            self._row.insertWidget(self._row.indexOf(self.find_field), self._mask)
        if self._mask is not None:
            self._mask.setVisible(on)

    def empty(self) -> None:
        """Nobody sits here, and nothing is looked for."""
        self.find_field.clear()
        self.find_field.setEnabled(False)
        self.accounts.clear()
        self.set_person("", "")

    def offer_accounts(self, accounts: Iterable[tuple[str, str, bool]], own: Iterable[QAction]) -> None:
        """Offer accounts to sign in as (the name that signs in, the words to show, whether it sits here now), and what one may do
        with one's own."""
        self.accounts.clear()
        said = self.accounts.addAction(self.tr("Sign in as"))
        said.setEnabled(False)
        for name, words, here in accounts:
            action = self.accounts.addAction(words.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(here)
            action.triggered.connect(lambda _checked=False, name=name: self.account_chosen.emit(name))
        self.accounts.addSeparator()
        for action in own:
            self.accounts.addAction(action)

    def _offer(self) -> None:
        corner = QPoint(self._person.width() - self.accounts.sizeHint().width(), self._person.height())
        self.accounts.popup(self._person.mapToGlobal(corner))

    def _draw(self) -> None:
        if self._person.text():
            from ur_desk.ui.icons import icon  # not needed for the first picture

            self._person.setIcon(icon("down"))
            self._person.setIconSize(QSize(look().px(12), look().px(12)))

    def restyle(self) -> None:
        """The grid at the present zoom."""
        layout = self.layout()
        assert layout is not None
        inset(layout, 8, 5, 8, 5, 4)
        self.find_field.setMaximumWidth(look().px(330))
        self._draw()


class _PersonButton(QToolButton):
    """Who sits at the desk; a long name elides where the bar is narrow."""

    def minimumSizeHint(self) -> QSize:
        """Room for a few letters."""
        return QSize(look().px(80), super().minimumSizeHint().height())


class _FindField(QLineEdit):
    """The search for everything; narrow where the window is."""

    def __init__(self, hint: str) -> None:
        super().__init__()
        self.setPlaceholderText(hint)
        self.setClearButtonEnabled(False)

    def sizeHint(self) -> QSize:
        """Wide enough for its hint."""
        return QSize(look().px(330), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Room for a few letters."""
        return QSize(look().px(80), super().minimumSizeHint().height())
