"""The register: what left and what came in, each with its event, and what still lies outside."""

import hashlib
import os
import stat
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from builders import NO_POLICY, UNCHECKED, FixedClock, desk_in, line, open_desk, opened, request, sit_down

from ur_desk.desk.desk import Desk
from ur_desk.desk.exports import TRAIL, StillOutside, Way
from ur_desk.desk.steps import finish
from ur_desk.domain.case import Case
from ur_desk.domain.events import Restriction
from ur_desk.errors import UserError
from ur_desk.store import places, vault
from ur_desk.store.store import Store


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path / "w") as made:
        yield made


def issued(desk: Desk) -> Case:
    case = opened(desk, line(1, "97110", "Therapeutic exercise"))
    case = desk.determinations.approve(case.id, case.revision, (1,), NO_POLICY, unchecked=UNCHECKED).value
    return finish(desk.letters.issue(case.id, case.revision)).value


def test_a_saved_letter_a_print_and_a_file_that_came_in_stand_in_the_register(desk: Desk, tmp_path: Path) -> None:
    case, letter = issued(desk), tmp_path / "letter.pdf"
    desk.letters.save(case.letters[0].id, letter)
    desk.letters.printed(case.id, case.letters[0].id)
    desk.letters.printed(case.id, None)
    (tmp_path / "request.json").write_bytes(b"[]")
    desk.exports.came_in("request file", tmp_path / "request.json", b"[]")
    desk.keeping.back_up(tmp_path / "a.backup")
    sit_down(desk, "sol")
    told = [(e.way, e.what, Path(e.path).name) for e in desk.exports.register()]
    assert told == [(Way.OUT, "letter", "letter.pdf"), (Way.OUT, "print", ""), (Way.OUT, "print", ""), (Way.IN, "request file", "request.json"),
                    (Way.OUT, "backup", "a.backup")]  # fmt: skip
    first = desk.exports.register()[0]
    assert first.sha256 == hashlib.sha256(letter.read_bytes()).hexdigest() == case.letters[0].pdf
    assert first.place == "local"
    assert desk.supervision.verification().breaks == ()
    assert [s.head.case for s in desk.supervision.timeline(case.id, looks=True) if s.head.verb == "access.file-left"] == [case.id]


def test_what_still_lies_outside_is_named_and_can_be_removed(desk: Desk, tmp_path: Path) -> None:
    case = issued(desk)
    kept, gone, changed = (tmp_path / f"{name}.pdf" for name in ("kept", "gone", "changed"))
    for path in (kept, gone, changed):
        desk.letters.save(case.letters[0].id, path)
    desk.keeping.back_up(tmp_path / "a.backup")
    gone.unlink()
    changed.write_bytes(b"another")
    (item,) = desk.exports.still_outside()
    assert (item.path, item.what, item.place) == (kept, "letter", "local")
    desk.exports.remove(item)
    assert not kept.exists()
    assert desk.exports.still_outside() == ()
    assert changed.exists()
    sit_down(desk, "sol")
    assert [e.removed for e in desk.exports.register() if e.path == str(kept)] == [True]


def test_nobody_is_asked_about_the_files_of_another_person(desk: Desk, tmp_path: Path) -> None:
    case = issued(desk)
    desk.letters.save(case.letters[0].id, tmp_path / "letter.pdf")
    sit_down(desk, "sol")
    assert desk.exports.still_outside() == ()


def test_a_file_that_is_another_one_now_is_not_removed(desk: Desk, tmp_path: Path) -> None:
    case, path = issued(desk), tmp_path / "letter.pdf"
    desk.letters.save(case.letters[0].id, path)
    (item,) = desk.exports.still_outside()
    path.write_bytes(b"the nurse's own notes")
    before = desk.store.ledger.last()
    with pytest.raises(UserError, match="not the file any more"):
        desk.exports.remove(item)
    with pytest.raises(UserError, match="not the file any more"):
        desk.exports.remove(StillOutside(tmp_path, "letter", "local", item.sha256))
    assert path.read_bytes() == b"the nurse's own notes"
    assert desk.store.ledger.last() == before


