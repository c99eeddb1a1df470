"""The check of the trail: both chains, every content, every kept file, and every row beside what the events tell."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from ur_desk.desk.readings_check import readings_wrong
from ur_desk.desk.replay import UNTELLABLE, replayed
from ur_desk.desk.slots import known
from ur_desk.desk.witness import DOUBTED
from ur_desk.domain.audit import Break, Gone, Kept, Verification, named, verify
from ur_desk.domain.case import Case, fold
from ur_desk.domain.events import CASE_BODIES, CaseEvent, CaseId, EventId
from ur_desk.domain.policy import Sha256
from ur_desk.domain.telling import tell
from ur_desk.domain.trail.checkpoint import Checkpoint, not_held
from ur_desk.domain.trail.computer_clock import Attesting, Moment
from ur_desk.domain.trail.keeping import Keeping
from ur_desk.domain.trail.witness import Witness
from ur_desk.domain.workspace import WorkspaceState, place_of

if TYPE_CHECKING:
    from ur_desk.store.store import Store


def signed(key: str, message: bytes, signature: str) -> bool:
    """Whether a signature is of a message by a key; the library behind it is loaded when the first one is looked at."""
    from ur_desk.store.crypto import verify as check_signature

    return check_signature(key, message, signature)


def check(store: "Store", codes: Sequence[Checkpoint] = ()) -> Verification:
    """What a check finds now, in one steady view of the store, also of `codes` that left it earlier; it holds no other program up
    and changes nothing."""
    with store.reading():
        return _Check(store, codes).run()


def _remarks(witness: Witness) -> Iterator[Break]:
    for gone in witness.waiting:
        back = f" It was put back from a backup of {gone.restored_from:%m/%d/%Y}." if gone.restored_from else ""
        yield Break(gone.body.found_number, gone.event, f"somebody {tell(gone.body)}{back} No supervisor has looked into it.")


class _Check:
    """One walk through all events; it gathers what they tell, and every place where something else lies."""

    def __init__(self, store: "Store", codes: Sequence[Checkpoint]) -> None:
        self.store = store
        self.codes = codes
        self.seals: dict[int, str] = {}
        self.walk = Attesting()
        self.breaks: list[Break] = []
        self.named: set[Sha256] = set()
        self.last_numbers: dict[str, int] = {}
        self.purged: dict[EventId, str] = {}
        self.gone: set[CaseId] = set()
        # whose rows nobody can tell any more; that is a break already
        self.aside: set[str] = set()

    def run(self) -> Verification:
        keeping = self.store.workspace().keeping
        self.purged = keeping.purged
        self._certificates(keeping)
        chain = verify(self._kept(), signed, self.purged)
        for event in self.store.ledger.strays():
            self.breaks.append(Break(0, event, "a content lies there, and its event is missing"))
        state = self._workspace()
        rows = [row for case in self._cases() for row in self.store.rows_of_case(case)]
        rows += self.store.rows_of_workspace(state, self.last_numbers)
        self.breaks += self.store.differences(rows, self.aside)
        self.breaks += replayed(self.store, signed)
        self.breaks += readings_wrong(self.store)
        self._files()
        last = max(self.seals, default=0)
        self.breaks += [wrong for told in self.codes if (wrong := not_held(told, self.seals, last))]
        breaks, remarks = (*chain.breaks, *self.breaks), tuple(_remarks(state.witness))
        return Verification(chain.events, chain.head, breaks, chain.purged, len(self.walk.unattested), remarks)

    def _kept(self) -> Iterator[Kept]:
        """Every event; notes what was purged and lies there all the same, and certificates that name another content than was there."""
        for kept in self.store.ledger.kept():
            told = self.purged.get(kept.head.id)
            if told is not None and told != kept.head.body:
                self.breaks.append(
                    Break(kept.head.number, kept.head.id, "the certificate of its purge names another content than was there")
                )
            if told is not None and kept.body is not None:
                self.breaks.append(Break(kept.head.number, kept.head.id, "its content was purged, and lies there all the same"))
            self.seals[kept.head.number] = kept.head.seal
            moment = Moment(kept.head.at, kept.head.boot, kept.head.monotonic)
            self.walk.add(kept.head.number, moment, doubts=kept.head.verb == DOUBTED.name)
            yield kept

    def _certificates(self, keeping: Keeping) -> None:
        """Takes up which cases went, and their numbers; whether they went by right is told where their certificate stands."""
        for certificate in keeping.certificates:
            body = certificate.body
            self.gone.update(body.cases)
            for number in body.numbers:
                with suppress(ValueError):
                    series, place = place_of(number)
                    self.last_numbers[series] = max(place, self.last_numbers.get(series, 0))

    def _workspace(self) -> WorkspaceState:
        """What the events outside of cases tell."""
        self._look_at(None)
        state = self.store.workspace()
        self._slots(state)
        if not state.zone:
            # workspaces of older versions keep their zone without an event
            self.aside.add("zone")
        self.aside |= {item.text for item in state.shelf.values() if self.store.shelf.readable(item.reading) is None}
        return state

    def _slots(self, state: WorkspaceState) -> None:
        """Every slot of the file of keys is of somebody who may open the workspace, with keys of which the trail tells."""
        ring = self.store.keys.read()
        stay = known(ring, state, None)
        for slot in ring.slots:
            if slot not in stay.slots:
                self.breaks.append(Break(0, slot.account, "the file of keys lets it in with a key that no event tells of"))
        for _ in range(len(ring.recovery) - len(stay.recovery)):
            self.breaks.append(Break(0, "-", "the file of keys holds a recovery key that no event tells of"))
        if state.vault is None or ring.workspace != state.vault.id:
            self.breaks.append(Break(0, "-", "the file of keys is not of this workspace's vault"))

    def _cases(self) -> Iterator[Case]:
        """Every case that its events still tell."""
        for case in self.store.ledger.cases():
            events = self._look_at(case)
            if case in self.gone and not events:
                continue
            try:
                told = fold(case, events)
                series, number = place_of(told.number)
            except UNTELLABLE:
                self.aside.add(case)
                self.breaks.append(Break(0, case, "its events do not tell a case any more"))
                continue
            self.last_numbers[series] = max(number, self.last_numbers.get(series, 0))
            yield told

    def _look_at(self, case: CaseId | None) -> list[CaseEvent]:
        """The case's events as far as they can be read; notes the files that events name, and contents that nobody can read."""
        events = []
        for head, event in self.store.ledger.steps(case):
            self.named |= set(named(event.body))
            if isinstance(event.body, CASE_BODIES):
                events.append(CaseEvent(event.id, event.at, event.by, event.body))
            if isinstance(event.body, Gone) and not event.body.readable:
                self.breaks.append(Break(head.number, head.id, "its content cannot be read by this version of the program"))
        return events

    def _files(self) -> None:
        for name in sorted(self.named - self.store.blobs.names()):
            self.breaks.append(Break(0, name, "a kept file is missing, and an event names it"))
        for name in self.store.blobs.damaged():
            self.breaks.append(Break(0, name, "a kept file is not what its name says any more"))
