"""One workspace's store: the connection, one transaction at a time, and the keepers of each kind of row."""

import contextlib
import secrets
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from ur_desk.domain.case import Case
from ur_desk.domain.events import CaseId, LetterId
from ur_desk.domain.policy import Sha256
from ur_desk.errors import UserError
from ur_desk.store import vault
from ur_desk.store.blobs import Blobs
from ur_desk.store.cases import Cases, case_row
from ur_desk.store.ledger import Ledger
from ur_desk.store.migrations import steps
from ur_desk.store.people import Accounts, Drafts, Profiles
from ur_desk.store.shelf import Shelf

SCHEMA = 1


class Store:
    """Opens a workspace's database, or begins one; belongs to the thread that made it.

    Writes happen inside `atomic()` only. No SQL, row or database error passes this door.
    """

    def __init__(self, folder: Path, who: str) -> None:
        vault.check_folder(folder)
        folder.mkdir(exist_ok=True, mode=0o700)
        self.folder = folder
        self._presence = vault.Presence(folder)
        self._depth = 0
        self._db = vault.connect(folder)
        try:
            with self._plainly():
                self._migrate()
        except BaseException:
            self._db.close()
            raise
        self._presence.say(who)
        self.blobs = Blobs(self._db)
        self.ledger = Ledger(self._db)
        self.cases = Cases(self._db)
        self.shelf = Shelf(self._db, self.blobs)
        self.accounts = Accounts(self._db)
        self.drafts = Drafts(self._db)
        self.profiles = Profiles(self._db)

    def _migrate(self) -> None:
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        if version > SCHEMA:
            raise UserError(
                "The workspace was made by a newer version of this program.", "Install that version to open it. Nothing was changed."
            )
        if version == SCHEMA:
            return
        if version:
            self._db.execute("VACUUM INTO ?", [str(self.folder / f"before-schema-{SCHEMA}-{secrets.token_hex(4)}.db")])
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

    @contextlib.contextmanager
    def atomic(self) -> Iterator[None]:
        """One transaction, begun at once for writing; nested uses join it. All or nothing is kept.

        Busy where another program holds the workspace for longer than `vault.WAIT_SECONDS`.
        """
        if self._depth:
            yield
            return
        with self._plainly():
            self._db.execute("BEGIN IMMEDIATE")
            self._depth = 1
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            finally:
                self._depth = 0

    @contextlib.contextmanager
    def reading(self) -> Iterator[None]:
        """A steady view of the workspace while several questions are asked; never waits for a writer."""
        if self._depth:
            yield
            return
        with self._plainly():
            self._db.execute("BEGIN")
            self._depth = 1
            try:
                yield
            finally:
                self._db.execute("ROLLBACK")
                self._depth = 0

    @contextlib.contextmanager
    def _plainly(self) -> Iterator[None]:
        """Turns the database's own errors into words."""
        try:
            yield
        except vault.errors() as wrong:
            told = str(wrong).lower()
            if "locked" in told or "busy" in told:
                raise self._presence.busy() from wrong
            if "malformed" in told or "not a database" in told:
                raise vault.damaged(self.folder / vault.DATABASE) from wrong
            if "full" in told or "readonly" in told or "disk i/o" in told:
                raise UserError(
                    "The workspace cannot be written to.",
                    "Free some space or check the folder's rights; nothing of this step was saved, and nothing before it was lost.",
                ) from wrong
            raise

    def setting(self, key: str) -> str | None:
        """A fact of the workspace, such as its kind."""
        row = self._db.execute("SELECT value FROM workspace WHERE key = ?", [key]).fetchone()
        return str(row[0]) if row else None

    def set(self, key: str, value: str) -> None:
        """Keeps a fact of the workspace, inside the open transaction."""
        self._db.execute(
            "INSERT INTO workspace (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", [key, value]
        )

    def next_number(self, series: str) -> int:
        """The next number of a series, from 1, inside the open transaction; a number is never given twice."""
        number = int(self.setting(f"series:{series}") or "0") + 1
        self.set(f"series:{series}", str(number))
        return number

    def put_letter(self, letter: LetterId, case: CaseId, kind: str, pdf: Sha256, at: str, supersedes: LetterId | None) -> None:
        """Notes an issued letter so that its file can be told later, inside the open transaction."""
        self._db.execute("INSERT INTO letters (id, case_id, kind, pdf, issued_at) VALUES (?, ?, ?, ?, ?)", [letter, case, kind, pdf, at])
        if supersedes:
            self._db.execute("UPDATE letters SET superseded_by = ? WHERE id = ?", [letter, supersedes])

    def letter_pdf(self, letter: LetterId) -> Sha256 | None:
        """Under which hash the letter's bytes are kept; None where there is no such letter."""
        row = self._db.execute("SELECT pdf FROM letters WHERE id = ?", [letter]).fetchone()
        return Sha256(row[0]) if row else None

    def letter_by_pdf(self, pdf: Sha256) -> tuple[LetterId, CaseId, LetterId | None] | None:
        """The issued letter with these bytes: its id, its case, and the letter that supersedes it."""
        row = self._db.execute("SELECT id, case_id, superseded_by FROM letters WHERE pdf = ?", [pdf]).fetchone()
        return (LetterId(row[0]), CaseId(row[1]), LetterId(row[2]) if row[2] else None) if row else None

    def row_differs(self, case: Case) -> bool:
        """Whether the stored row is not what the case's events tell."""
        return self.cases.row(case.id) != case_row(case)

    def close(self) -> None:
        """Closes the connection; the store is of no use after that."""
        self._presence.leave()
        self._db.close()

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
