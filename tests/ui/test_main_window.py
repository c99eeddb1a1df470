"""The window: shown before anything heavy is loaded, then filled; where one is, who sits there, what went wrong."""

import json
import logging
import subprocess
import sys
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from accessible import unnamed
from builders import NO_POLICY, TABLES, UNCHECKED, FixedClock, desk_in, line, open_desk, opened, request
from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from record_makers import PAGES, picture
from ui_window import Room, member, one_of_each, room

from ur_desk import app
from ur_desk.desk.desk import Desk
from ur_desk.desk.steps import Steps, work
from ur_desk.domain.listing import CaseFilter
from ur_desk.domain.workspace import WorkspaceKind
from ur_desk.errors import UserError
from ur_desk.records.request import request_data
from ur_desk.settings import Settings
from ur_desk.ui import dialogs, theme
from ur_desk.ui.actions import plain_text
from ur_desk.ui.jobs import InlineJobs, Jobs
from ur_desk.ui.main_window import MainWindow
from ur_desk.ui.pages.trouble import TroublePage
from ur_desk.ui.places import START, PageName, Place
from ur_desk.ui.theme import Appearance
from ur_desk.ui.widgets.panels.verbs import Verb

SHIFT, CONTROL, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
EXERCISE = line(1, "97110", "Therapeutic exercise")

FIRST_PAINT = """
import sys
from ur_desk import app, settings
from ur_desk.ui.jobs import Jobs
from ur_desk.ui.main_window import MainWindow
from ur_desk.ui.theme import Appearance
qt = app.application()
jobs = Jobs()
window = MainWindow(jobs, Appearance(qt, "light", 100), settings.Settings(), lambda kept: None)
loaded = []
window.painted.connect(lambda: (loaded.extend(sys.modules), qt.quit()))
window.show()
qt.exec()
jobs.shutdown()
print("\\n".join(loaded))
"""


