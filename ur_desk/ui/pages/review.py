"""The review screen: the request, the policy's lines and the findings side by side, and below them the next step."""

from datetime import datetime
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShowEvent
from PySide6.QtWidgets import QWidget

from ur_desk.desk.review import OnDesk
from ur_desk.desk.verbs import Changed, Done
from ur_desk.domain import zones
from ur_desk.domain.case import Case
from ur_desk.domain.events import CaseId
from ur_desk.domain.notices import NoticeKind
from ur_desk.domain.people import Role
from ur_desk.domain.policy import Anchor
from ur_desk.errors import Forbidden, Stale, UserError
from ur_desk.ui.actions import MENU, Menu, page_command
from ur_desk.ui.pages.letter_state import letter_words
from ur_desk.ui.pages.review_coverage import Answered
from ur_desk.ui.pages.review_frame import MINUTE, ReviewFrame
from ur_desk.ui.pages.review_panels import PLAIN, has_panel
from ur_desk.ui.pages.review_words import cited, from_nurse, notes, shown_policies, strip_content, to_mend
from ur_desk.ui.places import PageName, Place
from ur_desk.ui.privacy import mask
from ur_desk.ui.session import Session
from ur_desk.ui.widgets.decision_bar import title
from ur_desk.ui.widgets.panels.panel import About, Call, Panel
from ur_desk.ui.widgets.panels.picked import picked_of
from ur_desk.ui.widgets.panels.verbs import LONG, OF_LINES, Offers, Verb, first_pick, offers
from ur_desk.ui.widgets.strip import StripContent


