"""The check of the trail: whatever is changed in the file by hand shows, whole tables, single rows and single values."""

import contextlib
import itertools
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from builders import (
    NO_POLICY,
    NOW,
    TABLES,
    UNCHECKED,
    FixedClock,
    cites,
    confirm,
    data_key,
    desk_in,
    line,
    open_desk,
    opened,
    profile,
    request,
    sit_down,
)

from ur_desk.desk.desk import Desk
from ur_desk.desk.steps import finish
from ur_desk.domain.audit import Gone
from ur_desk.domain.determination import Determination, Reason
from ur_desk.domain.drafts import draft_of
from ur_desk.domain.events import CaseId, Restriction
from ur_desk.domain.intake.prior import Decision
from ur_desk.domain.people import Account, AccountId, Credential, Role
from ur_desk.domain.request import Kind, LineOfBusiness
from ur_desk.domain.telling import tell
from ur_desk.records.events import plain
from ur_desk.store import vault
from ur_desk.store.crypto import Keys
from ur_desk.store.projection import NOT_RECORDS, PROJECTED, WRITTEN_ONCE
from ur_desk.store.store import Store

SEARCHES = ("case_search", "shelf_search")


def document() -> bytes:
    """A payer's own document for the subject of the bundled abstract: the abstract without the mark that makes it one."""
    told = (TABLES.folder / "policies" / "RAD.00034.abstract.txt").read_text(encoding="utf-8")
    return "\n".join(row for row in told.splitlines() if "abstract" not in row.casefold()).encode()