def press(window: MainWindow, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(window.focusWidget() or window, key, modifiers)


def test_nothing_heavy_is_loaded_before_the_first_picture() -> None:
    done = subprocess.run([sys.executable, "-c", FIRST_PAINT], capture_output=True, text=True, check=True, timeout=60)
    loaded = set(done.stdout.split())
    assert "ur_desk.ui.main_window" in loaded
    heavy = {"sqlite_utils", "sqlcipher3", "reportlab", "msgspec", "pypdfium2", "PySide6.QtSvg", "tzlocal"}
    assert not loaded & heavy
    assert {m for m in loaded if m.startswith(("ur_desk.desk.", "ur_desk.domain", "ur_desk.store"))} <= {"ur_desk.desk.steps"}


def test_the_window_opens_on_the_worklist_and_says_what_kind_of_workspace_it_is(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", one_of_each) as it:
        assert it.place is PageName.WORKLIST
        assert "Demo workspace" in it.window.banner.words
        assert it.window.banner.isVisible()
    with room(tmp_path / "real", kind=WorkspaceKind.REAL) as it:
        assert it.window.banner is None


@pytest.mark.parametrize(
    "page", [PageName.LIBRARY, PageName.AUDIT, PageName.ADMINISTRATION, PageName.HELP, PageName.REVIEW, PageName.ENTRY]
)
def test_the_banner_stands_on_every_page(tmp_path: Path, qtbot: Any, page: PageName) -> None:
    with room(tmp_path / "w", user="ada") as it:
        it.window.go(Place(page))
        assert it.window.banner.isVisible()


def test_a_workspace_that_cannot_be_opened_says_so_in_the_page(qtbot: Any, qapp: QApplication) -> None:
    window = MainWindow(InlineJobs(), Appearance(qapp, "light", 100), Settings(), lambda _kept: None)
    qtbot.addWidget(window)
    window.show()

    def refuse() -> Any:
        raise UserError("The folder holds other things.", "Choose an empty one. Nothing was changed.")

    window.open_workspace(refuse)
    page = window.entrance.page
    assert isinstance(page, TroublePage)
    assert page.isVisible()
    assert "The folder holds other things. Choose an empty one. Nothing was changed." in page.accessibleName()
    assert not window.commands.new_request.isEnabled()
    assert window.commands.quit.isEnabled()


def test_keys_lead_to_the_pages_and_back(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", user="ada") as it:
        seen = []
        for key in (Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5, Qt.Key.Key_1):
            press(it.window, key, CONTROL)
            seen.append(it.place)
        assert seen == [PageName.LIBRARY, PageName.AUDIT, PageName.ADMINISTRATION, PageName.WORKLIST]
        press(it.window, Qt.Key.Key_Left, ALT)
        press(it.window, Qt.Key.Key_Left, ALT)
        assert it.place is PageName.AUDIT
        press(it.window, Qt.Key.Key_Right, ALT)
        assert it.place is PageName.ADMINISTRATION


def test_review_without_a_case_says_how_to_begin(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        press(it.window, Qt.Key.Key_2, CONTROL)
        assert "No case is on the desk" in it.shown.accessibleName()


def test_review_leads_back_to_the_case_that_was_there(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", one_of_each) as it:
        case = it.page(PageName.WORKLIST).cases.line(0).row.id
        it.window.go(Place(PageName.REVIEW, case))
        press(it.window, Qt.Key.Key_1, CONTROL)
        press(it.window, Qt.Key.Key_2, CONTROL)
        assert it.window.places.now == Place(PageName.REVIEW, case)
        it.shown.left.emit()
        assert it.place is PageName.WORKLIST


@pytest.mark.parametrize("page", [PageName.WORKLIST, PageName.AUDIT])
def test_one_key_logs_a_contact_in_the_chosen_case(tmp_path: Path, qtbot: Any, page: PageName) -> None:
    with room(tmp_path / "w", one_of_each) as it:
        it.go(PageName.REVIEW, it.desk.supervision.cases(CaseFilter()).rows[0].id)
        it.go(page).list.go_to(1)
        chosen = it.shown.list.chosen()
        press(it.window, Qt.Key.Key_N, CONTROL | SHIFT)
        assert it.place is PageName.REVIEW
        assert it.shown.case == chosen
        assert it.shown.panels.verb is Verb.CONTACT


@pytest.mark.parametrize("page", [PageName.LIBRARY, PageName.ENTRY, PageName.HELP])
def test_one_key_logs_a_contact_in_the_case_last_on_the_desk(tmp_path: Path, qtbot: Any, page: PageName) -> None:
    with room(tmp_path / "w", one_of_each) as it:
        last = it.desk.supervision.cases(CaseFilter()).rows[0].id
        it.go(PageName.REVIEW, last)
        it.go(page)
        press(it.window, Qt.Key.Key_N, CONTROL | SHIFT)
        assert (it.place, it.shown.case, it.shown.panels.verb) == (PageName.REVIEW, last, Verb.CONTACT)


@pytest.mark.parametrize("page", [PageName.WORKLIST, PageName.LIBRARY, PageName.REVIEW])
def test_a_contact_without_a_case_says_to_choose_one(tmp_path: Path, qtbot: Any, page: PageName) -> None:
    with room(tmp_path / "w") as it:
        it.go(page)
        before = it.shown
        press(it.window, Qt.Key.Key_N, CONTROL | SHIFT)
        assert it.shown is before
        assert "Choose a case" in it.window.status.words


def test_no_title_names_anybody(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", one_of_each) as it:
        row = it.page(PageName.WORKLIST).cases.line(0).row
        it.window.go(Place(PageName.REVIEW, row.id))
        title = it.window.windowTitle()
        assert title.startswith("Review")
        for private in (row.member, row.member_id, row.number, "Aldous"):
            assert private not in title


# who sits there -----------------------------------------------------------------------------------------------------------


def test_only_an_administrator_sees_the_administration(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", user="ada") as it:
        press(it.window, Qt.Key.Key_5, CONTROL)
        assert it.place is PageName.ADMINISTRATION
        it.sit("mara")
        assert not it.window.commands.administration.isVisible()
        press(it.window, Qt.Key.Key_5, CONTROL)
        press(it.window, Qt.Key.Key_Left, ALT)
        assert it.place is PageName.WORKLIST


def test_signing_in_as_an_invented_person_takes_one_press_of_enter(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        offered = [action.text() for action in it.window.top_bar.accounts.actions()]
        assert any("Kwame Osei, MD (Physician reviewer)" in words for words in offered)
        next(action for action in it.window.top_bar.accounts.actions() if "Osei" in action.text()).trigger()
        assert it.desk.person.name == "mara"
        press(it.window, Qt.Key.Key_Return)
        assert it.desk.person.name == "osei"
        assert it.page(PageName.WORKLIST).chosen_filter == "queue"
        assert "Osei" in it.window.status.words


@pytest.mark.parametrize(("user", "may_open", "may_import"), [("mara", True, True), ("osei", False, False), ("sol", False, True)])
def test_commands_follow_the_roles(tmp_path: Path, qtbot: Any, user: str, may_open: bool, may_import: bool) -> None:
    with room(tmp_path / "w", user=user) as it:
        assert it.window.commands.new_request.isEnabled() is may_open
        assert it.window.commands.import_policy.isEnabled() is may_import


def test_undo_takes_back_the_last_step_and_names_it(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        case = opened(it.desk, EXERCISE)
        session = it.window.session
        assert session is not None
        assert not it.window.commands.undo.isEnabled()
        session.write(lambda desk: desk.determinations.approve(case.id, case.revision, (1,), NO_POLICY, unchecked=UNCHECKED), it.window)
        assert plain_text(it.window.commands.undo) == "Undo approval"
        press(it.window, Qt.Key.Key_Z, CONTROL)
        assert it.desk.review.case(case.id).line(1).decision is None
        assert it.window.status.words == "Undone: approval"
        assert not it.window.commands.undo.isEnabled()


def test_an_undo_that_is_refused_says_why_in_the_window(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        case = opened(it.desk, EXERCISE)
        session = it.window.session
        assert session is not None
        session.write(lambda desk: desk.determinations.approve(case.id, case.revision, (1,), NO_POLICY, unchecked=UNCHECKED), it.window)
        it.desk.review.add_note(case.id, "Somebody was faster.")
        it.window.commands.undo.trigger()
        assert it.window.notice.isVisible()
        assert "was changed since you looked" in it.window.notice.accessibleName()


# what goes on, what goes wrong ---------------------------------------------------------------------------------------------


def test_a_long_verb_is_told_at_the_foot_while_it_runs(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        case = opened(it.desk)
        told: list[str] = []
        session = it.window.session
        assert session is not None
        session.stepped.connect(lambda _job, _step: told.append(it.window.status.words))
        session.steps(lambda desk: desk.review.rematch(case.id, case.revision), it.window)
        assert "Matching" in told
        assert not it.window.status.busy


def test_a_long_verb_is_stopped_by_cancel_and_what_was_done_stays(tmp_path: Path, qapp: QApplication, qtbot: Any) -> None:
    with desk_in(tmp_path / "w"):
        pass
    jobs, desks = Jobs(), list[Desk]()
    window = MainWindow(jobs, Appearance(qapp, "light", 100), Settings(), lambda _kept: None)
    qtbot.addWidget(window)
    window.show()

    def opening() -> Desk:
        desks.append(open_desk(tmp_path / "w", "mara", clock=FixedClock(), tables=TABLES))
        return desks[0]

    window.open_workspace(opening)
    jobs.settle()
    began, go_on, done = Event(), Event(), list[str]()

    def first() -> None:
        began.set()
        assert go_on.wait(20)
        done.append("first")

    def verb(_desk: Desk) -> Steps[None]:
        yield from work(first, "Taking its time")
        yield from work(lambda: done.append("second"), "Never")

    assert window.session is not None
    window.session.steps(verb, window)
    assert began.wait(20)
    QApplication.processEvents()
    assert window.status.words == "Taking its time"
    window.status.findChildren(QToolButton)[0].click()
    assert window.status.words == "Stopping after this step"
    go_on.set()
    jobs.settle()
    assert done == ["first"]
    assert not window.status.busy
    jobs.shutdown(lambda: desks[0].close())


def test_an_error_that_nobody_takes_is_said_in_the_window_until_one_goes_on(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        it.window.jobs.failed.emit(UserError("The disk is full.", "Make room. Nothing was lost."))
        assert it.window.notice.isVisible()
        assert it.window.notice.accessibleName() == "The disk is full. Make room. Nothing was lost."
        it.window.go(Place(PageName.LIBRARY))
        assert not it.window.notice.isVisible()


@pytest.mark.expects_log
def test_a_bug_is_told_calmly_and_logged_without_its_words(
    tmp_path: Path, qtbot: Any, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    with room(tmp_path / "w") as it:
        hook = app.Bugs(it.window)
        try:
            raise ValueError("Alvarado, Rosalind was born in 1971")
        except ValueError as error:
            with caplog.at_level(logging.ERROR, "ur_desk"):
                hook(type(error), error, error.__traceback__)
        assert "Something went wrong in the program" in it.window.notice.accessibleName()
        assert "ValueError at test_main_window.py" in it.window.notice.accessibleName()
        told = caplog.text + it.window.notice.accessibleName()
        assert "test_main_window.py" in told
        assert "Alvarado" not in told


# how it looks and what is remembered ---------------------------------------------------------------------------------------


def test_theme_and_zoom_are_chosen_in_the_menu_and_kept(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", settings=Settings(theme="light", zoom=110)) as it:
        it.window.commands.scheme_dark.trigger()
        assert theme.look().tokens.dark
        press(it.window, Qt.Key.Key_Plus, CONTROL)
        assert it.window.status.words == "Zoom 125 %"
        it.window.close()
        assert (it.kept[-1].theme, it.kept[-1].zoom) == ("dark", 125)
        assert it.kept[-1].geometry
        assert Settings(**{name: getattr(it.kept[-1], name) for name in Settings.__slots__}) == it.kept[-1]


def test_the_columns_of_the_review_stand_as_they_were_left(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", one_of_each) as it:
        case = it.page(PageName.WORKLIST).cases.line(0).row.id
        page = it.go(PageName.REVIEW, case)
        page.columns.splitter.setSizes([300, 500, 478])
        it.window.close()
        widths = it.kept[-1].panes
        assert widths == (300, 500, 478)
    with room(tmp_path / "again", one_of_each, settings=Settings(theme="light", panes=widths)) as it:
        page = it.go(PageName.REVIEW, it.page(PageName.WORKLIST).cases.line(0).row.id)
        QApplication.processEvents()
        assert all(abs(one - other) <= 2 for one, other in zip(page.columns.widths(), widths, strict=True))


def test_a_demo_is_not_come_back_to(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", settings=Settings(place="library")) as it:
        it.window.go(Place(PageName.AUDIT))
        it.window.close()
        assert it.kept[-1].place == "library"
        assert it.window.places.last_of(PageName.LIBRARY) is None


def test_a_new_start_comes_back_to_the_case_on_the_desk(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", kind=WorkspaceKind.REAL) as it:
        case = opened(it.desk)
        it.window.go(Place(PageName.REVIEW, case.id))
        it.window.close()
        kept = it.kept[-1]
        assert kept.place == f"review:{case.id}"
        app_ = QApplication.instance()
        assert isinstance(app_, QApplication)
        again = MainWindow(InlineJobs(), Appearance(app_, "light", 100), kept, lambda _kept: None)
        qtbot.addWidget(again)
        again.open_workspace(lambda: it.desk)
        assert again.places.now == Place(PageName.REVIEW, case.id)


@pytest.mark.parametrize("place", ["review:no-such-case", "administration", "entry", "help:keyboard", "nowhere:1", "review"])
def test_a_place_that_is_not_there_any_more_leads_to_the_worklist(tmp_path: Path, qtbot: Any, place: str) -> None:
    with room(tmp_path / "w", kind=WorkspaceKind.REAL, settings=Settings(theme="light", place=place)) as it:
        assert it.window.places.now == START


def test_a_broken_geometry_is_no_reason_not_to_open(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", settings=Settings(theme="light", geometry="nonsense é")) as it:
        assert it.place is PageName.WORKLIST


# files ---------------------------------------------------------------------------------------------------------------------


def drop(window: MainWindow, *files: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    copy, button, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(200, 300), copy, data, button, none)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPoint(200, 300).toPointF(), copy, data, button, none))


def test_a_dropped_request_opens_in_the_form(tmp_path: Path, qtbot: Any) -> None:
    file = tmp_path / "request.json"
    file.write_text(json.dumps(request_data(request(member=member(1, "Quill")))), encoding="utf-8")
    with room(tmp_path / "w") as it:
        drop(it.window, file)
        assert it.place is PageName.ENTRY


def test_dropped_pictures_begin_a_request_that_is_keyed_from_them_and_pages_belong_to_what_is_shown(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        scan, paper = tmp_path / "scan.png", tmp_path / "fax.pdf"
        scan.write_bytes(picture())
        paper.write_bytes(PAGES)
        drop(it.window, scan)
        page = it.window.host.made(PageName.ENTRY)
        assert it.window.host.currentWidget() is page
        assert [record.name for record in page.form.draft().records] == ["scan.png"]
        drop(it.window, paper)
        assert [record.name for record in page.form.draft().records] == ["scan.png", "fax.pdf"]
        page.records.splitter.moveSplitter(420, 1)
        assert it.window.settings().pages == page.records.widths == tuple(page.records.splitter.sizes())


def test_a_dropped_policy_is_offered_to_the_library(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        file = tmp_path / "own.txt"
        text = (it.desk.tables.folder / "policies" / "RAD.00034.abstract.txt").read_text(encoding="utf-8")
        file.write_text(text.replace("Status: Reviewed", "Status: Revised"), encoding="utf-8")
        drop(it.window, file)
        assert it.place is PageName.ARRIVALS
        assert plain_text(it.shown.bar.load) == "Read 1 policy into the library"


def test_files_are_chosen_by_a_dialog_too(tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "empty.json"
    file.write_bytes(b"")
    monkeypatch.setattr(dialogs, "choose_files", lambda *_: [file])
    with room(tmp_path / "w") as it:
        press(it.window, Qt.Key.Key_I, CONTROL)
        assert it.place is PageName.ARRIVALS
        assert it.shown.model.rowCount() > 1


# keyboard and screen readers -------------------------------------------------------------------------------------------------


def places_of(it: Room) -> dict[str, Place]:
    case = it.desk.supervision.cases(CaseFilter()).rows[0].id
    return {
        "worklist": Place(PageName.WORKLIST),
        "review": Place(PageName.REVIEW, case),
        "library": Place(PageName.LIBRARY),
        "audit": Place(PageName.AUDIT),
        "audited case": Place(PageName.AUDIT, case),
        "administration": Place(PageName.ADMINISTRATION),
        "help": Place(PageName.HELP, "keyboard"),
        "no case": Place(PageName.REVIEW),
    }


def test_everything_that_takes_the_focus_has_a_name_on_every_page(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", one_of_each, user="ada") as it:
        for name, place in places_of(it).items():
            it.window.go(place)
            assert not unnamed(it.window), name


def test_no_key_means_two_things_on_a_page(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", one_of_each, user="ada") as it:
        for name, place in places_of(it).items():
            it.window.go(place)
            assert it.window.host is not None
            alive = [*it.window.commands.all, *it.shown.findChildren(QAction)]
            whole = [a for a in alive if a.shortcutContext() == Qt.ShortcutContext.WindowShortcut]
            keys = [key.toString() for action in {id(a): a for a in whole}.values() for key in action.shortcuts()]
            assert len(keys) == len(set(keys)), (name, sorted(k for k in keys if keys.count(k) > 1))


def test_commands_survive_every_change_of_page(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", one_of_each, user="ada") as it:
        worklist = it.page(PageName.WORKLIST)
        before = [action.text() for action in worklist.actions()]
        for _ in range(3):
            for place in places_of(it).values():
                it.window.go(place)
        assert [action.text() for action in worklist.actions()] == before
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        count = len(it.window.findChildren(QAction))
        for place in places_of(it).values():
            it.window.go(place)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        assert len(it.window.findChildren(QAction)) == count


def test_every_menu_has_a_mnemonic_and_every_command_a_tip(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        titles = [action.text() for action in it.window.menuBar().actions()]
        marks = [title[title.index("&") + 1].lower() for title in titles]
        assert len(marks) == len(set(marks)) == 8
        assert all(action.toolTip() and action.statusTip() for action in it.window.commands.all)


def test_f6_goes_round_the_panes(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        library = it.go(PageName.LIBRARY)
        library.list.setFocus()
        press(it.window, Qt.Key.Key_F6)
        assert library.policy.isAncestorOf(it.window.focusWidget())
        press(it.window, Qt.Key.Key_F6, SHIFT)
        assert it.window.focusWidget() is library.list


def test_a_page_is_come_to_where_its_work_is_and_come_back_to_where_it_was_left(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", one_of_each) as it:
        press(it.window, Qt.Key.Key_4, CONTROL)
        page = it.page(PageName.AUDIT)
        assert it.window.focusWidget() is page.list
        page.search.words.setFocus()
        press(it.window, Qt.Key.Key_1, CONTROL)
        assert it.window.focusWidget() is it.page(PageName.WORKLIST).list
        press(it.window, Qt.Key.Key_4, CONTROL)
        assert it.window.focusWidget() is page.search.words


def test_f1_opens_the_help_of_the_page(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        it.go(PageName.AUDIT)
        it.window.commands.help_page.trigger()
        assert (it.place, it.shown.topic) == (PageName.HELP, "audit")
        assert QKeySequence("F1") in it.window.commands.help_page.shortcuts()


@pytest.mark.parametrize("zoom", [100, 200])
@pytest.mark.parametrize("page", [PageName.WORKLIST, PageName.LIBRARY, PageName.AUDIT, PageName.ADMINISTRATION, PageName.HELP])
def test_no_page_needs_more_than_the_smallest_screen(tmp_path: Path, qtbot: Any, page: PageName, zoom: int) -> None:
    with room(tmp_path / "w", one_of_each, user="ada", settings=Settings(theme="light", zoom=zoom)) as it:
        it.window.go(Place(page))
        QApplication.processEvents()
        assert it.window.width() <= 1280
        assert it.window.height() <= 680
        assert it.window.minimumSizeHint().width() <= 1280
