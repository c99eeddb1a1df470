"""The bar below the review: verbs only, one main button, and beside them in words what is suggested and what is closed, and why."""

from collections.abc import Iterable

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from ur_desk.ui.fonts import Type
from ur_desk.ui.look import look
from ur_desk.ui.widgets.panels.verbs import Offer, Offers, Verb, line_words
from ur_desk.ui.widgets.parts import CommandButton
from ur_desk.ui.widgets.restyled import Restyled, inset
from ur_desk.ui.widgets.text import ElidedLabel, Text

_TITLES: dict[Verb, tuple[object, str]] = {
    Verb.REFER: (QT_TRANSLATE_NOOP("DecisionBar", "Refer to physician…"), "Ctrl+Shift+M"),
    Verb.ASK: (QT_TRANSLATE_NOOP("DecisionBar", "Ask for information…"), "Ctrl+Shift+I"),
    Verb.APPROVE: (QT_TRANSLATE_NOOP("DecisionBar", "Approve…"), "Ctrl+Shift+A"),
    Verb.PARTIAL: (QT_TRANSLATE_NOOP("DecisionBar", "Approve in part…"), ""),
    Verb.SEND_BACK: (QT_TRANSLATE_NOOP("DecisionBar", "Send back…"), ""),
    Verb.MODIFY: (QT_TRANSLATE_NOOP("DecisionBar", "Modify…"), ""),
    Verb.DENY: (QT_TRANSLATE_NOOP("DecisionBar", "Deny…"), ""),
    Verb.RECEIVED: (QT_TRANSLATE_NOOP("DecisionBar", "Information received…"), ""),
    Verb.MATCH: (QT_TRANSLATE_NOOP("DecisionBar", "Match again"), ""),
    Verb.REWORD: (QT_TRANSLATE_NOOP("DecisionBar", "Change the words…"), ""),
    Verb.AMEND: (QT_TRANSLATE_NOOP("DecisionBar", "Amend request…"), ""),
    Verb.NOT_REQUIRED: (QT_TRANSLATE_NOOP("DecisionBar", "No authorization required…"), ""),
    Verb.DENY_PLAIN: (QT_TRANSLATE_NOOP("DecisionBar", "Deny, not clinical…"), ""),
    Verb.WITHDRAW: (QT_TRANSLATE_NOOP("DecisionBar", "Record withdrawal…"), ""),
    Verb.DISMISS: (QT_TRANSLATE_NOOP("DecisionBar", "Dismiss…"), ""),
    Verb.VACATE: (QT_TRANSLATE_NOOP("DecisionBar", "Vacate dismissal…"), ""),
    Verb.REOPEN: (QT_TRANSLATE_NOOP("DecisionBar", "Reopen…"), ""),
    Verb.VOID: (QT_TRANSLATE_NOOP("DecisionBar", "Void, entered in error…"), ""),
    Verb.NUMBER: (QT_TRANSLATE_NOOP("DecisionBar", "Authorization number…"), ""),
    Verb.CLAIMS: (QT_TRANSLATE_NOOP("DecisionBar", "Entered in claims…"), ""),
    Verb.CONTACT: (QT_TRANSLATE_NOOP("DecisionBar", "Log contact…"), "Ctrl+Shift+N"),
    Verb.NOTE: (QT_TRANSLATE_NOOP("DecisionBar", "Add note…"), ""),
    Verb.COMPLETE: (QT_TRANSLATE_NOOP("DecisionBar", "Complete request…"), ""),
    Verb.DOUBT: (QT_TRANSLATE_NOOP("DecisionBar", "Correct the receipt…"), ""),
    Verb.APPEAL: (QT_TRANSLATE_NOOP("DecisionBar", "Open an appeal…"), ""),
    Verb.ASKER: (QT_TRANSLATE_NOOP("DecisionBar", "Who asks…"), ""),
    Verb.ACKNOWLEDGE: (QT_TRANSLATE_NOOP("DecisionBar", "Acknowledge…"), ""),
    Verb.PEER_OFFER: (QT_TRANSLATE_NOOP("DecisionBar", "Offer peer-to-peer…"), ""),
    Verb.PEER_REACHED: (QT_TRANSLATE_NOOP("DecisionBar", "Peer reached…"), ""),
    Verb.PEER_END: (QT_TRANSLATE_NOOP("DecisionBar", "End peer-to-peer…"), ""),
    Verb.SETTLE: (QT_TRANSLATE_NOOP("DecisionBar", "Settle the receipt…"), ""),
    Verb.NOTICE: (QT_TRANSLATE_NOOP("DecisionBar", "Record notice…"), ""),
    Verb.TELL_SENDER: (QT_TRANSLATE_NOOP("DecisionBar", "Sender told…"), ""),
    Verb.OWED: (QT_TRANSLATE_NOOP("DecisionBar", "Done what was owed…"), ""),
    Verb.ANSWER: (QT_TRANSLATE_NOOP("DecisionBar", "Answer came…"), ""),
    Verb.NOTIFY: (QT_TRANSLATE_NOOP("DecisionBar", "Told by phone, or provider told…"), ""),
    Verb.RETURN: (QT_TRANSLATE_NOOP("DecisionBar", "Sent back as incomplete…"), ""),
    Verb.MORE_TIME: (QT_TRANSLATE_NOOP("DecisionBar", "Notice of more time…"), "Ctrl+Shift+J"),
    Verb.LATE: (QT_TRANSLATE_NOOP("DecisionBar", "Notice of a late answer…"), ""),
    Verb.NOT_FAST: (QT_TRANSLATE_NOOP("DecisionBar", "Notice of no fast answer…"), ""),
    Verb.EXTEND: (QT_TRANSLATE_NOOP("DecisionBar", "Extension noticed elsewhere…"), ""),
    Verb.CHANGE: (QT_TRANSLATE_NOOP("DecisionBar", "Change urgency, plan or timing…"), ""),
    Verb.TARGET: (QT_TRANSLATE_NOOP("DecisionBar", "Earlier target…"), ""),
    Verb.REREAD: (QT_TRANSLATE_NOOP("DecisionBar", "Read the clock anew"), ""),
    Verb.WHAT_IF: (QT_TRANSLATE_NOOP("DecisionBar", "What if…"), ""),
    Verb.LETTER: (QT_TRANSLATE_NOOP("DecisionBar", "Letter"), "Ctrl+L"),
    Verb.CLOSE: (QT_TRANSLATE_NOOP("DecisionBar", "Close case"), ""),
    Verb.LIBRARY: (QT_TRANSLATE_NOOP("DecisionBar", "Open the library…"), ""),
}
"""Words and key of each verb, in the order of the bar. No adverse verb has a key of its own."""

