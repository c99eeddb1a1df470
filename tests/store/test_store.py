"""The store: one file, all or nothing, nothing recreated over data."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from builders import NOW

from ur_desk.domain.audit import verify
from ur_desk.domain.events import CaseId, EventId
from ur_desk.domain.people import Account, AccountId, Role
from ur_desk.domain.policy import Sha256
from ur_desk.domain.workspace import WorkspaceCreated, WorkspaceKind
from ur_desk.errors import Busy, UserError
from ur_desk.store import vault
from ur_desk.store.blobs import PIECE
from ur_desk.store.crypto import Keys
from ur_desk.store.crypto import verify as signed
from ur_desk.store.search import match_text, match_words
from ur_desk.store.store import Store

KEY = bytes(32)
SIGNER = Keys.new()
BODY = WorkspaceCreated(WorkspaceKind.REAL, "0")


def append(store: Store, name: str, case: str | None = None) -> None:
    store.ledger.append(EventId(name), NOW, "boot", 1, AccountId("a"), "verb", CaseId(case) if case else None, BODY, SIGNER)


def half(store: Store) -> None:
    append(store, "e1")
    store.blobs.keep(b"letter")
    store.set("kind", "real")
    raise ZeroDivisionError


def test_what_is_kept_in_one_transaction_is_kept_wholly_or_not_at_all(tmp_path: Path) -> None:
    with Store(tmp_path / "w", "mara", KEY) as store:
        with pytest.raises(ZeroDivisionError), store.atomic():
            half(store)
        assert store.ledger.last()[0] == 0
        assert store.setting("kind") is None
        with pytest.raises(KeyError):
            store.blobs.get(Sha256("0" * 64))
        with store.atomic():
            append(store, "e1")
        assert store.ledger.last()[0] == 1


def test_both_chains_hold_over_a_second_opening(tmp_path: Path) -> None:
    for names in (("a", "b"), ("c", "d")):
        with Store(tmp_path / "w", "mara", KEY) as store:
            for name in names:
                with store.atomic():
                    append(store, name, "one" if name in "ad" else "two")
    with Store(tmp_path / "w", "mara", KEY) as store:
        found = verify(store.ledger.kept(), signed)
    assert found.holds
    assert found.events == 4


TAMPERINGS = [
    "UPDATE events SET verb = 'other' WHERE number = 2",
    "UPDATE events SET at = '2017-10-09T14:30:01+00:00' WHERE number = 2",
    "UPDATE events SET person = 'b' WHERE number = 2",
    "UPDATE events SET seal = previous WHERE number = 2",
    "UPDATE bodies SET data = CAST(data || x'20' AS BLOB) WHERE event = 'b'",
    "UPDATE bodies SET salt = x'00' WHERE event = 'b'",
    "DELETE FROM bodies WHERE event = 'b'; DELETE FROM events WHERE number = 2",
    "UPDATE events SET number = 9 WHERE number = 2",
]


@pytest.mark.parametrize("tampering", TAMPERINGS)
def test_a_tampered_row_shows(tmp_path: Path, tampering: str) -> None:
    with Store(tmp_path / "w", "mara", KEY) as store:
        for name in "abc":
            with store.atomic():
                append(store, name, "one")
    db = vault.connect(tmp_path / "w", KEY)
    for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        db.execute(f"DROP TRIGGER {name}")
    db.execute("PRAGMA foreign_keys = OFF")
    for statement in tampering.split(";"):
        db.execute(statement)
    db.close()
    with Store(tmp_path / "w", "mara", KEY) as store:
        assert not verify(store.ledger.kept(), signed).holds


@pytest.mark.parametrize("table", ["events", "bodies", "blobs", "blob_pieces"])
@pytest.mark.parametrize("verb", ["DELETE FROM {}", "UPDATE {} SET rowid = rowid + 1"])
def test_what_is_written_once_is_guarded(tmp_path: Path, table: str, verb: str) -> None:
    with Store(tmp_path / "w", "mara", KEY) as store, store.atomic():
        append(store, "a")
        store.blobs.keep(b"x")
    db = vault.connect(tmp_path / "w", KEY)
    with pytest.raises(vault.errors(), match="nothing is changed"):
        db.execute(verb.format(table))
    db.close()


def test_a_verb_inside_a_steady_view_is_refused_and_not_lost_in_silence(tmp_path: Path) -> None:
    with Store(tmp_path / "w", "mara", KEY) as store:
        with store.reading(), pytest.raises(RuntimeError, match="steady view"), store.atomic():
            append(store, "a")
        with store.atomic(), store.reading(), store.atomic():
            append(store, "a")
        assert store.ledger.last()[0] == 1


QUESTIONS: dict[str, Callable[[Store], object]] = {
    "setting": lambda store: store.setting("kind"),
    "accounts": lambda store: store.accounts.named("mara"),
    "case": lambda store: store.ledger.of_case(CaseId("c")),
    "steps": lambda store: list(store.ledger.steps(None)),
    "kept": lambda store: list(store.ledger.kept()),
    "blob": lambda store: store.blobs.get(Sha256("0" * 64)),
    "shelf": lambda store: store.shelf.all(),
    "letter": lambda store: store.letter_by_pdf(Sha256("0" * 64)),
    "drafts": lambda store: store.drafts.of(AccountId("a"), "new-request"),
    "profiles": lambda store: store.profiles.all(),
    "cases": lambda store: store.cases.ids(),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_error_of_the_database_passes_the_door(tmp_path: Path, question: str) -> None:
    with Store(tmp_path / "w", "mara", KEY) as store, store.atomic():
        append(store, "a")
        pieces = store._door.execute("PRAGMA page_count").fetchone()[0], int(store._door.execute("PRAGMA page_size").fetchone()[0])
    file = tmp_path / "w" / vault.DATABASE
    with Store(tmp_path / "w", "mara", KEY) as store:
        with file.open("r+b") as damaged:
            damaged.seek(pieces[1])
            damaged.write(b"\xff" * pieces[1] * (pieces[0] - 1))
        with pytest.raises(UserError, match="damaged"):
            QUESTIONS[question](store)


def test_a_statement_of_ours_that_is_wrong_is_a_bug_and_no_error_of_the_database(tmp_path: Path) -> None:
    with Store(tmp_path / "w", "mara", KEY) as store, store.atomic():
        append(store, "a")
        with pytest.raises(RuntimeError, match="refused a statement"):
            append(store, "a")


def test_nobody_writes_over_the_draft_of_somebody_else(tmp_path: Path) -> None:
    mara, osei = AccountId("m"), AccountId("o")
    with Store(tmp_path / "w", "mara", KEY) as store:
        with store.atomic():
            store.accounts.put(Account(mara, "mara", "Mara", frozenset({Role.NURSE})))
            store.accounts.put(Account(osei, "osei", "Osei", frozenset({Role.PHYSICIAN})))
            store.drafts.keep("d", mara, "new-request", None, b"one", NOW)
        with pytest.raises(UserError, match="somebody else's"), store.atomic():
            store.drafts.keep("d", osei, "new-request", None, b"two", NOW)
        with store.atomic():
            store.drafts.keep("d", mara, "new-request", None, b"three", NOW)
        assert [data for _, _, data, _ in store.drafts.of(mara, "new-request")] == [b"three"]
        assert store.drafts.of(osei, "new-request") == ()


def test_blobs_come_back_byte_for_byte_in_pieces(tmp_path: Path) -> None:
    data = bytes(range(256)) * (PIECE // 256) + b"tail"
    with Store(tmp_path / "w", "mara", KEY) as store:
        with store.atomic():
            name = store.blobs.keep(data)
            assert store.blobs.keep(data) == name
            empty = store.blobs.keep(b"")
        assert store.blobs.get(name) == data
        assert store.blobs.get(empty) == b""
        assert store.blobs.damaged() == ()


def test_a_folder_with_other_things_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UserError, match="holds other things"):
        vault.check_folder(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["notes.txt"]


def test_a_missing_folder_is_made_beside_an_existing_parent_only(tmp_path: Path) -> None:
    Store(tmp_path / "new", "mara", KEY).close()
    assert (tmp_path / "new" / vault.DATABASE).is_file()
    with pytest.raises(UserError, match="does not exist"):
        vault.check_folder(tmp_path / "no" / "new")
    with pytest.raises(UserError, match="is a file"):
        vault.check_folder(tmp_path / "new" / vault.DATABASE)


@pytest.mark.parametrize("content", [b"", b"not a database at all", b"SQLite format 3\x00" + b"\x00" * 200])
def test_a_damaged_file_is_refused_and_never_recreated(tmp_path: Path, content: bytes) -> None:
    (tmp_path / vault.DATABASE).write_bytes(content)
    if not content:
        Store(tmp_path, "mara", KEY).close()
        return
    with pytest.raises(UserError, match="damaged"):
        Store(tmp_path, "mara", KEY)
    assert (tmp_path / vault.DATABASE).read_bytes() == content


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    other = vault.driver().connect(str(tmp_path / vault.DATABASE))
    other.execute(f"PRAGMA key=\"x'{KEY.hex()}'\"")
    other.execute("CREATE TABLE mine (x)")
    other.commit()
    other.close()
    with pytest.raises(UserError, match="no workspace of this program"):
        Store(tmp_path, "mara", KEY)


def test_a_newer_workspace_is_refused(tmp_path: Path) -> None:
    Store(tmp_path / "w", "mara", KEY).close()
    db = vault.connect(tmp_path / "w", KEY)
    db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(UserError, match="newer version"):
        Store(tmp_path / "w", "mara", KEY)


def test_a_writer_who_waits_in_vain_learns_whom_it_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vault, "WAIT_SECONDS", 0.05)
    hold = (
        "import sys; from pathlib import Path; from ur_desk.store.store import Store\n"
        "s = Store(Path(sys.argv[1]), 'other-nurse', bytes(32))\n"
        "with s.atomic():\n    print('held', flush=True); sys.stdin.read()\n"
    )
    with Store(tmp_path / "w", "mara", KEY) as store:
        other = subprocess.Popen(
            [sys.executable, "-c", hold, str(tmp_path / "w")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        assert store.ledger.last()[0] == 0
        with pytest.raises(Busy, match=f"other-nurse .process {other.pid}"), store.atomic():
            append(store, "a")
        other.communicate("")
        with store.atomic():
            append(store, "a")


@pytest.mark.parametrize("typed", ['"', "a AND", "NEAR(", "*", "x-y", "M54.5", "O'Neil", "a" * 500, "\x00", "漢字 )", ""])
def test_whatever_is_typed_is_a_query_that_cannot_break(tmp_path: Path, typed: str) -> None:
    with Store(tmp_path / "w", "mara", KEY) as store:
        if query := match_text(typed):
            store.shelf.finding.texts_with(query, {})
            store.shelf.finding.marked(query, store.shelf.finding.best(query, 5))
    assert "AND" not in match_words("a AND b").replace('"AND"', "")
    assert "AND" not in match_text("a AND b").replace('"AND"', "")
