"""The library: policy documents come in, are confirmed, and are laid beside requests."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ur_desk.desk.reads import reads
from ur_desk.desk.review import Findings, PinnedPolicy
from ur_desk.desk.steps import Steps, store, work
from ur_desk.desk.verbs import Act, Changed, Done, gate, verb
from ur_desk.domain.events import PolicyPin
from ur_desk.domain.guard.access import Searched, Where, asked_for
from ur_desk.domain.guard.fence import Read
from ur_desk.domain.library import shelf as sh
from ur_desk.domain.library.catalogue import Answer, Card, Counts, Narrow, Standing
from ur_desk.domain.library.drafting import CONFIRMERS, LIBRARIANS, Waiting, waits
from ur_desk.domain.library.shelf import FindingKey, Linted, Waiver, key_of, linted
from ur_desk.domain.library.versions import VersionStanding
from ur_desk.domain.people import Role
from ur_desk.domain.policy import Policy, Sha256, Shelved
from ur_desk.domain.request import Request
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.desk.importing import Import
    from ur_desk.desk.search import Catalogue
    from ur_desk.matching import Choosing
    from ur_desk.matching.index import Places

CHANGED = frozenset({Changed.LIBRARY})
SHOWN = 25
"""Lines that a search brings where nobody asks for more or fewer."""
BROUGHT_BY_TIME = frozenset({"review-overdue", "version-ended"})
"""Rules that speak of today, not of the text: what answers them is a newer look, not a waiver."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A text of the library as a list shows it, without its lines; `used` says whether a new match looks at it, `stands` how its
    version stands today, `draft` of whom a draft waits and `loader` who loaded it, where one does."""

    card: Card
    standing: Standing
    used: bool
    stands: VersionStanding
    draft: Waiting | None = None
    loader: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """What the library holds, or what of it was asked for, with the facets of all of it."""

    rows: tuple[Listed, ...]
    counts: Counts


class Library:
    """Loads, confirms, searches and compares policies; gives a match what it rests on."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk
        self._index: tuple[tuple[Shelved, ...], Any] | None = None
        self._cards: tuple[int, tuple[Card, ...]] | None = None
        self._catalogue: Catalogue | None = None
        self._table: Places | None = None
        self._readings: dict[Sha256, Policy] = {}
        self._used: tuple[Shelved, ...] = ()

    @reads(Read.LIBRARY)
    def listed(self, narrow: Narrow = Narrow()) -> Listing:  # noqa: B008
        """Everything ever shelved, by policy, newest version first, narrowed by facets; reads no text."""
        from ur_desk.store.shelf import in_use

        every, known = self.cards(), self._known()
        used, wanted = {card.text for card in in_use(every)}, known.narrowed(narrow, known.cards)
        with self.desk.store.reading():
            state = self.desk.store.standing()
        rows = []
        for card in (card for card in every if card.text in wanted):
            draft = waits(state.shelf[card.text], state.accounts.values()) if card.text in state.shelf else None
            loader = state.display(draft.loaded_by) if draft else ""
            rows.append(Listed(card, known.standing[card.text], card.text in used, known.stands[card.text], draft, loader))
        return Listing(tuple(rows), known.counts(narrow, known.cards))

    @reads(Read.LIBRARY)
    def all(self) -> tuple[Shelved, ...]:
        """Everything ever shelved with its lines, by policy, newest version first, the payer's document before an abstract."""
        return tuple(self._shelved(card, keep=True) for card in self.cards())

    @reads(Read.LIBRARY)
    def in_use(self) -> tuple[Shelved, ...]:
        """What a new match looks at: one text a version, and no abstract of a policy whose own document is there.

        Only readings that were not read before are read; the same tuple is given while nothing of it has changed.
        """
        from ur_desk.store.shelf import in_use

        used = tuple(self._shelved(card, keep=True) for card in in_use(self.cards()))
        if used != self._used:
            self._used = used
        return self._used

    @reads(Read.LIBRARY)
    def text(self, text: Sha256) -> Shelved:
        """One text with its lines; UserError where the library holds no such text."""
        card = next((card for card in self.cards() if card.text == text), None)
        if card is None:
            raise UserError("The library holds no such text any more.", "Choose one from the list.")
        return self._shelved(card)

    @reads(Read.LIBRARY)
    def cards(self) -> tuple[Card, ...]:
        """Everything ever shelved, without its lines, by policy, newest version first, the payer's document before an abstract."""
        newest = self.desk.store.ledger.newest_outside_cases()
        if self._cards is None or self._cards[0] != newest:
            self._cards, self._catalogue = (newest, self.desk.store.shelf.cards()), None
        return self._cards[1]

    def _known(self) -> "Catalogue":
        from ur_desk.desk.search import Catalogue

        cards, day = self.cards(), self.desk.today
        if self._catalogue is None or self._catalogue.day != day:
            self._catalogue = Catalogue.of(cards, day, self._places())
        return self._catalogue

    def _places(self) -> "Places":
        """Where codes stand in their table, each asked once."""
        from ur_desk.matching.index import Places

        self._table = self._table or Places(self.desk.tables.codeset)
        return self._table

    def _shelved(self, card: Card, keep: bool = False) -> Shelved:
        """A text with its lines; a reading never changes, so that what a match looks at is read once."""
        from ur_desk.store.shelf import told_by

        policy = self._readings.get(card.reading)
        if policy is None:
            policy = self.desk.store.shelf.policy(card.reading)
            if keep:
                self._readings[card.reading] = policy
        return told_by(card, policy)

    @reads(Read.LIBRARY)
    def policies(self, policy: str) -> tuple[Shelved, ...]:
        """Every shelved version and text of a policy, newest first; UserError where there is none."""
        return tuple(self._shelved(card) for card in self._versions(policy))

    @reads(Read.LIBRARY)
    def one(self, policy: str, effective: date | None = None) -> Shelved:
        """One version of a policy as a match would use it; the newest where no day is named."""
        from ur_desk.store.shelf import in_use

        every = self._versions(policy)
        used = in_use(every)
        if effective is None:
            return self._shelved((used or every)[0])
        for card in (*used, *every):
            if card.version.effective == effective:
                return self._shelved(card)
        days = dict.fromkeys(f"{day:%m/%d/%Y}" if (day := card.version.effective) else "an unknown day" for card in reversed(every))
        raise UserError(
            f"The library holds no version of that policy with {effective:%m/%d/%Y} as its day of effect.",
            f"It holds those in force from {', '.join(days)}.",
        )

    def _versions(self, policy: str) -> tuple[Card, ...]:
        found = tuple(card for card in self.cards() if card.policy.casefold() == policy.strip().casefold())
        if not found:
            raise UserError("The library holds no policy of that number.", "Look at the list of policies, or import the document.")
        return found

    def read(self, data: bytes, name: str) -> Policy:
        """What a policy document says, read but not shelved; UserError where it is none. Touches no store."""
        from ur_desk.documents import read

        return read(data, name, self.desk.tables.codeset)

    def load(self, data: bytes, name: str, *, anew: bool = False, came_from: Path | None = None) -> Steps[Done[Shelved]]:
        """Reads a policy document into the library; unconfirmed until somebody confirms its reading.

        `came_from` is the file, where it came from one. `Known` where the library holds the text already: nothing is changed then,
        but with `anew` a draft begins beside the confirmed reading.
        """
        from ur_desk.desk.known import known

        def keep(policy: Policy) -> Done[Shelved]:
            if there := known(self.desk, policy, anew):
                raise there
            if came_from is not None:
                self.desk.exports.came_in("policy document", came_from, data)
            return self._load(policy, data)

        gate(self.desk.person, "policy.load")
        policy = yield from work(lambda: self.read(data, name), "Reading the document")
        return (yield from store(lambda: keep(policy), "Saving"))

    def documents(self, places: Sequence[Path], anew: bool = False) -> tuple["Import", "Callable[[], Steps[Done[Import]]]"]:
        """Many documents, or folders of them: what became of each, told while it goes on, and the steps that read them in."""
        from ur_desk.desk.importing import Import, files_in, import_documents

        files, skipped = files_in(places)
        told = Import(len(files), skipped)
        return told, lambda: import_documents(self.desk, files, told, anew)

    @verb("policy.load", *LIBRARIANS, writes=sh.PolicyLoaded)
    def _load(self, act: Act, policy: Policy, data: bytes, again: bool = True) -> Done[Shelved]:
        """Shelves a policy with its file as received."""
        file = self.desk.store.blobs.keep(data)
        reading = self.desk.store.shelf.put(policy, self.desk.clock.now(), act.by.id)
        self.desk.witness.reviewed(policy.version.last_review)
        act.on_workspace(sh.PolicyLoaded(policy.id, policy.version.effective, policy.abstract, policy.text.sha256, reading, file))
        return self._again(Shelved(policy)) if again else Done(Shelved(policy), CHANGED)

    @verb("policy.confirm", *CONFIRMERS, writes=sh.PolicyConfirmed)
    def confirm(self, act: Act, policy: str, seen: str, effective: date | None = None, text: str | None = None) -> Done[Shelved]:
        """Confirms that the reading of a document is right: `seen` is the sha256 of the reading that the person looked at.

        An abstract is never confirmed, and who loaded or mended a draft does not confirm it, unless nobody else could.
        """
        item, draft = self.desk.readings.check_confirmer(policy, seen, effective, text)
        act.on_workspace(sh.PolicyConfirmed(item.policy.id, item.policy.text.sha256, draft.reading, act.by.id in draft.hands))
        return self._again(item)

    @verb("policy.adopt", Role.SUPERVISOR, Role.ADMINISTRATOR, writes=sh.PolicyAdopted)
    def adopt(self, act: Act, policy: str, applies_to: Sequence[str], effective: date | None = None) -> Done[Shelved]:
        """Records for which lines of business (`line` or `line:STATE`) the plan adopted a policy."""
        item = self.one(policy, effective)
        act.on_workspace(sh.PolicyAdopted(item.policy.id, item.policy.text.sha256, tuple(sorted(applies_to))))
        return self._again(item)

    @verb("policy.still-current", *LIBRARIANS, writes=sh.PolicyStillCurrent)
    def record_still_current(self, act: Act, policy: str, where: str, day: date, effective: date | None = None) -> Done[Shelved]:
        """Records that somebody looked and found that this version still stands: where, on which day."""
        item = self.one(policy, effective)
        if not where.strip():
            raise UserError("Say where you looked.", "For example the plan's policy site. Nothing was changed.")
        if day > self.desk.today:
            raise UserError("The day you looked lies in the future.", "Nothing was changed.")
        act.on_workspace(sh.PolicyStillCurrent(item.policy.id, item.policy.text.sha256, where.strip(), day))
        return self._again(item)

    def _again(self, item: Shelved) -> Done[Shelved]:
        card = self.desk.store.shelf.card(item.policy.text.sha256)
        if card is None:
            raise ValueError("what was just shelved stands on the shelf")
        return Done(self.desk.store.shelf.shelved(card), CHANGED)

    def to_match(self) -> "tuple[tuple[Shelved, ...], Choosing]":
        """What a new match looks at, and by which day it chooses versions now."""
        return self.in_use(), self.desk.versions.choosing()

    def findings(self, request: Request, shelved: tuple[Shelved, ...], choosing: "Choosing | None" = None) -> Findings:
        """Lays a request beside these policies; touches no store. Pins every policy that has a reason to be looked at."""
        from ur_desk.matching import Choosing, Index, match

        if self._index is None or self._index[0] is not shelved:
            self._index = (shelved, Index(shelved, self.desk.tables.codeset, self._index[1] if self._index else None))
        choosing = choosing or Choosing()
        report = match(request, self._index[1], self.desk.tables.codeset, choosing)
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
        return Findings(report, tuple(pinned), request.subject, choosing.rule, choosing.today)

    @reads(Read.LIBRARY)
    def lint(self, policy: str | None = None, effective: date | None = None, text: str | None = None) -> tuple[Linted, ...]:
        """What is wrong today with the text, codes and dates of one policy, or of all that a match would use, and what the library lacks.

        A waived finding is among them with its waiver; it changes no code entry's state. With `text` it is that text, in the reading
        that waits for a confirmation where one does.
        """
        from ur_desk.documents.library_lint import between_policies
        from ur_desk.documents.lint import lint

        today = self.desk.today
        if policy and text:
            chosen = [self.desk.readings.draft(policy, effective, text).shelved]
        else:
            chosen = [self.one(policy, effective)] if policy else list(self.in_use())
        with self.desk.store.reading():
            shelf = self.desk.store.standing().shelf
        beside = list(between_policies([item.policy for item in self.all()]))
        found: list[Linted] = []
        for item in chosen:
            known = shelf.get(item.policy.text.sha256)
            own = lint(item.policy, self.desk.tables.codeset, today)
            told = sorted((*own, *(f for about, f in beside if about.text == item.policy.text)), key=lambda finding: finding.line)
            found += linted(item.policy, told, known.waivers if known else ())
        return tuple(found)

    @reads(Read.LIBRARY)
    def sole(self, policy: str, effective: date | None = None) -> Shelved:
        """The one text of a version that is meant where none is named; UserError with the choices where several documents tell of that day."""
        item = self.one(policy, effective)
        day = item.policy.version.effective
        same = [card for card in self._versions(policy) if card.version.effective == day and not card.abstract]
        if len(same) < 2 or item.policy.abstract:
            return item
        choices = "; ".join(
            f"{card.text[:12]} ({self._shelved(card).policy.provenance.file or 'no file'}, {'confirmed' if card.confirmed else 'not confirmed'})"
            for card in same
        )
        raise UserError(
            f"The library holds {len(same)} texts of {item.policy.id} of {day or 'an unknown day'}: {choices}.",
            "Name one by the first letters of its sha256. Nothing was changed.",
        )

    @reads(Read.LIBRARY)
    def waivers(self, text: Sha256) -> tuple[Waiver, ...]:
        """What was waived of a text: each finding with who found it right, when and why."""
        with self.desk.store.reading():
            known = self.desk.store.standing().shelf.get(text)
        return known.waivers if known else ()

    @verb("policy.waive", *LIBRARIANS, writes=sh.PolicyWaived)
    def waive(
        self, act: Act, policy: str, finding: FindingKey, reason: str, effective: date | None = None, text: str | None = None
    ) -> Done[Linted]:
        """Records that a finding of this very text stands as it should, for a reason; what only time brings is not waived."""
        if finding.rule in BROUGHT_BY_TIME:
            raise UserError("What time brings is not waived.", "Record where you saw that the version still stands. Nothing was changed.")
        if not reason.strip():
            raise UserError("A waiver needs its reason.", "Say why the line is right as it stands. Nothing was changed.")
        told = self._finding(policy, finding, effective, text)
        act.on_workspace(sh.PolicyWaived(told.policy.id, told.policy.text.sha256, finding, reason.strip()))
        return Done(self._finding(policy, finding, effective, text), CHANGED)

    @verb("policy.unwaive", *LIBRARIANS, writes=sh.PolicyUnwaived)
    def unwaive(self, act: Act, policy: str, finding: FindingKey, effective: date | None = None, text: str | None = None) -> Done[Linted]:
        """Takes a waiver back; the finding counts again."""
        told = self._finding(policy, finding, effective, text)
        if told.waiver is None:
            raise UserError("That finding is not waived.", "Nothing was changed.")
        act.on_workspace(sh.PolicyUnwaived(told.policy.id, told.policy.text.sha256, finding))
        return Done(self._finding(policy, finding, effective, text), CHANGED)

    def _finding(self, policy: str, finding: FindingKey, effective: date | None, text: str | None) -> Linted:
        if text is None:
            self.sole(policy, effective)
        found = next((each for each in self.lint(policy, effective, text) if key_of(each.finding) == finding), None)
        if found is None:
            raise UserError(
                "The policy has no such finding.", "Look at its findings; the line and the rule must be those. Nothing was changed."
            )
        return found

    @reads(Read.LIBRARY)
    def search(self, text: str, limit: int = SHOWN, narrow: Narrow = Narrow()) -> Answer:  # noqa: B008
        """Lines that hold a document number, a code or every word of a section, best first, narrowed by facets; reads no reading."""
        from ur_desk.desk.search import search

        words = asked_for(text)
        with self.desk.store.reading():
            answer = search(self.desk.store.shelf, self._known(), words, narrow, limit)
        self.desk.looks.note(Searched(Where.LIBRARY, words, answer.texts))
        return answer