_OUTCOMES = (Verb.NOT_REQUIRED, Verb.DENY_PLAIN, Verb.DISMISS, Verb.VACATE, Verb.REOPEN, Verb.VOID, Verb.NUMBER, Verb.CLAIMS)
"""Steps that come now and then: under More, and only where they can be done."""
_PEERS = (Verb.PEER_OFFER, Verb.PEER_REACHED, Verb.PEER_END)
_APPEALS = (Verb.APPEAL, Verb.ASKER, Verb.ACKNOWLEDGE)
_CLOCKS = (Verb.RETURN, Verb.MORE_TIME, Verb.LATE, Verb.NOT_FAST, Verb.EXTEND, Verb.CHANGE, Verb.TARGET, Verb.REREAD, Verb.NOTIFY)
_ONLY_WHEN_OPEN = (
    *_OUTCOMES, *_PEERS, *_APPEALS, *_CLOCKS, Verb.ANSWER, Verb.OWED, Verb.RECEIVED, Verb.REWORD, Verb.CLOSE, Verb.NOTICE, Verb.SETTLE, Verb.TELL_SENDER,
)  # fmt: skip
"""Verbs that are not shown greyed: where they cannot be done they mean nothing."""

_ASIDE = (*_OUTCOMES, *_PEERS, *_APPEALS, *_CLOCKS, Verb.WHAT_IF, Verb.MATCH, Verb.REWORD, Verb.NOTE, Verb.COMPLETE, Verb.DOUBT)
"""Verbs that lie under More unless they are suggested."""


