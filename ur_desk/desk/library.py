"""The library: policy documents come in, are confirmed, and are laid beside requests."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from ur_desk.desk.reads import reads
from ur_desk.desk.review import Findings, PinnedPolicy
from ur_desk.desk.steps import Steps, store, work
from ur_desk.desk.verbs import Act, Changed, Done, gate, verb
from ur_desk.domain import workspace as ws
from ur_desk.domain.access import Searched, Where
from ur_desk.domain.drafting import CONFIRMERS
from ur_desk.domain.events import PolicyPin
from ur_desk.domain.fence import Read
from ur_desk.domain.people import Role
from ur_desk.domain.policy import Policy, Shelved, TextLine
from ur_desk.domain.request import Request
from ur_desk.domain.shelf import FindingKey, Linted, key_of, linted
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk

CHANGED = frozenset({Changed.LIBRARY})
LIBRARIANS = (Role.NURSE, Role.SUPERVISOR, Role.ADMINISTRATOR)
BROUGHT_BY_TIME = frozenset({"review-overdue", "version-ended"})
"""Rules that speak of today, not of the text: what answers them is a newer look, not a waiver."""


@dataclass(frozen=True, slots=True)
class Found:
    """A place in the library that holds what was searched for."""

    shelved: Shelved
    line: TextLine
    last_line: int


class Library:
    """Loads, confirms, searches and compares policies; gives a match what it rests on."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk
        self._index: tuple[tuple[Shelved, ...], Any] | None = None
        self._shelf: tuple[int, tuple[Shelved, ...], tuple[Shelved, ...]] | None = None

    @reads(Read.LIBRARY)
    def all(self) -> tuple[Shelved, ...]:
        """Everything ever shelved, by policy, newest version first, the payer's document before an abstract."""
        return self._read()[1]

    @reads(Read.LIBRARY)
    def in_use(self) -> tuple[Shelved, ...]:
        """What a new match looks at: one text a version, and no abstract of a policy whose own document is there."""
        return self._read()[2]

    def _read(self) -> tuple[int, tuple[Shelved, ...], tuple[Shelved, ...]]:
        from ur_desk.store.shelf import in_use

        newest = self.desk.store.ledger.newest_outside_cases()
        if self._shelf is None or self._shelf[0] != newest:
            with self.desk.store.reading():
                shelved = self.desk.store.shelf.all()
            self._shelf = (newest, shelved, in_use(shelved))
        return self._shelf

    @reads(Read.LIBRARY)
    def policies(self, policy: str) -> tuple[Shelved, ...]:
        """Every shelved version and text of a policy, newest first; UserError where there is none."""
        found = tuple(s for s in self.all() if s.policy.id.casefold() == policy.strip().casefold())
        if not found:
            raise UserError("The library holds no policy of that number.", "Look at the list of policies, or import the document.")
        return found

    @reads(Read.LIBRARY)
    def one(self, policy: str, effective: date | None = None) -> Shelved:
        """One version of a policy as a match would use it; the newest where no day is named."""
        every = self.policies(policy)
        used = [s for s in self.in_use() if s in every] or list(every)
        if effective is None:
            return used[0]
        for item in (*used, *every):
            if item.policy.version.effective == effective:
                return item
        raise UserError("The library holds no version of that policy with that day of effect.", "Look at its versions in the library.")

    def read(self, data: bytes, name: str) -> Policy:
        """What a policy document says, read but not shelved; UserError where it is none. Touches no store."""
        from ur_desk.documents import read

        return read(data, name, self.desk.tables.codeset)

    def load(self, data: bytes, name: str) -> Steps[Done[Shelved]]:
        """Reads a policy document into the library; unconfirmed until somebody confirms its reading."""
        gate(self.desk.person, "policy.load")
        policy = yield from work(lambda: self.read(data, name), "Reading the document")
        return (yield from store(lambda: self._load(policy, data), "Saving"))

    @verb("policy.load", *LIBRARIANS)
    def _load(self, act: Act, policy: Policy, data: bytes) -> Done[Shelved]:
        """Shelves a policy with its file as received."""
        file = self.desk.store.blobs.keep(data)
        reading = self.desk.store.shelf.put(policy, self.desk.clock.now(), act.by.id)
        self.desk.witness.reviewed(policy.version.last_review)
        act.on_workspace(ws.PolicyLoaded(policy.id, policy.version.effective, policy.abstract, policy.text.sha256, reading, file))
        return self._again(Shelved(policy))

    @verb("policy.confirm", *CONFIRMERS)
    def confirm(self, act: Act, policy: str, effective: date | None = None, text: str | None = None) -> Done[Shelved]:
        """Confirms that the reading of a document is right; an abstract is never confirmed, and who loaded it does not confirm it."""
        item, reading = self.desk.readings.check_confirmer(policy, effective, text)
        act.on_workspace(ws.PolicyConfirmed(item.policy.id, item.policy.text.sha256, reading))
        return self._again(item)

    @verb("policy.adopt", Role.SUPERVISOR, Role.ADMINISTRATOR)
    def adopt(self, act: Act, policy: str, applies_to: Sequence[str], effective: date | None = None) -> Done[Shelved]:
        """Records for which lines of business (`line` or `line:STATE`) the plan adopted a policy."""
        item = self.one(policy, effective)
        act.on_workspace(ws.PolicyAdopted(item.policy.id, item.policy.text.sha256, tuple(sorted(applies_to))))
        return self._again(item)

    @verb("policy.still-current", *LIBRARIANS)
    def record_still_current(self, act: Act, policy: str, where: str, day: date, effective: date | None = None) -> Done[Shelved]:
        """Records that somebody looked and found that this version still stands: where, on which day."""
        item = self.one(policy, effective)
        if not where.strip():
            raise UserError("Say where you looked.", "For example the plan's policy site. Nothing was changed.")
        if day > self.desk.clock.now().astimezone(self.desk.zone).date():
            raise UserError("The day you looked lies in the future.", "Nothing was changed.")
        act.on_workspace(ws.PolicyStillCurrent(item.policy.id, item.policy.text.sha256, where.strip(), day))
        return self._again(item)

    def _again(self, item: Shelved) -> Done[Shelved]:
        fresh = next(s for s in self.desk.store.shelf.all() if s.policy.text.sha256 == item.policy.text.sha256)
        return Done(fresh, CHANGED)

    def findings(self, request: Request, shelved: tuple[Shelved, ...]) -> Findings:
        """Lays a request beside these policies; touches no store. Pins every policy that has a reason to be looked at."""
        from ur_desk.matching import Index, match

        if self._index is None or self._index[0] is not shelved:
            self._index = (shelved, Index(shelved, self.desk.tables.codeset))
        report = match(request, self._index[1], self.desk.tables.codeset)
        by_text = {item.policy.text.sha256: item for item in shelved}
        pinned = []
        for found in report.policies:
            item = by_text[found.text]
            if item.reading is None:
                raise ValueError(f"{item.policy.id} is matched from a library that keeps its reading")
            pin = PolicyPin(
                item.policy.id, item.policy.version.effective, found.text, item.reading, item.policy.abstract, item.confirmed is not None,
                len(item.policy.text.lines), item.confirmed is not None and item.confirmed.alone,
            )  # fmt: skip
            pinned.append(PinnedPolicy(item.policy, pin))
        return Findings(report, tuple(pinned), request.subject)

    @reads(Read.LIBRARY)
    def lint(self, policy: str | None = None, effective: date | None = None) -> tuple[Linted, ...]:
        """What is wrong today with the text, codes and dates of one policy, or of all that a match would use, and what the library lacks.

        A waived finding is among them with its waiver; it changes no code entry's state.
        """
        from ur_desk.documents.library_lint import between_policies
        from ur_desk.documents.lint import lint

        today = self.desk.clock.now().astimezone(self.desk.zone).date()
        chosen = [self.one(policy, effective)] if policy else list(self.in_use())
        with self.desk.store.reading():
            shelf = self.desk.store.workspace().shelf
        beside = list(between_policies([item.policy for item in self.all()]))
        found: list[Linted] = []
        for item in chosen:
            known = shelf.get(item.policy.text.sha256)
            own = lint(item.policy, self.desk.tables.codeset, today)
            told = sorted((*own, *(f for about, f in beside if about.text == item.policy.text)), key=lambda finding: finding.line)
            found += linted(item.policy, told, known.waivers if known else ())
        return tuple(found)

    @verb("policy.waive", *LIBRARIANS)
    def waive(self, act: Act, policy: str, finding: FindingKey, reason: str, effective: date | None = None) -> Done[Linted]:
        """Records that a finding of this very text stands as it should, for a reason; what only time brings is not waived."""
        if finding.rule in BROUGHT_BY_TIME:
            raise UserError("What time brings is not waived.", "Record where you saw that the version still stands. Nothing was changed.")
        if not reason.strip():
            raise UserError("A waiver needs its reason.", "Say why the line is right as it stands. Nothing was changed.")
        told = self._finding(policy, finding, effective)
        act.on_workspace(ws.PolicyWaived(told.policy.id, told.policy.text.sha256, finding, reason.strip()))
        return Done(self._finding(policy, finding, effective), CHANGED)

    @verb("policy.unwaive", *LIBRARIANS)
    def unwaive(self, act: Act, policy: str, finding: FindingKey, effective: date | None = None) -> Done[Linted]:
        """Takes a waiver back; the finding counts again."""
        told = self._finding(policy, finding, effective)
        if told.waiver is None:
            raise UserError("That finding is not waived.", "Nothing was changed.")
        act.on_workspace(ws.PolicyUnwaived(told.policy.id, told.policy.text.sha256, finding))
        return Done(self._finding(policy, finding, effective), CHANGED)

    def _finding(self, policy: str, finding: FindingKey, effective: date | None) -> Linted:
        found = next((each for each in self.lint(policy, effective) if key_of(each.finding) == finding), None)
        if found is None:
            raise UserError(
                "The policy has no such finding.", "Look at its findings; the line and the rule must be those. Nothing was changed."
            )
        return found

    @reads(Read.LIBRARY)
    def search(self, text: str, limit: int = 50) -> tuple[Found, ...]:
        """Places in the library that hold every word, best first."""
        by_text = {item.policy.text.sha256: item for item in self.all()}
        found = self.desk.store.shelf.search(text, limit)
        self.desk.looks.note(Searched(Where.LIBRARY, text.strip(), len(found)))
        return tuple(Found(by_text[sha], by_text[sha].policy.text.line(first), last) for sha, first, last in found)
