"""One workspace's store: the connection, one transaction at a time, and the keepers of each kind of row."""

import contextlib
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from types import TracebackType

from ur_desk.domain import workspace as ws
from ur_desk.domain.audit import GENESIS, Break
from ur_desk.domain.case import Case, fold
from ur_desk.domain.events import CaseId, LetterId
from ur_desk.domain.policy import Sha256
from ur_desk.domain.workspace_told import fold as fold_workspace
from ur_desk.errors import Damaged, UserError
from ur_desk.store import rescue, vault
from ur_desk.store.addresses import Addresses
from ur_desk.store.arrivals import Arrivals
from ur_desk.store.blobs import Blobs
from ur_desk.store.cases import Cases, case_rows
from ur_desk.store.door import Door
from ur_desk.store.guard import Guard
from ur_desk.store.keyfile import KeyFile
from ur_desk.store.ledger import Ledger
from ur_desk.store.migrations import steps
from ur_desk.store.papers import Papers
from ur_desk.store.people import Accounts, Drafts, Profiles
from ur_desk.store.projection import Told, differences
from ur_desk.store.purge import Purge
from ur_desk.store.shelf import Shelf
from ur_desk.store.workspace import WorkspaceRows

SCHEMA = 5
BRIEF_MILLISECONDS = 100
"""How long a reader waits to note that it read, before it goes on and notes it later."""
DAMAGED = "a page of its file does not hold"
GONE = "The workspace's file is not where it was: its drive was taken away, or its folder moved."


class _Open(Enum):
    """What kind of transaction is open."""

    NONE = 0
    READING = 1
    WRITING = 2


