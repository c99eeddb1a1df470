"""The post: letters sent with their proof, come back, in wrong hands; what is still owed to whom; the sheets that go with a fax."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ur_desk.desk.reads import check_case_open, reads, shown, told
from ur_desk.desk.steps import Steps, store, work
from ur_desk.desk.verbs import Act, Changed, Done, gate, verb
from ur_desk.domain import events as ev
from ur_desk.domain.case import Case, Issued
from ur_desk.domain.clocks.gate import extension_by
from ur_desk.domain.events import CaseId, EventId, LetterId
from ur_desk.domain.guard.fence import Read, check_reader, sees
from ur_desk.domain.intake.attached import Record
from ur_desk.domain.letter import LetterContent
from ur_desk.domain.letters.delivery import Incident, Owed, Party, Sending, Way, owed
from ur_desk.domain.letters.sending import FaxCover, ReturnSheet, letter_number
from ur_desk.domain.people import Account, AccountId, Role
from ur_desk.domain.policy import Sha256
from ur_desk.errors import Busy, UserError

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.pdf.fonts import InstalledFont

SENDERS = (Role.NURSE, Role.PHYSICIAN, Role.SUPERVISOR)
Proof = tuple[Record, bytes]
"""What shows that a letter was sent: the file as it was looked at, and its bytes."""


@dataclass(frozen=True, slots=True)
class StillOwed:
    """A letter that somebody should have and has not, in its case; `to_whom` names whom it is for, and is not for everybody's eyes.

    `late` says that its day has passed, so that only a new letter can be sent.
    """

    case: CaseId
    number: str
    letter: Issued
    letter_number: str
    party: Party
    why: str
    to_whom: str
    late: bool


@dataclass(frozen=True, slots=True)
class ToLookInto:
    """A letter in wrong hands into which no supervisor has looked: in which case, who recorded it, and who had sent it."""

    case: CaseId
    number: str
    incident: Incident
    person: Account | None
    sent_by: AccountId


@dataclass(slots=True)
class Posted:
    """What became of letters recorded as sent in one go; grows while it goes on."""

    total: int
    sent: list[StillOwed] = field(default_factory=list)
    refused: list[tuple[StillOwed, str]] = field(default_factory=list)

    @property
    def done(self) -> int:
        """Letters that were dealt with."""
        return len(self.sent) + len(self.refused)


class Post:
    """Records how letters leave and what becomes of them; issues none."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    # on their way --------------------------------------------------------------------------------------------------------

    @verb("letter.send", *SENDERS, writes=ev.LetterSent | ev.ClockExtended | ev.ClockRead)
    def send(
        self,
        act: Act,
        case: CaseId,
        revision: int | None,
        letter: LetterId,
        way: Way,
        party: Party,
        at: datetime,
        *,
        to_whom: str = "",
        where: str = "",
        proof: Proof | None = None,
    ) -> Done[Case]:
        """Records that an issued letter was sent on its own day: how, to whom, where to, when, and what shows it.

        By mail, without `to_whom` and `where`, to the name and address that the letter itself bears. The notice of an extension that
        left in time extends the clock in the same step.
        """
        name, address = self._addressee(case, letter, party)
        where = where.strip() or (address if way is Way.MAIL else "")
        sent = at.astimezone(self.desk.zone)
        body = ev.LetterSent(letter, way, party, to_whom.strip() or name, where, sent, self.keep(proof) if proof else None)
        extended = extension_by(body, shown(self.desk, case))
        after = act.on_case(case, revision, [body, *([extended] if extended else [])])
        return act.done(self._read_anew(act, after) if extended else after, label="sending")

    def send_many(
        self, picked: Sequence[StillOwed], way: Way, at: datetime, told: Posted, proof: Proof | None = None
    ) -> Steps[Done[Posted]]:
        """Records that these letters were sent, each in a transaction of its own, with one proof for all, such as the day's mail log.

        One that is refused stays owed, with the reason, and stops no other.
        """
        gate(self.desk.person, "letter.send")
        for number, each in enumerate(picked, start=1):
            yield from store(lambda each=each: self._send(each, way, at, told, proof), f"Letter {number} of {told.total}")  # type: ignore[misc]
        return Done(told, frozenset({Changed.CASES}))

    def _send(self, each: StillOwed, way: Way, at: datetime, told: Posted, proof: Proof | None) -> None:
        if (shut := self.desk.only_reading()) is not None:
            raise shut
        try:
            self.send(each.case, None, each.letter.id, way, each.party, at, proof=proof)
        except Busy:
            raise
        except UserError as refused:
            told.refused.append((each, str(refused)))
        else:
            told.sent.append(each)

    @verb("letter.proof", *SENDERS, writes=ev.ProofKept)
    def keep_proof(self, act: Act, case: CaseId, revision: int, sending: EventId, proof: Proof) -> Done[Case]:
        """Keeps what shows that a letter was sent, where it came later: a fax confirmation, a mail log."""
        return act.done(act.on_case(case, revision, [ev.ProofKept(sending, self.keep(proof))]), label="proof")

    @verb("letter.returned", *SENDERS, writes=ev.LetterReturned | ev.ClockRead)
    def record_return(self, act: Act, case: CaseId, revision: int, sending: EventId, at: datetime, why: str) -> Done[Case]:
        """Records that a letter came back: whoever it was for has no notice by it."""
        body = ev.LetterReturned(sending, at.astimezone(self.desk.zone), why.strip())
        return act.done(self._told(act, case, revision, body), label="return")

    def _told(self, act: Act, case: CaseId, revision: int, body: ev.LetterReturned | ev.LetterMisdirected) -> Case:
        """The case after a letter did not arrive: its clock is read anew where that letter had extended it."""
        before = shown(self.desk, case).clockwork.extension
        after = act.on_case(case, revision, [body])
        return after if after.clockwork.extension == before else self._read_anew(act, after)

    def _read_anew(self, act: Act, case: Case) -> Case:
        return act.on_case(case.id, case.revision, [self.desk.clocks.of_case(case)])

    @verb("letter.misdirected", *SENDERS, writes=ev.LetterMisdirected | ev.ClockRead)
    def record_misdirected(
        self, act: Act, case: CaseId, revision: int, sending: EventId, at: datetime, reached: str, found: str, done: str
    ) -> Done[Case]:
        """Records that a letter reached the wrong hands: a privacy incident, which waits for a supervisor."""
        body = ev.LetterMisdirected(sending, at.astimezone(self.desk.zone), reached.strip(), found.strip(), done.strip())
        return act.done(self._told(act, case, revision, body), Changed.TRAIL)

    @verb("incident.review", Role.SUPERVISOR, writes=ev.IncidentReviewed)
    def review_incident(self, act: Act, case: CaseId, event: EventId, finding: str) -> Done[Case]:
        """Notes what a supervisor found about a letter in wrong hands; never whoever sent it or recorded that."""
        return act.done(act.on_case(case, None, [ev.IncidentReviewed(event, finding.strip())]), Changed.TRAIL)

    # what waits ----------------------------------------------------------------------------------------------------------

    @reads(Read.LETTER)
    def owed(self) -> tuple[StillOwed, ...]:
        """The letters that somebody should have and has not, the oldest first; none of a case that is closed to the person."""
        with self.desk.store.reading():
            now, today = self.desk.clock.now(), self.desk.today
            cases = (told(self.desk, case) for case in self.desk.store.cases.with_owed())
            return tuple(row for case in cases if sees(case, self.desk.person.id, now) for row in self._owed(case, today))

    def _owed(self, case: Case, today: date) -> Iterator[StillOwed]:
        for each in owed(case):
            place = next(n for n, letter in enumerate(case.letters, start=1) if letter.id == each.letter.id)
            late = each.needs_new_letter(today)
            yield StillOwed(case.id, case.number, each.letter, letter_number(case, place), each.party, each.why.value, _name(each), late)

    @reads(Read.ALERTS)
    def incidents(self) -> tuple[ToLookInto, ...]:
        """The letters in wrong hands into which no supervisor has looked, oldest first."""
        with self.desk.store.reading():
            people = {account.id: account for account in self.desk.store.accounts.all()}
            cases = [told(self.desk, case) for case in self.desk.store.cases.with_incidents()]
        found = [
            ToLookInto(c.id, c.number, s.incident, people.get(s.incident.by), s.by)
            for c in cases
            for s in c.sendings
            if s.incident is not None and s.incident.reviewed_by is None
        ]
        return tuple(sorted(found, key=lambda each: each.incident.at))

    # proofs --------------------------------------------------------------------------------------------------------------

    @reads(Read.LETTER)
    def proof(self, case: CaseId, sending: EventId, sha256: Sha256) -> bytes:
        """The bytes of what shows that a letter was sent; UserError where the sending has none of that hash."""
        return self.desk.store.blobs.get(_proof(self._sending(case, sending), sha256).sha256)

    @reads(Read.LETTER)
    def save_proof(self, case: CaseId, sending: EventId, sha256: Sha256, path: Path) -> Path:
        """Writes what shows that a letter was sent to a file that a person chose; the register tells of it."""
        kept = _proof(self._sending(case, sending), sha256)
        return self.desk.exports.write("proof of sending", path, self.desk.store.blobs.get(kept.sha256), case=case)

    def _sending(self, case: CaseId, sending: EventId) -> Sending:
        return one_sending(shown(self.desk, case), sending)

    def keep(self, proof: Proof) -> Record:
        """The proof, its bytes kept, inside the open transaction."""
        record, data = proof
        if self.desk.store.blobs.keep(data) != record.sha256:
            raise ValueError("the bytes of a proof are those that were looked at")
        return record

    # sheets --------------------------------------------------------------------------------------------------------------

    def cover(self, case: CaseId, letter: LetterId, to_whom: str, fax: str) -> Steps[bytes]:
        """The cover of a fax with this letter: to whom, how many pages, our own fax and telephone; nothing of the member or the case."""
        check_reader(self.desk.person, Read.LETTER)
        told = yield from store(lambda: self._cover(case, letter, to_whom, fax), "Reading the letter")
        fonts = yield from store(self.desk.stationery.letter_fonts, "Reading the letter")
        return (yield from work(lambda: self._drawn(told[0](self.desk.letters.page(told[1], 1, 0.05)[1] + 1), fonts), "Writing the cover"))

    def _cover(self, case: CaseId, letter: LetterId, to_whom: str, fax: str) -> tuple[Callable[[int], FaxCover], bytes]:
        if not to_whom.strip() or not fax.strip():
            raise UserError("Say to whom the fax goes, and to which number.", "Nothing was written.")
        from ur_desk.letters.sheets import check_to_whom

        now = shown(self.desk, case)
        check_to_whom(f"{to_whom}\n{fax}", now)
        plan, pdf, today = self.desk.letters.profile_of(now), self.desk.letters.pdf(letter), self.desk.today
        return (lambda pages: FaxCover(plan, to_whom.strip(), fax.strip(), pages, today)), pdf

    def return_sheet(self, case: CaseId) -> Steps[bytes]:
        """The sheet that a provider lays on top of the records asked for: the case's number in letters and as a bar code, and our fax."""
        check_reader(self.desk.person, Read.LETTER)
        told = yield from store(lambda: self._return_sheet(case), "Reading the case")
        fonts = yield from store(self.desk.stationery.letter_fonts, "Reading the case")
        return (yield from work(lambda: self._drawn(told, fonts), "Writing the sheet"))

    def _return_sheet(self, case: CaseId) -> ReturnSheet:
        now = shown(self.desk, case)
        return ReturnSheet(self.desk.letters.profile_of(now), now.number, self.desk.today)

    def _drawn(self, sheet: FaxCover | ReturnSheet, fonts: "tuple[InstalledFont, ...]") -> bytes:
        from ur_desk.letters.sheets import content_of
        from ur_desk.pdf.sheet import render_sheet

        tables = self.desk.tables
        return render_sheet(content_of(sheet, tables.wording), fonts_dir=tables.folder / "fonts", installed=fonts)

    @reads(Read.LETTER)
    def save_sheet(self, case: CaseId, what: str, pdf: bytes, path: Path) -> Path:
        """Writes a cover or a return sheet to a file that a person chose; the register tells of it."""
        check_case_open(self.desk, case)
        return self.desk.exports.write(what, path, pdf, case=case)

    # -------------------------------------------------------------------------------------------------------------------

    def _addressee(self, case: CaseId, letter: LetterId, party: Party) -> tuple[str, str]:
        """The name and the address that the letter bears for whom it was written, or, in one from before there were copies apart, for
        the first copy."""
        issued = next((i for i in shown(self.desk, case).letters if i.id == letter), None)
        if issued is None:
            return "", ""
        content = self._content(issued)
        own = party is Party.MEMBER or issued.copy_of is not None
        told = content.recipient if own else next(iter(content.copies), ())
        return (told[0], ", ".join(told[1:])) if told else ("", "")

    def _content(self, issued: Issued) -> LetterContent:
        from ur_desk.records.letter import letter_from

        return letter_from(self.desk.store.blobs.get(issued.content))


def one_sending(case: Case, sending: EventId) -> Sending:
    """The sending of that event; UserError where the case has none."""
    for each in case.sendings:
        if each.event == sending:
            return each
    raise UserError("There is no such sending.", "Look at the letters of the case again. Nothing was changed.")


def _proof(sending: Sending, sha256: Sha256) -> Record:
    for record in sending.proofs:
        if record.sha256 == sha256:
            return record
    raise UserError("The sending has no such proof.", "Look at the letters of the case again. Nothing was changed.")


def _name(each: Owed) -> str:
    return each.letter.recipient if each.party is Party.MEMBER else next(iter(each.letter.copies), "")