def lived_in(desk: Desk) -> None:
    """A bit of everything: accounts, profiles, a library, cases that were decided, corrected, pended, amended, and a draft."""
    accounts, library, decide = desk.accounts, desk.library, desk.determinations
    accounts.set_roles("sol", frozenset({Role.SUPERVISOR, Role.AUDITOR}))
    accounts.enter_credential("sol", Credential("RN", "7", "IN", date(2031, 1, 1)))
    accounts.add("gone", "Gone Long", frozenset({Role.INTAKE}))
    accounts.retire("gone")
    accounts.save_profile(profile(LineOfBusiness.ERISA_SELF_FUNDED, "OH"))
    accounts.save_profile(profile(LineOfBusiness.COMMERCIAL_INSURED, "IN"))
    finish(library.load(document(), "own.txt"))
    loader = desk.person.name
    sit_down(desk, "sol")
    confirm(desk)
    sit_down(desk, loader)
    library.adopt("RAD.00034", ["fehb", "erisa_self_funded"])
    library.record_still_current("RAD.00034", "the payer's site", date(2017, 10, 6))
    case = opened(desk, line(1), line(2, "97110", "Therapeutic exercise"))
    decide.refer(case.id, case.revision, (1,), "Back pain for five months.")
    sit_down(desk, "osei")
    case = desk.review.open_record(case.id).value
    position = library.one("RAD.00034").policy.statements[0].first_line
    reason = Reason("Research has not shown that the study helps.", cites(case, position))
    decide.decide(case.id, case.revision, (1,), Determination.DENIED, reason, "Own reasoning.")
    sit_down(desk, "mara")
    other = replace(request().member, family="Brandt", member_id="DEMO-2")
    second = finish(desk.intake.open(request(line(1, "97110", "Therapeutic exercise"), member=other), b"as received")).value
    second = decide.approve(second.id, second.revision, (1,), NO_POLICY, unchecked=UNCHECKED).value
    second = finish(desk.letters.issue(second.id, second.revision)).value
    finish(desk.letters.issue(second.id, second.revision, (1,), supersedes=second.letters[0].id, reason="Misspelt."))
    third = opened(desk, line(1, "97110", "Therapeutic exercise"), kind=Kind.RENEWAL, decision=Decision(("AUTH-7", "P-1")))
    desk.review.add_note(third.id, "Called the office.")
    desk.fence.restrict(third.id, Restriction.EMPLOYEE, "Works in the plan's own office.", ["mara", "osei"])
    desk.intake.keep_draft("d1", draft_of(request()))
    desk.supervision.check_trail()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace that was lived in, closed."""
    made = tmp_path_factory.mktemp("lived") / "w"
    with desk_in(made) as desk:
        lived_in(desk)
        assert desk.supervision.verification().breaks == ()
    return made


class EnoughError(Exception):
    """Takes a tampering back."""


class Tampered:
    """A workspace in the hands of somebody who knows SQL; every change is taken back before the next."""

    def __init__(self, folder: Path) -> None:
        self.store = Store(folder, "auditor", data_key(folder, "ada"))
        self.door = self.store._door
        for (name,) in self.rows("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            self.door.execute(f"DROP TRIGGER {name}")
        self.door.execute("PRAGMA foreign_keys = OFF")
        auditor = Account(AccountId("x"), "auditor", "Auditor", frozenset({Role.AUDITOR}))
        self.desk = Desk(self.store, TABLES, auditor, FixedClock(), Keys.new())

    def rows(self, statement: str, values: Sequence[Any] = ()) -> list[Any]:
        return self.door.execute(statement, values).fetchall()

    def breaks(self, *statements: str | tuple[str, Sequence[Any]]) -> tuple[str, ...]:
        """What the check says while these changes stand."""
        told: tuple[str, ...] = ()
        with contextlib.suppress(EnoughError), self.store.atomic():
            for statement in statements:
                self.rows(*((statement,) if isinstance(statement, str) else statement))
            told = tuple(f"{b.event}: {b.message}" for b in self.desk.supervision.verification().breaks)
            raise EnoughError
        return told


@pytest.fixture(scope="module")
def tampered(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tampered]:
    copy = tmp_path_factory.mktemp("tampered") / "w"
    shutil.copytree(folder, copy)
    made = Tampered(copy)
    yield made
    made.store.close()


COVERED = (*(table.name for table in PROJECTED), *WRITTEN_ONCE)


def test_every_table_is_either_checked_or_named_as_holding_no_records(tampered: Tampered) -> None:
    tables = {name for (name,) in tampered.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
    inner = {name for name in tables if name.startswith(tuple(f"{search}_" for search in SEARCHES))}
    assert tables - inner == {*COVERED, *NOT_RECORDS}


def test_nobody_changed_anything_and_it_holds(tampered: Tampered) -> None:
    assert tampered.desk.supervision.verification().breaks == ()
    for table in COVERED:
        assert tampered.rows(f"SELECT count(*) FROM {table}")[0][0] > 0, f"nothing to tamper with in {table}"


def columns(tampered: Tampered, table: str) -> list[tuple[str, str, bool]]:
    """The columns of a table: name, type, and whether each may be empty."""
    return [(row[1], row[2], not (row[3] or row[5])) for row in tampered.rows(f"PRAGMA table_info({table})")]


def keys_of(tampered: Tampered, table: str) -> list[str]:
    """The columns that identify a row."""
    return [row[1] for row in tampered.rows(f"PRAGMA table_info({table})") if row[5]] or ["rowid"]


def some(tampered: Tampered, table: str) -> list[tuple[str, tuple[Any, ...]]]:
    """The first row of a table, the last, and one between: the condition that picks each, with its values."""
    primary = keys_of(tampered, table)
    found = tampered.rows(f"SELECT {', '.join(primary)} FROM {table} ORDER BY {', '.join(primary)}")
    picked = dict.fromkeys([found[0], found[len(found) // 2], found[-1]])
    return [(" AND ".join(f"{name} = ?" for name in primary), tuple(values)) for values in picked]


Statement = tuple[str, Sequence[Any]]
LEAST_TRIED = 900
"""How many tamperings of single rows and values the tests below try at least; `pytest -s -k counted` prints how many they are."""


def other(value: Any, kind: str) -> Any:
    """Another value of the same type."""
    if value is None:
        return 1 if kind == "INTEGER" else "x"
    if isinstance(value, bytes):
        return value + b" "
    return value + 1000 if isinstance(value, int) else value + "x"


def shorter(value: Any) -> Any:
    """The value with its end cut off."""
    return value - 1 if isinstance(value, int) else value[:-1]


def deleted(tampered: Tampered, table: str) -> Iterator[list[Statement]]:
    """Single rows; the later half of all; all but the first."""
    rows = some(tampered, table)
    for where, values in rows:
        yield [(f"DELETE FROM {table} WHERE {where}", values)]
    count = tampered.rows(f"SELECT count(*) FROM {table}")[0][0]
    keys = ", ".join(keys_of(tampered, table))
    for kept in sorted({count // 2, 1} - {count}):
        yield [(f"DELETE FROM {table} WHERE ({keys}) IN (SELECT {keys} FROM {table} ORDER BY {keys} LIMIT -1 OFFSET ?)", (kept,))]


def changed(tampered: Tampered, table: str) -> Iterator[list[Statement]]:
    """Single values: another one, none, its end cut off, nothing left of it."""
    keys = keys_of(tampered, table)
    for where, values in some(tampered, table):
        for column, kind, may_be_empty in columns(tampered, table):
            before = tampered.rows(f"SELECT {column} FROM {table} WHERE {where}", values)[0][0]
            anew = [other(before, kind)]
            if before is not None:
                anew += [None] * may_be_empty
                # a number one less might be another row's
                anew += [shorter(before)] * (before not in ("", b"") and not (isinstance(before, int) and column in keys))
                anew += [type(before)()] * (before not in ("", b"", 0) and len(str(before)) > 1)
            yield from ([(f"UPDATE {table} SET {column} = ? WHERE {where}", (value, *values))] for value in anew)


def swapped(tampered: Tampered, table: str) -> Iterator[list[Statement]]:
    """The values of two rows: each that differs, and all but what identifies them at once."""
    rows, keys = some(tampered, table), keys_of(tampered, table)
    for one, two in itertools.combinations(rows, 2):
        every: list[Statement] = []
        for column, kind, _ in columns(tampered, table):
            a, b = (tampered.rows(f"SELECT {column} FROM {table} WHERE {where}", values)[0][0] for where, values in (one, two))
            if column in keys or a == b:
                continue
            # a third value between: some must not stand there twice
            turns = ((one, other(other(a, kind), kind)), (two, a), (one, b))
            swap = [(f"UPDATE {table} SET {column} = ? WHERE {where}", (value, *values)) for (where, values), value in turns]
            every += swap
            yield swap
        if every and keys != ["rowid"]:
            yield every


KINDS = {"deleted": deleted, "changed": changed, "swapped": swapped}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("table", COVERED)
def test_every_single_change_removal_swap_and_truncation_shows(tampered: Tampered, table: str, kind: str) -> None:
    for statements in KINDS[kind](tampered, table):
        assert tampered.breaks(*statements), statements


def test_the_tamperings_are_counted(tampered: Tampered) -> None:
    tried = {kind: sum(len(list(make(tampered, table))) for table in COVERED) for kind, make in KINDS.items()}
    print(f"tamperings tried: {tried}, {sum(tried.values())} in {len(COVERED)} tables")
    assert sum(tried.values()) >= LEAST_TRIED


@pytest.mark.parametrize("table", [table.name for table in PROJECTED])
def test_a_table_that_is_emptied_shows(tampered: Tampered, table: str) -> None:
    assert tampered.breaks(f"DELETE FROM {table}")


SPOILED: dict[str, Callable[[bytes], bytes]] = {
    "words": lambda data: data.replace(b'":"', b'":"x'),
    "numbers": lambda data: data.replace(b"1", b"7").replace(b"0", b"9"),
    "hyphens": lambda data: data.replace(b"UR-", b"UR"),
    "values": lambda data: data.replace(b'":"', b'":-1,"x":"').replace(b":null", b":0"),
    "cut short": lambda data: data[:-1],
    "another form": lambda data: data.replace(b'"v":1', b'"v":2'),
}


@pytest.mark.parametrize("spoil", SPOILED)
def test_a_content_that_was_spoiled_in_any_way_shows_and_never_stops_the_check(tampered: Tampered, spoil: str) -> None:
    for event, data in tampered.rows("SELECT event, data FROM bodies"):
        spoiled = SPOILED[spoil](data)
        if spoiled != data:
            told = tampered.breaks(("UPDATE bodies SET data = ? WHERE event = ?", (spoiled, event)))
            assert f"{event}: its content was changed after it was written" in told


TAMPERINGS = {
    "a demo becomes real": ("UPDATE workspace SET value = 'real' WHERE key = 'kind'", "not what its events tell"),
    "numbers begin anew": ("UPDATE workspace SET value = '0' WHERE key LIKE 'series:%'", "not what its events tell"),
    "a nurse becomes a physician": ("UPDATE accounts SET roles = '[\"physician\"]' WHERE name = 'mara'", "(roles)"),
    "somebody is let in": (
        "INSERT INTO accounts (id, name, display, roles) VALUES ('n', 'eve', 'Eve', '[\"administrator\"]')",
        "no event tells of it",
    ),
    "a fact is added": ("INSERT INTO workspace (key, value) VALUES ('series:1999', '7')", "no event tells of it"),
    "a letter becomes another": ("UPDATE letters SET pdf = (SELECT max(sha256) FROM blobs)", "(pdf)"),
    "a search finds another case": ("UPDATE case_search SET words = 'nobody'", "the search of cases"),
    "a code is added": ("INSERT INTO case_codes (case_id, code) SELECT max(id), 'Z00.00' FROM cases", "the codes that cases"),
    "a case is doubled in the search": ("INSERT INTO case_search SELECT * FROM case_search", "the search of cases"),
    "a reading is confirmed": ("UPDATE shelf SET confirmed_by = 'Mara', confirmed_at = loaded_at WHERE abstract", "the library"),
    "all contents outside of cases are gone": (
        "DELETE FROM bodies WHERE event IN (SELECT id FROM events WHERE case_id IS NULL)",
        "its content is missing",
    ),
    "a note is gone": ("DELETE FROM bodies WHERE event IN (SELECT id FROM events WHERE verb = 'note.add')", "its content is missing"),
    "the letters are gone": (
        "DELETE FROM blobs WHERE sha256 IN (SELECT pdf FROM letters)",
        "an event names it",
    ),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_what_somebody_might_want_to_change_shows_in_plain_words(tampered: Tampered, name: str) -> None:
    statement, words = TAMPERINGS[name]
    told = tampered.breaks(statement)
    assert any(words in message for message in told), told


def test_a_kept_file_that_is_gone_without_a_trace_shows(tampered: Tampered) -> None:
    for (name,) in tampered.rows("SELECT sha256 FROM blobs"):
        told = tampered.breaks(("DELETE FROM blob_pieces WHERE sha256 = ?", (name,)), ("DELETE FROM blobs WHERE sha256 = ?", (name,)))
        assert f"{name}: a kept file is missing, and an event names it" in told


def test_a_note_that_is_gone_shows_though_the_row_was_mended(tampered: Tampered) -> None:
    noted = "SELECT id FROM events WHERE verb = 'note.add'"
    mended = "UPDATE cases SET revision = revision - 1 WHERE id = (SELECT case_id FROM events WHERE verb = 'note.add')"
    told = tampered.breaks(f"DELETE FROM bodies WHERE event IN ({noted})", mended)
    assert [message.split(": ")[1] for message in told] == ["its content is missing, and no event says that it was purged"]


def cut_off(desk: Desk, step: Callable[[Desk], Any], folder: Path) -> tuple[str, ...]:
    """What the check says after the newest step was cut off with its content, its rows left as they were."""
    step(desk)
    tampered = Tampered(folder)
    last = "(SELECT max(number) FROM events)"
    told = tampered.breaks(
        f"DELETE FROM bodies WHERE event = (SELECT id FROM events WHERE number = {last})", f"DELETE FROM events WHERE number = {last}"
    )
    tampered.store.close()
    return told


STEPS: dict[str, Callable[[Desk], Any]] = {
    "role": lambda desk: desk.accounts.set_roles("sol", frozenset({Role.AUDITOR})),
    "profile": lambda desk: desk.accounts.save_profile(replace(profile(), phone="1-800-555-0199")),
    "account": lambda desk: desk.accounts.add("new", "", frozenset({Role.AUDITOR})),
    "adoption": lambda desk: desk.library.adopt("RAD.00034", ["fehb"]),
    "case": lambda desk: desk.review.add_note(opened(desk).id, "Called."),
}


@pytest.mark.parametrize("step", STEPS)
def test_a_step_that_is_cut_off_shows_in_the_rows_that_it_left(tmp_path: Path, step: str) -> None:
    with desk_in(tmp_path / "w") as desk:
        assert cut_off(desk, STEPS[step], tmp_path / "w")


def without(folder: Path, verb: str) -> None:
    """Takes the contents of a verb's events away."""
    db = vault.connect(folder, data_key(folder, "ada"))
    db.execute("DROP TRIGGER bodies_no_delete")
    db.execute("DELETE FROM bodies WHERE event IN (SELECT id FROM events WHERE verb = ?)", [verb])
    db.close()


