"""The trail for somebody outside: what they verify without patient data, and all of it sealed under a passphrase of its own."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ur_desk.desk.exports import TRAIL
from ur_desk.desk.reads import check_case_open, reads
from ur_desk.desk.vault import MAKE
from ur_desk.domain.events import CaseId
from ur_desk.domain.guard.access import TrailBundled
from ur_desk.domain.guard.fence import Read
from ur_desk.domain.guard.passphrase import check_passphrase
from ur_desk.errors import Fenced, UserError
from ur_desk.paths import resources

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk

OPEN_VERBS = ("workspace.begin", "vault.encrypt", "vault.rekey", "key.enrol", "recovery.", "account.")
"""The verbs, or how they begin, of which an export discloses every content: they tell of accounts, roles and keys, and of no patient."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle that was written: where, its sha256, how many events are in it, and how many contents were left out, since they were
    purged or belong to cases that are closed to whoever made it."""

    path: Path
    sha256: str
    events: int
    left_out: int


class Trail:
    """Exports the trail, and opens what was exported sealed."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    @reads(Read.HEADS)
    def document(self) -> bytes:
        """Every head, and the contents of events on accounts, roles and keys: what the one-file verifier reads. No patient data."""
        from ur_desk.records.trail import trail_bytes

        with self.desk.store.reading():
            ledger = self.desk.store.ledger
            return trail_bytes(ledger.exported(), (c for c in ledger.contents() if c.verb.startswith(OPEN_VERBS)))

    @reads(Read.HEADS)
    def export(self, path: Path) -> Path:
        """Writes what the one-file verifier reads to a file; it stands in the register like whatever leaves."""
        return self.desk.exports.write(TRAIL, path, self.document())

    @reads(Read.BUNDLE)
    def bundle(self, path: Path, passphrase: str, reason: str) -> Bundle:
        """Writes the whole trail with its contents, patient data included, to a file that opens with this passphrase alone; an event.

        UserError without a reason, for a weak passphrase, and where the file cannot be written or the event not be kept. Cases
        that are closed to the person are left out.
        """
        from ur_desk.store.bundle import sealed

        person, store = self.desk.person, self.desk.store
        if not reason.strip():
            raise UserError("Say why the trail leaves with patient data.", "The reason stays in the trail. Nothing was written.")
        self.desk.exports.check_may_leave()
        check_passphrase(passphrase, (person.name, person.display))
        with store.reading():
            data, events, left_out = self._whole()
            head = store.ledger.last()[1]
        written = sealed(data, passphrase, self.desk.vault.made.cost, events, head)
        made = Bundle(path.absolute(), hashlib.sha256(written).hexdigest(), events, left_out)
        told = TrailBundled(str(made.path), made.sha256, events, reason.strip(), self.desk.exports.place(made.path))
        self.desk.exports.let_out(told, path, written)
        return made

    def _whole(self) -> tuple[bytes, int, int]:
        from ur_desk.records.trail import trail_bytes

        store = self.desk.store
        heads = list(store.ledger.exported())
        closed = frozenset(case for case in store.ledger.cases() if self._closed(case))
        shown = [each for each in store.ledger.contents() if each.case not in closed]
        # the workspace's own secret goes to nobody outside, and nobody was ever to read it: it is not counted as closed
        disclosed = [each for each in shown if each.verb != MAKE.name]
        return trail_bytes(heads, disclosed), len(heads), len(heads) - len(shown)

    def _closed(self, case: CaseId) -> bool:
        try:
            check_case_open(self.desk, case)
        except Fenced:
            return True
        return False


def open_bundle(data: bytes, passphrase: str) -> bytes:
    """The exported trail in a bundle, as JSON; UserError where it is none or does not open. It needs no workspace."""
    from ur_desk.store.bundle import opened

    return opened(data, passphrase).data


def verifier() -> bytes:
    """The program, one file for plain Python, with which somebody else verifies an exported trail."""
    return (resources() / "verifier" / "verify_trail.py").read_bytes()
