"""The lock of the window: what falls away, what opens it again, and that everything is back where it was."""

import gc
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from builders import NO_POLICY, TABLES, UNCHECKED, FixedClock, desk_in, line, open_desk, opened, passphrase
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMessageBox, QPlainTextEdit
from ui_window import Room, member, nothing, one_of_each, room

from ur_desk.desk.desk import Desk
from ur_desk.desk.doorway import Doorway
from ur_desk.desk.steps import Steps, store, work
from ur_desk.domain.guard.access import How, Locked, Unlocked
from ur_desk.domain.guard.lock import PIN_TRIES
from ur_desk.domain.workspace import WorkspaceKind
from ur_desk.errors import UserError
from ur_desk.settings import Settings
from ur_desk.ui import dialogs
from ur_desk.ui.clipboard import guard
from ur_desk.ui.jobs import Jobs
from ur_desk.ui.main_window import MainWindow
from ur_desk.ui.places import PageName, Place
from ur_desk.ui.theme import Appearance
from ur_desk.ui.watch import Clocks, ClockWatch
from ur_desk.ui.watch import Told as MachineTold
from ur_desk.ui.widgets.panels.verbs import Verb
from ur_desk.ui.widgets.pin_form import PinForm

PIN = "407291"
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def it(tmp_path: Path, qtbot: Any) -> Iterator[Room]:
    with room(tmp_path / "w", one_of_each) as made:
        yield made


def one_case(desk: Desk) -> None:
    opened(desk, member=member(1, "Aldous"))