def test_a_step_whose_content_is_gone_is_still_told_and_the_rest_is_read(tmp_path: Path) -> None:
    with desk_in(tmp_path / "w") as desk:
        case = opened(desk)
        desk.review.add_note(case.id, "Called.")
        desk.review.add_note(case.id, "Called again.")
        without(tmp_path / "w", "note.add")
        steps = desk.supervision.timeline(case.id)
        assert [step.head.verb for step in steps[-2:]] == ["note.add", "note.add"]
        assert [step.event.body for step in steps[-2:]] == [Gone(), Gone()]
        assert tell(steps[-1].event.body) == "did something of which the content is gone."
        assert plain(steps[-1].event.body)["kind"] == "gone"
        assert steps[-1].person is not None
        assert desk.review.case(case.id).notes == ()


def test_a_case_whose_beginning_is_gone_does_not_stop_the_check(tmp_path: Path) -> None:
    with desk_in(tmp_path / "w") as desk:
        case = opened(desk)
        without(tmp_path / "w", "case.open")
        found = desk.supervision.verification()
        assert (case.id, "its events do not tell a case any more") in [(b.event, b.message) for b in found.breaks]
        assert len(desk.supervision.timeline(CaseId(case.id))) == 3


def test_a_check_writes_one_short_event_and_holds_nobody_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with desk_in(tmp_path / "w") as desk:
        opened(desk)
        began: list[bool] = []
        damaged = desk.store.blobs.damaged

        def while_another_writes() -> Any:
            with Store(tmp_path / "w", "other", desk.store.key) as other_store, other_store.atomic():
                other_store.drafts.keep("d", desk.person.id, "new-request", None, b"typed", NOW)
                began.append(True)
            return damaged()

        monkeypatch.setattr(desk.store.blobs, "damaged", while_another_writes)
        before = desk.store.ledger.last()[0]
        found = desk.supervision.check_trail()
        assert found.holds
        assert began == [True]
        assert desk.store.ledger.last()[0] == before + 1 == found.events + 1