def title(verb: Verb) -> str:
    """The words of a verb's button."""
    return QCoreApplication.translate("DecisionBar", str(_TITLES[verb][0]))


class DecisionBar(Restyled, QFrame):
    """Shows what is offered for the picked lines; says which verb was asked for and decides nothing.

    What does not fit goes under More, the main button and the letter last of all; the bar itself is always there.
    """

    asked = Signal(object)
    """The `Verb` that the person asked for, by button, menu or key."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("edge", "top")
        self.setProperty("ground", "surface")
        self.setAccessibleName(self.tr("Decision bar"))
        self._offers = Offers()
        self._resting = self._tight = self._beside_letter = False
        self._actions = {verb: self._make_action(verb) for verb in _TITLES}
        self._buttons = {verb: CommandButton(action, parent=self) for verb, action in self._actions.items()}
        self._lines = Text("", Type.BODY, "soft")
        self.words = ElidedLabel("", Type.SMALL)
        self.why_not = ElidedLabel("", Type.SMALL, "soft")
        self.more_menu = QMenu(self)
        self.more_button = QPushButton(self.tr("More"), self)
        self.more_button.setAccessibleName(self.tr("More steps"))
        self.more_button.setMenu(self.more_menu)
        self.more_button.setProperty("kind", "quiet")
        self._lay_out()
        self.show_offers(Offers(), ())
        self.restyle()

    def _make_action(self, verb: Verb) -> QAction:
        action = QAction(title(verb), self)
        if key := _TITLES[verb][1]:
            action.setShortcut(QKeySequence(key))
        action.triggered.connect(lambda: self.asked.emit(verb))
        return action

    def _lay_out(self) -> None:
        self._row = QHBoxLayout()
        self._row.addWidget(self._lines)
        for verb, button in self._buttons.items():
            if verb is not Verb.LETTER:
                self._row.addWidget(button)
        self._row.addWidget(self.more_button)
        self._row.addStretch(1)
        self._row.addWidget(self._buttons[Verb.LETTER])
        self._told = QHBoxLayout()
        self._told.addWidget(self.words)
        self._told.addWidget(self.why_not, 1)
        self.why_not.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._whole = QVBoxLayout(self)
        self._whole.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        self._whole.addLayout(self._row)
        self._whole.addLayout(self._told)

    def restyle(self) -> None:
        """The grid at the present zoom, and what fits on it."""
        inset(self._row, 0, 0, 0, 0, 8)
        inset(self._told, 0, 0, 0, 0, 16)
        inset(self._whole, 16, 8, 16, 6, 4)
        self._fit()

    # what is shown -------------------------------------------------------------------------------------------------

    def show_offers(self, offers: Offers, lines: Iterable[int], letter: str = "") -> None:
        """Show what is offered for these lines; `letter` says beside that verb what there is to say of letters."""
        self._offers = offers
        self._lines.setText(line_words(lines))
        self.words.set_words(offers.words)
        self.why_not.set_words(self._closed_words())
        self._actions[Verb.LETTER].setText(f"{title(Verb.LETTER)}: {letter}" if letter else title(Verb.LETTER))
        for verb, action in self._actions.items():
            self._show(action, verb, offers.offer(verb))
        self._show_main()
        self._tell_tips()

    def _show(self, action: QAction, verb: Verb, offer: Offer | None) -> None:
        action.setEnabled(offer is not None and not offer.why_not)
        action.setVisible(offer is not None and not (offer.why_not and verb in _ONLY_WHEN_OPEN))

    def rest(self, resting: bool, beside_letter: bool = False) -> None:
        """While a panel or the letter has the main button, the bar has none; beside the letter closed verbs tell why in their tips only."""
        self._resting, self._beside_letter = resting, beside_letter
        self._show_main()
        self._show_words()

    def set_tight(self, tight: bool) -> None:
        """On a low screen the words go into the tips; the buttons stay."""
        self._tight = tight
        self._show_words()
        self._tell_tips()
        self.updateGeometry()

    def _show_words(self) -> None:
        self.words.setVisible(not self._tight)
        self.why_not.setVisible(not (self._tight or self._beside_letter))

    def _tell_tips(self) -> None:
        for verb, action in self._actions.items():
            action.setToolTip(self._tip(verb, self._offers.offer(verb)))
        self._fit()

    def _show_main(self) -> None:
        main = None if self._resting else self._offers.suggested
        for verb, button in self._buttons.items():
            button.set_kind("main" if verb is main else "plain")

    def _tip(self, verb: Verb, offer: Offer | None) -> str:
        key = self._actions[verb].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        said = [title(verb).rstrip("…") + (f" ({key})" if key else "")]
        if offer and offer.why_not:
            said.append(self.tr("Not now: {0}.").format(offer.why_not))
        if offer and offer.note:
            said.append(offer.note)
        if self._tight and verb is self._offers.suggested:
            said.append(self._offers.words)
        return "\n".join(said)

    def _closed_words(self) -> str:
        """The closed verbs with their reasons, those of one reason together."""
        reasons: dict[str, list[str]] = {}
        for offer in self._offers.rows:
            if offer.why_not and offer.verb not in _ONLY_WHEN_OPEN:
                reasons.setdefault(offer.why_not, []).append(title(offer.verb).rstrip("…"))
        return " · ".join(f"{', '.join(verbs)}: {why}" for why, verbs in reasons.items())

    @property
    def offers(self) -> Offers:
        """What is shown."""
        return self._offers

    def action(self, verb: Verb) -> QAction:
        """The command of a verb, for whoever gives it its key and lists it."""
        return self._actions[verb]

    def button(self, verb: Verb) -> CommandButton:
        """The button of a verb; hidden where it lies under More."""
        return self._buttons[verb]

    def commands(self) -> list[QAction]:
        """Every command that is shown now, in the order of the bar."""
        return [action for action in self._actions.values() if action.isVisible()]

    # what fits -----------------------------------------------------------------------------------------------------

    def _fit(self) -> None:
        """Show the buttons that fit in their order; the rest lies under More, the suggested one never."""
        shown = [verb for verb in _TITLES if self._actions[verb].isVisible()]
        needed = (self._offers.suggested, Verb.MATCH if self._offers.suggested is Verb.LIBRARY else None)
        aside = [verb for verb in shown if verb in _ASIDE and verb not in needed]
        first = [verb for verb in (self._offers.suggested,) if verb and verb is not Verb.LETTER]
        rest = [verb for verb in shown if verb not in (*aside, *first, Verb.LETTER)]
        left = self._free_width()
        fitting: list[Verb] = []
        for verb in (*first, *rest):
            left -= self._buttons[verb].sizeHint().width() + self._row.spacing()
            if left >= 0 or verb in first:
                fitting.append(verb)
        for place, verb in enumerate((*first, *rest)):
            self._row.removeWidget(self._buttons[verb])
            self._row.insertWidget(1 + place, self._buttons[verb])
        for verb, button in self._buttons.items():
            button.setVisible(verb in fitting or (verb is Verb.LETTER and verb in shown))
        self._fill_more([verb for verb in shown if verb not in fitting and verb is not Verb.LETTER])

    def _free_width(self) -> int:
        """What the buttons have between the name of the lines and the letter, with More on the row."""
        margins = self.contentsMargins().left() + self.contentsMargins().right() + 2 * look().px(16)
        taken = [self._lines, self.more_button, self._buttons[Verb.LETTER]]
        return self.width() - margins - sum(w.sizeHint().width() + self._row.spacing() for w in taken)

    def _fill_more(self, verbs: Iterable[Verb]) -> None:
        self.more_menu.clear()
        self.more_menu.addActions([self._actions[verb] for verb in verbs])
        self.more_menu.setToolTipsVisible(True)
        self.more_button.setVisible(not self.more_menu.isEmpty())

    def minimumSizeHint(self) -> QSize:
        """Narrow as a window can be: what does not fit lies under More."""
        return QSize(look().px(320), self._whole.sizeHint().height())

    def sizeHint(self) -> QSize:
        """As high as its two rows."""
        return self.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit anew."""
        super().resizeEvent(event)
        self._fit()
