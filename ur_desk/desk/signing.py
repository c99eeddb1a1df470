"""Whoever signs: what the state asks of them before they decide, whether an appeal is closed to them, and what a signature keeps."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ur_desk.desk.reads import reads, shown, told
from ur_desk.domain.appeals.independence import Bar, Trail, bar
from ur_desk.domain.asked import FOR_PHYSICIAN
from ur_desk.domain.case import Case
from ur_desk.domain.clocks.overdue import Overdue, overdue
from ur_desk.domain.decisions.attention import NOTHING_NOTED, Attention
from ur_desk.domain.decisions.binding import Binding
from ur_desk.domain.decisions.binding_rules import bindings, of_lines
from ur_desk.domain.decisions.signing import NO_CONFLICT, Required, elsewhere, required
from ur_desk.domain.determination import Signature, Workflow
from ur_desk.domain.events import CaseId
from ur_desk.domain.guard.fence import Read, sees, viewer
from ur_desk.domain.intake.arriving import Traits, traits_of
from ur_desk.domain.listing import CaseFilter, CaseRow
from ur_desk.domain.people import Account, AccountId
from ur_desk.domain.request import Member
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk


PAGE = 100


@dataclass(frozen=True, slots=True)
class Signing:
    """What whoever signs adds to a decision beside the proof of presence.

    `attested` says that they have no conflict of interest in this decision; `similar` why their training and experience are of the same
    or a similar specialty; `attention` what they had before their eyes.
    """

    attested: bool = False
    similar: str = ""
    attention: Attention = NOTHING_NOTED


UNATTESTED = Signing()
"""A signature without a word beside it: a nurse's approval."""


@dataclass(frozen=True, slots=True)
class Before:
    """What a person is shown before they decide lines of a case: what the state asks for, why the case is closed to them, which approvals
    of other cases bind, and by which rows the lines count as authorized, since the answer is late."""

    required: Required
    bar: Bar | None = None
    approvals: tuple[Binding, ...] = ()
    overdue: tuple[Overdue, ...] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case that waits for a physician: its row, the lines that do, and what the nurse wrote and asks; `bar` is why it is closed to
    whoever asked for the list, `prepared` whether they opened or referred it themselves."""

    row: CaseRow
    lines: tuple[int, ...]
    summary: str
    question: str
    referred_by: AccountId | None
    peer_to_peer: bool
    bar: Bar | None
    prepared: bool
    member: Member
    codes: tuple[str, ...] = ()
    """The procedure codes of the lines that wait."""


class Signers:
    """Tells what is asked of whoever signs; decides nothing."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    @reads(Read.CASE)
    def before(self, case: CaseId, lines: Sequence[int] = ()) -> Before:
        """What whoever sits here must meet before they decide these lines, or all of them, adversely."""
        now = shown(self.desk, case)
        return self.of(now, lines or [state.line for state in now.lines])

    @reads(Read.QUEUE)
    def queue(self) -> tuple[Waiting, ...]:
        """Every case with a line that waits for a physician and that is open to whoever asks, what is due soonest first."""
        desk, now = self.desk, self.desk.clock.now()
        asked, after, told = CaseFilter(referred=True), None, list[Waiting]()
        with desk.store.reading():
            while True:
                page = desk.store.cases.page(asked, after, PAGE, viewer(desk.person, now), desk.zone)
                told += [found for row in page.rows if (found := self._waiting(row)) is not None]
                after = page.next_key
                if after is None:
                    return tuple(told)

    def _waiting(self, row: CaseRow) -> Waiting | None:
        """What the nurse wrote for the lines of a listed case that wait; None where none does any more."""
        case = told(self.desk, row.id)
        states = [state for state in case.lines if state.workflow in FOR_PHYSICIAN]
        if not states:
            return None
        written = [state.referral for state in states if state.referral]
        person = self.desk.person
        prepared = person.id in {case.opened_by, *(state.referred_by for state in states)}
        return Waiting(
            row, tuple(state.line for state in states),
            "\n".join(dict.fromkeys(body.summary for body in written)), "\n".join(dict.fromkeys(b.question for b in written if b.question)),
            next((state.referred_by for state in states if state.referred_by), None),
            any(state.workflow is Workflow.PEER_TO_PEER for state in states), self.bar(case, person), prepared, case.request.member,
            tuple(dict.fromkeys(state.service.code for state in states if state.service.code)),
        )  # fmt: skip

    def of(self, case: Case, lines: Sequence[int]) -> Before:
        """The same of a case that was read."""
        today = self.desk.today
        asked = required(case, lines, self.desk.person, today, self.desk.signing_rows.book().rules)
        late = overdue(case, lines, self.desk.clock.now())
        return Before(asked, self.bar(case, self.desk.person), of_lines(self.approvals(case), lines), late)

    def approvals(self, case: Case) -> tuple[Binding, ...]:
        """The approvals of other cases of the same member that bind lines of this one; of a case that is closed to the person no more than
        its number."""
        traits = traits_of(case.request, "")
        if not (traits.member_id or traits.person):
            return ()
        asked = Traits("", member_id=traits.member_id, person=traits.person)
        others = sorted({paper.case for paper in self.desk.store.papers.akin([asked])} - {case.id})
        return tuple(self._shown(each) for each in bindings(case, self._told(others)))

    def _told(self, cases: Iterable[CaseId]) -> Iterator[Case]:
        """These cases, but for those that cannot be told any more."""
        for each in cases:
            try:
                yield told(self.desk, each)
            except UserError:
                continue

    def _shown(self, found: Binding) -> Binding:
        if sees(told(self.desk, found.case), self.desk.person.id, self.desk.clock.now()):
            return found
        return replace(found, of=None, first_day=None, last_day=None, authorization="")

    def bar(self, case: Case, person: Account) -> Bar | None:
        """Why a person may not decide a case that appeals against another one, or None."""
        try:
            return bar(person, case, self._trail, self.desk.store.workspace().reports_to)
        except UserError:
            return Bar.UNTOLD

    def _trail(self, case: CaseId) -> Trail:
        return told(self.desk, case), self.desk.store.ledger.of_case(case)

    def signature(self, case: Case, person: Account, signing: Signing, reauthenticated: bool) -> Signature:
        """The signature of a person under a decision of a case, with what it rests on kept; inside the open transaction."""
        desk, now = self.desk, self.desk.clock.now()
        licence = person.credential.in_force(now.astimezone(desk.zone).date(), case.request.state) if person.credential else None
        return Signature(
            person.id, person.display, person.credential, now, reauthenticated, licence,
            NO_CONFLICT if signing.attested else "", signing.similar.strip(), desk.store.blobs.keep(desk.signing_rows.book().data),
            signing.attention, case_state=elsewhere(licence, case.request.state),
        )  # fmt: skip
