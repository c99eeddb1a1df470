"""Draws the panes for the eye: `python tests/ui/pictures.py FOLDER` leaves PNG files of every theme and size there."""

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import ui_content as content
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from ur_desk.ui import theme
from ur_desk.ui.fonts import Type
from ur_desk.ui.models.findings import Note
from ur_desk.ui.tokens import Tone
from ur_desk.ui.widgets.findings_pane import FindingsPane
from ur_desk.ui.widgets.parts import Banner, CommandButton
from ur_desk.ui.widgets.policy_pane import PolicyPane, ShownPolicy
from ur_desk.ui.widgets.request_pane import LineMark, RequestPane
from ur_desk.ui.widgets.strip import Strip, StripContent
from ur_desk.ui.widgets.text import Text

STRIP = StripContent(
    case_number="UR-2024-000318",
    name="Quillfeather, Odette",
    birth_date="11/02/1968",
    member_id="SYN-000318-01",
    services="99X01, 97110, 99X09",
    diagnoses="M25.561, S83.511A, G89.29, Z99.ZZ",
    coverage="Employer group, self-funded (ERISA) · IN",
    urgency="Standard",
    status="In nurse review",
    due="Due Tue 06/18/2024, end of day",
    left="11 days left",
    why="15 calendar days from receipt (ERISA, pre-service)",
    policy="SYN.00210 of 03/01/2024",
    policy_marks=("abstract",),
    warnings=(),
    saved="Saved 10:42",
)


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
        for part in (Banner.not_encrypted(), self.strip, self.split, self.bar()):
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
        row.addWidget(Text("Suggested: refer. The position holds for all indications.", Type.SMALL, "soft"), 1)
        row.addWidget(CommandButton(QAction("Record withdrawal…", self), "quiet"))
        row.addWidget(CommandButton(QAction("Letter   none yet", self)))
        return bar


def draw(folder: Path) -> None:
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.apply(app, "light")
    review = Review()
    for name, scheme, zoom, width, height in (
        ("light", "light", 100, 1280, 680),
        ("dark", "dark", 100, 1280, 680),
        ("wide", "light", 100, 1920, 1000),
        ("wide-dark", "dark", 100, 1920, 1000),
        ("zoom-150", "light", 150, 1280, 680),
        ("contrast", "contrast", 100, 1280, 680),
    ):
        theme.apply(app, scheme, zoom)
        review.resize(width, height)
        share = (330, 560, 390) if width < 1600 else (420, 820, 680)
        review.split.setSizes(list(share))
        review.show()
        review.policy.list.setFocus()
        app.processEvents()
        app.processEvents()
        review.grab().save(str(folder / f"{name}.png"))


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    draw(target)
