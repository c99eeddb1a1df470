"""Witnesses of the trail: codes that leave the machine, the last head that this computer saw, and the clock beside all that is known."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from ur_desk.desk.clock import moment
from ur_desk.desk.reads import reads
from ur_desk.desk.verbs import Act, Changed, Done, Verb, own_verb, verb
from ur_desk.domain.events import EventId
from ur_desk.domain.guard.fence import Read
from ur_desk.domain.people import Role
from ur_desk.domain.trail import checkpoint as cp
from ur_desk.domain.trail import computer_clock as cw
from ur_desk.domain.trail import witness as wt
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk

WENT_BACK = own_verb("trail.went-back", "Notes that the workspace does not hold the event that this computer saw last.", writes=wt.WentBack)
MOVED = own_verb("clock.moved", "Notes that the clock was moved since the last event.", writes=cw.ClockDoubted)
DOUBTED = own_verb(
    "clock.doubted",
    "Notes, when the workspace is opened, that the clock contradicts something that was there before.",
    writes=cw.ClockDoubted,
)
CODE = "audit.checkpoint"
REASON_LEAST = 10
"""Characters that the reason for a going back has at least."""
CHANGED = frozenset({Changed.TRAIL})


class Witnessing:
    """Looks at what stands outside of the trail when somebody sits down, and keeps it when they get up."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk
        self._looked = False

    # the last head seen --------------------------------------------------------------------------------------------------

    def look(self) -> None:
        """Compares the workspace with what this computer saw of it, and the clock with all that is known, and notes what does not fit.

        Called when somebody has just been let in, before they do anything. Nothing is noted, nor kept as seen, while the
        workspace is open for reading only.
        """
        if self.desk.store.read_only:
            return
        seen = self.desk.seen.get(self._workspace())
        with self.desk.store.atomic():
            number, _ = self.desk.store.ledger.last()
            found = wt.went_back(seen, number, self.desk.store.ledger.seal_of(seen.number) if seen else None)
            if found:
                self._note(WENT_BACK, found)
            for doubt in self._doubts(seen):
                self._note(DOUBTED, doubt)
        self._looked = True

    def keep(self) -> None:
        """Keeps the newest head as seen, once this desk has looked at what was seen before; never raises."""
        if not self._looked:
            return
        with suppress(UserError, OSError):
            number, seal = self.desk.store.ledger.last()
            self.desk.seen.keep(self._workspace(), wt.LastSeen(number, seal, moment(self.desk.clock)))

    @reads(Read.ALERTS)
    def gone_back(self) -> tuple[wt.GoneBack, ...]:
        """Every going back into which no supervisor has looked, the oldest first."""
        with self.desk.store.reading():
            return self.desk.store.workspace().witness.waiting

    @verb("trail.explain", Role.SUPERVISOR, writes=wt.GoingBackExplained)
    def explain(self, act: Act, event: EventId, reason: str) -> Done[None]:
        """Notes that a supervisor looked into the workspace's going back, and why it was right or what was done."""
        said = " ".join(reason.split())
        if len(said) < REASON_LEAST:
            raise UserError(
                "Say in a few words why the workspace went back.", "A restore from a backup is a right reason. Nothing was changed."
            )
        if event not in {gone.event for gone in self.desk.store.workspace().witness.waiting}:
            raise UserError("There is no such going back, or somebody has looked into it.", "Read it again. Nothing was changed.")
        act.on_workspace(wt.GoingBackExplained(event, said))
        return Done(None, CHANGED)

    # codes that leave ----------------------------------------------------------------------------------------------------

    @verb(CODE, *Role, writes=cp.CheckpointTold)
    def checkpoint(self, act: Act) -> Done[cp.CheckpointTold]:
        """Gives the code of the newest event, to be written down elsewhere; that it was given is an event."""
        number, seal = self.desk.store.ledger.last()
        told = cp.CheckpointTold(number, cp.code(number, seal))
        act.on_workspace(told)
        return Done(told, CHANGED)

    # the clock -----------------------------------------------------------------------------------------------------------

    def moved(self, now: cw.Moment) -> cw.ClockDoubted | None:
        """What the last event says of the clock now; None where the two agree."""
        return cw.judged(self.desk.store.ledger.last_moment(), now)

    def reviewed(self, day: date | None) -> None:
        """Lays the clock beside the last review that a document tells which comes in, inside the open transaction: it was printed
        before now, wherever on earth that day was."""
        if day is not None:
            printed = datetime(day.year, day.month, day.day, tzinfo=UTC) - cw.WIDEST
            if doubt := cw.behind(moment(self.desk.clock), (cw.Evidence(printed, cw.Against.DOCUMENT),)):
                self._note(DOUBTED, doubt)

    def _doubts(self, seen: wt.LastSeen | None) -> Iterator[cw.ClockDoubted]:
        """What else was there before now, told once for each instant that it contradicts; nothing where the last event speaks
        against the clock already, which the next one tells."""
        now = moment(self.desk.clock)
        if not now.of_machine or self.moved(now):
            return
        known = self.desk.store.workspace().witness.contradicted
        found = [cw.behind(now, self._evidence(seen))]
        if seen is not None and self.desk.store.ledger.seal_of(seen.number) is not None:
            found.append(cw.started_before(now, seen.moment))
        for doubt in found:
            if doubt and doubt.told and (doubt.against, doubt.told) not in known:
                yield doubt

    def _evidence(self, seen: wt.LastSeen | None) -> Iterator[cw.Evidence]:
        if seen is not None and seen.moment.of_machine:
            yield cw.Evidence(seen.moment.at, cw.Against.SEEN)
        for found in self.desk.keeping.found():
            yield cw.Evidence(found.at, cw.Against.BACKUP)
        with suppress(OSError, OverflowError, ValueError):
            for file in self.desk.folder.iterdir():
                yield cw.Evidence(datetime.fromtimestamp(file.stat().st_mtime, UTC), cw.Against.FILE)

    def _note(self, by: Verb, body: wt.WitnessBody) -> None:
        Act(self.desk, by).on_workspace(body)

    def _workspace(self) -> str:
        return self.desk.vault.made.id
