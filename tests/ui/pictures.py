"""Draws the panes for the eye: `python tests/ui/pictures.py FOLDER` leaves PNG files of every theme and size there."""

import os
import sys
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import ui_content as content
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)
from ui_strip import STRIP

from ur_desk.errors import UserError
from ur_desk.ui import theme
from ur_desk.ui.fonts import Type
from ur_desk.ui.models.findings import Note
from ur_desk.ui.tokens import Tone
from ur_desk.ui.widgets.empty_state import EmptyState
from ur_desk.ui.widgets.field_row import FieldRow
from ur_desk.ui.widgets.findings_pane import FindingsPane
from ur_desk.ui.widgets.notice import Notice
from ur_desk.ui.widgets.parts import Banner, Chip, CommandButton
from ur_desk.ui.widgets.policy_pane import PolicyPane, ShownPolicy
from ur_desk.ui.widgets.request_pane import LineMark, RequestPane
from ur_desk.ui.widgets.strip import Strip
from ur_desk.ui.widgets.text import ElidedLabel, Text


class Review(QWidget):
    """The three panes between strip and bar, as the review screen sets them."""

    def __init__(self) -> None:
        super().__init__()
        self.setAutoFillBackground(True)
        self.strip, self.request, self.policy, self.findings = Strip(), RequestPane(), PolicyPane(), FindingsPane()
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setHandleWidth(1)
        for pane in (self.request, self.policy, self.findings):
            self.split.addWidget(pane)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (Banner.demo(), self.strip, self.split, self.bar()):
            column.addWidget(part, 1 if part is self.split else 0)
        self.fill()

    def fill(self) -> None:
        self.strip.show_content(STRIP)
        self.request.show_request(content.request(), content.DESCRIPTIONS, {2: LineMark("Approved", Tone.GOOD)})
        self.policy.show_policies([ShownPolicy(content.shelved(), content.knee_match())])
        note = Note("Adverse needs a physician", "You can prepare the referral; Dr. Bramble signs.", "rule")
        self.findings.show_report(content.report(), content.request(), [note])
        self.findings.list.go_to(1)

    def bar(self) -> QFrame:
        bar = QFrame()
        bar.setProperty("ground", "surface")
        bar.setProperty("edge", "top")
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 9, 16, 9)
        row.addWidget(Text("Line 1", ink="soft"))
        for words, kind in (
            ("Refer to physician…", "main"),
            ("Ask for information…", "plain"),
            ("Log contact…", "plain"),
            ("Approve…", "plain"),
        ):
            action = QAction(words, self)
            action.setEnabled(words != "Approve…")
            row.addWidget(CommandButton(action, kind))
        row.addWidget(ElidedLabel("Suggested: refer. The position holds for all indications.", Type.SMALL, "soft"), 1)
        row.addWidget(CommandButton(QAction("Record withdrawal…", self), "quiet"))
        row.addWidget(CommandButton(QAction("Letter: none yet", self)))
        return bar


class Crowded(Review):
    """The same with everything too long: forty lines, long names, two policies, a search."""

    def fill(self) -> None:
        name = "Featherstonehaugh-Cholmondeley-Wolfeschlegelstein, Theodora"
        warnings = ("Received on a Saturday", "Representative on file")
        self.strip.show_content(replace(STRIP, name=name, status="Returned by the physician", warnings=warnings, pressing=True))
        marks = {
            i: LineMark(*state)
            for i, state in enumerate([("With the physician", Tone.ACCENT, False), ("Denied", Tone.BAD, False), ("Pended", Tone.ASK)], 2)
        }
        self.request.show_request(content.crowded_request(), {"M10.9": "Gout that nobody has looked at more closely"}, marks)
        self.request.pick((1, 4))
        self.request.go_to_service_line(4)
        self.policy.show_policies(
            [ShownPolicy(content.shelved(), content.knee_match()), ShownPolicy(content.shelved(content.long_policy()))]
        )
        self.policy.go_to(content.number("S83.401A"))
        self.policy.find_bar.show()
        self.policy.find_bar._words.setText("knee")
        self.findings.show_report(content.report(), content.request())
        self.findings.list.go_to(12)


