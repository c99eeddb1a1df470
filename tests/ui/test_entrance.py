"""Coming in and leaving by the real window: sign-in, a new workspace, the recovery key, another person, sign-out."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from accessible import unnamed
from builders import CHEAP, NOW, TABLES, FixedClock, NoShares, desk_in, passphrase, recovery_of
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget
from ui_window import one_of_each, room

from ur_desk.desk.desk import Desk
from ur_desk.desk.doorway import Doorway
from ur_desk.domain.guard.access import SignedIn, SignedOut
from ur_desk.domain.people import Role
from ur_desk.domain.workspace import WorkspaceKind
from ur_desk.settings import Settings
from ur_desk.store.keyfile import KEYS
from ur_desk.ui.jobs import InlineJobs
from ur_desk.ui.main_window import MainWindow
from ur_desk.ui.pages.disk import DiskPage
from ur_desk.ui.pages.first_run import FirstRunPage
from ur_desk.ui.pages.passphrases import ChangePage, ChoosePage, RecoverPage
from ur_desk.ui.pages.recovery_key import RecoveryKeyPage
from ur_desk.ui.pages.sign_in import SignInPage
from ur_desk.ui.pages.trouble import DamagePage, TroublePage
from ur_desk.ui.places import PageName, Place
from ur_desk.ui.theme import Appearance
from ur_desk.ui.widgets.passphrase import PassphraseEntry, strength_words
from ur_desk.ui.widgets.pin_form import PinForm

NEW = "seven yellow trains leave quietly"


class Hall:
    """A window before a closed workspace, and the doorway to it."""

    def __init__(self, window: MainWindow, doorway: Doorway) -> None:
        self.window, self.doorway = window, doorway

    @property
    def page(self) -> Any:
        return self.window.entrance.page

    @property
    def desk(self) -> Desk:
        assert self.doorway.desk is not None
        return self.doorway.desk

    def type(self, words: str, then: Qt.Key = Qt.Key.Key_Return) -> None:
        """Type into whatever has the focus, and press a key there."""
        focus = self.window.focusWidget()
        assert isinstance(focus, QLineEdit), focus
        focus.clear()
        QTest.keyClicks(focus, words)
        QTest.keyClick(focus, then)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.window.focusWidget() or self.window, key, modifiers)


@contextmanager
def hall(folder: Path, user: str = "mara", clock: FixedClock | None = None) -> Iterator[Hall]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    doorway = Doorway(folder, user, clock=clock or FixedClock(NOW + timedelta(hours=1)), tables=TABLES, cost=CHEAP, shares=NoShares())
    window = MainWindow(InlineJobs(), Appearance(app, "light", 100), Settings(theme="light"), lambda _kept: None)
    window.resize(1280, 680)
    window.show()
    window.activateWindow()
    QApplication.processEvents()
    window.ask_to_sign_in(doorway)
    try:
        yield Hall(window, doorway)
    finally:
        window.close()
        window.deleteLater()
        doorway.leave()


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    """A closed workspace with ada, mara, osei and sol."""
    with desk_in(tmp_path / "w", WorkspaceKind.REAL):
        pass
    return tmp_path / "w"


def names(hall: Hall) -> list[str]:
    return [hall.page.who.itemText(place) for place in range(hall.page.who.count())]


# signing in ----------------------------------------------------------------------------------------------------------------


def test_the_window_asks_who_comes_before_anything_is_opened(closed: Path, qtbot: Any) -> None:
    with hall(closed) as it:
        assert isinstance(it.page, SignInPage)
        assert names(it) == ["ada", "mara", "osei", "sol"]
        assert it.page.who.typed() == "mara"
        assert it.doorway.desk is None
        assert not it.window.commands.new_request.isEnabled()
        assert it.window.windowTitle() == "Utilization review desk"
        assert not unnamed(it.page)


def test_a_passphrase_typed_and_enter_open_the_worklist(closed: Path, qtbot: Any) -> None:
    with hall(closed) as it:
        it.type(passphrase("mara"))
        assert it.page is None
        assert it.desk.person.name == "mara"
        assert it.window.places.now == Place(PageName.WORKLIST)
        assert it.window.commands.new_request.isEnabled()
        assert "Mara Lindqvist" in it.window.status.words


def test_a_wrong_passphrase_is_said_in_its_place_and_stays_nowhere(closed: Path, qtbot: Any) -> None:
    with hall(closed) as it:
        it.type("not the passphrase of mara")
        assert it.page.row.problem.startswith("The passphrase is wrong.")
        assert it.page.field.text() == ""
        assert it.page.field.hasFocus()
        it.type("")
        assert "Type your passphrase" in it.page.row.problem
        it.type(passphrase("mara"))
        assert it.desk.person.name == "mara"


def test_after_many_wrong_ones_the_seconds_to_wait_are_counted_down(closed: Path, qtbot: Any) -> None:
    with hall(closed) as it:
        for _ in range(6):
            it.type("not the passphrase of mara")
        page = it.page
        assert 0 < page.seconds <= 15
        assert f"{page.seconds} s" in page.row.problem
        assert not page.sign_in_button.isEnabled()
        it.type(passphrase("mara"))
        assert it.doorway.desk is None, "the passphrase is not tried while one waits"
        waited = page.seconds
        page.count_down()
        assert page.seconds == waited - 1
        for _ in range(waited - 1):
            page.count_down()
        assert page.row.problem == ""
        assert page.sign_in_button.isEnabled()
        page.who.retype("sol")
        it.type(passphrase("sol"))
        assert it.desk.person.name == "sol"


def test_what_is_typed_is_seen_only_on_demand(qtbot: Any, qapp: QApplication) -> None:
    entry = PassphraseEntry()
    qtbot.addWidget(entry)
    assert entry.echoMode() is QLineEdit.EchoMode.Password
    entry.show_button.click()
    assert entry.echoMode() is QLineEdit.EchoMode.Normal
    entry.retype("")
    assert entry.echoMode() is QLineEdit.EchoMode.Password


def test_caps_lock_is_noticed_by_the_letters_that_come(closed: Path, qtbot: Any) -> None:
    with hall(closed) as it:
        QTest.keyClicks(it.page.field, "m")
        assert not it.page.caps.isVisible()
        QTest.keyClick(it.page.field, Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier)
        it.page.field.clear()
        qtbot.keyEvent(QTest.KeyAction.Click, it.page.field, "M", Qt.KeyboardModifier.NoModifier)
        assert it.page.caps.isVisible()
        qtbot.keyEvent(QTest.KeyAction.Click, it.page.field, "m", Qt.KeyboardModifier.NoModifier)
        assert not it.page.caps.isVisible()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "At least 14 characters, or 5 words"),
        ("short one", "Too short yet: 9 of 14 characters, 2 of 5 words."),
        ("aaaaaaaaaaaaaaaa", "repeats itself"),
        ("passwordpassword", "many people would try first"),
        ("mara mara mara mara", "repeats itself"),
        (NEW, "Good: 33 characters, 5 words."),
    ],
)
def test_the_strength_of_a_passphrase_is_told_in_words(typed: str, said: str) -> None:
    assert said in strength_words(typed, ("mara",))


def test_keys_that_are_missing_are_told_and_one_may_look_again(closed: Path, qtbot: Any) -> None:
    keys = (closed / KEYS).read_bytes()
    (closed / KEYS).unlink()
    with hall(closed) as it:
        assert isinstance(it.page, DamagePage)
        assert KEYS in it.page.accessibleName()
        (closed / KEYS).write_bytes(keys)
        it.page.again_button.click()
        assert isinstance(it.page, SignInPage)


def test_a_damaged_file_of_keys_is_told_without_beginning_anew(closed: Path, qtbot: Any) -> None:
    (closed / KEYS).write_bytes(b"{ not keys")
    with hall(closed) as it:
        assert isinstance(it.page, DamagePage)
        assert "damaged" in it.page.accessibleName()


def test_a_folder_with_other_things_is_no_place_for_a_workspace(tmp_path: Path, qtbot: Any) -> None:
    (tmp_path / "w").mkdir()
    (tmp_path / "w" / "holiday.txt").write_text("sun", encoding="utf-8")
    with hall(tmp_path / "w") as it:
        assert isinstance(it.page, TroublePage)
    assert [p.name for p in (tmp_path / "w").iterdir()] == ["holiday.txt"]


# one-time codes ------------------------------------------------------------------------------------------------------------


def test_a_one_time_code_asks_for_a_passphrase_of_ones_own(closed: Path, qtbot: Any) -> None:
    with hall(closed, "ada") as it:
        it.type(passphrase("ada"))
        code = it.desk.accounts.add("nia", "Nia Okafor", frozenset({Role.NURSE})).value.code
        it.window.commands.sign_out.trigger()
        it.page.who.retype("nia")
        it.type(code)
        assert isinstance(it.page, ChoosePage)
        it.type("short")
        assert it.window.focusWidget() is it.page.new.again
        it.type("short")
        assert it.page.new.row.problem == "Too short yet: 5 of 14 characters, 1 of 5 words."
        it.page.new.first.setFocus()
        it.type(NEW)
        it.type(f"{NEW} now")
        assert "not the same" in it.page.new.again_row.problem
        it.type(NEW)
        assert it.desk.person.name == "nia"
        it.window.commands.sign_out.trigger()
        it.page.who.retype("nia")
        it.type(code)
        assert it.page.row.problem.startswith("The passphrase is wrong.")
        it.type(NEW)
        assert it.desk.person.name == "nia"


# a new workspace -----------------------------------------------------------------------------------------------------------


def begun(it: Hall) -> None:
    """Begin a workspace by the keyboard alone."""
    assert isinstance(it.page, FirstRunPage)
    it.page.setFocus()
    it.type("ada")
    it.type("Ada Byron")
    it.type(NEW)
    it.type(NEW)


def test_a_new_workspace_is_begun_by_keyboard_and_leads_to_recovery_key_and_disk(tmp_path: Path, qtbot: Any) -> None:
    with hall(tmp_path / "w", "") as it:
        begun(it)
        assert (it.desk.person.name, it.desk.person.display) == ("ada", "Ada Byron")
        page = it.page
        assert isinstance(page, RecoveryKeyPage)
        it.press(Qt.Key.Key_Return)
        seen = []
        for part in (1, 2):
            assert page.part == part
            seen.append(page.secret.shown)
            assert seen[-1] not in "".join(label.text() for label in page.findChildren(QLabel) if label.parent() is not page.secret)
            it.type("WRONG")
            assert page.part == part
            assert "not the last group" in page.row.problem
            it.type(page.secret.shown.rpartition("-")[2].lower())
            if part == 1:
                assert page.part == 0
                assert page.secret.shown == ""
                it.press(Qt.Key.Key_Return)
        assert page.secret.shown == ""
        assert it.desk.vault.standing().recovery
        it.press(Qt.Key.Key_Return)
        assert isinstance(it.page, DiskPage)
        assert not it.desk.vault.standing().disk
        it.press(Qt.Key.Key_Return)
        assert it.page is None
        told = it.desk.vault.standing().disk
        assert told is not None
        assert told.encrypted is True
        assert it.window.reminders is not None
        assert it.window.reminders.shown == []
        assert QApplication.clipboard().text() == ""
        left = b"".join(path.read_bytes() for path in (tmp_path / "w").rglob("*") if path.is_file())
        assert not any(part.encode() in left or part.replace("-", "").encode() in left for part in seen)
        it.window.commands.sign_out.trigger()
        it.page.recovery_wanted.emit("ada")
        assert isinstance(it.page, RecoverPage)
        for field, words in zip(
            (*it.page.parts, it.page.new.first, it.page.new.again), (*reversed(seen), f"{NEW} now", f"{NEW} now"), strict=True
        ):
            field.retype(words)
        it.page.commit()
        assert it.desk.person.name == "ada"
        assert it.window.reminders.shown, "the key is used up: a new one is asked for"


def test_one_thing_is_asked_at_a_time_and_a_pin_is_offered_last(tmp_path: Path, qtbot: Any) -> None:
    with hall(tmp_path / "w", "") as it:
        begun(it)
        (pin,) = it.window.findChildren(PinForm)
        assert isinstance(it.page, RecoveryKeyPage)
        assert not pin.isVisible()
        it.press(Qt.Key.Key_Escape)
        assert isinstance(it.page, DiskPage)
        assert not pin.isVisible()
        it.page.no_button.click()
        assert it.page is None
        assert pin.isVisible()
        assert it.window.host is not None
        worklist: Any = it.window.host.page(PageName.WORKLIST)
        assert worklist.empty.begins  # it was read while the commands were shut
        pin.entry("pin").setFocus()
        pin.close_button.click()
        assert not pin.isVisible()
        assert it.window.host.isAncestorOf(it.window.focusWidget())
        it.window.commands.passphrase.trigger()
        it.page.closed.emit()
        assert not pin.isVisible()  # who went without it is not asked again


def test_what_is_put_off_is_reminded_of_at_each_start_and_asked_weekly(tmp_path: Path, qtbot: Any) -> None:
    clock = FixedClock()
    with hall(tmp_path / "w", "", clock) as it:
        begun(it)
        it.press(Qt.Key.Key_Escape)
        it.page.no_button.click()
        assert not it.desk.vault.standing().recovery
        reminders = it.window.reminders
        assert reminders is not None
        assert [line.words.partition(":")[0] for line in reminders.shown] == ["There is no recovery key"]
        it.window.commands.sign_out.trigger()
        clock.at += timedelta(days=8)
        it.type(NEW)
        assert it.window.reminders is not None
        assert len(it.window.reminders.shown) == 2
        assert all(line.isVisible() for line in it.window.reminders.shown)
        it.window.reminders.shown[1].button.click()
        it.page.yes_button.click()
        assert len(it.window.reminders.shown) == 1
        it.window.reminders.shown[0].button.click()
        assert isinstance(it.page, RecoveryKeyPage)


def test_a_nurse_is_reminded_of_nothing(closed: Path, qtbot: Any) -> None:
    with hall(closed) as it:
        it.type(passphrase("mara"))
        assert it.window.reminders is not None
        assert it.window.reminders.shown == []


def test_a_name_is_needed_and_a_weak_passphrase_begins_nothing(tmp_path: Path, qtbot: Any) -> None:
    with hall(tmp_path / "w", "") as it:
        it.page.commit()
        assert it.page.row.problem
        it.page.name.retype("ada byron lovelace")
        it.page.new.first.retype("ada byron lovelace")
        it.page.new.again.retype("ada byron lovelace")
        it.page.commit()
        assert it.page.new.row.problem
        assert it.doorway.desk is None
        assert not (tmp_path / "w").exists()


def test_recovery_parts_that_do_not_fit_open_nothing(closed: Path, qtbot: Any) -> None:
    with hall(closed, "ada") as it:
        it.type(passphrase("ada"))
        parts = recovery_of(it.desk)
        it.window.commands.sign_out.trigger()
        it.page.recovery_wanted.emit("ada")
        page = it.page
        page.commit()
        assert all(row.problem for row in page.rows)
        for field, words in zip((*page.parts, page.new.first, page.new.again), (parts.first, parts.first, NEW, NEW), strict=True):
            field.retype(words)
        page.commit()
        assert "do not open this workspace" in page.notice.accessibleName()
        assert it.doorway.desk is None
        it.press(Qt.Key.Key_Escape)
        assert isinstance(it.page, SignInPage)


# another person, and nobody ------------------------------------------------------------------------------------------------


def words_in(window: QWidget) -> str:
    """Everything that a widget of the window holds or shows, models and titles too."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    told = []
    for widget in window.findChildren(QWidget):
        told += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip(), widget.windowTitle()]
        if isinstance(widget, QLabel | QLineEdit):
            told.append(widget.text())
        if isinstance(widget, QPlainTextEdit):
            told.append(widget.toPlainText())
        model = getattr(widget, "model", None)
        found = model() if callable(model) else model
        if found is not None:
            told += [str(found.index(row, 0).data()) for row in range(found.rowCount())]
    return "\n".join(told)