def settle() -> None:
    """What an event loop would do by now."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QApplication.processEvents()


def lock(it: Room, pin: bool = True) -> Any:
    if pin:
        it.desk.lock.set_pin(PIN)
    it.window.commands.lock.trigger()
    settle()
    page = it.window.locking.page
    assert page is not None
    return page


def unlock(it: Room, words: str = PIN) -> None:
    page = it.window.locking.page
    assert page is not None
    QTest.keyClicks(page.field, words)
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    settle()


def open_case(it: Room, family: str = "Aldous") -> Any:
    cases = it.page(PageName.WORKLIST).cases
    row = next(cases.line(place).row for place in range(cases.rowCount()) if family in cases.line(place).row.member)
    return it.go(PageName.REVIEW, row.id)


def said(it: Room) -> str:
    """Every word that stands anywhere in the window, hidden or not."""
    words = [it.window.windowTitle()]
    for widget in [it.window, *it.window.findChildren(QLabel), *it.window.findChildren(QLineEdit), *it.window.findChildren(QPlainTextEdit)]:
        words += [widget.accessibleName(), widget.toolTip()]
        words.append(widget.toPlainText() if isinstance(widget, QPlainTextEdit) else widget.text() if hasattr(widget, "text") else "")
    return " ".join(words)


# what falls away -----------------------------------------------------------------------------------------------------------


def test_a_locked_window_holds_nothing_of_the_workspace(it: Room) -> None:
    open_case(it)
    assert "Aldous" in said(it)
    page = lock(it)
    assert it.window.centre.currentWidget() is page
    assert it.window.host is None
    assert it.window.session is None
    assert it.desk.lock.locked
    for word in ("Aldous", "DEMO-", "02/14/1971", "76120"):
        assert word not in said(it)
    assert it.window.windowTitle() == "Utilization review desk"


def test_no_value_of_a_case_stays_alive_behind_the_lock(tmp_path: Path, qtbot: Any) -> None:
    from ur_desk.domain.case import Case
    from ur_desk.domain.listing import CaseRow
    from ur_desk.ui.models.request_rows import RequestRow

    def alive() -> list[object]:
        gc.collect()
        return [each for each in gc.get_objects() if isinstance(each, Case | CaseRow | RequestRow)]

    others = alive()  # of tests before this one
    known = {id(each) for each in others}
    with room(tmp_path / "w", one_of_each) as it:
        open_case(it)
        assert [each for each in alive() if id(each) not in known]
        lock(it)
        assert not [each for each in alive() if id(each) not in known]


def test_only_what_concerns_the_window_can_be_done_while_it_is_locked(it: Room) -> None:
    lock(it)
    commands = it.window.commands
    may = {action.text() for action in commands.all if action.isEnabled()}
    assert commands.quit.text() in may
    assert not {a.text() for a in (commands.new_request, commands.palette, commands.worklist, commands.undo, commands.lock)} & may
    assert not it.window.top_bar.accounts.actions()
    it.window.go(Place(PageName.LIBRARY))
    it.window.take_files([Path("a.json")])
    assert it.window.centre.currentWidget() is it.window.locking.page


def test_the_key_locks(it: Room) -> None:
    it.desk.lock.set_pin(PIN)
    QTest.keyClick(it.window.focusWidget() or it.window, Qt.Key.Key_L, CONTROL | SHIFT)
    assert it.window.locking.is_locked


def test_it_locks_itself_after_the_administrators_minutes(it: Room) -> None:
    assert it.window.locking.idle.interval() == 15 * 60_000
    assert it.window.locking.idle.isActive()
    it.sit("ada")
    session = it.window.session
    assert session is not None
    session.write(lambda desk: desk.lock.set_minutes(10), it.window)
    assert it.window.locking.idle.interval() == 10 * 60_000
    it.window.locking.idle.timeout.emit()
    assert it.window.locking.is_locked
    assert not it.window.locking.idle.isActive()


@pytest.mark.parametrize("act", ["key", "click"])
def test_a_key_or_a_click_begins_the_minutes_anew(it: Room, act: str) -> None:
    handle = it.window.windowHandle()
    it.window.locking._watch(handle)  # the offscreen platform tells of no focus
    idle = it.window.locking.idle
    idle.setInterval(1_000_000_000)  # so that what is left tells whether it was begun anew
    idle.start(500_000)
    idle.setInterval(900_000)
    idle.start()
    before = idle.timerId()
    if act == "key":
        QTest.keyClick(handle, Qt.Key.Key_Down)
    else:
        QTest.mouseClick(handle, Qt.MouseButton.LeftButton)
    assert idle.timerId() != before


def test_a_question_that_is_open_is_closed_unanswered(it: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    answers: list[bool] = []

    def asked(box: QMessageBox) -> int:
        box.show()
        it.window.locking.lock()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", asked)
    answers.append(dialogs.confirm(it.window, "Is it so?", "", "Do it"))
    assert answers == [False]
    assert it.window.locking.is_locked
    assert QApplication.activeModalWidget() is None


def test_what_was_copied_goes_with_the_lock(it: Room) -> None:
    guard().copy("Aldous, Ines")
    lock(it)
    assert QGuiApplication.clipboard().text() == ""
    other = QMimeData()
    other.setText("not ours")
    QGuiApplication.clipboard().setMimeData(other)
    unlock(it)
    lock(it, pin=False)
    assert QGuiApplication.clipboard().text() == "not ours"
    QGuiApplication.clipboard().clear()


# what opens it -------------------------------------------------------------------------------------------------------------


def test_the_pin_opens_it_by_keyboard_alone(it: Room) -> None:
    page = lock(it)
    assert page.by_pin
    assert it.window.focusWidget() is page.field
    unlock(it)
    assert not it.window.locking.is_locked
    assert it.place is PageName.WORKLIST
    assert "Mara Lindqvist" in it.window.top_bar._person.text()
    assert it.window.commands.new_request.isEnabled()
    assert it.window.locking.idle.isActive()


def test_without_a_pin_the_passphrase_is_asked_for(it: Room) -> None:
    page = lock(it, pin=False)
    assert not page.by_pin
    assert not page.other_button.isVisible()
    unlock(it, passphrase("mara"))
    assert it.place is PageName.WORKLIST


def test_who_has_a_pin_may_use_the_passphrase_all_the_same(it: Room) -> None:
    page = lock(it)
    page.other_button.click()
    assert not page.by_pin
    assert page.other_button.text() == "Use the PIN"
    unlock(it, passphrase("mara"))
    assert not it.window.locking.is_locked


def test_a_wrong_pin_says_how_many_tries_are_left_and_the_fifth_asks_for_the_passphrase(it: Room) -> None:
    page = lock(it)
    for left in range(PIN_TRIES - 1, 0, -1):
        unlock(it, "111222")
        assert page.by_pin
        assert (f"{left} tries are left" if left > 1 else "1 try is left") in page.row.problem
        assert page.field.text() == ""
    unlock(it, "111222")
    assert not page.by_pin
    assert not page.other_button.isVisible()
    assert "wrong 5 times" in page.row.problem
    unlock(it, "not hers at all, by far")
    assert "passphrase is wrong" in page.row.problem
    unlock(it, passphrase("mara"))
    assert not it.window.locking.is_locked


def test_nothing_typed_is_no_try(it: Room) -> None:
    page = lock(it)
    unlock(it, "")
    assert page.row.problem
    unlock(it, "111222")
    assert f"{PIN_TRIES - 1} tries are left" in page.row.problem


def test_sleep_takes_the_pin_with_it_also_where_it_was_locked_before(it: Room) -> None:
    page = lock(it)
    assert page.by_pin
    it.window.locking.shut()
    assert not page.by_pin
    assert not page.other_button.isVisible()
    unlock(it, passphrase("mara"))
    assert not it.window.locking.is_locked
    it.desk.lock.set_pin(PIN)
    it.window.locking.shut()
    settle()
    page = it.window.locking.page
    assert page is not None
    assert not page.by_pin


def test_lock_and_unlock_are_events(it: Room) -> None:
    lock(it)
    unlock(it)
    told = [event.body for _, event in it.desk.store.ledger.steps(None) if isinstance(event.body, Locked | Unlocked)]
    assert [type(body) for body in told] == [Locked, Unlocked]
    assert told[1] == Unlocked(How.PIN)


def test_a_full_disk_keeps_no_window_open_and_loses_no_word(it: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    page = open_case(it)
    page.ask_for(Verb.NOTE)
    QTest.keyClicks(page.panels.panel.entry("text"), "Seen on Tuesday.")

    def full(*_: object) -> None:
        raise UserError("The disk is full.", "Nothing was saved.")

    it.desk.lock.set_pin(PIN)
    monkeypatch.setattr(it.desk.store.drafts, "keep", full)
    it.window.commands.lock.trigger()
    settle()
    assert it.desk.lock.locked
    unlock(it)
    assert it.shown.panels.panel.text("text") == "Seen on Tuesday."


def test_a_bug_in_laying_aside_is_told_and_keeps_no_desk_open(it: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[BaseException] = []
    monkeypatch.setattr("sys.excepthook", lambda _kind, error, _trace: told.append(error))

    def broken() -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(it.window.locking, "lay_aside", broken)
    lock(it)
    assert it.desk.lock.locked
    assert [type(error) for error in told] == [ZeroDivisionError]
    unlock(it)
    assert it.place is PageName.WORKLIST


# what comes back -----------------------------------------------------------------------------------------------------------


def test_the_open_panel_comes_back_with_its_words_and_the_caret_in_them(it: Room) -> None:
    page = open_case(it)
    case = page.case
    page.ask_for(Verb.REFER)
    field = page.panels.panel.entry("summary")
    field.setFocus()
    QTest.keyClicks(field, "Five months of pain, and no film yet.")
    cursor = field.textCursor()
    cursor.setPosition(5)
    cursor.setPosition(11, cursor.MoveMode.KeepAnchor)
    field.setTextCursor(cursor)
    lock(it)
    unlock(it)
    again = it.shown
    assert again is not page
    assert (it.place, again.case) == (PageName.REVIEW, case)
    assert again.panels.verb is Verb.REFER
    field = again.panels.panel.entry("summary")
    assert field.toPlainText() == "Five months of pain, and no film yet."
    assert it.window.focusWidget() is field
    assert (field.textCursor().anchor(), field.textCursor().position()) == (5, 11)
    QTest.keyClicks(field, "weeks")
    assert field.toPlainText() == "Five weeks of pain, and no film yet."


def test_words_of_panels_that_are_closed_come_back_with_them(it: Room) -> None:
    page = open_case(it)
    page.ask_for(Verb.NOTE)
    QTest.keyClicks(page.panels.panel.entry("text"), "Call again.")
    page.panels.close_panel()
    lock(it)
    unlock(it)
    it.shown.ask_for(Verb.NOTE)
    assert it.shown.panels.panel.text("text") == "Call again."


def test_citations_come_back_and_a_signature_does_not(it: Room) -> None:
    it.sit("osei")
    page = open_case(it, "Brandt")
    page.request.show_record()
    page.ask_for(Verb.DENY)
    page.policy.go_to(15)
    page.cite()
    assert page.panels.basis.policy_lines
    lines = page.panels.basis.policy_lines
    page.panels.panel._sign.setText("his secret words") if hasattr(page.panels.panel, "_sign") else None
    lock(it)
    unlock(it)
    again = it.shown
    assert again.panels.verb is Verb.DENY
    assert again.panels.basis.policy_lines == lines
    assert "his secret words" not in said(it)


def test_a_request_that_is_being_typed_comes_back_as_it_stood(it: Room) -> None:
    it.window.commands.new_request.trigger()
    form = it.shown.form
    name = form._entries["member.family"]
    name.setFocus()
    QTest.keyClicks(name, "Quill")
    name.setCursorPosition(2)
    lock(it)
    unlock(it)
    assert it.place is PageName.ENTRY
    again = it.shown.form._entries["member.family"]
    assert again is not name
    assert again.text() == "Quill"
    assert it.window.focusWidget() is again
    assert again.cursorPosition() == 2
    drafts = it.desk.intake.drafts()
    assert [draft.member.family for _, draft in drafts] == ["Quill"]


def test_the_list_stands_on_the_same_case(it: Room) -> None:
    worklist = it.page(PageName.WORKLIST)
    worklist.choose("all")
    worklist.list.setFocus()
    worklist.list.go_to(3)
    number = worklist.cases.line(3).row.number
    lock(it)
    unlock(it)
    again = it.page(PageName.WORKLIST)
    assert again.chosen_filter == "all"
    assert it.window.focusWidget() is again.list
    assert again.cases.line(again.list.currentIndex().row()).row.number == number


@pytest.mark.parametrize("page", [PageName.LIBRARY, PageName.AUDIT, PageName.HELP, PageName.WORKLIST])
def test_every_page_is_come_back_to(it: Room, page: PageName) -> None:
    it.window.go(Place(page))
    lock(it)
    unlock(it)
    assert it.place is page
    assert it.window.isVisible()


def test_the_way_back_is_there_again(it: Room) -> None:
    it.window.go(Place(PageName.LIBRARY))
    it.window.go(Place(PageName.AUDIT))
    lock(it)
    unlock(it)
    it.window.commands.back.trigger()
    assert it.place is PageName.LIBRARY


def test_a_step_can_be_taken_back_after_the_lock_too(it: Room) -> None:
    case = opened(it.desk, line(1, "97110", "Therapeutic exercise"))
    session = it.window.session
    assert session is not None
    session.write(lambda desk: desk.determinations.approve(case.id, case.revision, (1,), NO_POLICY, unchecked=UNCHECKED), it.window)
    assert it.window.commands.undo.isEnabled()
    lock(it)
    assert not it.window.commands.undo.isEnabled()
    unlock(it)
    it.window.commands.undo.trigger()
    assert it.desk.review.case(case.id).determination is None


def test_what_was_left_is_there_where_the_program_was_closed_while_it_was_locked(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", one_case, kind=WorkspaceKind.REAL) as it:
        page = open_case(it)
        page.ask_for(Verb.NOTE)
        QTest.keyClicks(page.panels.panel.entry("text"), "Call again.")
        lock(it, pin=False)
        it.window.close()
        it.desk.lock.unlock(passphrase("mara"))
        it.window.open_workspace(lambda: it.desk)
        assert it.shown.panels.panel.text("text") == "Call again."


def test_locking_twice_is_locking_once(it: Room) -> None:
    page = lock(it)
    it.window.locking.lock()
    assert it.window.locking.page is page
    unlock(it)
    lock(it)
    unlock(it)
    assert it.place is PageName.WORKLIST


def test_a_window_without_a_workspace_has_nothing_to_lock(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", nothing) as it:
        lock(it)
        it.window.locking.lock()
        assert it.window.locking.is_locked


# the PIN -------------------------------------------------------------------------------------------------------------------


def pin_form(it: Room) -> PinForm:
    settle()
    (form,) = it.window.findChildren(PinForm)
    return form


def type_pin(form: PinForm, pin: str, again: str) -> None:
    for key, words in (("pin", pin), ("again", again)):
        QTest.keyClicks(form.entry(key), words)
    form.commit_button.click()


def test_a_pin_is_offered_to_whoever_sits_down_and_takes_no_focus(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", one_case, kind=WorkspaceKind.REAL) as it:
        form = pin_form(it)
        assert form.isVisible()
        assert not form.isAncestorOf(it.window.focusWidget())
        type_pin(form, PIN, PIN)
        assert not form.isVisible()
        assert form.text("pin") == ""
        assert it.desk.lock.has_pin
        lock(it, pin=False)
        assert not it.window.findChildren(PinForm)
        unlock(it)
        assert not it.window.locking.is_locked
        assert not it.window.findChildren(PinForm)  # asked once


def test_nothing_of_the_lock_stays_where_nobody_sits(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", one_case, kind=WorkspaceKind.REAL) as it:
        pin_form(it)
        it.window.empty()
        settle()
        assert not it.window.findChildren(PinForm)
        assert not it.window.locking.idle.isActive()
        it.window.open_workspace(lambda: it.desk)
        assert pin_form(it).isVisible()


def test_who_goes_without_a_pin_is_not_asked_again(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", one_case, kind=WorkspaceKind.REAL) as it:
        pin_form(it).close_button.click()
        assert not it.desk.lock.has_pin
        lock(it, pin=False)
        unlock(it, passphrase("mara"))
        assert not it.window.findChildren(PinForm)


@pytest.mark.parametrize(
    ("pin", "again", "said"), [(PIN, "407292", "not the same"), ("123456", "123456", "tried"), ("40729a", "40729a", "digits only")]
)
def test_a_pin_that_will_not_do_is_refused_in_the_form(it: Room, pin: str, again: str, said: str) -> None:
    it.window.commands.pin.trigger()
    form = pin_form(it)
    assert it.window.focusWidget() is form.entry("pin")
    type_pin(form, pin, again)
    assert said in form.row("again").problem + form.notice.accessibleName()
    assert not it.desk.lock.has_pin
    assert form.isVisible()


def test_nobody_finds_the_pin_of_somebody_else(it: Room) -> None:
    it.desk.lock.set_pin(PIN)
    it.sit("sol")
    page = lock(it, pin=False)
    assert not page.by_pin


# the machine ---------------------------------------------------------------------------------------------------------------


def test_a_machine_that_slept_finds_the_desk_shut(it: Room) -> None:
    clocks = iter([Clocks(0, 0), Clocks(5, 5), Clocks(4000, 10)])
    watching = ClockWatch(it.window, lambda: next(clocks))
    it.window.locking.listen([watching])
    it.desk.lock.set_pin(PIN)
    watching.look()
    assert not it.window.locking.is_locked
    watching.look()
    settle()
    assert it.window.locking.is_locked
    assert it.window.locking.page is not None
    assert not it.window.locking.page.by_pin
    assert not it.desk.lock.has_pin


def test_the_machine_hears_once_the_workspace_is_closed(it: Room) -> None:
    closed: list[bool] = []

    class Machine(MachineTold):
        def closed(self) -> None:
            closed.append(it.desk.lock.locked)

    machine = Machine(it.window)
    it.window.locking.listen([machine])
    machine.shut.emit()
    assert closed == [True]
    machine.shut.emit()
    assert closed == [True, True]


# on lanes of their own -------------------------------------------------------------------------------------------------------


def test_a_window_on_real_lanes_locks_between_the_steps_of_a_verb_and_comes_back(tmp_path: Path, qapp: QApplication, qtbot: Any) -> None:
    with desk_in(tmp_path / "w") as made:
        case = opened(made, member=member(1, "Aldous"))
    jobs, desks, ran = Jobs(), list[Desk](), list[str]()
    window = MainWindow(jobs, Appearance(qapp, "light", 100), Settings(), lambda _kept: None)
    qtbot.addWidget(window)
    window.show()

    def opening() -> Desk:
        desks.append(open_desk(tmp_path / "w", "mara", clock=FixedClock(), tables=TABLES))
        return desks[0]

    window.open_workspace(opening)
    jobs.settle()
    window.go(Place(PageName.REVIEW, case.id))
    jobs.settle()
    began, go_on = Event(), Event()

    def first() -> None:
        began.set()
        assert go_on.wait(20)

    def verb(_desk: Desk) -> Steps[None]:
        yield from work(first, "Taking its time")
        yield from store(lambda: ran.append("written"), "Never")

    assert window.session is not None
    window.session.steps(verb, window)
    assert began.wait(20)
    window.locking.lock()
    assert window.host is None
    go_on.set()
    jobs.settle()
    page = window.locking.page
    assert desks[0].lock.locked
    assert not ran
    assert page is not None
    QTest.keyClicks(page.field, passphrase("mara"))
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    assert not page.unlock_button.isEnabled()
    jobs.settle()
    assert not window.locking.is_locked
    assert window.host is not None
    shown = window.host.currentWidget()
    assert getattr(shown, "case", None) == case.id
    jobs.shutdown(lambda: desks[0].close())


def test_closing_a_locked_window_ends_in_order(tmp_path: Path, qapp: QApplication, qtbot: Any) -> None:
    with desk_in(tmp_path / "w"):
        pass
    jobs = Jobs()
    doorway = Doorway()
    window = MainWindow(jobs, Appearance(qapp, "light", 100), Settings(), lambda _kept: None)
    qtbot.addWidget(window)
    window.show()
    window.open_workspace(lambda: open_desk(tmp_path / "w", "mara", clock=FixedClock(), tables=TABLES), doorway)
    jobs.settle()
    window.locking.lock()
    window.close()
    jobs.shutdown(doorway.leave)
    assert not jobs.busy