def test_loading_the_same_document_again_changes_nothing_that_is_known_of_it(tmp_path: Path) -> None:
    with desk_in(tmp_path / "w") as desk:
        finish(desk.library.load(document(), "own.txt"))
        loader = desk.person.name
        sit_down(desk, "sol")
        confirm(desk)
        sit_down(desk, loader)
        desk.library.adopt("RAD.00034", ["fehb"])
        desk.library.record_still_current("RAD.00034", "the payer's site", date(2017, 10, 6))
        before = desk.library.all()
        assert any(item.confirmed and item.applies_to and item.still_current for item in before)
        finish(desk.library.load(document(), "own.txt", anew=True))
        assert desk.library.all() == before
        assert desk.supervision.verification().holds


def test_a_workspace_of_an_older_version_holds_though_its_events_say_less(tmp_path: Path) -> None:
    from ur_desk.desk.verbs import Act, Verb
    from ur_desk.domain.workspace import CredentialEntered, WorkspaceCreated, WorkspaceKind

    with desk_in(tmp_path / "w") as desk:
        act = Act(desk, Verb("old", frozenset(Role), "", object))
        with desk.store.atomic():
            act.on_workspace(WorkspaceCreated(WorkspaceKind.DEMO, "0.1.0"))
            desk.store.set("zone", "America/Indiana/Indianapolis")
            act.on_workspace(CredentialEntered(desk.accounts.named("sol").id, Credential("RN")))
        assert desk.accounts.named("sol").credential == Credential("RN", entered_by=desk.person.id)
        told = {b.message for b in desk.supervision.verification().breaks}
        assert told == {"its verb is none that this version of the program knows", "a workspace is created once"}


def test_a_damaged_account_is_refused_in_plain_words(tmp_path: Path) -> None:
    from ur_desk.errors import UserError

    with desk_in(tmp_path / "w"):
        pass
    db = vault.connect(tmp_path / "w", data_key(tmp_path / "w", "ada"))
    db.execute("UPDATE accounts SET roles = '[\"king\"]'")
    db.close()
    with pytest.raises(UserError, match="accounts is damaged"):
        open_desk(tmp_path / "w", "ada", clock=FixedClock())
