"""What a reason rests on: policy lines cited from the pane, criteria held elsewhere, or that no policy was found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ur_desk.domain.determination import HeldElsewhere, PolicyCitation
from ur_desk.ui.fonts import Type
from ur_desk.ui.phrases import runs
from ur_desk.ui.widgets.panels.form import CheckEntry, LineEntry
from ur_desk.ui.widgets.restyled import Restyled, inset
from ur_desk.ui.widgets.text import ElidedLabel, Text


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation with what the lines say, for the eye."""

    citation: PolicyCitation
    words: str

    @property
    def place(self) -> str:
        """Policy and lines as one names them."""
        anchor = self.citation.anchor
        return f"{self.citation.policy} · {runs(range(anchor.first_line, anchor.last_line + 1))}"


class BasisEntry(Restyled, QWidget):
    """The sources of a reason. Lines are picked in the policy pane: the button asks for them, the page answers with `cite`."""

    changed = Signal()
    cite_wanted = Signal()
    """The person wants the lines that are chosen in the policy pane cited."""

    def __init__(self, no_policy: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cited: tuple[Cited, ...] = ()
        self._list = QVBoxLayout()
        self._none = Text(self.tr("No line cited yet. Choose lines in the policy pane, then cite them."), Type.SMALL, "soft", wrap=True)
        self.cite_button = QPushButton(self.tr("Cite chosen lines"))
        self.cite_button.setToolTip(self.tr("Cite the lines that are chosen in the policy pane (Ctrl+Shift+E)"))
        self.cite_button.setAutoDefault(False)
        self.cite_button.clicked.connect(self.cite_wanted.emit)
        self._elsewhere = _Elsewhere()
        self._elsewhere.changed.connect(self.changed.emit)
        self._elsewhere_button = QPushButton(self.tr("Criterion held elsewhere"))
        self._elsewhere_button.setProperty("kind", "quiet")
        self._elsewhere_button.setAutoDefault(False)
        self._elsewhere_button.setToolTip(self.tr("InterQual, MCG, a benefit booklet: owner, title, version and section"))
        self._elsewhere_button.clicked.connect(self._begin_elsewhere)
        self._no_policy = CheckEntry(self.tr("No policy found"), self)
        self._no_policy.setToolTip(self.tr("Nothing in the library speaks about this service; this is a finding, kept with the decision"))
        self._no_policy.setAccessibleName(self.tr("No policy found"))
        self._no_policy.changed.connect(self.changed.emit)
        self._no_policy.setVisible(no_policy)
        self._lay_out()

    def _lay_out(self) -> None:
        self._buttons, self._whole = QHBoxLayout(), QVBoxLayout(self)
        self._buttons.addWidget(self.cite_button)
        self._buttons.addWidget(self._elsewhere_button)
        self._buttons.addWidget(self._no_policy)
        self._buttons.addStretch(1)
        self._whole.addLayout(self._list)
        self._whole.addWidget(self._none)
        self._whole.addWidget(self._elsewhere)
        self._whole.addLayout(self._buttons)
        self._elsewhere.hide()
        self.restyle()

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._list, 0, 0, 0, 0, 2)
        inset(self._buttons, 0, 0, 0, 0, 8)
        inset(self._whole, 0, 0, 0, 0, 4)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the focus on to the button that cites. A focus proxy would: but Tab passes over what stands before a proxy."""
        self.cite_button.setFocus(event.reason())

    # what it holds -------------------------------------------------------------------------------------------------

    @property
    def policy_lines(self) -> tuple[PolicyCitation, ...]:
        """The citations, in the order in which they were made."""
        return tuple(cited.citation for cited in self._cited)

    @property
    def held_elsewhere(self) -> tuple[HeldElsewhere, ...]:
        """The criterion held elsewhere, where owner and title were typed."""
        return self._elsewhere.criteria()

    @property
    def no_policy_found(self) -> bool:
        """Whether the finding is that no policy speaks of it."""
        return self._no_policy.isChecked()

    def cite(self, cited: Cited) -> None:
        """Add a citation; the same lines twice are one."""
        if cited.citation not in self.policy_lines:
            self._show((*self._cited, cited))

    def drop(self, cited: Cited) -> None:
        """Take a citation away."""
        self._show(tuple(each for each in self._cited if each != cited))

    def typed(self) -> str:
        """Something where the reason rests on anything, else empty."""
        return "yes" if self._cited or self.held_elsewhere or self.no_policy_found else ""

    def kept(self) -> tuple[tuple[Cited, ...], Sequence[str], str]:
        """Everything, to be put back later."""
        return self._cited, self._elsewhere.typed(), self._no_policy.typed()

    def put_back(self, kept: tuple[tuple[Cited, ...], Sequence[str], str]) -> None:
        """Put back what `kept` gave."""
        cited, elsewhere, no_policy = kept
        self._show(cited)
        self._elsewhere.retype(elsewhere)
        self._no_policy.retype(no_policy)
        self._elsewhere.setVisible(any(elsewhere))

    def retype(self, typed: str) -> None:
        """Nothing: what it holds is put back by `put_back`."""

    def problem(self) -> str:
        """A criterion held elsewhere names its owner and its title."""
        return self._elsewhere.problem()

    def _begin_elsewhere(self) -> None:
        self._elsewhere.show()
        self._elsewhere.begin()

    def _show(self, cited: tuple[Cited, ...]) -> None:
        self._cited = cited
        while (item := self._list.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for each in cited:
            row = _CitedRow(each)
            row.dropped.connect(self.drop)
            self._list.addWidget(row)
        self._none.setVisible(not cited)
        self.changed.emit()


class _CitedRow(QWidget):
    """One citation, with a way to take it away."""

    dropped = Signal(object)

    def __init__(self, cited: Cited) -> None:
        super().__init__()
        place = Text(cited.place, Type.SMALL_STRONG)
        words = ElidedLabel(cited.words, Type.SMALL, "soft")
        drop = QPushButton(self.tr("Remove"))
        drop.setProperty("kind", "quiet")
        drop.setAutoDefault(False)
        drop.setAccessibleName(self.tr("Remove the citation of {0}").format(cited.place))
        drop.clicked.connect(lambda: self.dropped.emit(cited))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(place)
        row.addWidget(words, 1)
        row.addWidget(drop)


class _Elsewhere(Restyled, QWidget):
    """A criterion that this workspace does not hold: owner, title, version, section."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._fields = tuple(LineEntry(words) for words in self._names())
        self._grid = QGridLayout(self)
        for place, (field, name) in enumerate(zip(self._fields, self._names(), strict=True)):
            field.setAccessibleName(self.tr("Criterion held elsewhere: {0}").format(name))
            field.changed.connect(self.changed.emit)
            self._grid.addWidget(field, place // 2, place % 2)
        self.restyle()

    def _names(self) -> Iterable[str]:
        return self.tr("Owner, as InterQual"), self.tr("Title"), self.tr("Version"), self.tr("Section")

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._grid, 0, 0, 0, 0, 4)

    def begin(self) -> None:
        """Go to the owner."""
        self._fields[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def typed(self) -> Sequence[str]:
        """The four as typed."""
        return [field.typed() for field in self._fields]

    def retype(self, typed: Sequence[str]) -> None:
        """Put the four back."""
        for field, words in zip(self._fields, typed, strict=True):
            field.retype(words)

    def criteria(self) -> tuple[HeldElsewhere, ...]:
        """The criterion, where it can be named."""
        owner, title, version, section = self.typed()
        return (HeldElsewhere(owner, title, version, section),) if owner and title else ()

    def problem(self) -> str:
        """Says what is missing of a criterion that was begun."""
        return self.tr("Name the owner and the title of the criterion held elsewhere.") if any(self.typed()) and not self.criteria() else ""
