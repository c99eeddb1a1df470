"""Many documents in one go: each whole or not at all, nothing lost, and what was refused with its reason."""

import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from builders import confirm, desk_in, sit_down

from ur_desk.desk import importing
from ur_desk.desk.desk import Desk
from ur_desk.desk.importing import files_in
from ur_desk.desk.steps import finish
from ur_desk.domain.workspace import PolicyLoaded
from ur_desk.errors import Busy, Forbidden, UserError


def document(number: int) -> str:
    return f"""Medical Policy
Subject: Lamp Study of the Foot {number}
Document #: XYZ.{number:05} Current Effective Date: 03/15/2016

Position Statement

The lamp study of the foot is considered investigational and not medically necessary.

Coding
97799 Walking study
"""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path / "w") as it:
        sit_down(it, "mara")
        yield it


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "documents"
    (place / "more").mkdir(parents=True)
    for number in range(1, 7):
        (place / ("more" if number > 4 else ".") / f"{number}.txt").write_text(document(number), encoding="utf-8")
    return place


def shelved(desk: Desk) -> set[str]:
    return {row.card.policy for row in desk.library.listed().rows} - {"RAD.00034"}


def whole(desk: Desk) -> None:
    """Every text on the shelf has its reading, its text, its file and its event, and nothing lies there besides."""
    assert desk.supervision.verification().breaks == ()
    loads = [event.body for event in desk.store.ledger.of_verbs(["policy.load"])]
    assert {load.policy for load in loads if isinstance(load, PolicyLoaded)} == shelved(desk)
    for load in loads:
        assert {load.text, load.reading, load.file} <= desk.store.blobs.names()


def test_a_folder_comes_in_with_all_below_it(desk: Desk, folder: Path) -> None:
    told, start = desk.library.documents([folder])
    assert (told.total, told.left) == (6, 6)
    assert finish(start()).value is told
    assert (told.new, told.refused, told.left) == (6, [], 0)
    assert shelved(desk) == {f"XYZ.{number:05}" for number in range(1, 7)}
    assert len(list(desk.store.ledger.of_verbs(["access.file-came-in"]))) == 6
    whole(desk)


def test_each_refused_file_is_listed_with_its_reason_and_stops_no_other(desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "0-empty.txt").write_bytes(b"")
    (folder / "1-notes.txt").write_text("Buy milk.", encoding="utf-8")
    (folder / "2-picture.pdf").write_bytes(b"\x89PNG\r\n")
    (folder / "3-broken.pdf").write_bytes(b"%PDF-1.4 broken")
    (folder / "4-large.txt").write_bytes(b"x" * 9000)
    monkeypatch.setattr(importing, "MAX_BYTES", 8000)
    told, start = desk.library.documents([folder, folder / "missing.txt"])
    finish(start())
    assert {item.file.name for item in told.refused} == {
        "0-empty.txt", "1-notes.txt", "2-picture.pdf", "3-broken.pdf", "4-large.txt", "missing.txt",
    }  # fmt: skip
    assert all(item.message.endswith((".", "saved.")) for item in told.refused)
    assert told.new == 6
    assert told.done == told.total == 12
    whole(desk)


def test_a_file_that_is_named_twice_or_lies_there_twice_comes_in_once(desk: Desk, folder: Path) -> None:
    (folder / "copy.txt").write_text(document(1), encoding="utf-8")
    told, start = desk.library.documents([folder, folder / "1.txt"])
    finish(start())
    assert (told.total, told.new, [item.file.name for item in told.loaded if item.before]) == (7, 6, ["copy.txt"])
    again, start = desk.library.documents([folder])
    finish(start())
    assert (again.new, len(again.loaded)) == (0, 7)
    assert len(list(desk.store.ledger.of_verbs(["policy.load"]))) == 6
    whole(desk)


@pytest.mark.parametrize("stop_after", [1, 2, 3, 5, 8, 11])
def test_called_off_between_any_two_steps_no_half_policy_is_left(desk: Desk, folder: Path, stop_after: int) -> None:
    told, start = desk.library.documents([folder])
    steps = start()
    step = next(steps)
    for _ in range(stop_after):
        step = steps.send(step.run())
    steps.close()
    assert told.done == stop_after // 2 == len(shelved(desk))
    assert told.left == 6 - stop_after // 2
    whole(desk)


