"""What stands between a letter and the post, in words: its lines, what it lacks, what keeps it, what has left already."""

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ur_desk.desk.letters import Preview
from ur_desk.domain.case import Case, Issued, LineState
from ur_desk.domain.determination import ASIDE, Determination, Workflow
from ur_desk.domain.events import LetterId
from ur_desk.domain.letter import Audience, LetterContent, to_tell
from ur_desk.domain.letters.delivery import owed
from ur_desk.domain.letters.lint import LetterFinding, Weight
from ur_desk.ui.fonts import Type
from ur_desk.ui.phrases import moment, phrase, runs
from ur_desk.ui.widgets.decision_bar import title
from ur_desk.ui.widgets.panels.form import CheckEntry
from ur_desk.ui.widgets.panels.verbs import Verb
from ur_desk.ui.widgets.restyled import Restyled, inset, show_if
from ur_desk.ui.widgets.text import ElidedLabel, Text

translate = QCoreApplication.translate


def to_notice(case: Case) -> tuple[int, ...]:
    """The lines that a letter would be about now: those decided without notice, else those that wait for an answer."""
    return to_tell(case) or tuple(s.line for s in case.lines if s.workflow is Workflow.PENDED)


def letter_words(case: Case) -> str:
    """What there is to say of a case's letters, beside the button that leads to them."""
    if to_tell(case):
        return translate("letter", "to write")
    if next(owed(case), None):
        return translate("letter", "to send")
    if case.letters:
        return translate("letter", "{0} issued").format(len(case.letters_to_members))
    if to_notice(case):  # lines that wait for an answer: the page that the button leads to shows the request for it
        return translate("letter", "draft")
    return translate("letter", "none needed") if withdrawn(case) else translate("letter", "none yet")


def withdrawn(case: Case) -> bool:
    """Whether every line was withdrawn, so that no letter is due."""
    return all(state.determination is Determination.WITHDRAWN for state in case.lines)


def how_to_complete(case: Case | None) -> str:
    """Which verb records the line of business or the state that a case lacks; empty where it has both."""
    request = case.current_request if case else None
    if request is None or (request.line_of_business is not None and request.state):
        return ""
    return translate("letter", "{0} in the Case menu takes the line of business and the state.").format(title(Verb.COMPLETE))


def kind_words(kind: str) -> str:
    """The kind of a letter as the screen names it."""
    return {
        "approval": translate("letter", "Approval"),
        "adverse": translate("letter", "Adverse determination"),
        "partial": translate("letter", "Partly adverse determination"),
        "information_request": translate("letter", "Request for information"),
        "extension": translate("letter", "Notice of more time"),
        "late": translate("letter", "Notice of a late answer"),
        "expedite_refused": translate("letter", "No fast answer"),
        "withdrawn": translate("letter", "Notice of a withdrawal"),
        "dismissed": translate("letter", "Notice of a dismissal"),
        "not_required": translate("letter", "No authorization required"),
        "appeal_upheld": translate("letter", "Appeal: denial upheld"),
        "appeal_partly_overturned": translate("letter", "Appeal: partly overturned"),
        "appeal_overturned": translate("letter", "Appeal: overturned"),
        "appeal_dismissed": translate("letter", "Appeal: dismissed"),
    }.get(kind, kind)


def issued_words(letter: Issued) -> str:
    """The kind of a letter that has left, and for whom where it is a copy."""
    kind = kind_words(letter.kind)
    return translate("letter", "{0}, provider's copy").format(kind) if letter.copy_of else kind


def nothing_words(case: Case | None, lines_are_offered: bool) -> tuple[str, str]:
    """Why no letter is shown, and what leads to one."""
    if lines_are_offered:
        return translate("letter", "No line is ticked"), translate("letter", "Tick the lines that the letter should be about.")
    if case is not None and withdrawn(case):
        told = translate("letter", "Every line was withdrawn at the requester's wish. The case can be closed without a letter.")
        return translate("letter", "A withdrawal takes no letter"), told
    told = translate("letter", "As soon as a line is decided, or information is asked for, its letter stands here, sentence by sentence.")
    return translate("letter", "There is nothing to give notice of yet"), told


def shown_words(content: LetterContent, has_left: bool) -> str:
    """The kind of a letter that is shown, for whom where it is a copy, and whether it has left."""
    kind = kind_words(content.kind.value)
    kind = translate("letter", "{0}, provider's copy").format(kind) if content.audience is Audience.PROVIDER else kind
    return translate("letter", "{0}, issued").format(kind) if has_left else translate("letter", "{0}, draft").format(kind)


def file_name(case: Case, content: LetterContent, has_left: bool) -> str:
    """What a letter's file is called: the case and the kind, never who it is about."""
    copy = "-provider" if content.audience is Audience.PROVIDER else ""
    return f"{case.number}-{content.kind.value.replace('_', '-')}{copy}{'' if has_left else '-draft'}.pdf"


def asked_copy(case: Case, letter: Issued, provider: bool) -> Issued:
    """The letter itself, or the provider's copy of it where that is asked for and has left."""
    copies = case.copies_of(letter.id) if provider else ()
    return copies[-1] if copies else letter


