"""Intake: files and typed fields become requests, and requests become cases."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ur_desk.desk.reads import reads
from ur_desk.desk.review import Findings
from ur_desk.desk.steps import Steps, store
from ur_desk.desk.verbs import Act, Changed, Done, gate, verb
from ur_desk.domain import events as ev
from ur_desk.domain.case import Case
from ur_desk.domain.drafts import Draft
from ur_desk.domain.events import CaseId
from ur_desk.domain.findings import Extracted
from ur_desk.domain.guard.fence import Read
from ur_desk.domain.intake.attached import Beside
from ur_desk.domain.intake.handing import NOTE_LIMIT, DraftHanded, KeptDraft
from ur_desk.domain.intake.mapping import Mapping, Sender
from ur_desk.domain.people import Account, Role
from ur_desk.domain.policy import Sha256
from ur_desk.domain.request import OPENS_A_CASE, Request
from ur_desk.domain.visible import visible
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk

Source = bytes | Sha256 | None
"""A file as received: its bytes, or their hash where they are kept already."""
DEMO_PREFIX = "DEMO-"
OPENERS = (Role.INTAKE, Role.NURSE)
NEW_REQUEST = "new-request"


class Intake:
    """Reads request files, keeps drafts of typed ones, and opens cases."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    def extract(self, data: bytes, name: str, how: Mapping | None = None, senders: Sequence[Sender] = ()) -> Extracted:
        """The requests in a file and every problem in it; saves nothing and touches no store.

        `how` says what the columns of a table mean; without it, what is known of the `senders` does, then the headers.
        """
        from ur_desk.importers import extract

        return extract(data, name, self.desk.tables.codeset, self.desk.clock.now(), how, senders)

    def open(
        self, request: Request, source: Source = None, seen: frozenset[str] | None = None, check: Callable[[], None] | None = None,
        beside: Beside | None = None,
    ) -> Steps[Done[Case]]:  # fmt: skip
        """Opens a case for a request: matched, its due instant read, all in one transaction.

        Resembles where the sender's id and the whole content are here already: nothing is saved twice. With `seen`, also where it
        resembles a case whose mark is not among these. `check` is asked in the same transaction. `beside` are the records that lie beside
        the draft, which the case takes.
        """
        gate(self.desk.person, "case.open")
        yield from store(lambda: self.check_may_open(request), "Checking")
        findings = yield from self.desk.review.match(request)
        clock = yield from self.desk.clocks.reading(request)
        return (yield from store(lambda: self._open(request, findings, clock, source, seen, check, beside), "Saving"))

    def check_may_open(self, request: Request) -> None:
        """UserError for a message that opens no case by itself, and in a demo for a real member."""
        if request.kind is not None and request.kind not in OPENS_A_CASE:
            raise UserError(
                f"This is a message of the kind '{request.kind.value}', which opens no case by itself.",
                "Work it in the case that it belongs to. Nothing was saved.",
            )
        self.check_demo(request)

    def check_demo(self, request: Request) -> None:
        """UserError in a demo for a member whose id does not say that they are invented."""
        if self.desk.demo and not (request.member.member_id or "").upper().startswith(DEMO_PREFIX):
            raise UserError(
                f"A demo workspace takes member ids that begin with {DEMO_PREFIX} only.",
                "It is thrown away and prints SPECIMEN on every letter; real requests belong in a workspace of your own. Nothing was saved.",
            )

    @verb("case.open", *OPENERS, writes=ev.Opened | ev.Matched | ev.ClockRead | ev.RecordAttached | ev.PagesNoted)
    def _open(
        self, act: Act, request: Request, findings: Findings, clock: ev.ClockRead, source: Source, seen: frozenset[str] | None,
        check: Callable[[], None] | None, beside: Beside | None,
    ) -> Done[Case]:  # fmt: skip
        """Opens a case with its findings and its clock, and takes over what lay beside its draft."""
        self.check_may_open(request)
        if check is not None:
            check()
        self.desk.arrivals.check_not_here(request, seen)
        self.desk.addresses.learn(request)
        opened = ev.Opened(self.next_number(), request, self.keep_source(source))
        case = act.open_case(CaseId(self.desk.new_id()), opened, [self.desk.review.pinned(findings), self.desk.clocks.kept(clock)])
        if beside is not None:
            case = self.desk.records.take_over(act, case.id, beside)
        return act.done(case)

    def keep_source(self, source: Source) -> Sha256 | None:
        """The hash of a file as received, its bytes kept, inside the open transaction; None where there is none."""
        if not source:
            return None
        return self.desk.store.blobs.keep(source) if isinstance(source, bytes) else source

    def next_number(self) -> str:
        """The number of the next case, inside the open transaction."""
        year = self.desk.today.year
        return f"UR-{year}-{self.desk.store.next_number(str(year)):06d}"

    def complete(self, case: CaseId, revision: int, told: Request, told_by: str, how: str) -> Steps[Done[Case]]:
        """Adds facts that nobody knew when the case was opened, matches again, and reads the clock from the receipt.

        `told` is the request with them; what was known before must be the same in it.
        """
        gate(self.desk.person, "case.complete")
        now = yield from store(lambda: self.desk.review.case(case), "Reading the case")
        asked = replace(told, services=now.current_request.services, servicing_provider=now.servicing_provider)
        findings = yield from self.desk.review.match(asked)
        body = ev.Completed(told, told_by.strip(), how.strip())
        return (yield from store(lambda: self._complete(case, revision, body, findings), "Saving"))

    @verb("case.complete", *OPENERS, writes=ev.Completed | ev.Matched | ev.ClockRead)
    def _complete(self, act: Act, case: CaseId, revision: int, body: ev.Completed, findings: Findings) -> Done[Case]:
        """Adds facts of the request that were not known before."""
        matched = [] if all(s.decision for s in self.desk.review.case(case).lines) else [self.desk.review.pinned(findings)]
        after = act.on_case(case, revision, [body, *matched])
        return act.done(act.on_case(case, after.revision, [self.desk.clocks.of_case(after)]))

    @reads(Read.DRAFTS)
    def kept_drafts(self) -> tuple[KeptDraft, ...]:
        """The person's drafts of new requests, newest first, each with who handed it to them and the word with it."""
        from ur_desk.records.request import draft_from

        drafts, me = self.desk.store.drafts, self.desk.person.id
        handed, names = drafts.handed(me), {account.id: account.display for account in self.desk.store.accounts.all()}
        found = []
        for name, _, data, at in drafts.of(me, NEW_REQUEST):
            by, note = handed.get(name, (None, ""))
            found.append(KeptDraft(name, draft_from(data), at, by, names.get(by, by) if by else "", note))
        return tuple(found)

    @reads(Read.COLLEAGUES)
    def colleagues(self) -> tuple[Account, ...]:
        """Everybody else who opens cases, by name: to whom a draft can be handed."""
        return tuple(a for a in self.desk.store.accounts.all() if a.id != self.desk.person.id and not a.retired and a.has(*OPENERS))

    @verb("draft.hand", *OPENERS, writes=DraftHanded)
    def hand_draft(self, act: Act, name: str, to: str, note: str = "") -> Done[Account]:
        """Hands a draft of a new request to a colleague, who finds it among their own; they hand it back in the same way."""
        told = " ".join(visible(note).split())
        if len(told) > NOTE_LIMIT:
            raise UserError(f"The word with a draft has {NOTE_LIMIT} characters at most.", "Write it shorter. Nothing was changed.")
        colleague = next((a for a in self.colleagues() if to.casefold() in (a.id.casefold(), a.name.casefold())), None)
        if colleague is None:
            raise UserError(
                "There is no such colleague who opens cases.", "Name an account with the role intake or nurse. Nothing was changed."
            )
        if not self.desk.store.drafts.hand(name, NEW_REQUEST, act.by.id, colleague.id, told):
            raise UserError("That draft is not yours, or is gone.", "Look at the list of your drafts. Nothing was changed.")
        act.on_workspace(DraftHanded(name, colleague.id))
        return Done(colleague, frozenset({Changed.DRAFTS}))

    @reads(Read.DRAFTS)
    def drafts(self) -> tuple[tuple[str, Draft], ...]:
        """The person's drafts of new requests, newest first, by id."""
        from ur_desk.records.request import draft_from

        kept = self.desk.store.drafts.of(self.desk.person.id, NEW_REQUEST)
        return tuple((name, draft_from(data)) for name, _, data, _ in kept)

    def keep_draft(self, name: str, draft: Draft) -> None:
        """Keeps a typed request that is not committed yet; no event."""
        from ur_desk.records.request import draft_bytes

        gate(self.desk.person, "case.open")

        self._keep(name, draft_bytes(draft), NEW_REQUEST, None)

    def drop_draft(self, name: str) -> None:
        """Forgets a draft."""
        with self.desk.store.atomic():
            self.desk.store.drafts.drop(name, self.desk.person.id)

    def _keep(self, name: str, data: bytes, purpose: str, case: Any) -> None:
        with self.desk.store.atomic():
            self.desk.store.drafts.keep(name, self.desk.person.id, purpose, case, data, self.desk.clock.now())
