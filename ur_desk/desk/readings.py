"""Readings under review: what waits for a confirmation, what is mended in it, and whether the text is still that of the file."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from ur_desk.desk.reads import reads
from ur_desk.desk.steps import Steps, store, work
from ur_desk.desk.verbs import Act, Changed, Done, verb
from ur_desk.domain.guard.fence import Read
from ur_desk.domain.library.correction import Correction, corrected
from ur_desk.domain.library.difference import Aligned, LineChange, RowKind
from ur_desk.domain.library.drafting import (
    LIBRARIANS,
    PolicyCorrected,
    PolicyDiscarded,
    PolicyUncorrected,
    PolicyUndiscarded,
    UnderReview,
    needs_another,
    under_review,
)
from ur_desk.domain.library.shelf import OnShelf, Waiver
from ur_desk.domain.policy import Policy, Sha256, Shelved
from ur_desk.errors import NotKept, UserError

if TYPE_CHECKING:
    from pathlib import Path

    from ur_desk.desk.desk import Desk

UNCHANGED = "Nothing was changed."


@dataclass(frozen=True, slots=True)
class MendedBy:
    """A correction with the name of whoever made it, and the readings around it."""

    correction: Correction
    by: str
    at: datetime
    before: Sha256
    after: Sha256


@dataclass(frozen=True, slots=True)
class Draft:
    """A text as somebody reviews it: `shelved` holds the reading that waits, or the confirmed one where none does.

    `why_not` says why whoever sits here may not confirm it; empty where they may. `waivers` are those of the text's findings;
    `discarded` says that a draft was given up that can be brought back.
    """

    shelved: Shelved
    waits: bool
    beside: bool
    loaded_by: str
    loaded_at: datetime
    file: Sha256 | None
    mended: tuple[MendedBy, ...]
    why_not: str
    waivers: tuple[Waiver, ...] = ()
    discarded: bool = False


@dataclass(frozen=True, slots=True)
class Compared:
    """The text shelved beside the file as received, read anew.

    `same` where both have the same lines; else `lines` tell how they differ, and `rows` lay what differs side by side, the shelf's
    line before the file's. `reader` read the text then, `reader_now` the file now.
    """

    policy: Policy
    file: Sha256
    name: str
    same: bool
    lines: tuple[LineChange, ...]
    reader: str
    reader_now: str
    rows: tuple[Aligned, ...] = ()


class Readings:
    """Shows, mends and compares what was read of a document."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    @reads(Read.LIBRARY)
    def draft(self, policy: str, effective: date | None = None, text: str | None = None) -> Draft:
        """A text with the reading that waits for a confirmation, where one does; `text` is the beginning of its sha256."""
        item, known = self._item(policy, effective, text)
        return self._draft(item, known)

    @verb("policy.correct", *LIBRARIANS, writes=PolicyCorrected)
    def correct(
        self, act: Act, policy: str, correction: Correction, effective: date | None = None, text: str | None = None, seen: str | None = None
    ) -> Done[Draft]:
        """Mends one thing in a draft, which gives another reading; `seen` is the reading that the screen showed."""
        item, known = self._item(policy, effective, text)
        waiting = self._waiting(known, seen)
        mended = self._judged(corrected(self._policy(waiting.reading), correction))
        reading = self.desk.store.shelf.keep(mended)
        act.on_workspace(PolicyCorrected(known.policy, known.text, waiting.reading, correction, reading))
        return self._done(item)

    @verb("policy.uncorrect", *LIBRARIANS, writes=PolicyUncorrected)
    def take_back(
        self, act: Act, policy: str, effective: date | None = None, text: str | None = None, seen: str | None = None
    ) -> Done[Draft]:
        """Takes the last correction of a draft back; the reading before it stands again."""
        item, known = self._item(policy, effective, text)
        waiting = self._waiting(known, seen)
        if not waiting.mended:
            raise UserError("Nothing was mended in this draft that could be taken back.", UNCHANGED)
        act.on_workspace(PolicyUncorrected(known.policy, known.text, waiting.reading, waiting.mended[-1].before))
        return self._done(item)

    @verb("policy.discard", *LIBRARIANS, writes=PolicyDiscarded)
    def discard(
        self, act: Act, policy: str, effective: date | None = None, text: str | None = None, seen: str | None = None
    ) -> Done[Draft]:
        """Gives up a draft beside a confirmed reading; the confirmed one stays as it is, and `bring_back` is the way back."""
        item, known = self._item(policy, effective, text)
        waiting = self._waiting(known, seen)
        if not waiting.beside:
            raise UserError(
                "No confirmed reading stands beside this draft.", f"It is the only reading of the document: mend it instead. {UNCHANGED}"
            )
        act.on_workspace(PolicyDiscarded(known.policy, known.text, waiting.reading))
        return self._done(item)

    @verb("policy.undiscard", *LIBRARIANS, writes=PolicyUndiscarded)
    def bring_back(self, act: Act, policy: str, effective: date | None = None, text: str | None = None) -> Done[Draft]:
        """Brings the draft back that was discarded last, with everything that was mended in it; it waits again."""
        item, known = self._item(policy, effective, text)
        if known.discarded is None or known.draft is not None:
            raise UserError("No discarded draft of this text is kept.", f"Import the document again to begin one. {UNCHANGED}")
        act.on_workspace(PolicyUndiscarded(known.policy, known.text, known.discarded.reading))
        return self._done(item)

    def verify(self, policy: str, effective: date | None = None, text: str | None = None) -> Steps[Compared]:
        """Reads the file as received anew and lays its lines beside the text that is shelved."""

        def fetch() -> tuple[Policy, Sha256, bytes]:
            shelved = self.draft(policy, effective, text).shelved.policy
            _, data = self.received(policy, effective, text)
            assert shelved.provenance.sha256 is not None
            return shelved, shelved.provenance.sha256, data

        shelved, file, data = yield from store(fetch, "Fetching the file as received")
        return (yield from work(lambda: self._compared(shelved, file, data), "Reading the file anew"))

    @reads(Read.LIBRARY)
    def received(self, policy: str, effective: date | None = None, text: str | None = None) -> tuple[str, bytes]:
        """The file as received, with the name it came under; UserError where none is kept, or where it is not what its hash says."""
        _, name, data = self._received(policy, effective, text)
        return name, data

    def export(self, policy: str, path: "Path", effective: date | None = None, text: str | None = None) -> "Path":
        """Writes the file as received to a path, with the event that tells of it."""
        _, data = self.received(policy, effective, text)
        return self.desk.exports.write("policy document", path, data)

    def check_confirmer(self, policy: str, seen: str, effective: date | None, text: str | None) -> tuple[Shelved, UnderReview]:
        """The text whose draft whoever sits here may confirm now, and the draft, which is the reading that they saw.

        UserError where no draft waits, where several do and none is named, where another reading waits than `seen`, and where they may
        not confirm it.
        """
        item, known = self._item(policy, effective, text)
        if item.policy.abstract:
            raise UserError("An abstract is not confirmed.", f"Import the payer's own document; confirm that. {UNCHANGED}")
        waiting = under_review(known)
        if waiting is None:
            raise UserError("The reading is confirmed already.", f"Import the document again to begin a new draft. {UNCHANGED}")
        if text is None:
            self._check_single(policy, effective)
        waiting = self._waiting(known, seen)
        if why_not := self._why_not(waiting):
            raise UserError(why_not, f"Let somebody else compare it with the document. {UNCHANGED}")
        return item, waiting

    def _check_single(self, policy: str, effective: date | None) -> None:
        """Which of several drafts of a number is meant, nobody but the person says."""
        with self.desk.store.reading():
            shelf = self.desk.store.standing().shelf
        cards = (card for card in self.desk.library.cards() if card.policy.casefold() == policy.strip().casefold())
        drafts = [card for card in cards if effective in (None, card.version.effective) and under_review(shelf[card.text])]
        if len(drafts) > 1:
            named = ", ".join(card.text[:12] for card in drafts)
            raise UserError(f"{len(drafts)} drafts of that policy wait for a confirmation.", f"Name one by its text: {named}. {UNCHANGED}")

    # what stands there -------------------------------------------------------------------------------------------------------

    def _item(self, policy: str, effective: date | None, text: str | None) -> tuple[Shelved, OnShelf]:
        """The text that is meant: by its sha256, else what a match would use, else the first version whose draft waits."""
        library = self.desk.library
        with self.desk.store.reading():
            shelf = self.desk.store.standing().shelf
        if text is not None:
            # the whole sha256 names a text, also where a correction gave its policy another number since
            number = policy.strip().casefold()
            cards = [card for card in library.cards() if len(text) >= 6 and card.text.startswith(text)]
            named = [card for card in cards if card.text == text or card.policy.casefold() == number]
            if len(named) != 1:
                raise UserError("The library holds no such text of that policy.", "Name it by the first letters of its sha256.")
            return library.text(named[0].text), shelf[named[0].text]
        every = library.policies(policy)
        used = library.one(policy, effective)
        meant = [used, *(item for item in every if effective is None or item.policy.version.effective == effective)]
        waits = next((item for item in meant if under_review(shelf[item.policy.text.sha256]) is not None), used)
        return waits, shelf[waits.policy.text.sha256]

    def _draft(self, item: Shelved, known: OnShelf) -> Draft:
        with self.desk.store.reading():
            state = self.desk.store.standing()
        waiting = under_review(known)
        shown = item
        if waiting is not None and waiting.beside:
            shown = Shelved(self._policy(waiting.reading), None, item.applies_to, item.still_current, waiting.reading)
        done = waiting.mended if waiting else known.mended
        loaded_at = known.draft.loaded_at if known.draft else known.loaded_at
        return Draft(
            shown,
            waiting is not None,
            waiting.beside if waiting else False,
            state.display(waiting.loaded_by if waiting else known.loaded_by),
            loaded_at,
            known.draft.file if known.draft else known.file,
            tuple(MendedBy(each.correction, state.display(each.by), each.at, each.before, each.after) for each in done),
            self._why_not(waiting) if waiting else "",
            known.waivers,
            known.discarded is not None,
        )

    def _waiting(self, known: OnShelf, seen: str | None) -> UnderReview:
        waiting = under_review(known)
        if waiting is None:
            told = "An abstract is not mended." if known.abstract else "A confirmed reading is never changed."
            raise UserError(told, f"Import the payer's document {'' if known.abstract else 'again '}to begin a draft. {UNCHANGED}")
        if seen is not None and waiting.reading != seen:
            raise UserError("The draft was mended since you looked.", f"It is shown anew. {UNCHANGED}")
        return waiting

    def _why_not(self, waiting: UnderReview) -> str:
        accounts = self.desk.store.accounts.all()
        person = self.desk.person.id
        if not needs_another(waiting.hands, person, accounts):
            return ""
        did = "loaded a document" if person in waiting.loaders else "mended a draft"
        return f"Whoever {did} does not confirm its reading: it takes a second person."

    def _policy(self, reading: Sha256) -> Policy:
        try:
            return self.desk.store.shelf.policy(reading)
        except (KeyError, ValueError):
            raise UserError("The reading that was kept is gone or damaged.", "Verify the trail; restore a backup.") from None

    def _judged(self, policy: Policy) -> Policy:
        from ur_desk.documents.lint import weighed

        return weighed(policy, self.desk.tables.codeset)

    def _done(self, item: Shelved) -> Done[Draft]:
        sha = item.policy.text.sha256
        return Done(self._draft(self.desk.library.text(sha), self.desk.store.standing().shelf[sha]), frozenset({Changed.LIBRARY}))

    # the file as received ----------------------------------------------------------------------------------------------------

    def _received(self, policy: str, effective: date | None, text: str | None) -> tuple[Shelved, str, bytes]:
        item, known = self._item(policy, effective, text)
        shown = self._draft(item, known).shelved
        file = shown.policy.provenance.sha256
        if file is None:
            raise NotKept("No file as received is kept for this text.", "It came with the program.")
        with self.desk.store.reading():
            try:
                data = self.desk.store.blobs.get(file)
            except KeyError:
                raise NotKept("The file as received is not kept in this workspace.", "The text came with the program.") from None
            except ValueError:
                raise UserError(
                    "The file as received is not what its hash says: it was changed or damaged.", "Verify the trail; restore a backup."
                ) from None
        return shown, shown.policy.provenance.file or f"{item.policy.id}", data

    def _compared(self, shelved: Policy, file: Sha256, data: bytes) -> Compared:
        from ur_desk.documents import read
        from ur_desk.documents.alignment import aligned
        from ur_desk.documents.compare import lines_changed

        anew = read(data, shelved.provenance.file or "document", self.desk.tables.codeset)
        same = [line.text for line in anew.text.lines] == [line.text for line in shelved.text.lines]
        changed = () if same else lines_changed(shelved.text, anew.text)
        rows = () if same else tuple(row for row in aligned(shelved.text, anew.text) if row.kind is not RowKind.SAME)
        return Compared(shelved, file, shelved.provenance.file or "", same, changed, shelved.reader, anew.reader, rows)