class ReviewPage(ReviewFrame):
    """One case on the desk: shows what was kept, hands every step to the desk, and reads again when the case has changed."""

    name = PageName.REVIEW
    left = Signal()
    """The person is through with the case."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._case: CaseId | None = None
        self._line: int | None = None
        self._wanted: tuple[CaseId, Verb] | None = None
        self._saved = ""
        self._make_commands()
        self._connect()
        self._minute = QTimer(self)
        self._minute.setInterval(MINUTE)
        self._minute.timeout.connect(self.tell_time)
        self._minute.start()

    def _make_commands(self) -> None:
        self.next_action = page_command(
            self, Menu.CASE, self.tr("Next step"), ["Ctrl+Return", "Ctrl+Enter"],
            self.tr("Open the panel of the suggested step; in an open panel, do it"), self.go_on)  # fmt: skip
        for verb in Verb:
            action = self.bar.action(verb)
            action.setProperty(MENU, (Menu.LETTER if verb is Verb.LETTER or verb.notice else Menu.CASE).value)
            self.addAction(action)
        for action in (self.policy.next_hit_action, self.policy.previous_hit_action):
            action.setProperty(MENU, Menu.POLICY.value)
            self.addAction(action)
        self.cite_action = page_command(
            self, Menu.POLICY, self.tr("Cite chosen lines"), ["Ctrl+Shift+E"],
            self.tr("Let the reason that is being written rest on the lines chosen in the policy pane"), self.cite,
        )  # fmt: skip
        page_command(self, Menu.CASE, self.tr("Leave the case"), ["Ctrl+W"], self.tr("Back to where you came from"), self.left.emit)
        # the window goes to its pages by Ctrl and a number
        self.request.record_action.setShortcut(QKeySequence("Ctrl+Shift+R"))

    def _connect(self) -> None:
        self._session.changed.connect(self._changed)
        self._session.taken_back.connect(self.panels.give_back)
        self._session.person_changed.connect(self._another_person)
        mask().changed.connect(self._name_again)
        self.request.lines_picked.connect(lambda _lines: self._lines_changed())
        self.request.service_line_chosen.connect(self._went_to_line)
        self.request.record_opened.connect(self._record_opened)
        self.findings.line_wanted.connect(self.go_to_line)
        self.policy.lines_activated.connect(self.cite)
        self.coverage.answered.connect(self._keep_answer)
        self.bar.asked.connect(self.ask_for)
        self.fence.changed.connect(lambda: self.next_action.setEnabled(self.fence.form is None))  # a form has the same key
        self.panels.committed.connect(self._commit)
        self.panels.cite_wanted.connect(self.cite)
        self.panels.closed.connect(self._panel_closed)
        self.letter.left.connect(self.show_review)
        self.letter.line_wanted.connect(self._from_letter)

    # which case ------------------------------------------------------------------------------------------------------

    def arrive(self, ref: str) -> None:
        """Show the case of that id."""
        if ref:
            self.open_case(CaseId(ref))

    def open_case(self, case: CaseId) -> None:
        """Show a case, read fresh; one that is shown already keeps its place, its picks and its words."""
        if case != self._case:
            self._leave_case()
            self._case = case
        self.read_again()

    @property
    def case(self) -> CaseId | None:
        """The case on the desk."""
        return self._case

    def want(self, case: CaseId, verb: Verb) -> None:
        """Begin this step as soon as the case is shown."""
        self._wanted = case, verb

    def read_again(self) -> None:
        """Read the case that is shown once more."""
        case = self._case
        if case is not None:
            self._session.read(lambda desk: desk.review.on_desk(case), self, self._show, self._not_read)

    def _leave_case(self) -> None:
        """Nothing of the case before stays on the screen; typed words wait for it."""
        self._shown, self._saved, self._line = None, "", None
        self.panels.close_panel()
        self.show_review()
        for part in (self.letter, self.request, self.policy, self.findings, self.fence):
            part.forget()
        self.coverage.show_case(None, (), False, self._now().date())
        self.strip.show_content(StripContent())
        self.bar.show_offers(Offers(), ())
        self.notice.hide()

    def _not_read(self, error: UserError) -> None:
        self._wanted = None
        if isinstance(error, Forbidden):
            self._leave_case()
        if not self.fence.takes(self._case, error):
            self.notice.show_error(error)

    def _changed(self, changes: frozenset[Changed]) -> None:
        """Something was written: the case may be another one now."""
        if changes & {Changed.CASES, Changed.ACCOUNTS} and self._case is not None:
            self.read_again()

    def _another_person(self, _person: object) -> None:
        """Another person finds neither the case nor anything that was typed."""
        self.panels.forget()
        self._leave_case()
        self._case = None

    def showEvent(self, event: QShowEvent) -> None:
        """Time has gone on meanwhile."""
        super().showEvent(event)
        self.tell_time()

    # what is shown ---------------------------------------------------------------------------------------------------

    def _show(self, shown: OnDesk) -> None:
        """Show the case as it was read; parts that say the same are left as they stand."""
        if shown.case.id != self._case:
            return
        before, self._shown = self._shown, shown
        fresh = before is None
        case = shown.case
        self.notice.hide()
        self.fence.show_case(case, shown.hold)
        self.show_asked(case, shown.words, self._session.zone)
        self.request.say_from_nurse(from_nurse(case, self._session.person))
        if before is None or before.case.matched != case.matched:
            self.policy.show_policies(shown_policies(shown))
        if before is None or before.case != case or before is shown:  # the same again: the mask was put on or taken off
            self.findings.show_report(shown.report, case.current_request, notes(shown, self._session.person))
        self._show_coverage()
        if fresh:
            self._begin(case)
        self.tell_time()
        self._show_offers()
        if self.centre.currentWidget() is self.letter:
            self.letter.show_case(case, shown.people)
        self._begin_wanted(case)
        self.filled.emit()

    def _name_again(self) -> None:
        if self._shown is not None:
            self._show(self._shown)

    def _begin_wanted(self, case: Case) -> None:
        """Begin the step for which the person came to this case; one wanted in another case is given up."""
        wanted, self._wanted = self._wanted, None
        if wanted is None or wanted[0] != case.id:
            return
        if self.bar.offers.may(wanted[1]):
            self.ask_for(wanted[1])
        else:
            self.said.emit(self.tr("{0}: not for your role.").format(title(wanted[1]).rstrip("…")))

    def _show_coverage(self) -> None:
        if self._shown is not None:
            case, may = self._shown.case, self._session.person.has(Role.INTAKE, Role.NURSE, Role.PHYSICIAN)
            self.coverage.show_case(case, case.coverage, may, self._now().date())

    def _begin(self, case: Case) -> None:
        """Where to begin: at the line that waits for this person; for a physician, in the record."""
        lines = first_pick(case, self._session.person)
        self.request.pick(lines)
        self._go_to_line(lines[0], lines[0] if case.unread else case.lines[0].line)
        self.policy.setFocus()
        if self._session.person.has(Role.PHYSICIAN):
            self.columns.show_column(0)
            self.request.show_record()
        elif case.unread:  # it stands above the request
            self._record_opened()

    def _go_to_line(self, line: int, first: int) -> None:
        """Stand on a service line; on the first one, or where something came in, the request is read from its top."""
        rows = self.request.list
        rows.setAutoScroll(line != first)  # else the list goes there by itself when it is shown
        self.request.go_to_service_line(line)
        if line == first:
            rows.scrollToTop()
        rows.setAutoScroll(True)

    def _record_opened(self) -> None:
        """The record is before a physician's eyes, or what came in before a nurse's: the case says so from now on."""
        person, shown = self._session.person, self._shown
        reads = person.has(Role.PHYSICIAN) or (shown is not None and bool(shown.case.unread) and person.has(Role.NURSE))
        if shown is not None and reads and person.id not in shown.case.record_opened_by:
            case = shown.case.id
            self._session.write(lambda desk: desk.review.open_record(case), self, failed=self.notice.show_error)

    def _now(self) -> datetime:
        return self._session.now().astimezone(zones.zone(self._session.zone))

    def tell_time(self) -> None:
        """Say in the strip what is left by now."""
        if self._shown is not None:
            self.strip.show_content(strip_content(self._shown, self._session.now(), self._session.zone, self._saved))

    # lines -----------------------------------------------------------------------------------------------------------

    def lines(self) -> tuple[int, ...]:
        """The lines that a step is about: those ticked, else the one that the person went to last."""
        ticked = self.request.picked()
        if ticked or self._shown is None:
            return ticked
        known = [state.line for state in self._shown.case.lines]
        return (self._line if self._line in known and self._line is not None else known[0],)

    def _went_to_line(self, line: int) -> None:
        self._line = line
        self._lines_changed()

    def _lines_changed(self) -> None:
        if self._shown is not None:
            self._show_offers()

    def _about(self) -> About:
        assert self._shown is not None
        now = self._now()
        return About(picked_of(self._shown, self.lines(), self._session.person, now), now, self._session.zone, self.watch.told)

    def _show_offers(self) -> None:
        """Bar and open panel follow the case and the lines."""
        assert self._shown is not None
        about = self._about()
        offered = offers(about.picked)
        self.bar.show_offers(offered, about.picked.lines, letter_words(self._shown.case))
        on_letter = self.centre.currentWidget() is self.letter
        self.bar.rest(on_letter or self.panels.panel is not None, on_letter)
        panel = self.panels.panel
        if panel is not None:
            panel.take(about)
            offer = offered.offer(panel.verb)
            panel.block(offer.why_not if offer else self.tr("not for your role"))
        self.cite_action.setEnabled(self.panels.basis is not None)

    def go_to_line(self, text: str, line: int) -> None:
        """Show a policy line."""
        self.columns.show_column(1)
        self.policy.go_to(line, text)

    # steps -----------------------------------------------------------------------------------------------------------

    def go_on(self) -> None:
        """Do what is open: commit the panel, issue the letter, or open the panel of the suggested step."""
        if self.panels.panel is not None:
            self.panels.panel.commit()
        elif self.centre.currentWidget() is self.letter:
            self.letter.commit()
        elif self.bar.offers.suggested is not None:
            self.ask_for(self.bar.offers.suggested)
        else:
            self.bar.setFocus()

    def ask_for(self, verb: Verb) -> None:
        """Begin a step: open its panel, or do it where it asks nothing more."""
        if self._shown is None or not self.bar.offers.may(verb):
            return
        case = self._shown.case
        if verb is Verb.LETTER or verb.notice is not None:
            self.show_letter(verb.notice)
        elif verb is Verb.LIBRARY:
            self.wanted.emit(Place(PageName.LIBRARY, to_mend(self._shown)))
        elif verb in PLAIN:
            self._run(PLAIN[verb](case), verb)
        elif has_panel(verb):
            self._open_panel(verb)

    def _open_panel(self, verb: Verb) -> None:
        if self.panels.verb is verb and self.panels.panel is not None:
            self.panels.panel.begin()
            return
        self.panels.open(verb, self._about())
        self._show_offers()

    def _panel_closed(self) -> None:
        if self._shown is not None:
            self._show_offers()
        if self.columns.isVisible():
            self.policy.setFocus()

    def _commit(self, call: Call) -> None:
        panel = self.panels.panel
        if panel is not None:
            panel.set_busy(True)
            self._run(call, panel.verb, panel)

    def _run(self, call: Call, verb: Verb, panel: Panel | None = None) -> None:
        """Let the desk do it; what is refused is said in the panel that asked, else above the panes."""
        asks = panel is not None and panel.asks
        start = self._session.read if asks else self._session.steps if verb in LONG else self._session.write
        done = panel.answer if panel is not None and asks else partial(self._done, verb, panel)
        start(call, self, done=done, failed=partial(self._refused, panel), ended=partial(self._ended, panel))

    def _done(self, verb: Verb, panel: Panel | None, done: Done[Case]) -> None:
        """It is kept: close the panel, and go on to the line that waits next."""
        if panel is not None:
            self.panels.finish(panel, done.undo)
        self.said.emit(self.tr("Saved: {0}").format(done.undo.label if done.undo else title(verb).rstrip("…")))
        if verb is Verb.APPEAL and panel is not None and panel.about.picked.case.id == self._case:
            self.go_to_case(done.value.id)
        if done.value.id != self._case:
            return
        self._saved = self.tr("Saved {0}").format(f"{self._now():%H:%M}")
        if verb in OF_LINES:
            lines = first_pick(done.value, self._session.person)
            self._line = lines[0]
            self.request.pick(lines)

    def _refused(self, panel: Panel | None, error: UserError) -> None:
        if panel is not None and self.panels.panel is panel:
            panel.refuse(error)
        else:
            self.notice.show_error(error)
        if isinstance(error, Stale):
            self.read_again()

    def _ended(self, panel: Panel | None) -> None:
        if panel is not None and self.panels.panel is panel:
            panel.set_busy(False)

    def _keep_answer(self, found: Answered) -> None:
        """Keep what somebody found out about the coverage."""
        if self._shown is None:
            return
        case = self._shown.case
        self._session.write(
            lambda desk: desk.review.check_coverage(case.id, case.revision, found.item, found.answer, found.where, found.day),
            self,
            done=lambda _done: self.coverage.saved(),
            failed=self.coverage.refuse,
        )

    # citing ----------------------------------------------------------------------------------------------------------

    def cite(self, anchor: Anchor | None = None) -> None:
        """Let the reason in the open panel rest on these lines, or on those chosen in the policy pane."""
        basis, chosen = self.panels.basis, anchor or self.policy.anchor()
        if basis and chosen and self._shown and (found := cited(self._shown, chosen)):
            basis.cite(found)

    # the letter ------------------------------------------------------------------------------------------------------

    def show_letter(self, notice: NoticeKind | None = None) -> None:
        """Turn to the letter of the case, or to that notice of its open lines."""
        if self._shown is None:
            return
        self.panels.close_panel()
        self.centre.setCurrentWidget(self.letter)
        self.letter.show_case(self._shown.case, self._shown.people)
        self.bar.rest(True, beside_letter=True)
        self.letter.begin(notice)

    def _from_letter(self, text: str, line: int) -> None:
        self.show_review()
        self.go_to_line(text, line)
