"""The place where panels open: one at a time, above the decision bar, with what was typed kept by case and verb."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ur_desk.domain.case import Case
from ur_desk.domain.events import CaseId, EventId
from ur_desk.domain.guard.laid_aside import CitedWords, TypedBasis, TypedPanel
from ur_desk.ui.pages.review.complete import CompletePanel
from ur_desk.ui.widgets.panels.amend import AmendPanel
from ur_desk.ui.widgets.panels.appeal import AcknowledgePanel, AppealPanel, AskerPanel
from ur_desk.ui.widgets.panels.approve import ApprovePanel
from ur_desk.ui.widgets.panels.ask import AskPanel
from ur_desk.ui.widgets.panels.authorization import ClaimsPanel, NumberPanel
from ur_desk.ui.widgets.panels.basis import BasisEntry, Cited
from ur_desk.ui.widgets.panels.clock_change import ChangePanel
from ur_desk.ui.widgets.panels.clock_extend import AnswerPanel, ExtendPanel, ReturnPanel
from ur_desk.ui.widgets.panels.clock_notice import NotifyPanel, OwedPanel, TargetPanel
from ur_desk.ui.widgets.panels.clock_what_if import WhatIfPanel
from ur_desk.ui.widgets.panels.contact import ContactPanel
from ur_desk.ui.widgets.panels.decide import DecidePanel
from ur_desk.ui.widgets.panels.deny_plain import DenyPlainPanel
from ur_desk.ui.widgets.panels.note import NotePanel
from ur_desk.ui.widgets.panels.notice_given import NoticeGivenPanel
from ur_desk.ui.widgets.panels.outcomes import DismissPanel, NotRequiredPanel, ReopenPanel, VacatePanel, VoidPanel
from ur_desk.ui.widgets.panels.panel import About, Call, Panel, Typed
from ur_desk.ui.widgets.panels.peer import EndPanel, OfferPanel, ReachedPanel
from ur_desk.ui.widgets.panels.receipt import DoubtPanel, SettlePanel
from ur_desk.ui.widgets.panels.received import ReceivedPanel
from ur_desk.ui.widgets.panels.refer import ReferPanel
from ur_desk.ui.widgets.panels.reword import RewordPanel
from ur_desk.ui.widgets.panels.send_back import SendBackPanel
from ur_desk.ui.widgets.panels.tell_sender import TellSenderPanel
from ur_desk.ui.widgets.panels.verbs import Verb
from ur_desk.ui.widgets.panels.withdraw import WithdrawPanel

if TYPE_CHECKING:
    from ur_desk.desk.verbs import Undo

_PANELS: dict[Verb, Callable[[About], Panel]] = {
    Verb.APPROVE: ApprovePanel,
    Verb.REFER: ReferPanel,
    Verb.ASK: AskPanel,
    Verb.RECEIVED: ReceivedPanel,
    Verb.WITHDRAW: WithdrawPanel,
    Verb.NOT_REQUIRED: NotRequiredPanel,
    Verb.DENY_PLAIN: DenyPlainPanel,
    Verb.DISMISS: DismissPanel,
    Verb.VACATE: VacatePanel,
    Verb.REOPEN: ReopenPanel,
    Verb.VOID: VoidPanel,
    Verb.NUMBER: NumberPanel,
    Verb.CLAIMS: ClaimsPanel,
    Verb.REWORD: RewordPanel,
    Verb.AMEND: AmendPanel,
    Verb.CONTACT: ContactPanel,
    Verb.NOTE: NotePanel,
    Verb.TELL_SENDER: TellSenderPanel,
    Verb.SEND_BACK: SendBackPanel,
    Verb.NOTICE: NoticeGivenPanel,
    Verb.COMPLETE: CompletePanel,
    Verb.DOUBT: DoubtPanel,
    Verb.SETTLE: SettlePanel,
    Verb.EXTEND: ExtendPanel,
    Verb.RETURN: ReturnPanel,
    Verb.ANSWER: AnswerPanel,
    Verb.CHANGE: ChangePanel,
    Verb.TARGET: TargetPanel,
    Verb.NOTIFY: NotifyPanel,
    Verb.OWED: OwedPanel,
    Verb.WHAT_IF: WhatIfPanel,
    Verb.APPEAL: AppealPanel,
    Verb.ASKER: AskerPanel,
    Verb.ACKNOWLEDGE: AcknowledgePanel,
    Verb.PEER_OFFER: OfferPanel,
    Verb.PEER_REACHED: ReachedPanel,
    Verb.PEER_END: EndPanel,
    Verb.PARTIAL: lambda about: DecidePanel(Verb.PARTIAL, about),
    Verb.MODIFY: lambda about: DecidePanel(Verb.MODIFY, about),
    Verb.DENY: lambda about: DecidePanel(Verb.DENY, about),
}


PLAIN: dict[Verb, Callable[[Case], Call]] = {
    Verb.MATCH: lambda case: lambda desk: desk.review.rematch(case.id, case.revision),
    Verb.CLOSE: lambda case: lambda desk: desk.determinations.close(case.id, case.revision),
    Verb.REREAD: lambda case: lambda desk: desk.clocks.read_again(case.id, case.revision),
}
"""Steps that ask nothing more, for a case."""


def has_panel(verb: Verb) -> bool:
    """Whether the verb asks more before it is done."""
    return verb in _PANELS


class PanelPlace(QWidget):
    """Holds the open panel, and the words of those that were closed or of the step just taken; another person finds none of them."""

    committed = Signal(object)
    """The `Call` that the open panel wants made."""
    cite_wanted = Signal()
    """The open panel wants the chosen policy lines."""
    opened = Signal()
    """A panel is there."""
    closed = Signal()
    """The panel is gone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.panel: Panel | None = None
        self._kept: dict[tuple[CaseId, Verb], Typed] = {}
        self._fresh: Typed = {}
        self._used: tuple[EventId, tuple[CaseId, Verb], Typed] | None = None
        """With which words the last step was taken, for the case that it is taken back."""
        self._room = QVBoxLayout(self)
        self._room.setContentsMargins(0, 0, 0, 0)
        self.setAccessibleName(self.tr("Panel"))
        self.hide()

    @property
    def verb(self) -> Verb | None:
        """The verb of the open panel."""
        return self.panel.verb if self.panel else None

    @property
    def has_words(self) -> bool:
        """Whether a panel, open or closed, holds anything that did not stand there by itself."""
        return bool(self._kept) or self._is_begun()

    def _is_begun(self) -> bool:
        return self.panel is not None and self.panel.typed() != self._fresh

    @property
    def basis(self) -> BasisEntry | None:
        """Where the open panel takes citations; None where it takes none."""
        found = getattr(self.panel, "basis", None)
        return found if isinstance(found, BasisEntry) else None

    def open(self, verb: Verb, about: About) -> None:
        """Open the panel of a verb with what was typed in it before; the one that was open is closed first."""
        self.close_panel()
        panel = self.panel = _PANELS[verb](about)
        panel.committed.connect(self.committed)
        panel.closed.connect(self.close_panel)
        self._fresh = panel.typed()
        kept = self._kept.get((about.picked.case.id, verb))
        if kept is not None:
            panel.retype(kept)
        if self.basis is not None:
            self.basis.cite_wanted.connect(self.cite_wanted)
        self._room.addWidget(panel)
        self.setFocusProxy(panel)
        self.opened.emit()
        self.show()
        panel.begin()

    def close_panel(self) -> None:
        """Close the open panel and keep what was typed."""
        if self.panel is not None:
            key = self.panel.about.picked.case.id, self.panel.verb
            if self._is_begun():
                self._kept[key] = self.panel.typed()
            else:
                self._kept.pop(key, None)
            self._drop()

    def finish(self, panel: Panel, undo: "Undo | None" = None) -> None:
        """What this panel asked for was done: close it, where it is still open, and keep what was typed only for the step's way back."""
        key = panel.about.picked.case.id, panel.verb
        self._used = (undo.event, key, panel.typed()) if undo is not None else None
        self._kept.pop(key, None)
        if self.panel is panel:
            self._drop()

    def give_back(self, event: EventId) -> None:
        """That step was taken back: its panel finds the words with which it was taken."""
        if self._used is not None and self._used[0] == event:
            _, key, typed = self._used
            self._kept[key] = typed
            self._used = None

    def laid_aside(self) -> tuple[TypedPanel, ...]:
        """What was typed in every panel, the open one too."""
        kept = dict(self._kept)
        if self.panel is not None:
            kept[self.panel.about.picked.case.id, self.panel.verb] = self.panel.typed()
        return tuple(_laid_aside(case, verb, typed) for (case, verb), typed in kept.items())

    def take_up(self, panels: Iterable[TypedPanel]) -> None:
        """Know what was typed before the desk was locked; a panel shows it when it is opened."""
        known = {verb.value for verb in _PANELS}
        self._kept |= {(each.case, Verb(each.verb)): _typed(each) for each in panels if each.verb in known}

    def forget(self) -> None:
        """Another person sits here now: nothing that was typed stays."""
        if self.panel is not None:
            self._drop()
        self._kept.clear()
        self._used = None

    def _drop(self) -> None:
        panel, self.panel = self.panel, None
        assert panel is not None
        self._room.removeWidget(panel)
        panel.hide()
        panel.deleteLater()
        self.hide()
        self.closed.emit()


_BASIS = "kept_basis"
"""The field of a panel that holds what its reason rests on."""


def _laid_aside(case: CaseId, verb: Verb, typed: Typed) -> TypedPanel:
    """What was typed, as a value that can be kept."""
    fields = {key: str(value) for key, value in typed.items() if key != _BASIS}
    kept: Any = typed.get(_BASIS)
    if kept is None:
        return TypedPanel(case, verb.value, fields)
    cited, elsewhere, no_policy = kept
    basis = TypedBasis(tuple(CitedWords(each.citation, each.words) for each in cited), tuple(elsewhere), no_policy)
    return TypedPanel(case, verb.value, fields, basis)


def _typed(panel: TypedPanel) -> Typed:
    """What a panel takes to be filled again."""
    if panel.basis is None:
        return dict(panel.fields)
    cited = tuple(Cited(each.citation, each.words) for each in panel.basis.cited)
    return {**panel.fields, _BASIS: (cited, panel.basis.elsewhere, panel.basis.no_policy)}
