"""The case strip: who, what, how fast and on what ground, in two lines that give way in a fixed order."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from ur_desk.ui.clipboard import copy
from ur_desk.ui.fonts import Type
from ur_desk.ui.look import look
from ur_desk.ui.tokens import Tone
from ur_desk.ui.widgets.parts import Chip
from ur_desk.ui.widgets.restyled import Restyled
from ur_desk.ui.widgets.text import ElidedLabel


@dataclass(frozen=True, slots=True)
class StripContent:
    """What the strip says of a case, already in words; what is empty is left out."""

    case_number: str = ""
    name: str = ""
    birth_date: str = ""
    member_id: str = ""
    services: str = ""
    diagnoses: str = ""
    coverage: str = ""
    """Line of business with funding and state."""
    urgency: str = ""
    status: str = ""
    due: str = ""
    """The due instant, or the sentence that says why there is none."""
    left: str = ""
    why: str = ""
    """Which rule gave the due instant, from which start, with which pauses."""
    policy: str = ""
    policy_marks: tuple[str, ...] = ()
    """Abstract, superseded, unconfirmed: never elided."""
    warnings: tuple[str, ...] = ()
    saved: str = ""
    pressing: bool = False
    """Whether the clock has run out or is about to."""


@dataclass(frozen=True, slots=True)
class Place:
    """How a field stands in its line: text style, ink, and its turn to give way (0 first, None never)."""

    style: Type
    ink: str
    gives: int | None = None
    right: bool = False


_FIRST = {
    "case_number": Place(Type.TITLE, "text"),
    "name": Place(Type.STRONG, "text"),
    "birth_date": Place(Type.BODY, "soft"),
    "member_id": Place(Type.BODY, "soft"),
    "services": Place(Type.BODY, "soft", gives=1),
    "diagnoses": Place(Type.BODY, "soft", gives=0),
    "coverage": Place(Type.BODY, "soft", gives=2),
    "urgency": Place(Type.MEDIUM, "text"),
    "status": Place(Type.MEDIUM, "text", right=True),
}
_SECOND = {
    "due": Place(Type.MEDIUM, "text"),
    "left": Place(Type.MEDIUM, "text"),
    "why": Place(Type.SMALL, "soft", gives=0),
    "policy": Place(Type.SMALL, "soft", gives=1),
    "saved": Place(Type.SMALL, "faint", gives=2, right=True),
}


_CODES = ("services", "diagnoses")
"""The fields that list codes."""


def share(full: Sequence[int], least: Sequence[int], gives: Sequence[int | None], room: int) -> list[int]:
    """Widths within a room: in their turn fields shrink to their least, then go (0); those that never give way stay whole.

    The sum is within the room unless the fields that never give way are wider than it by themselves.
    """
    widths = list(full)
    turns = sorted((turn, i) for i, turn in enumerate(gives) if turn is not None)
    for _, i in turns:
        over = sum(widths) - room
        if over > 0:
            widths[i] = max(widths[i] - over, min(least[i], full[i]))
    for _, i in turns:
        if sum(widths) > room:
            widths[i] = 0
    return widths


class _Field(ElidedLabel):
    """One field of the strip, which can be copied by itself."""

    def __init__(self, name: str, place: Place, parent: QWidget) -> None:
        super().__init__("", place.style, place.ink, parent=parent)
        self.name = name
        self.place = place
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        action = QAction(self.tr("Copy"), self)
        action.triggered.connect(self.copy)
        self.addAction(action)

    def copy(self) -> None:
        """Put the whole field on the clipboard."""
        copy(self.words)


class _Codes(_Field):
    """A list of codes, of which none is cut."""

    def least_width(self) -> int:
        """The width in which the first code stands, and how many more there are."""
        self.ensurePolished()
        return self.fontMetrics().horizontalAdvance(self._of(1)) + 1

    def _of(self, kept: int) -> str:
        codes = self._words.split(", ")
        return ", ".join(codes[:kept]) + (f" +{len(codes) - kept}" if kept < len(codes) else "")

    def _shown(self) -> str:
        """Those that fit, whole, and how many more there are."""
        metrics, room = self.fontMetrics(), self.contentsRect().width()
        forms = (self._of(kept) for kept in range(self._words.count(", ") + 1, 0, -1))
        return next((told for told in forms if metrics.horizontalAdvance(told) <= room), super()._shown())


def _at_right(widget: "_Field | Chip") -> bool:
    return isinstance(widget, _Field) and widget.place.right


class Strip(Restyled, QFrame):
    """Two fixed lines above the panes. Diagnoses, services and coverage give way first, in this order; identity, urgency,
    status, due date, marks and warnings never: the status goes to the second line where the first has no room for it beside the codes,
    and what does not fit even so (large zoom) takes another line.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self.setProperty("edge", "bottom")
        self._content = StripContent()
        self._fields = {name: (_Codes if name in _CODES else _Field)(name, place, self) for name, place in (_FIRST | _SECOND).items()}
        self._chips: list[Chip] = []
        self._dots: list[tuple[int, int]] = []
        self.show_content(self._content)

    @property
    def content(self) -> StripContent:
        """What it says."""
        return self._content

    def field(self, name: str) -> ElidedLabel:
        """One field's label, by the name that it has in the content."""
        return self._fields[name]

    def show_content(self, content: StripContent) -> None:
        """Say something else."""
        self._content = content
        for name, label in self._fields.items():
            label.set_words(getattr(content, name))
        for name in ("due", "left"):
            self._fields[name].set_ink("bad" if content.pressing else "text")
        for chip in self._chips:
            chip.hide()
            chip.deleteLater()
        self._chips = [Chip(words, Tone.QUIET, self) for words in content.policy_marks]
        self._chips += [Chip(f"⚠ {words}", Tone.ASK, self) for words in content.warnings]
        for chip in self._chips:
            chip.show()
        self.setAccessibleName(self._spoken())
        self.restyle()

    def restyle(self) -> None:
        """Measure anew at the present zoom."""
        for label in self._fields.values():
            label.ensurePolished()
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width."""
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the dots between the fields."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setFont(look().font(Type.BODY))
        painter.setPen(look().colour("faint"))
        for x, y in self._dots:
            painter.drawText(QRect(x - 10, y, 20, look().px(20)), Qt.AlignmentFlag.AlignCenter, "·")

    def _spoken(self) -> str:
        """The whole strip as one run of words."""
        said: list[str] = []
        for each in fields(StripContent):
            value = getattr(self._content, each.name)
            said += [value] if isinstance(value, str) and value else list(value) if isinstance(value, tuple) else []
        return "; ".join(said)

    def _arrange(self) -> None:
        """Give every field its place and the strip its height."""
        self._dots = []
        first, second = [self._fields[name] for name in _FIRST], [self._fields[name] for name in _SECOND]
        if not self._fits(first) and self._fits([f for f in (*second, first[-1]) if f.place.gives is None], self._chips):
            second.append(first.pop())  # the status gives way to the codes
        top = self._arrange_line(first, [], look().px(8))
        top = self._arrange_line(second, self._chips, top)
        self.setFixedHeight(top + look().px(8))
        whole = all(not label.words or not (label.isHidden() or label.elided) for label in self._fields.values())
        self.setToolTip("" if whole else self._spoken())
        self.update()

    def _fits(self, labels: list[_Field], chips: Sequence[Chip] = ()) -> bool:
        """Whether all of these stand whole in one line."""
        told = [label.full_width() for label in labels if label.words] + [chip.sizeHint().width() for chip in chips]
        return sum(told) + look().px(18) * (len(told) - 1) <= self.width() - 2 * look().px(16)

    def _arrange_line(self, labels: list[_Field], chips: list[Chip], top: int) -> int:
        """Arrange one line from `top`, or more where what must be seen needs them; gives where the next line begins."""
        px, pad = look().px, look().px(16)
        told = [label for label in labels if label.words]
        ordered: list[_Field | Chip] = [label for label in told if not label.place.right]
        ordered += [*chips, *(label for label in told if label.place.right)]
        gaps = [px(8) if isinstance(widget, Chip) else px(18) for widget in ordered]
        full = [widget.sizeHint().width() if isinstance(widget, Chip) else widget.full_width() for widget in ordered]
        gives = [None if isinstance(widget, Chip) else widget.place.gives for widget in ordered]
        room = self.width() - 2 * pad
        for place, wide in enumerate(full):  # wider than a line by itself, it elides; the marks beside it stay in its line
            if wide > room:
                rest = sum(full[i] + gaps[i] for i in range(len(full)) if gives[i] is None and i != place)
                full[place] = max(room - rest, room // 2)
        least = [widget.least_width() if isinstance(widget, _Codes) else px(64) for widget in ordered]
        widths = share(full, least, gives, room - sum(gaps[1:]))
        for label in labels:
            label.hide()
        x, height = 0, px(21)
        behind = sum(width + gap for widget, width, gap in zip(ordered, widths, gaps, strict=True) if width and _at_right(widget))
        for widget, width, gap in zip(ordered, widths, gaps, strict=True):
            if not width:
                continue
            if x and x + gap + width > room:
                x, top = 0, top + height
            is_right = _at_right(widget)
            behind -= (width + gap) * is_right
            left = max(room - width - behind, 0) if is_right else x + (gap if x else 0)
            if x and isinstance(widget, _Field) and not is_right:
                self._dots.append((pad + left - gap // 2, top))
            tall = widget.sizeHint().height()
            widget.setGeometry(pad + left, top + (height - tall) // 2, min(width, room), tall)
            widget.show()
            x = left + width
        return top + height
