"""The policy pane: the lines of one version, why they touch the request, and one key from hit to hit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QWidget

from ur_desk.domain.findings import PolicyMatch
from ur_desk.domain.policy import Anchor, Sha256, Shelved
from ur_desk.ui.fonts import Type
from ur_desk.ui.look import look
from ur_desk.ui.models.policy_lines import PolicyLinesModel, PolicyRow, RowKind, places
from ur_desk.ui.phrases import day
from ur_desk.ui.tokens import Tone
from ur_desk.ui.widgets.empty_state import EmptyState
from ur_desk.ui.widgets.find_bar import FindBar
from ur_desk.ui.widgets.pane import Pane
from ur_desk.ui.widgets.parts import ActionIcon, Chip
from ur_desk.ui.widgets.restyled import show_if
from ur_desk.ui.widgets.rows import RowDelegate, RowList
from ur_desk.ui.widgets.sheet import Emphasis, Sheet, Sign
from ur_desk.ui.widgets.text import ElidedLabel, Text

_STYLES = {
    RowKind.TITLE: Type.TITLE,
    RowKind.HEADING: Type.SMALL_STRONG,
    RowKind.LABEL: Type.STRONG,
    RowKind.STATEMENT: Type.MEDIUM,
    RowKind.CODES: Type.BODY,
    RowKind.BODY: Type.BODY,
}


@dataclass(frozen=True, slots=True)
class ShownPolicy:
    """A policy to look at beside a request: what the library holds, and the hits where it was matched."""

    shelved: Shelved
    match: PolicyMatch | None = None
    elsewhere: frozenset[int] = frozenset()
    """The service lines whose words name another part of the body than the policy is about."""


class PolicyDelegate(RowDelegate):
    """Sets a line: its number in the gutter, its words, and under them why it is marked."""

    def __init__(self, view: RowList) -> None:
        super().__init__(view)
        self._needle = ""

    def seek(self, needle: str) -> None:
        """Mark these words wherever they stand."""
        self._needle = needle
        self.forget()

    def compose(self, row: PolicyRow, sheet: Sheet) -> None:
        """A hit stands on yellow, a doubt on amber, both with a bar and words; all else on the plain surface."""
        px = look().px
        heading = row.kind is RowKind.HEADING
        left, top = px(52), px(13 if heading else 5)
        width = sheet.width - left - px(14)
        if row.number is not None:
            sheet.line(str(row.number), (0, top + px(1)), px(40), Type.MARK, "faint", right=True)
        marked = [Emphasis(start, length, Type.MEDIUM) for start, length in row.strong]
        marked += [Emphasis(start, length, underlined=True) for start, length in row.terms]
        marked += [Emphasis(start, length, ground="found") for start, length in places(row.text, self._needle)]
        top += sheet.text(
            row.text.strip(), (left, top), width, _STYLES[row.kind], "soft" if heading else "text", _shifted(marked, row.text)
        )
        if row.marks:
            sign = Sign.DOUBT if row.doubt else Sign.HIT
            taken = sheet.sign(sign, (left, top + px(2)), "ask")
            top += px(2) + sheet.text(row.why, (left + taken, top + px(2)), width - taken, Type.MARK_STRONG, "ask")
            sheet.ground = "ask_soft" if row.doubt else "hit"
            sheet.bar = "ask" if row.doubt else "hit_bar"
        sheet.height = top + px(5)


def _shifted(marked: Sequence[Emphasis], text: str) -> list[Emphasis]:
    """The same runs in the text without the blanks before it."""
    blanks = len(text) - len(text.lstrip())
    return [Emphasis(m.start - blanks, m.length, m.style, m.underlined, m.ground) for m in marked if m.start >= blanks]


class _PolicyList(RowList):
    """Lines that are copied with where they stand."""

    def copied_text(self) -> str:
        """The chosen lines and their citation."""
        model = self.model()
        assert isinstance(model, PolicyLinesModel)
        return model.quotation(index.row() for index in self.selectedIndexes())


class PolicyPane(Pane):
    """Shows one of several policies line by line; goes to lines, from hit to hit, and to words that are sought."""

    policy_shown = Signal(str)
    """Another policy is shown; the sha256 of its text."""
    lines_activated = Signal(object)
    """The person pressed Enter on lines, or double-clicked one: their `Anchor`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("PolicyPane", "Policy"), parent)
        self._policies: tuple[ShownPolicy, ...] = ()
        self._model = PolicyLinesModel(self)
        self.list = _PolicyList(self.tr("Policy lines"))
        self.list.setModel(self._model)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.copy_action.setText(self.tr("Copy with citation"))
        self._delegate = PolicyDelegate(self.list)
        self.list.setItemDelegate(self._delegate)
        self.find_bar = FindBar(self.tr("Find in this policy"))
        self.empty = EmptyState(icon="book")
        self._make_actions()
        self._make_head()
        self.set_body(self.list, self.find_bar, self.empty)
        self.list.activated.connect(lambda: self._activate())
        self.list.selectionModel().currentChanged.connect(self._say_hits)
        self.find_bar.sought.connect(self._seek)
        self.find_bar.stepped.connect(self._step_found)
        self.find_bar.closed.connect(self.list.setFocus)
        self.show_policies(())

    def show_policies(self, policies: Sequence[ShownPolicy], empty: tuple[str, str] | None = None) -> None:
        """Show the first of these, or the one that is shown already, at the line where it stands; none says `empty`.

        `empty` is a title and a sentence; without it the pane says that no policy touches the request.
        """
        was, line = self.shown_text, self.line
        self._policies = tuple(policies)
        title, sentence = empty or (
            self.tr("No policy touches this request"),
            self.tr("No policy in the library mentions its codes or its words. Look in the library, or import the payer's policy."),
        )
        self.empty.say(title, sentence)
        show_if(self.empty, not policies)
        self.list.setVisible(bool(policies))
        self._fill_chooser()
        texts = [shown.shelved.policy.text.sha256 for shown in self._policies]
        self._show(texts.index(was) if was in texts else 0, line if was in texts else None)

    def forget(self) -> None:
        """Empty the pane without a word: another case comes, or nobody may see this one."""
        self.find_bar.dismiss()
        self.show_service_line(None)
        self.show_policies((), ("", ""))

    def show_service_line(self, line: int | None) -> None:
        """Mark only what one service line and the diagnoses touch; None marks all again."""
        self._model.show_service_line(line)
        self._say_hits()

    @property
    def shown_text(self) -> Sha256 | None:
        """The sha256 of the text that is shown; None where there is none."""
        shelved = self._model.shelved
        return shelved.policy.text.sha256 if shelved else None

    @property
    def line(self) -> int | None:
        """The number of the current line; None where there is none."""
        index = self.list.currentIndex()
        return self._model.row(index.row()).number if index.isValid() else None

    def lines_in_sight(self) -> tuple[int, int]:
        """The first and the last line that stand on the screen; zeros where none does."""
        area = self.list.viewport().rect()
        top, bottom = self.list.indexAt(area.topLeft()), self.list.indexAt(area.bottomLeft())
        if not top.isValid():
            return 0, 0
        last = bottom.row() if bottom.isValid() else self._model.rowCount() - 1
        return self._model.row(top.row()).number or 0, self._model.row(last).number or 0

    def anchor(self) -> Anchor | None:
        """The chosen lines as an anchor, for a citation; None where none is chosen."""
        return self._model.anchor(index.row() for index in self.list.selectedIndexes())

    def go_to(self, line: int, text: str | None = None) -> bool:
        """Show a line, of another policy where its text is named; False where that is not among those shown here."""
        if text is not None and text != self.shown_text:
            texts = [str(shown.shelved.policy.text.sha256) for shown in self._policies]
            if text not in texts:
                return False
            self._show(texts.index(text), line)
            return True
        place = self._model.place_of(line)
        if place is not None:
            self.list.go_to(place)
        return place is not None

    def go_to_hit(self, step: int) -> None:
        """The next (+1) or the previous (-1) line that the request touches, round and round."""
        self._go_round(self._model.hits(), step)

    def _make_actions(self) -> None:
        self.next_hit_action = self._action(self.tr("Next hit"), "F7", lambda: self.go_to_hit(1))
        self.previous_hit_action = self._action(self.tr("Previous hit"), "Shift+F7", lambda: self.go_to_hit(-1))
        self.find_action = self._action(self.tr("Find in this policy…"), QKeySequence.StandardKey.Find, self.find_bar.open)
        self.find_action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _action(self, words: str, key: str | QKeySequence.StandardKey, call: Callable[[], object]) -> QAction:
        action = QAction(words, self)
        action.setShortcut(QKeySequence(key))
        action.setToolTip(f"{words} ({action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)})")
        action.triggered.connect(lambda: call())
        self.addAction(action)
        return action

    def _make_head(self) -> None:
        self._hits = Text("", Type.SMALL, "soft")
        self._hit_buttons = [
            ActionIcon(action, icon) for action, icon in ((self.previous_hit_action, "up"), (self.next_hit_action, "down"))
        ]
        self.head.addStretch()
        for widget in (self._hits, *self._hit_buttons, ActionIcon(self.find_action, "search")):
            self.head.addWidget(widget)
        self._name = ElidedLabel("", Type.SMALL, "soft")
        self._chooser = QComboBox()
        self._chooser.setProperty("kind", "quiet")
        self._chooser.setAccessibleName(self.tr("Policies that touch this request"))
        self._chooser.view().setAccessibleName(self.tr("Policies"))
        self._chooser.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._chooser.setMinimumContentsLength(12)
        self._chooser.activated.connect(self._show)
        self._chips = [Chip(), Chip(), Chip()]
        self.kept = Chip()
        """Whether the lines are still those of the file; without words where nobody looked."""
        self.under_head.addWidget(self._name, 1)
        self.under_head.addWidget(self._chooser, 1)
        for chip in (self.kept, *self._chips):
            self.under_head.addWidget(chip)
        self.restyle()

    def _fill_chooser(self) -> None:
        self._chooser.clear()
        for shown in self._policies:
            self._chooser.addItem(self._described(shown.shelved))
        show_if(self._chooser, len(self._policies) > 1)
        show_if(self._name, len(self._policies) <= 1)

    def _show(self, place: int, line: int | None = None) -> None:
        """Show one of the policies, at a line, else at its first hit, else from the top."""
        shown = self._policies[place] if place < len(self._policies) else None
        self._chooser.setCurrentIndex(place if shown else -1)
        changed = (shown.shelved.policy.text.sha256 if shown else None) != self.shown_text
        if shown is None:
            self._model.show_policy(None)
        else:
            self._model.show_policy(shown.shelved, shown.match, shown.elsewhere)
        self._name.set_words(self._described(shown.shelved) if shown else "")
        self._say_standing(shown)
        hits = self._model.hits()
        at = self._model.place_of(line) if line is not None else hits[0] if hits else None
        if at is not None:
            self.list.go_to(at)
        elif shown:
            self.list.scrollToTop()
        self._say_hits()
        if changed and shown:
            self.policy_shown.emit(shown.shelved.policy.text.sha256)

    def _described(self, shelved: Shelved) -> str:
        policy = shelved.policy
        since = self.tr("in force from {0}").format(day(policy.version.effective)) if policy.version.effective else ""
        return " · ".join(part for part in (policy.id, since, policy.title) if part)

    def _say_standing(self, shown: ShownPolicy | None) -> None:
        """Say in the head what keeps a letter from resting on this text as it is."""
        states: list[tuple[str, str]] = []
        if shown and shown.shelved.policy.abstract:
            states.append((self.tr("abstract"), self.tr("The document's facts in this program's own words: never quoted as the payer's.")))
        elif shown and shown.shelved.confirmed is None:
            states.append((self.tr("not confirmed"), self.tr("Nobody has yet compared this reading with the document.")))
        elif shown and shown.shelved.confirmed and shown.shelved.confirmed.alone:
            states.append((self.tr("by one person"), self.tr("Whoever loaded or mended it confirmed its reading: no second person did.")))
        if shown and shown.match and shown.match.version_note:
            states.append((self.tr("check the version"), shown.match.version_note))
        for chip, (words, tip) in zip(self._chips, [*states, ("", ""), ("", ""), ("", "")], strict=False):
            chip.set_state(words, Tone.ASK, tip)

    def _say_hits(self) -> None:
        """Say how many hits there are, and which of them the current line is."""
        hits, at = self._model.hits(), self.list.currentIndex().row()
        if at in hits:
            words = self.tr("hit {0} of {1}").format(hits.index(at) + 1, len(hits))
        else:
            words = self.tr("1 hit") if len(hits) == 1 else self.tr("{0} hits").format(len(hits))
        key = self.next_hit_action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        matched = any(shown.match for shown in self._policies)  # in the library nothing is laid beside a policy
        self._hits.setText(f"{words}   {key}" if hits else words if matched else "")
        for action in (self.next_hit_action, self.previous_hit_action):
            action.setEnabled(bool(hits))
        for button in self._hit_buttons:
            show_if(button, matched)

    def _activate(self) -> None:
        anchor = self.anchor()
        if anchor is not None:
            self.lines_activated.emit(anchor)

    def _seek(self, words: str) -> None:
        """Mark the words, and go to the first place from where the person is."""
        self._delegate.seek(words)
        self.list.compose_again()
        found = self._model.found(words)
        at = self.list.currentIndex().row()
        if found and at not in found:
            self._go_round(found, 1)
        self._count_found(found)

    def _step_found(self, step: int) -> None:
        found = self._model.found(self.find_bar.words)
        self._go_round(found, step)
        self._count_found(found)

    def _count_found(self, found: Sequence[int]) -> None:
        at = self.list.currentIndex().row()
        self.find_bar.show_count(found.index(at) + 1 if at in found else 0, len(found))

    def _go_round(self, among: Sequence[int], step: int) -> None:
        """Go to the next of some places in a direction from the current one."""
        if not among:
            return
        at = self.list.currentIndex().row()
        beyond = [place for place in among if (place > at if step > 0 else place < at)]
        ordered = beyond or among
        self.list.go_to(ordered[0] if step > 0 else ordered[-1])