class Parts(QWidget):
    """The small parts by themselves, in every state."""

    def __init__(self) -> None:
        super().__init__()
        self.setAutoFillBackground(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        notices = [Notice(), Notice(), Notice()]
        notices[0].show_error(
            UserError("The file holds no request that can be read.", "Choose another file. The cases that are open were not changed.")
        )
        notices[1].show_message("Line 2 was approved.", tone=Tone.GOOD)
        notices[2].show_message("Somebody else changed this case.", "It was read again; look before you go on.", Tone.ASK)
        for part in (Banner.demo(), *notices):
            column.addWidget(part)
        inner = QHBoxLayout()
        inner.setContentsMargins(24, 16, 24, 16)
        inner.setSpacing(32)
        inner.addLayout(self.form(), 3)
        inner.addLayout(self.others(), 2)
        column.addLayout(inner, 1)

    def form(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(10)
        column.addWidget(Text("New request", Type.HEADING))
        born, code, lob, notes, off = (
            QLineEdit("13/45/1968"),
            QLineEdit("99X01"),
            QComboBox(),
            QPlainTextEdit("Words of the sender"),
            QLineEdit("not now"),
        )
        lob.addItems(["Employer group, self-funded (ERISA)", "Medicare Advantage"])
        notes.setMaximumHeight(70)
        off.setEnabled(False)
        rows = [
            FieldRow("&Date of birth", born, required=True),
            FieldRow("Procedure &code", code, "CPT or HCPCS"),
            FieldRow("&Line of business", lob),
            FieldRow("Clinical &notes", notes),
            FieldRow("Claim number", off, "post-service only"),
        ]
        rows[0].set_problem("There is no 13th month. Write MM/DD/YYYY.")
        for row in rows:
            column.addWidget(row)
        tick, dot = QCheckBox("The representative's authority is on file"), QRadioButton("Expedited")
        tick.setChecked(True)
        dot.setChecked(True)
        for widget in (tick, QCheckBox("Not ticked"), dot, QRadioButton("Standard")):
            column.addWidget(widget)
        column.addStretch()
        self.focused = code
        return column

    def others(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(8)
        chips = QHBoxLayout()
        for tone in Tone:
            chips.addWidget(Chip(tone.name.capitalize(), tone))
        chips.addStretch()
        column.addLayout(chips)
        buttons = QHBoxLayout()
        for words, kind in (("Save and match", "main"), ("Keep as draft", "plain"), ("Discard…", "quiet")):
            buttons.addWidget(CommandButton(QAction(words, self), kind))
        buttons.addStretch()
        column.addLayout(buttons)
        column.addWidget(
            EmptyState("No cases yet", "Key a request, or drop a file anywhere on this window.", QAction("New request…", self), "tray"), 1
        )
        return column


def draw(folder: Path) -> None:
    """Every picture, each in the sizes and themes in which it has to stand."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.apply(app, "light")
    review, crowded, parts = Review(), Crowded(), Parts()
    for name, page, scheme, zoom, width, height in (
        ("light", review, "light", 100, 1280, 680),
        ("dark", review, "dark", 100, 1280, 680),
        ("wide", review, "light", 100, 1920, 1000),
        ("wide-dark", review, "dark", 100, 1920, 1000),
        ("zoom-150", review, "light", 150, 1280, 680),
        ("zoom-200", review, "light", 200, 1280, 680),
        ("contrast", review, "contrast", 100, 1280, 680),
        ("crowded", crowded, "light", 100, 1280, 680),
        ("crowded-dark", crowded, "dark", 100, 1280, 680),
        ("parts", parts, "light", 100, 1280, 680),
        ("parts-dark", parts, "dark", 100, 1280, 680),
        ("parts-contrast", parts, "contrast", 100, 1280, 680),
    ):
        theme.apply(app, scheme, zoom)
        page.resize(width, height)
        page.show()
        if isinstance(page, Review):
            page.split.setSizes([330, 560, 390] if width < 1600 else [420, 820, 680])
            (page.request if page is crowded else page.policy).list.setFocus()
        else:
            page.focused.setFocus()
        for _ in range(3):
            app.processEvents()
        page.grab().save(str(folder / f"{name}.png"))
        page.hide()


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    draw(target)