class Store:
    """Opens a workspace's database with its data key, or begins one; belongs to the thread that made it.

    Writes happen inside `atomic()` only. No SQL, row or database error passes this door. `begin` says whether the tables may be
    made where there are none; `read_only` opens what may only be read.
    """

    def __init__(self, folder: Path, who: str, key: bytes, *, begin: bool = True, read_only: bool = False) -> None:
        folder.mkdir(exist_ok=True, mode=0o700)
        self.folder = folder
        self._read_only = "you may not write to its folder" if read_only else ""
        self.key = key
        self.keys = KeyFile(folder)
        self._presence = vault.Presence(folder)
        self._open = _Open.NONE
        self._db = vault.connect(folder, key, read_only=read_only)
        self._door = Door(self._db, folder, lambda: vault.connect(folder, self.key, read_only=True))
        self._file = _file_number(folder)
        try:
            with self._door.plainly():
                self._migrate(begin)
        except BaseException:
            self._db.close()
            raise
        if not read_only:
            self._presence.say(who)
        self.blobs = Blobs(self._door)
        self.purge = Purge(self._door)
        self.cases = Cases(self._door)
        self.shelf = Shelf(self._door, self.blobs)
        self.accounts = Accounts(self._door)
        self.papers = Papers(self._door)
        self.arrivals = Arrivals(self._door)
        self.drafts = Drafts(self._door)
        self.addresses = Addresses(self._door)
        self.profiles = Profiles(self._door)
        self._workspace = WorkspaceRows(self.set, self.accounts, self.profiles, self.shelf)
        guard = Guard(self.standing, lambda case: fold(case, self.ledger.of_case(case)))
        self.ledger = Ledger(self._door, lambda event: self._workspace.write(self.standing(), event), guard.check)
        self._told: tuple[int, Sha256, ws.WorkspaceState] | None = None
        self._tell_anew()

    def _tell_anew(self) -> None:
        """Rows of the library and of cases that an older version wrote are told anew, so that all is found that should be.

        Where that cannot be done now, the next opening does it.
        """
        with contextlib.suppress(UserError):
            if not self.read_only and self.shelf.of_before:
                with self.atomic():
                    self.shelf.write_anew(self.workspace().shelf.values())
            if not self.read_only and (before := self.cases.of_before()):
                with self.atomic():
                    self.cases.write_anew((case, self.ledger.of_case(case)) for case in before)

    def _migrate(self, begin: bool) -> None:
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        if version > SCHEMA:
            raise UserError(
                "The workspace was made by a newer version of this program.", "Install that version to open it. Nothing was changed."
            )
        if version == SCHEMA:
            return
        if not version and not begin:
            raise vault.damaged(self.folder / vault.DATABASE)
        if self._read_only:
            raise UserError(
                "The workspace is of an older version, and may only be read here.",
                "Give the program the right to write to it. Nothing was changed.",
            )
        if version and self.keys.exists:  # a workspace from before the vault still lies there whole
            self._keep_before(version)
        self._db.execute("BEGIN IMMEDIATE")
        try:
            if self._db.execute("PRAGMA user_version").fetchone()[0] == version:
                steps().apply(self._db)
                self._db.execute(f"PRAGMA application_id = {vault.APPLICATION_ID}")
                self._db.execute(f"PRAGMA user_version = {SCHEMA}")
            self._db.execute("COMMIT")
        except BaseException:
            self._db.execute("ROLLBACK")
            raise

    def _keep_before(self, version: int) -> None:
        """A backup of the older schema among the automatic ones, opened before it counts, so that a way back lies there."""
        from ur_desk import __version__
        from ur_desk.store.backup import FOLDER, name_of, write_backup

        place, now = self.folder / FOLDER, datetime.now(UTC)
        place.mkdir(exist_ok=True, mode=0o700)
        target = place / name_of(self.keys.read().workspace, now)
        if not target.exists():
            write_backup(
                target,
                self.copy_to,
                self.folder,
                self.key,
                lambda ring: bool(ring.slots),
                now,
                f"{__version__} before schema {version + 1}",
            )

    def copy_to(self, path: Path) -> None:
        """Writes the whole database, encrypted with the same key, to a path where nothing lies; readers and writers go on meanwhile."""
        if not self._read_only:
            self._door.execute("VACUUM INTO ?", [str(path)])
            return
        # the file itself is opened for reading only; what is written lies elsewhere
        self._door.execute("PRAGMA query_only=OFF").fetchall()
        try:
            self._door.execute("VACUUM INTO ?", [str(path)])
        finally:
            self._door.execute("PRAGMA query_only=ON").fetchall()

    @property
    def read_only(self) -> str:
        """Why nothing can be written here, in words; empty where it can."""
        return self._read_only or (DAMAGED if self._door.damaged else "")

    def only_reading(self) -> UserError | None:
        """What to say where nothing can be written here; None where it can."""
        if not self.read_only:
            return None
        way_out = f" {rescue.way_out(self.folder)}" if self._door.damaged else ""
        kind = Damaged if self._door.damaged else UserError
        return kind(
            f"The workspace is open for reading only: {self.read_only}.",
            f"What it holds can be looked at; who looks is not noted meanwhile. Nothing can be saved.{way_out}",
        )

    def _refuse_where_read_only(self) -> None:
        if refused := self.only_reading():
            raise refused
        if _file_number(self.folder) != self._file:
            raise UserError(
                GONE, "Bring it back and open the workspace anew. Nothing of this step was saved, and nothing before it was lost."
            )

    @contextlib.contextmanager
    def atomic(self) -> Iterator[None]:
        """One transaction, begun at once for writing; nested uses join it. All or nothing is kept.

        Busy where another program holds the workspace for longer than `vault.WAIT_SECONDS`; RuntimeError inside of `reading()`,
        which keeps nothing.
        """
        if self._open is _Open.READING:
            raise RuntimeError("nothing can be written inside of a steady view: it is given up at its end")
        if self._open is _Open.WRITING:
            yield
            return
        self._refuse_where_read_only()
        with self._transaction("BEGIN IMMEDIATE", _Open.WRITING):
            yield
            self._door.execute("COMMIT")

    @property
    def idle(self) -> bool:
        """Whether no transaction is open, neither a steady view nor one for writing."""
        return self._open is _Open.NONE

    @contextlib.contextmanager
    def briefly(self) -> Iterator[None]:
        """One transaction like `atomic()`, but Busy at once where another program holds the workspace for longer than a moment."""
        with self._hasty(), self.atomic():
            yield

    @contextlib.contextmanager
    def _hasty(self) -> Iterator[None]:
        """Inside, another program that holds the workspace is waited for a moment only."""
        self._door.execute(f"PRAGMA busy_timeout={BRIEF_MILLISECONDS}").fetchall()
        try:
            yield
        finally:
            self._door.execute(f"PRAGMA busy_timeout={vault.WAIT_SECONDS * 1000}").fetchall()

    @contextlib.contextmanager
    def reading(self) -> Iterator[None]:
        """A steady view of the workspace while several questions are asked; never waits for a writer."""
        if self._open is not _Open.NONE:
            yield
            return
        with self._transaction("BEGIN", _Open.READING):
            yield

    @contextlib.contextmanager
    def _transaction(self, begin: str, kind: _Open) -> Iterator[None]:
        """A transaction that is given up at its end where it was not committed inside."""
        self._door.execute(begin)
        self._open = kind
        try:
            yield
        finally:
            self._open = _Open.NONE
            # a full disk makes the database give up the transaction by itself
            if self._door.in_transaction:
                self._door.execute("ROLLBACK")

    def setting(self, key: str) -> str | None:
        """A fact of the workspace, such as its kind."""
        row = self._door.execute("SELECT value FROM workspace WHERE key = ?", [key]).fetchone()
        return str(row[0]) if row else None

    def set(self, key: str, value: str) -> None:
        """Keeps a fact of the workspace, inside the open transaction."""
        self._door.execute(
            "INSERT INTO workspace (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", [key, value]
        )

    def next_number(self, series: str) -> int:
        """The next number of a series, from 1, inside the open transaction; a number is never given twice."""
        number = int(self.setting(f"series:{series}") or "0") + 1
        self.set(f"series:{series}", str(number))
        return number

    def put_letter(self, letter: LetterId, case: CaseId, kind: str, pdf: Sha256, at: str, supersedes: LetterId | None) -> None:
        """Notes an issued letter so that its file can be told later, inside the open transaction."""
        self._door.execute("INSERT INTO letters (id, case_id, kind, pdf, issued_at) VALUES (?, ?, ?, ?, ?)", [letter, case, kind, pdf, at])
        if supersedes:
            self._door.execute("UPDATE letters SET superseded_by = ? WHERE id = ?", [letter, supersedes])

    def letter_case(self, letter: LetterId) -> CaseId | None:
        """Which case the letter is of; None where there is no such letter."""
        row = self._door.execute("SELECT case_id FROM letters WHERE id = ?", [letter]).fetchone()
        return CaseId(row[0]) if row else None

    def letter_by_pdf(self, pdf: Sha256) -> tuple[LetterId, CaseId] | None:
        """The letter whose row names these bytes, and its case; only the trail says whether it was issued."""
        row = self._door.execute("SELECT id, case_id FROM letters WHERE pdf = ?", [pdf]).fetchone()
        return (LetterId(row[0]), CaseId(row[1])) if row else None

    def workspace(self) -> ws.WorkspaceState:
        """What the events outside of cases tell, as far as their contents are there."""
        return fold_workspace(event for _, event in self.ledger.steps(None, access=False) if isinstance(event.body, ws.WORKSPACE_READ))

    def standing(self) -> ws.WorkspaceState:
        """The same as `workspace`, from what was told before and the events since: what a step rests on, and no check of the trail."""
        known, behind, seal = ws.WorkspaceState(), 0, GENESIS
        if self._told is not None and self.ledger.seal_of(self._told[0]) == self._told[1]:
            behind, seal, known = self._told
        steps = list(self.ledger.outside_cases(behind))
        state = fold_workspace((event for _, event in steps if isinstance(event.body, ws.WORKSPACE_READ)), known)
        if steps:
            newest = steps[-1][0].number
            self._told = newest, self.ledger.seal_of(newest) or seal, state
        return state

    def rows_of_case(self, case: Case) -> Iterator[Told]:
        """Every row that a case ought to have."""
        return case_rows(case)

    def rows_of_workspace(self, state: ws.WorkspaceState, last_numbers: Mapping[str, int]) -> Iterator[Told]:
        """Every other row that a workspace ought to have; `last_numbers` are the highest case numbers by series."""
        return self._workspace.told(state, last_numbers)

    def differences(self, told: Iterable[Told], aside: Collection[str] = ()) -> Iterator[Break]:
        """Every row that is missing, too many, or not as told; rows about those `aside` are not judged."""
        return differences(self._door, told, aside)

    def rekey(self, key: bytes) -> None:
        """Writes every page anew under another data key; all or nothing. Busy where another program has the file open, UserError where
        it cannot be written anew; it then stands under the key that it had."""
        self._check_room()
        before = self.key
        try:
            self._write_anew(key)
        except UserError:
            self._begin_anew(before)
            raise
        except vault.errors() as wrong:
            self._begin_anew(before)
            words = UserError("The data key could not be changed: the disk or the system refuses it.", "Nothing was lost; try again.")
            raise vault.refusal(wrong, self.folder) or words from wrong
        try:
            self._begin_anew(key)
        except Damaged:
            # the database said that it was done, and it was not
            self._begin_anew(before)
            raise self._presence.busy() from None

    def _write_anew(self, key: bytes) -> None:
        for pragma in (
            f"busy_timeout={BRIEF_MILLISECONDS}",
            "locking_mode=EXCLUSIVE",  # nobody comes in between: the lock is held until the connection ends
            "wal_checkpoint(TRUNCATE)",
        ):
            self._db.execute(f"PRAGMA {pragma}").fetchall()
        if self._db.execute("PRAGMA journal_mode=DELETE").fetchone()[0] != "delete":
            raise self._presence.busy()
        self._db.execute(f"PRAGMA rekey=\"x'{key.hex()}'\"").fetchall()

    def _begin_anew(self, key: bytes) -> None:
        """Another connection in the place of one that was told to change the key: a statement more on that one could spoil the file."""
        self._db.close()
        self.key = key
        self._door.waits()
        self._db = vault.connect(self.folder, key)
        self._door.goes_on_with(self._db)

    def _check_room(self) -> None:
        """UserError where the disk has no room for the journal that a change of every page needs."""
        size = (self.folder / vault.DATABASE).stat().st_size
        if shutil.disk_usage(self.folder).free < 2 * size:
            raise UserError("There is too little room on the disk to change the data key.", "Free some space. Nothing was changed.")

    def vacuum(self) -> None:
        """Writes the file anew without what was removed, and empties its log; not where another program has it open, or the disk is full."""
        with contextlib.suppress(UserError):
            self._door.execute("VACUUM").fetchall()
            self._door.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        """Closes the connection and drops its key; whoever asks the store for anything after that hears that it is locked."""
        self._presence.leave()
        self._door.close()
        self.key = b""

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def _file_number(folder: Path) -> tuple[int, int] | None:
    """Which file lies under the database's name, whatever is in it; None where none does."""
    try:
        told = (folder / vault.DATABASE).stat()
    except OSError:
        return None
    return told.st_dev, told.st_ino