def test_signing_out_leaves_nothing_of_a_patient_in_the_window(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", one_of_each) as it:
        for page in (PageName.WORKLIST, PageName.AUDIT, PageName.ENTRY, PageName.REVIEW):
            it.window.go(Place(page))
        row = it.page(PageName.WORKLIST).cases.line(0).row
        it.window.go(Place(PageName.REVIEW, row.id))
        it.window.top_bar.find_field.setText("Aldous")
        assert "Aldous" in words_in(it.window)
        it.window.commands.sign_out.trigger()
        after = words_in(it.window)
        for private in ("Aldous", "Brandt", "DEMO-000001", "UR-2017-000001", "Lindqvist"):
            assert private not in after, private
        assert it.window.host is None
        assert it.window.places.now is None
        assert not it.window.commands.sign_out.isEnabled()
        assert isinstance(it.window.entrance.page, SignInPage)


def test_a_person_who_sits_down_signs_the_other_out_and_finds_the_window_as_new(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", one_of_each) as it:
        row = it.page(PageName.WORKLIST).cases.line(0).row
        it.window.go(Place(PageName.REVIEW, row.id))
        it.window.top_bar.account_chosen.emit("sol")
        it.window.entrance.page.closed.emit()
        assert it.desk.person.name == "mara"
        assert it.window.places.now == Place(PageName.REVIEW, row.id)
        assert it.window.commands.new_request.isEnabled()
        before = it.window.host
        it.sit("sol")
        assert it.window.host is not before
        assert it.window.places.now == Place(PageName.WORKLIST)
        assert not it.window.places.can_go_back
        said = [type(e.body).__name__ for _head, e in it.desk.store.ledger.steps(None) if isinstance(e.body, SignedIn | SignedOut)]
        assert said[-2:] == ["SignedOut", "SignedIn"]


def test_the_passphrases_of_invented_people_stand_on_the_card_and_nobody_elses(tmp_path: Path, closed: Path, qtbot: Any) -> None:
    with room(tmp_path / "demo") as it:
        it.window.top_bar.account_chosen.emit("osei")
        page = it.window.entrance.page
        assert page.field.text() == passphrase("osei")
        assert passphrase("osei") in page.field.accessibleDescription()
        page.who.retype("sol")
        assert page.field.text() == passphrase("sol")
    with hall(closed) as real:
        assert real.page.field.text() == ""


def test_whoever_is_refused_leaves_the_other_at_the_desk(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        it.window.top_bar.account_chosen.emit("sol")
        page = it.window.entrance.page
        page.field.retype("not the passphrase of sol")
        page.commit()
        assert page.row.problem.startswith("The passphrase is wrong.")
        assert it.desk.person.name == "mara"
        assert it.window.session is not None
        assert it.window.session.person.name == "mara"


def test_while_a_card_covers_the_window_no_page_can_be_reached(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", user="ada") as it:
        it.window.commands.passphrase.trigger()
        assert isinstance(it.window.entrance.page, ChangePage)
        for action in (*it.window.commands.pages.values(), it.window.commands.palette, it.window.commands.new_request):
            assert not action.isEnabled()
        QTest.keyClick(it.window.focusWidget(), Qt.Key.Key_Escape)
        assert it.window.entrance.page is None
        assert it.window.commands.administration.isEnabled()


def test_a_passphrase_is_changed_by_whoever_knows_it(closed: Path, qtbot: Any) -> None:
    with hall(closed) as it:
        it.type(passphrase("mara"))
        it.window.commands.passphrase.trigger()
        it.type("not the passphrase of mara")
        it.type(NEW)
        it.type(NEW)
        assert it.page.row.problem.startswith("The passphrase is wrong.")
        it.type(passphrase("mara"))
        it.type(NEW)
        it.type(NEW)
        assert it.page is None
        assert it.window.status.words == "Your passphrase is changed"
        it.window.commands.sign_out.trigger()
        it.type(passphrase("mara"))
        assert it.page.row.problem
        it.type(NEW)
        assert it.desk.person.name == "mara"