def test_what_stops_a_transaction_half_way_leaves_nothing_of_that_document(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = desk.store.ledger.append

    def struck(*told: object) -> object:
        if len(shelved(desk)) == 3 and told[5] == "policy.load":
            raise KeyboardInterrupt
        return real(*told)  # type: ignore[arg-type]

    monkeypatch.setattr(desk.store.ledger, "append", struck)
    told, start = desk.library.documents([folder])
    with pytest.raises(KeyboardInterrupt):
        finish(start())
    monkeypatch.undo()
    assert (told.new, len(shelved(desk))) == (3, 3)
    whole(desk)


def test_where_another_program_holds_the_workspace_the_rest_is_not_tried_and_what_came_in_stays(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = importing._keep

    def held(it: Desk, file: Path, *more: object) -> bool:
        if file.name == "3.txt":
            raise Busy("Held.", "Wait.")
        return real(it, file, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(importing, "_keep", held)
    told, start = desk.library.documents([folder])
    with pytest.raises(UserError, match="Held"):
        finish(start())
    assert (told.new, told.refused, told.left) == (2, [], 4)
    whole(desk)


def test_who_may_load_no_policy_loads_no_folder_either(desk: Desk, folder: Path) -> None:
    sit_down(desk, "osei")
    _, start = desk.library.documents([folder])
    with pytest.raises(Forbidden):
        finish(start())
    assert shelved(desk) == set()


def test_what_a_folder_holds_and_is_not_read_is_listed_with_the_reason(desk: Desk, folder: Path) -> None:
    (folder / ".hidden").mkdir()
    (folder / ".hidden" / "x.txt").write_text("x", encoding="utf-8")
    (folder / ".DS_Store").write_text("x", encoding="utf-8")
    (folder / "link.txt").symlink_to(folder / "1.txt")
    (folder / "nowhere.txt").symlink_to(folder / "missing")
    (folder / "round").symlink_to(folder, target_is_directory=True)
    files, skipped = files_in([folder])
    assert [file.name for file in files] == ["1.txt", "2.txt", "3.txt", "4.txt", "5.txt", "6.txt"]
    assert [(skip.file.name, skip.why.split(".")[0].split(",")[0]) for skip in skipped] == [
        (".hidden", "A hidden folder"),
        ("round", "A symbolic link"),
        (".DS_Store", "A hidden file"),
        ("link.txt", "A symbolic link"),
        ("nowhere.txt", "A symbolic link"),
    ]
    told, start = desk.library.documents([folder])
    finish(start())
    assert (told.skipped, told.new, told.refused) == (skipped, 6, [])


def test_a_file_that_is_named_itself_is_read_though_it_is_hidden_or_a_link(desk: Desk, folder: Path) -> None:
    (folder / "1.txt").rename(folder / ".1.txt")
    (folder / "link.txt").symlink_to(folder / "2.txt")
    told, start = desk.library.documents([folder / ".1.txt", folder / "link.txt"])
    finish(start())
    assert (told.new, told.skipped) == (2, ())


def test_a_folder_that_cannot_be_opened_is_listed_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.scandir

    def closed(place: str) -> object:
        if Path(place).name == "more":
            raise PermissionError(13, "Permission denied", place)
        return real(place)

    monkeypatch.setattr(os, "scandir", closed)
    files, skipped = files_in([folder])
    assert [file.name for file in files] == ["1.txt", "2.txt", "3.txt", "4.txt"]
    assert [(skip.file.name, skip.why) for skip in skipped] == [("more", "The folder cannot be opened: Permission denied.")]


def test_no_document_that_came_in_is_held_in_memory(desk: Desk, folder: Path) -> None:
    _, start = desk.library.documents([folder])
    finish(start())
    assert desk.library._readings == {}


def test_a_document_that_was_confirmed_stays_so_when_its_folder_comes_in_again(desk: Desk, folder: Path) -> None:
    _, start = desk.library.documents([folder])
    finish(start())
    sit_down(desk, "sol")
    confirm(desk, "XYZ.00001")
    (folder / "1.txt").rename(folder / "renamed.txt")
    told, start = desk.library.documents([folder])
    finish(start())
    assert desk.library.one("XYZ.00001").confirmed is not None
    known = {each.policy: each.known for each in told.loaded}
    assert "loaded by Mara Lindqvist on" in known["XYZ.00001"]
    assert "confirmed by Sol Reyes on" in known["XYZ.00001"]
    assert "not confirmed yet" in known["XYZ.00002"]
    assert not any(draft.waits for draft in (desk.readings.draft("XYZ.00001"),))


def test_a_folder_read_anew_begins_drafts_beside_what_is_confirmed_and_of_nothing_else(desk: Desk, folder: Path) -> None:
    _, start = desk.library.documents([folder])
    finish(start())
    sit_down(desk, "sol")
    confirm(desk, "XYZ.00001")
    told, start = desk.library.documents([folder], anew=True)
    finish(start())
    assert [each.policy for each in told.loaded if not each.before] == ["XYZ.00001"]
    assert desk.readings.draft("XYZ.00001").beside


class Growing(type(Path())):  # type: ignore[misc]
    """A file to which somebody goes on writing after its size was asked."""

    asked: list[int]

    def open(self, *_how: Any, **_more: Any) -> Any:
        told = self.asked = []

        class Endless(io.RawIOBase):
            def read(self, size: int = -1) -> bytes:
                told.append(size)
                return b"x" * (size if size >= 0 else 10**6)

        return Endless()


def test_a_file_that_grows_is_read_up_to_the_limit_and_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "MAX_BYTES", 2**20)
    (tmp_path / "small.txt").write_text("x", encoding="utf-8")
    file = Growing(tmp_path / "small.txt")
    with pytest.raises(UserError, match="larger than 1 MB"):
        importing.read_bytes(file)
    assert file.asked == [2**20 + 1]


def test_a_file_just_as_large_as_the_limit_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "MAX_BYTES", 10)
    file = tmp_path / "ten.txt"
    file.write_bytes(b"x" * 10)
    assert importing.read_bytes(file) == b"x" * 10
    file.write_bytes(b"x" * 11)
    with pytest.raises(UserError, match="larger than"):
        importing.read_bytes(file)
