"""Small parts that pages are made of: chip, hairline, key and value, button of a command, banner."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLayout, QPushButton, QSizePolicy, QToolButton, QWidget

from ur_desk.ui.fonts import Type
from ur_desk.ui.icons import icon
from ur_desk.ui.look import look
from ur_desk.ui.tokens import Tone
from ur_desk.ui.widgets.restyled import Restyled, inset, polish_again, show_if
from ur_desk.ui.widgets.sheet import chip_width, paint_chip
from ur_desk.ui.widgets.text import Text


class Chip(Restyled, QWidget):
    """A state in a word or two, on the ground of its tone; never without words."""

    def __init__(self, words: str = "", tone: Tone = Tone.QUIET, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_state(words, tone)

    @property
    def words(self) -> str:
        """What it says."""
        return self._words

    @property
    def tone(self) -> Tone:
        """How it says it."""
        return self._tone

    def set_state(self, words: str, tone: Tone, tip: str = "") -> None:
        """Show another state, with its explanation as a tip; no words, no chip."""
        self._words, self._tone = words, tone
        self.setAccessibleName(words)
        self.setAccessibleDescription(tip)
        self.setToolTip(tip)
        show_if(self, bool(words))
        self.restyle()

    def restyle(self) -> None:
        """Take the room that the words need now."""
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the words need."""
        return QSize(chip_width(self._words), look().px(18))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the pill."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_chip(painter, QRectF(self.rect()), self._words, self._tone)


class CommandButton(QPushButton):
    """A button for a command: words, state and tip are the action's; `kind` is plain, `main` or `quiet`."""

    def __init__(self, action: QAction, kind: str = "plain", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._action = action
        self.setProperty("kind", kind)
        self.setAutoDefault(False)
        action.changed.connect(self._follow)
        self.clicked.connect(action.trigger)
        self._follow()

    def set_kind(self, kind: str) -> None:
        """Become the page's main button, or cease to be."""
        if self.property("kind") == kind:
            return
        self.setProperty("kind", kind)
        polish_again(self)

    def _follow(self) -> None:
        self.setText(self._action.text())
        self.setEnabled(self._action.isEnabled())
        show_if(self, self._action.isVisible())
        self.setToolTip(self._action.toolTip())
        self.setAccessibleName(self._action.text().replace("&", ""))
        self.setAccessibleDescription(self._action.statusTip() or self._action.toolTip())


class ActionIcon(Restyled, QToolButton):
    """A command as a small icon in the head of a pane; named for screen readers, with its key in the tip."""

    def __init__(self, action: QAction, icon_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._action = action
        self._icon_name = icon_name
        self.setProperty("kind", "quiet")
        action.changed.connect(self._follow)
        self.clicked.connect(action.trigger)
        self.restyle()
        self._follow()

    def restyle(self) -> None:
        """Draw the icon in the ink of the theme."""
        self.setIcon(icon(self._icon_name))
        self.setIconSize(QSize(look().px(16), look().px(16)))

    def _follow(self) -> None:
        self.setEnabled(self._action.isEnabled())
        self.setToolTip(self._action.toolTip())
        self.setAccessibleName(self._action.text().rstrip("…").replace("&", ""))


def added_tab(words: str, group: QButtonGroup, row: QLayout) -> QToolButton:
    """One of the tabs of a page, added to its row; of a group one is chosen."""
    tab = QToolButton()
    tab.setProperty("kind", "tab")
    tab.setCheckable(True)
    tab.setText(words)
    tab.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    group.addButton(tab)
    row.addWidget(tab)
    return tab


class Banner(Restyled, QFrame):
    """What must be known of this workspace on every screen, in one line across the window."""

    def __init__(self, words: str, tone: Tone = Tone.ASK, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = Text(words, Type.SMALL_STRONG, tone.ink)
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._label, 1)
        self.setProperty("ground", tone.ground)
        self.restyle()
        self.set_words(words)

    def restyle(self) -> None:
        """Stay a narrow line at every zoom."""
        inset(self._row, 16, 3, 16, 3)

    @classmethod
    def demo(cls, parent: QWidget | None = None) -> "Banner":
        """The mark of a demo workspace."""
        banner = cls("", Tone.ACCENT, parent)
        banner.set_words(banner.tr("Demo workspace: synthetic people, every letter a specimen, gone when you close it"))
        return banner

    @property
    def words(self) -> str:
        """What it says."""
        return self._label.text()

    def set_words(self, words: str) -> None:
        """Say something else."""
        self._label.setText(words)
        self.setAccessibleName(words)
