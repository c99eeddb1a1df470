"""What the window offers where a workspace cannot be opened: a backup in its place, a plain one encrypted."""

import gzip
import zipfile
from pathlib import Path
from typing import Any

import pytest
from accessible import unnamed
from builders import data_key, desk_in, passphrase
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from test_entrance import NEW, Hall, hall

from ur_desk.domain.trail.keeping import BackupRestored
from ur_desk.domain.workspace import WorkspaceKind
from ur_desk.store import vault
from ur_desk.store.backup import FOLDER
from ur_desk.store.keyfile import KEYS
from ur_desk.ui import mending
from ur_desk.ui.pages.encrypt import CodesPage, EncryptPage
from ur_desk.ui.pages.passphrases import ChoosePage
from ur_desk.ui.pages.restore import RestorePage, ReturnedPage
from ur_desk.ui.pages.sign_in import SignInPage
from ur_desk.ui.pages.trouble import DamagePage, TroublePage
from ur_desk.ui.pages.under_way import UnderWayPage
from ur_desk.ui.places import PageName, Place
from ur_desk.ui.widgets.inline_form import InlineForm

RELEASED = Path(__file__).parent.parent / "store" / "schemas" / "schema-1.db.gz"


@pytest.fixture
def backed_up(tmp_path: Path) -> Path:
    """A closed workspace with a backup beside it."""
    with desk_in(tmp_path / "w", WorkspaceKind.REAL) as desk:
        assert desk.keeping.automatic().made
    return tmp_path / "w"


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """A workspace of the released version from before the vault."""
    (tmp_path / "w").mkdir()
    (tmp_path / "w" / vault.DATABASE).write_bytes(gzip.decompress(RELEASED.read_bytes()))
    return tmp_path / "w"


def chosen(monkeypatch: pytest.MonkeyPatch, *files: Path) -> None:
    """Whoever is asked for a file names these."""
    monkeypatch.setattr(mending, "choose_files", lambda *told: list(files))


def told(it: Hall) -> str:
    """What the forms that are seen in the window are called."""
    return " ".join(form.accessibleName() for form in it.window.findChildren(InlineForm) if form.isVisible())


def kept(folder: Path) -> list[Path]:
    return sorted(folder.parent.glob(f"{folder.name}-before-restore-*"))


# a backup ------------------------------------------------------------------------------------------------------------------


def test_a_damaged_workspace_comes_back_from_its_backup_by_keyboard_alone(backed_up: Path, qtbot: Any) -> None:
    (backed_up / vault.DATABASE).write_bytes(b"")
    with hall(backed_up, "ada") as it:
        assert isinstance(it.page, DamagePage)
        (backup,) = (backed_up / FOLDER).iterdir()
        assert backup.name in it.page.accessibleName()
        assert not unnamed(it.page)
        it.press(Qt.Key.Key_Return)
        assert isinstance(it.page, RestorePage)
        assert it.page.who.typed() == "ada"
        assert not unnamed(it.page)
        it.type(passphrase("ada"))
        assert isinstance(it.page, ReturnedPage)
        (before,) = kept(backed_up)
        assert before.name in it.page.accessibleName()
        assert (before / vault.DATABASE).read_bytes() == b""
        it.press(Qt.Key.Key_Return)
        assert isinstance(it.page, SignInPage)
        it.type(passphrase("ada"))
        assert it.window.places.now == Place(PageName.WORKLIST)
        (back,) = it.desk.store.ledger.of_verbs(("backup.restored",))
        assert isinstance(back.body, BackupRestored)
        assert back.body.kept_as == before.name


def test_damage_that_shows_only_at_sign_in_leads_to_the_backups_too(backed_up: Path, qtbot: Any) -> None:
    with hall(backed_up, "ada") as it:
        (backed_up / vault.DATABASE).write_bytes(b"no database at all" * 1000)
        it.type(passphrase("ada"))
        assert isinstance(it.page, DamagePage)