class LinesBox(Restyled, QFrame):
    """The lines that the letter is about, each to be left out or taken in."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self.setAccessibleName(self.tr("Lines of the letter"))
        self._checks: dict[int, CheckEntry] = {}
        self._whole = QVBoxLayout(self)
        self.restyle()

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._whole, 14, 0, 12, 4, 0)

    def show_case(self, case: Case, keep: bool) -> None:
        """Offer the lines that can be noticed or asked about now; `keep` holds on to what was ticked."""
        ticked = self.lines() if keep else ()
        for check in self._checks.values():
            self._whole.removeWidget(check)
            check.hide()
            check.deleteLater()
        self._checks = {}
        wanted = ticked or to_notice(case)
        for state in case.lines:
            if _may_be_told(state) or state.line in to_tell(case):
                self._add(state, state.line in wanted)
        show_if(self, bool(self._checks))

    @property
    def offers(self) -> bool:
        """Whether there is a line to tick."""
        return bool(self._checks)

    def lines(self) -> tuple[int, ...]:
        """The lines that are ticked."""
        return tuple(line for line, check in self._checks.items() if check.isChecked())

    def check(self, line: int) -> CheckEntry:
        """The box of a line."""
        return self._checks[line]

    def _add(self, state: LineState, ticked: bool) -> None:
        where = phrase(state.determination) if state.determination else phrase(state.workflow)
        what = state.service.code or state.service.description or ""
        check = CheckEntry(self.tr("Line {0} · {1} · {2}").format(state.line, what, where))
        check.setChecked(ticked)
        check.setAccessibleName(check.text())
        check.changed.connect(self.changed.emit)
        self._checks[state.line] = check
        self._whole.addWidget(check)


def _may_be_told(state: LineState) -> bool:
    decided = state.workflow is Workflow.DECIDED and not state.told_in and state.determination not in ASIDE
    return decided or state.workflow is Workflow.PENDED


class GapsBox(Restyled, QFrame):
    """Everything that keeps the letter from leaving, each with what to do; hidden where nothing does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "ask_soft")
        self._title = Text("", Type.SMALL_STRONG, "ask")
        self._words = Text("", Type.SMALL, wrap=True)
        self._whole = QVBoxLayout(self)
        self._whole.addWidget(self._title)
        self._whole.addWidget(self._words)
        self.hide()
        self.restyle()

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._whole, 16, 8, 12, 8, 4)

    @property
    def words(self) -> str:
        """What is said."""
        return self._words.text()

    def show_gaps(self, preview: Preview | None, how: str = "") -> None:
        """Say what the letter lacks and what keeps it, and `how` that is mended where one verb does it."""
        told = [*(preview.obstacles if preview else ()), *(f"{gap.message} ({gap.rule})" for gap in (preview.missing if preview else ()))]
        stops = [f for f in (preview.findings if preview else ()) if f.weight is Weight.STOPS]
        told = list(dict.fromkeys([*told, *(f"{f.message} {f.hint}" for f in stops if f.sentence is None), *self._sentences(stops)]))
        last = [how] if told and how else []
        one = self.tr("⚠ This letter cannot leave yet: one thing is open")
        self._title.setText(one if len(told) == 1 else self.tr("⚠ This letter cannot leave yet: {0} things are open").format(len(told)))
        self._words.setText("\n".join([*(f"• {each}" for each in told), *last]))
        self.setAccessibleName(f"{self._title.text()}. {self._words.text()}")
        show_if(self, bool(told))

    def _sentences(self, stops: Iterable[LetterFinding]) -> Iterator[str]:
        """One line for all sentences that say what no letter may: what it is stands under each of them."""
        count = len({found.sentence for found in stops if found.sentence is not None})
        if count:
            many = self.tr("{0} sentences say what no letter may. F8 leads to each; what to do stands under it.")
            one = self.tr("One sentence says what no letter may. F8 leads to it; what to do stands under it.")
            yield one if count == 1 else many.format(count)


class IssuedBox(Restyled, QFrame):
    """The letters of the case that have left, newest first; each can be shown and saved as it left."""

    shown = Signal(str)
    """Show the letter of this id."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self.setProperty("edge", "top")
        self.setAccessibleName(self.tr("Issued letters"))
        self._whole = QVBoxLayout(self)
        self._title = Text(self.tr("Issued letters"), Type.SMALL_STRONG, "soft")
        self._whole.addWidget(self._title)
        self._rows: list[_IssuedRow] = []
        self.hide()
        self.restyle()

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._whole, 16, 8, 12, 8, 2)

    def show_letters(self, letters: Iterable[Issued], zone: str) -> None:
        """Show these."""
        for row in self._rows:
            self._whole.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [_IssuedRow(letter, zone) for letter in reversed(tuple(letters))]
        for row in self._rows:
            row.wanted.connect(self.shown)
            self._whole.addWidget(row)
        show_if(self, bool(self._rows))

    def buttons(self) -> list[QPushButton]:
        """The buttons that show each letter, newest first."""
        return [row.button for row in self._rows]


class _IssuedRow(QWidget):
    """One letter as issued."""

    wanted = Signal(str)

    def __init__(self, letter: Issued, zone: str) -> None:
        super().__init__()
        lines = self.tr("line {0}") if len(letter.lines) == 1 else self.tr("lines {0}")
        words = f"{issued_words(letter)} · {lines.format(runs(letter.lines))} · {moment(letter.at, zone)}"
        if letter.superseded_by:
            words = self.tr("{0} · superseded").format(words)
        self.button = QPushButton(self.tr("Show"))
        self.button.setProperty("kind", "quiet")
        self.button.setAutoDefault(False)
        self.button.setAccessibleName(self.tr("Show: {0}").format(words))
        self.button.clicked.connect(lambda: self.wanted.emit(LetterId(letter.id)))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(ElidedLabel(words, Type.SMALL), 1)
        row.addWidget(self.button)
