"""Intake: files and typed fields become requests, and requests become cases."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ur_desk.desk.reads import reads
from ur_desk.desk.review import Findings
from ur_desk.desk.steps import Steps, store, work
from ur_desk.desk.verbs import Act, Done, gate, verb
from ur_desk.domain import events as ev
from ur_desk.domain.attached import Beside
from ur_desk.domain.case import Case
from ur_desk.domain.deadline import Due, due, explain, facts_of
from ur_desk.domain.drafts import Draft
from ur_desk.domain.events import CaseId
from ur_desk.domain.fence import Read
from ur_desk.domain.findings import Extracted
from ur_desk.domain.mapping import Mapping, Sender
from ur_desk.domain.people import Role
from ur_desk.domain.policy import Sha256
from ur_desk.domain.request import OPENS_A_CASE, Request
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk

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

    def open(self, request: Request, source: bytes | None = None, beside: Beside | None = None) -> Steps[Done[Case]]:
        """Opens a case for a request: matched, its due instant read, all in one transaction.

        `source` is the file as received, `beside` the records that lie beside the draft, which the case takes.
        """
        gate(self.desk.person, "case.open")
        yield from store(lambda: self._may_open(request), "Checking")
        findings = yield from self.desk.review.match(request)
        clock = yield from work(lambda: self.clock(request), "Reading the clock rules")
        return (yield from store(lambda: self._open(request, findings, clock, source, beside), "Saving"))

    def _may_open(self, request: Request) -> None:
        if request.kind is not None and request.kind not in OPENS_A_CASE:
            raise UserError(
                f"This is a message of the kind '{request.kind.value}', which opens no case by itself.",
                "Work it in the case that it belongs to. Nothing was saved.",
            )
        if self.desk.demo and not (request.member.member_id or "").upper().startswith(DEMO_PREFIX):
            raise UserError(
                f"A demo workspace takes member ids that begin with {DEMO_PREFIX} only.",
                "It is thrown away and prints SPECIMEN on every letter; real requests belong in a workspace of your own. Nothing was saved.",
            )

    def clock(self, request: Request) -> ev.ClockRead:
        """What the clock rules say of a request; touches no store."""
        told = due(facts_of(request), self.desk.tables.clock_rules)
        sha = Sha256(hashlib.sha256(self.desk.tables.clock_bytes).hexdigest())
        if isinstance(told, Due):
            return ev.ClockRead(told.local, told.rule.id, explain(told), sha)
        return ev.ClockRead(None, None, explain(told), sha)

    @verb("case.open", *OPENERS, writes=ev.Opened | ev.Matched | ev.ClockRead | ev.RecordAttached | ev.PagesNoted)
    def _open(
        self, act: Act, request: Request, findings: Findings, clock: ev.ClockRead, source: bytes | None, beside: Beside | None
    ) -> Done[Case]:
        """Opens a case with its findings and its clock."""
        blobs, now = self.desk.store.blobs, self.desk.clock.now()
        self._may_open(request)
        blobs.keep(self.desk.tables.clock_bytes)
        year = now.astimezone(self.desk.zone).year
        number = f"UR-{year}-{self.desk.store.next_number(str(year)):06d}"
        opened = ev.Opened(number, request, blobs.keep(source) if source else None)
        case = act.open_case(CaseId(self.desk.new_id()), opened, [self.desk.review.pinned(findings), clock])
        if beside is not None:
            case = self.desk.records.take_over(act, case.id, beside)
        return act.done(case)

    def complete(self, case: CaseId, revision: int, told: Request, told_by: str, how: str) -> Steps[Done[Case]]:
        """Adds facts that nobody knew when the case was opened, matches again, and reads the clock from the receipt.

        `told` is the request with them; what was known before must be the same in it.
        """
        gate(self.desk.person, "case.complete")
        now = yield from store(lambda: self.desk.review.case(case), "Reading the case")
        asked = replace(told, services=now.current_request.services, servicing_provider=now.servicing_provider)
        findings = yield from self.desk.review.match(asked)
        clock = yield from work(lambda: self.clock(told), "Reading the clock rules")
        body = ev.Completed(told, told_by.strip(), how.strip())
        return (yield from store(lambda: self._complete(case, revision, body, findings, clock), "Saving"))

    @verb("case.complete", *OPENERS, writes=ev.Completed | ev.Matched | ev.ClockRead)
    def _complete(self, act: Act, case: CaseId, revision: int, body: ev.Completed, findings: Findings, clock: ev.ClockRead) -> Done[Case]:
        """Adds facts of the request that were not known before."""
        self.desk.store.blobs.keep(self.desk.tables.clock_bytes)
        matched = [] if all(s.decision for s in self.desk.review.case(case).lines) else [self.desk.review.pinned(findings)]
        return act.done(act.on_case(case, revision, [body, *matched, clock]))

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