def test_a_wrong_passphrase_restores_nothing_and_is_said_in_its_place(backed_up: Path, qtbot: Any) -> None:
    (backed_up / KEYS).unlink()
    with hall(backed_up, "ada") as it:
        it.press(Qt.Key.Key_Return)
        it.type("")
        assert it.page.row.problem == "Type the passphrase of that day."
        it.type("not the passphrase of ada")
        assert it.page.row.problem.startswith("The passphrase is wrong.")
        assert it.page.field.text() == ""
        assert kept(backed_up) == []
        it.press(Qt.Key.Key_Escape)
        assert isinstance(it.page, DamagePage)


def test_a_restore_shows_how_far_it_is_and_stops_at_a_word(backed_up: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[tuple[int, str]] = []
    tell = mending.Far.told

    def told(far: mending.Far, percent: int | None) -> None:
        assert isinstance(it.page, UnderWayPage)
        assert not unnamed(it.page)
        tell(far, percent)
        shown.append((it.page.bar.maximum(), it.page.far.text()))
        it.page.setFocus()
        it.press(Qt.Key.Key_Escape)

    monkeypatch.setattr(mending.Far, "told", told)
    (backed_up / KEYS).unlink()
    with hall(backed_up, "ada") as it:
        it.press(Qt.Key.Key_Return)
        it.type(passphrase("ada"))
        assert isinstance(it.page, RestorePage)
        assert "You stopped it." in it.page.notice.accessibleName()
        assert kept(backed_up) == []
    assert shown
    assert shown[0][0] == 100
    assert "%" in shown[0][1]


def test_once_it_takes_its_place_a_restore_is_stopped_no_more(qtbot: Any) -> None:
    page = UnderWayPage("Restoring the backup", "", stops=True)
    qtbot.addWidget(page)
    stopped: list[bool] = []
    page.stopped.connect(lambda: stopped.append(True))
    page.past_stopping()
    page.closed.emit()
    assert stopped == []
    assert UnderWayPage("Encrypting the workspace", "", stops=False).stop_button is None


def spoilt(folder: Path) -> None:
    """One page of the database does not hold any more: one that is read only when the trail is checked."""
    db = vault.connect(folder, data_key(folder, "ada"))
    page = int(db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'blob_pieces'").fetchone()[0])
    db.close()
    with (folder / vault.DATABASE).open("r+b") as file:
        file.seek((page - 1) * 4096 + 50)
        byte = file.read(1)[0]
        file.seek(-1, 1)
        file.write(bytes([byte ^ 1]))


def test_damage_that_is_met_in_the_middle_of_the_work_leads_to_the_backups(backed_up: Path, qtbot: Any) -> None:
    with hall(backed_up, "ada") as it:
        spoilt(backed_up)
        it.type(passphrase("ada"))
        assert it.window.entrance.mending.line is None
        meet(it)
        line = it.window.entrance.mending.line
        assert line is not None
        assert line.isVisible()
        assert "Nothing can be saved" in line.words
        meet(it)
        assert it.window.entrance.mending.line is line, "it is said once"
        line.button.click()
        assert isinstance(it.page, DamagePage)
        assert not line.isVisible()
        it.press(Qt.Key.Key_Escape)
        assert it.page is None
        assert line.isVisible()
        line.button.click()
        it.press(Qt.Key.Key_Return)
        assert isinstance(it.page, RestorePage)
        it.type(passphrase("ada"))
        assert isinstance(it.page, ReturnedPage)
        assert it.window.entrance.mending.line is None
        it.press(Qt.Key.Key_Return)
        it.type(passphrase("ada"))
        assert it.desk.only_reading() is None


def test_what_cannot_be_saved_in_a_damaged_workspace_leads_there_too(backed_up: Path, qtbot: Any) -> None:
    with hall(backed_up, "ada") as it:
        it.type(passphrase("ada"))
        it.desk.store._door.damaged = True
        it.window.session.write(lambda desk: desk.lock.set_minutes(10), it.window)  # type: ignore[union-attr]
        assert it.window.entrance.mending.line is not None
        assert it.window._notice is None


def test_damage_that_shows_behind_the_lock_leads_to_the_backups(backed_up: Path, qtbot: Any) -> None:
    with hall(backed_up, "ada") as it:
        it.type(passphrase("ada"))
        it.window.commands.lock.trigger()
        (backed_up / vault.DATABASE).write_bytes(b"no database at all" * 1000)
        it.type(passphrase("ada"))
        assert isinstance(it.page, DamagePage)
        assert not it.window.locking.is_locked
        it.press(Qt.Key.Key_Return)
        it.type(passphrase("ada"))
        assert isinstance(it.page, ReturnedPage)


def meet(it: Hall) -> None:
    """Read what does not hold, as a check of the trail does."""
    assert it.window.session is not None
    it.window.session.read(lambda desk: desk.store.blobs.damaged(), it.window, lambda _none: None)


def test_only_an_administrator_of_then_puts_a_backup_in_the_place_of_a_workspace(backed_up: Path, qtbot: Any) -> None:
    (backed_up / KEYS).unlink()
    with hall(backed_up, "mara") as it:
        it.press(Qt.Key.Key_Return)
        it.type(passphrase("mara"))
        assert isinstance(it.page, RestorePage)
        assert "Only an administrator" in it.page.notice.accessibleName()
        assert it.page.who.typed() == "mara"
        assert kept(backed_up) == []


def test_a_backup_from_elsewhere_is_restored_and_what_is_none_is_said(
    backed_up: Path, tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    (backup,) = (backed_up / FOLDER).iterdir()
    backup.rename(tmp_path / "copy.urbackup")
    (backed_up / KEYS).unlink()
    other, empty = tmp_path / "other.urbackup", tmp_path / "empty.urbackup"
    other.write_bytes(b"not a backup")
    with zipfile.ZipFile(empty, "w") as made:
        made.writestr("about.json", "{}")
    with hall(backed_up, "ada") as it:
        assert isinstance(it.page, DamagePage)
        assert "No backup that is still whole" in it.page.accessibleName()
        assert not hasattr(it.page, "restore_button")
        for file in (other, empty, tmp_path / "missing.urbackup"):
            chosen(monkeypatch, file)
            it.page.file_button.click()
            assert isinstance(it.page, DamagePage)
            assert it.page.notice.isVisible()
        chosen(monkeypatch)
        it.page.file_button.click()
        assert isinstance(it.page, DamagePage)
        chosen(monkeypatch, tmp_path / "copy.urbackup")
        it.page.file_button.click()
        it.type(passphrase("ada"))
        assert isinstance(it.page, ReturnedPage)


def test_a_new_machine_begins_with_a_backup(backed_up: Path, tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    (backup,) = (backed_up / FOLDER).iterdir()
    with hall(tmp_path / "new", "mara") as it:
        chosen(monkeypatch, backup)
        it.page.restore_wanted.emit()
        it.type(passphrase("mara"))
        assert isinstance(it.page, ReturnedPage)
        assert "kept beside" not in it.page.accessibleName()
        it.press(Qt.Key.Key_Return)
        it.type(passphrase("mara"))
        assert it.desk.person.name == "mara"


def test_an_administrator_who_sits_at_the_desk_restores_and_leaves_it(backed_up: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    (backup,) = (backed_up / FOLDER).iterdir()
    with hall(backed_up, "ada") as it:
        it.type(passphrase("ada"))
        it.window.go(Place(PageName.ADMINISTRATION, "backups"))
        assert it.window.host is not None
        view = it.window.host.page(PageName.ADMINISTRATION).backups  # type: ignore[attr-defined]
        chosen(monkeypatch, backup)
        view.restore_action.trigger()
        assert isinstance(it.page, RestorePage)
        it.press(Qt.Key.Key_Escape)
        assert it.page is None
        assert it.window.session is not None
        view.restore_action.trigger()
        it.type("not the passphrase of ada")
        assert it.page.row.problem
        assert it.window.session is None
        it.type(passphrase("ada"))
        assert isinstance(it.page, ReturnedPage)
        assert len(kept(backed_up)) == 1
        it.press(Qt.Key.Key_Return)
        it.type(passphrase("ada"))
        it.window.go(Place(PageName.ADMINISTRATION, "backups"))
        view = it.window.host.page(PageName.ADMINISTRATION).backups  # type: ignore[attr-defined]
        assert "made before it was restored" in view.told.last.text()


def test_a_file_that_is_no_backup_is_said_where_somebody_sits(
    backed_up: Path, tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sun.urbackup").write_bytes(b"holiday")
    with hall(backed_up, "ada") as it:
        it.type(passphrase("ada"))
        chosen(monkeypatch, tmp_path / "sun.urbackup")
        it.window.entrance.mending.restore_from_file()
        assert it.page is None
        assert it.window.notice.isVisible()


# a workspace from before the vault -----------------------------------------------------------------------------------------


def test_a_plain_workspace_is_encrypted_by_keyboard_and_each_code_is_shown_once(plain: Path, qtbot: Any) -> None:
    with hall(plain, "ada") as it:
        assert isinstance(it.page, EncryptPage)
        assert not unnamed(it.page)
        assert "no guarantee" in it.page.accessibleName()
        it.type("ada")
        it.type(NEW)
        it.type(NEW)
        codes = {}
        for number in (1, 2, 3):
            assert isinstance(it.page, CodesPage)
            assert "PIN" not in told(it)
            assert f"{number} of 3" in it.page.accessibleName()
            codes[it.page.accessibleName().split()[3]] = it.page.secret.shown
            it.press(Qt.Key.Key_Return)
        assert set(codes) == {"mara", "osei", "sol"}
        assert it.page is None
        assert "PIN" in told(it)
        assert it.desk.person.name == "ada"
        assert QApplication.clipboard().text() == ""
        left = b"".join(path.read_bytes() for path in plain.rglob("*") if path.is_file())
        assert b"Alvarado" not in left
        assert not any(code.encode() in left for code in codes.values())
        it.window.commands.sign_out.trigger()
        it.page.who.retype("mara")
        it.type(codes["mara"])
        assert isinstance(it.page, ChoosePage)


@pytest.mark.parametrize(
    ("name", "words", "said"),
    [
        ("", NEW, "Say who administers the workspace."),
        ("mara", NEW, "mara is no administrator"),
        ("nobody", NEW, "nobody is no administrator"),
        ("ada", "short", "Too short"),
    ],
)
def test_who_may_not_encrypt_changes_nothing(plain: Path, qtbot: Any, name: str, words: str, said: str) -> None:
    before = (plain / vault.DATABASE).read_bytes()
    with hall(plain, "") as it:
        it.page.name.retype(name)
        for field in (it.page.new.first, it.page.new.again):
            field.retype(words)
        it.page.commit()
        page = it.page
        assert isinstance(page, EncryptPage)
        assert said in f"{page.row.problem} {page.new.row.problem} {page.notice.accessibleName()}"
        assert page.name.typed() == name
        assert it.doorway.desk is None
    assert (plain / vault.DATABASE).read_bytes() == before


def test_one_may_look_again_whether_it_is_still_plain(plain: Path, qtbot: Any) -> None:
    with hall(plain, "ada") as it:
        (plain / vault.DATABASE).unlink()
        (plain / "holiday.txt").write_text("sun", encoding="utf-8")
        it.page.again_wanted.emit()
        assert isinstance(it.page, TroublePage)