def test_a_file_that_vanished_or_lost_its_folder_is_neither_named_nor_removed(desk: Desk, tmp_path: Path) -> None:
    case, folder = issued(desk), tmp_path / "stick"
    folder.mkdir()
    desk.letters.save(case.letters[0].id, folder / "letter.pdf")
    (item,) = desk.exports.still_outside()
    (folder / "letter.pdf").unlink()
    folder.rmdir()
    assert desk.exports.still_outside() == ()
    before = desk.store.ledger.last()
    with pytest.raises(UserError, match="not the file any more"):
        desk.exports.remove(item)
    assert desk.store.ledger.last() == before


def test_a_file_that_the_system_does_not_delete_is_not_told_as_deleted(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case, path = issued(desk), tmp_path / "letter.pdf"
    desk.letters.save(case.letters[0].id, path)
    (item,) = desk.exports.still_outside()

    def refused(_path: Path, **_told: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "unlink", refused)
    before = desk.store.ledger.last()
    with pytest.raises(UserError, match="cannot be deleted: Permission denied"):
        desk.exports.remove(item)
    assert desk.store.ledger.last() == before
    assert desk.exports.still_outside() == (item,)


def test_a_file_that_is_saved_again_over_itself_is_named_once(desk: Desk, tmp_path: Path) -> None:
    case = issued(desk)
    for _ in range(3):
        desk.letters.save(case.letters[0].id, tmp_path / "letter.pdf")
    assert len(desk.exports.still_outside()) == 1
    sit_down(desk, "sol")
    assert len(desk.exports.register()) == 3


def test_a_file_may_be_read_in_while_somebody_writes(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vault, "WAIT_SECONDS", 0)
    with Store(desk.folder, "other", desk.store.key) as other, other.atomic():
        desk.exports.came_in("request file", tmp_path / "request.json", b"[]")
        assert desk.looks.waiting == 1
    sit_down(desk, "sol")
    assert [Path(e.path).name for e in desk.exports.register()] == ["request.json"]


def test_a_path_of_no_file_at_all_is_warned_of_like_its_nearest_folder(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    assert desk.exports.place(tmp_path / "Dropbox" / "not" / "there" / "letter.pdf") == "synced"


def test_a_print_of_a_case_that_is_closed_to_the_person_is_refused(desk: Desk) -> None:
    case = issued(desk)
    sit_down(desk, "sol")
    desk.fence.restrict(case.id, Restriction.SENSITIVE, "Delicate.", ["mara"])
    sit_down(desk, "osei")
    before = desk.store.ledger.last()
    with pytest.raises(UserError):
        desk.letters.printed(case.id, None)
    assert desk.store.ledger.last() == before


def test_a_link_to_a_file_is_not_the_file(desk: Desk, tmp_path: Path) -> None:
    case, path = issued(desk), tmp_path / "letter.pdf"
    desk.letters.save(case.letters[0].id, path)
    path.rename(tmp_path / "elsewhere.pdf")
    path.symlink_to(tmp_path / "elsewhere.pdf")
    assert desk.exports.still_outside() == ()


def test_a_letter_that_cannot_be_written_leaves_no_event(desk: Desk, tmp_path: Path) -> None:
    case = issued(desk)
    before = desk.store.ledger.last()
    with pytest.raises(UserError, match="cannot be written"):
        desk.letters.save(case.letters[0].id, tmp_path / "none" / "letter.pdf")
    assert desk.store.ledger.last() == before


def test_a_save_onto_a_folder_leaves_neither_bytes_nor_an_event(desk: Desk, tmp_path: Path) -> None:
    case, there = issued(desk), tmp_path / "out"
    there.mkdir()
    lying, before = set(tmp_path.rglob("*")), desk.store.ledger.last()
    for save in (
        lambda: desk.letters.save_draft(case.id, b"%PDF-1.7 draft", there),
        lambda: desk.letters.save(case.letters[0].id, there),
        lambda: desk.letters.save(case.letters[0].id, tmp_path / "a\0.pdf"),
        lambda: desk.letters.save(case.letters[0].id, Path("/")),
    ):
        with pytest.raises(UserError, match="cannot be written"):
            save()
    assert {p for p in tmp_path.rglob("*") if not p.is_relative_to(desk.folder)} == {p for p in lying if not p.is_relative_to(desk.folder)}
    assert desk.store.ledger.last() == before


def test_no_link_that_was_planted_beside_a_letter_is_followed(desk: Desk, tmp_path: Path) -> None:
    case, victim = issued(desk), tmp_path / "victim"
    victim.write_bytes(b"keep")
    for planted in ("letter.pdf.part", "letter.pdf", "letter.pdf.new"):
        (tmp_path / planted).symlink_to(victim)
    desk.letters.save(case.letters[0].id, tmp_path / "letter.pdf")
    assert victim.read_bytes() == b"keep"
    assert not (tmp_path / "letter.pdf").is_symlink()


@pytest.mark.skipif(os.name != "posix", reason="modes of files are those of POSIX")
def test_what_leaves_may_be_read_by_its_owner_only(desk: Desk, tmp_path: Path) -> None:
    case = issued(desk)
    desk.letters.save(case.letters[0].id, tmp_path / "letter.pdf")
    assert stat.S_IMODE((tmp_path / "letter.pdf").stat().st_mode) == 0o600


def test_a_file_of_which_the_event_is_not_kept_in_the_end_goes_again(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case, execute = issued(desk), desk.store._door.execute

    def full(statement: str, *values: object) -> object:
        if statement == "COMMIT":
            raise UserError("The disk is full.", "Make room.")
        return execute(statement, *values)

    before = desk.store.ledger.last()
    with monkeypatch.context() as patched:
        patched.setattr(desk.store._door, "execute", full)
        with pytest.raises(UserError, match="full"):
            desk.letters.save(case.letters[0].id, tmp_path / "letter.pdf")
    assert not (tmp_path / "letter.pdf").exists()
    assert desk.store.ledger.last() == before


@pytest.mark.parametrize(
    ("who", "leave"),
    [
        ("mara", lambda d, c, to: d.letters.save(c.letters[0].id, to)),
        ("mara", lambda d, c, to: d.letters.save_draft(c.id, b"%PDF-", to)),
        ("mara", lambda d, c, to: d.letters.printed(c.id, c.letters[0].id)),
        ("mara", lambda d, c, to: d.letters.printed(c.id, None)),
        ("mara", lambda d, c, to: d.exports.write("heads of the trail", to, b"[]")),
        ("mara", lambda d, c, to: d.trail.export(to)),
        ("sol", lambda d, c, to: d.trail.bundle(to, "nine quiet miles of open road", "The state asks.")),
    ],
)
def test_nothing_leaves_where_nothing_can_tell_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, who: str, leave: Callable[[Desk, Case, Path], object]
) -> None:
    with desk_in(tmp_path / "w") as desk:
        case = issued(desk)
    monkeypatch.setattr(places, "may_write", lambda path: False)
    reading = open_desk(tmp_path / "w", who, clock=FixedClock())
    try:
        assert reading.store.read_only
        with pytest.raises(UserError, match="open for reading only") as refused:
            leave(reading, case, tmp_path / "leak.pdf")
        assert "Nothing leaves it meanwhile" in refused.value.message
    finally:
        reading.close()
    assert [p.name for p in tmp_path.iterdir()] == ["w"]


def test_an_exported_trail_stands_in_the_register_where_it_was_written(desk: Desk, tmp_path: Path) -> None:
    issued(desk)
    desk.trail.export(tmp_path / "trail.json")
    with pytest.raises(UserError, match="cannot be written"):
        desk.trail.export(tmp_path / "nowhere" / "trail.json")
    sit_down(desk, "sol")
    (entry,) = (e for e in desk.exports.register() if e.what == TRAIL)
    assert (entry.way, Path(entry.path), entry.place) == (Way.OUT, tmp_path / "trail.json", "local")
    assert entry.sha256 == hashlib.sha256((tmp_path / "trail.json").read_bytes()).hexdigest()


def test_a_draft_that_is_saved_is_noted_too(desk: Desk, tmp_path: Path) -> None:
    case = issued(desk)
    desk.letters.save_draft(case.id, b"%PDF-1.7 draft", tmp_path / "draft.pdf")
    assert [(i.path.name, i.what) for i in desk.exports.still_outside()] == [("draft.pdf", "draft of a letter")]


def test_a_path_that_holds_no_characters_is_told_all_the_same(desk: Desk, tmp_path: Path) -> None:
    desk.exports.came_in("request file", tmp_path / "a\udcff.json", b"[]")
    sit_down(desk, "sol")
    assert desk.exports.register()[-1].path.endswith("a\\udcff.json")
    assert desk.exports.still_outside() == ()


@pytest.mark.parametrize(
    ("folder", "system", "place"),
    [
        ("OneDrive - Lindenfield Works", "ext4", "synced"),
        ("Dropbox", "ext4", "synced"),
        ("iCloud Drive", "ext4", "synced"),
        ("Google Drive", "ext4", "synced"),
        ("share", "cifs", "network"),
        ("plain", "ext4", "local"),
    ],
)
def test_a_place_from_which_data_may_go_on_is_warned_of(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str, system: str, place: str
) -> None:
    (tmp_path / folder).mkdir()
    monkeypatch.setattr(places, "file_system", lambda _folder: system)
    path = tmp_path / folder / "letter.pdf"
    assert desk.exports.place(path) == place
    assert bool(desk.exports.place_warning(path)) is (place != "local")


@pytest.mark.parametrize(
    ("platform", "folder", "drive", "taken"),
    [
        ("linux", "/media/ada/STICK/letters", 0, True),
        ("linux", "/run/media/ada/STICK", 0, True),
        ("linux", "/media", 0, False),
        ("linux", "/home/ada", 0, False),
        ("darwin", "/Volumes/STICK", 0, True),
        ("darwin", "/Users/ada", 0, False),
        ("win32", "E:/letters", 2, True),
        ("win32", "C:/letters", 3, False),
    ],
)
def test_a_medium_that_can_be_taken_along_is_told(
    monkeypatch: pytest.MonkeyPatch, platform: str, folder: str, drive: int, taken: bool
) -> None:
    monkeypatch.setattr(places.sys, "platform", platform)
    monkeypatch.setattr(places, "_drive_type", lambda _folder: drive)
    assert places.removable(Path(folder)) is taken


def test_backups_and_bundles_that_leave_stand_there_with_their_place_and_are_sealed(tmp_path: Path) -> None:
    from ur_desk.domain.workspace import WorkspaceKind

    synced = tmp_path / "Dropbox"
    for folder in (synced, tmp_path / "second"):
        folder.mkdir()
    with desk_in(tmp_path / "w", WorkspaceKind.REAL) as desk:
        desk.keeping.back_up(synced / "by-hand.urbackup")
        desk.keeping.automatic()
        desk.keeping.choose_second(tmp_path / "second")
        sit_down(desk, "mara")
        finish(desk.intake.open(request()))
        later = desk.clock.at + timedelta(days=2)  # type: ignore[attr-defined]
        desk.clock.at = later  # type: ignore[attr-defined]
        assert desk.keeping.automatic().trouble is None
        sit_down(desk, "sol")
        desk.trail.bundle(tmp_path / "trail.bundle", "nine quiet miles of open road", "The state asks.")
        told = [(e.what, Path(e.path).parent.name, e.place, e.why) for e in desk.exports.register()]
        assert told == [
            ("backup", "Dropbox", "synced", ""),
            ("backup", "second", "local", ""),
            ("bundle", tmp_path.name, "local", "The state asks."),
        ]
        assert desk.exports.still_outside() == ()
