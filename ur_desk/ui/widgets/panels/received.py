"""Information received: how much of what was asked for came, what it is, and when."""

from collections.abc import Mapping

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ur_desk.domain.information.asking import Extent
from ur_desk.ui.fonts import Type
from ur_desk.ui.widgets.panels.form import CheckEntry, ChoiceEntry, MomentEntry, ProseEntry
from ur_desk.ui.widgets.panels.panel import About, Call, Panel, Typed
from ur_desk.ui.widgets.panels.verbs import Verb
from ur_desk.ui.widgets.text import Text


class ReceivedPanel(Panel):
    """Takes pended lines back into review, or keeps asking for the rest; what was asked for is there to tick off."""

    def __init__(self, about: About, parent: QWidget | None = None) -> None:
        super().__init__(Verb.RECEIVED, self.tr("Information received"), self.tr("Record what came"), about, parent)
        choices = ((Extent.ALL, self.tr("All of it")), (Extent.PART, self.tr("A part of it")), (Extent.NOTHING, self.tr("Nothing useful")))
        self._extent = ChoiceEntry([(extent.value, words) for extent, words in choices])
        self.add("extent", self.tr("How much"), self._extent)
        self._asked = Text("", Type.SMALL, "soft", wrap=True)
        self.place(self._asked)
        self._came: dict[str, CheckEntry] = {}
        self._rows_of_items = QWidget()
        self._list = QVBoxLayout(self._rows_of_items)
        self._list.setContentsMargins(0, 0, 0, 0)
        self.place(self._rows_of_items)
        self._told_extent = Extent.ALL
        self._waits = CheckEntry(self.tr("What is left stays asked for"))
        self._waits_row = self.add("waits", "", self._waits)
        self._waits.setAccessibleName(self.tr("What is left stays asked for"))
        needs = self.tr("Say what came.")
        self.add(
            "what", self.tr("What came"), ProseEntry(3), self.tr("Say also if it was not what was asked for."), required=needs, right=True
        )
        self._when = MomentEntry(about.zone)
        self.add("received_at", self.tr("When"), self._when, required=self.tr("Say when it came."), right=True)
        self._extent.changed.connect(self._suit_the_extent)
        self.follow()

    def follow(self) -> None:
        """Show what was asked for these lines."""
        items = tuple(dict.fromkeys(item for state in self.about.picked.states if state.asked for item in state.asked.items))
        if tuple(self._came) != items:
            self._make_rows(items)
        self._suit_the_extent()

    def _make_rows(self, items: tuple[str, ...]) -> None:
        for row in self._came.values():
            row.deleteLater()
        self._came = {item: CheckEntry(item) for item in items}
        for item, row in self._came.items():
            row.setAccessibleName(self.tr("Came: {0}").format(item))
            self._list.addWidget(row)

    def _suit_the_extent(self) -> None:
        """Of a part each thing is ticked that came; what is left of it stays asked for, unless somebody goes on without."""
        extent, part = Extent(self._extent.typed()), self._extent.typed() == Extent.PART
        self._asked.setText(self.tr("Tick what came:") if part else self.tr("Asked for: {0}").format("; ".join(self._came)))
        self._asked.setVisible(bool(self._came))
        self._rows_of_items.setVisible(part)
        self._waits_row.setVisible(extent is not Extent.ALL)
        if extent is not self._told_extent:
            self._waits.setChecked(part)
        self._told_extent = extent

    def ticked(self) -> tuple[str, ...]:
        """The things that came, where a part did."""
        return tuple(item for item, row in self._came.items() if row.isChecked()) if self._extent.typed() == Extent.PART else ()

    def tick(self, item: str) -> None:
        """Say that a thing came."""
        self._came[item].setChecked(True)

    def typed(self) -> Typed:
        """Everything, what was ticked too."""
        return {**super().typed(), "came": "\n".join(self.ticked())}

    def retype(self, typed: Typed) -> None:
        """Put everything back."""
        super().retype(typed)
        for item in str(typed.get("came", "")).splitlines():
            if item in self._came:
                self.tick(item)

    def problems(self) -> Mapping[str, str]:
        """A part is something, and not all of it."""
        if self._extent.typed() != Extent.PART:
            return {}
        came = self.ticked()
        if not came:
            return {"extent": self.tr("Tick what came.")}
        return {"extent": self.tr("That is all of it.")} if len(came) == len(self._came) else {}

    def call(self) -> Call:
        """Record it."""
        case, lines, what, at = self.about.picked.case, self.about.picked.lines, self.text("what"), self._when.moment()
        assert at is not None
        extent, came = Extent(self._extent.typed()), self.ticked()
        waits = extent is not Extent.ALL and self._waits.isChecked()
        return lambda desk: desk.determinations.information_received(
            case.id, case.revision, lines, what, at, extent=extent, came=came, waits=waits
        )
