"""A workspace of the released version from before the vault: refused in plain words, encrypted once, and whole at every moment."""

import gzip
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from builders import CHEAP, TABLES, FixedClock, open_desk, passphrase

from ur_desk.desk import encrypting
from ur_desk.desk import workspace as opening
from ur_desk.desk.encrypting import Done, encrypt_workspace
from ur_desk.errors import BeforeVault, UserError
from ur_desk.store import before, vault

RELEASED = Path(__file__).parent.parent / "store" / "schemas" / "schema-1.db.gz"
"""Made with the released program: two people's decisions, an issued letter, a draft; every name in it is invented."""
MEMBER = b"Alvarado"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    folder = tmp_path / "w"
    folder.mkdir()
    (folder / vault.DATABASE).write_bytes(gzip.decompress(RELEASED.read_bytes()))
    return folder


def encrypted(folder: Path, user: str = "ada") -> Done:
    return encrypt_workspace(folder, user, passphrase(user), clock=FixedClock(), tables=TABLES, cost=CHEAP)


def opens_plain(folder: Path) -> bool:
    try:
        vault.check_folder(folder)
    except BeforeVault:
        return True
    return False


def test_a_workspace_from_before_the_vault_is_told_as_such_and_left_alone(old: Path) -> None:
    data = (old / vault.DATABASE).read_bytes()
    with pytest.raises(BeforeVault, match="from before the vault"):
        open_desk(old, "ada", tables=TABLES)
    assert (old / vault.DATABASE).read_bytes() == data
    assert [p.name for p in old.iterdir()] == [vault.DATABASE]


def test_every_row_comes_along_the_trail_holds_and_the_events_before_stay_unsigned(old: Path) -> None:
    done = encrypted(old)
    desk = open_desk(old, "ada", tables=TABLES)
    try:
        assert {"mara", "osei", "sol"} == set(done.codes)
        assert done.copied.rows > 100
        assert desk.supervision.verification().breaks == ()
        heads = [head for head, _ in desk.store.ledger.exported()]
        assert [bool(head.signature) for head in heads] == [number >= done.copied.events for number in range(len(heads))]
        assert heads[done.copied.events - 1].seal == done.copied.head
        case = desk.review.case(desk.review.find("UR-2017-000002"))
        assert desk.letters.pdf(case.letters[0].id).startswith(b"%PDF")
        assert desk.keeping.automatic().made is not None
    finally:
        desk.close()


def test_everybody_else_signs_in_with_a_one_time_code(old: Path) -> None:
    done = encrypted(old)
    desk = open_desk(old, "ada", tables=TABLES, clock=FixedClock())
    try:
        opening.sit_down(desk, "mara", done.codes["mara"], passphrase("mara"))
        assert desk.person.name == "mara"
        assert len(desk.store.drafts.of(desk.person.id, "entry")) == 1
    finally:
        desk.close()


def test_nothing_of_the_plain_file_lies_in_the_folder_afterwards(old: Path) -> None:
    assert MEMBER in (old / vault.DATABASE).read_bytes()
    encrypted(old)
    left = {p.name: p.read_bytes() for p in old.iterdir() if p.is_file()}
    assert set(left) == {vault.DATABASE, "keys.json"}
    assert not any(MEMBER in data for data in left.values())


def test_the_plain_bytes_are_overwritten_before_they_are_removed(old: Path) -> None:
    with (old / vault.DATABASE).open("rb") as same:
        assert MEMBER in same.read()
        encrypted(old)
        same.seek(0)
        assert MEMBER not in same.read()


def test_only_an_administrator_of_it_encrypts_a_workspace(old: Path) -> None:
    for name in ("mara", "nobody"):
        with pytest.raises(UserError, match="no administrator"):
            encrypted(old, name)
    with pytest.raises(UserError):
        encrypt_workspace(old, "ada", "short", tables=TABLES, cost=CHEAP)
    assert opens_plain(old)
    assert [p.name for p in old.iterdir()] == [vault.DATABASE]


def test_an_encrypted_workspace_is_not_encrypted_again(old: Path) -> None:
    encrypted(old)
    with pytest.raises(UserError, match="no workspace from before"):
        encrypted(old)
    open_desk(old, "ada", tables=TABLES).close()


def test_a_plain_workspace_that_is_damaged_stays_as_it_is(old: Path) -> None:
    data = bytearray((old / vault.DATABASE).read_bytes())
    data[len(data) // 2 : len(data) // 2 + 9000] = bytes(9000)
    (old / vault.DATABASE).write_bytes(data)
    with pytest.raises(UserError):
        encrypted(old)
    assert (old / vault.DATABASE).read_bytes() == data


def test_a_plain_workspace_of_which_the_trail_does_not_hold_is_not_encrypted(old: Path) -> None:
    connection = vault.driver().connect(str(old / vault.DATABASE))
    connection.execute("UPDATE cases SET member = 'Somebody else'")
    connection.commit()
    connection.close()
    with pytest.raises(UserError, match="does not hold"):
        encrypted(old)
    assert opens_plain(old)


def test_a_copy_that_is_not_what_was_copied_never_takes_its_place(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = before._digest
    monkeypatch.setattr(before, "_digest", lambda c, side, t: (honest(c, side, t)[0], side) if t == "bodies" else honest(c, side, t))
    with pytest.raises(UserError, match="is not what the workspace holds"):
        encrypted(old)
    assert opens_plain(old)


class _Cut(BaseException):
    """The process ends here."""


def _cut(*told: Any, **more: Any) -> None:
    raise _Cut


@pytest.mark.parametrize("moment", ["copied", "keyed", "keys", "link", "database", "removing"])
def test_at_every_moment_the_folder_holds_the_whole_workspace(old: Path, monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    with monkeypatch.context() as cut:
        cut.setattr(shutil, "rmtree", lambda *told, **more: None)  # a killed process tidies nothing
        match moment:
            case "copied":
                cut.setattr(encrypting, "_keyed", _cut)
            case "keyed":
                cut.setattr(before, "put_in_place", _cut)
            case "keys":
                cut.setattr(before.os, "link", _cut)
            case "link":
                cut.setattr(before.os, "replace", _after_link(os.replace))
            case "database":
                cut.setattr(before, "remove_plain", _cut)
            case _:
                cut.setattr(before, "_overwrite", _cut)
        with pytest.raises(_Cut):
            encrypted(old)
    if opens_plain(old):
        encrypted(old)
    desk = open_desk(old, "ada", tables=TABLES)
    assert desk.supervision.verification().holds
    desk.close()
    assert not any(MEMBER in p.read_bytes() for p in old.rglob("*") if p.is_file())


def _after_link(real: Callable[..., None]) -> Callable[..., None]:
    def replace(source: Path, target: Path) -> None:
        if target.name == vault.DATABASE:
            raise _Cut
        real(source, target)

    return replace
