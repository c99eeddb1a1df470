"""Review: one case beside the policy's lines and the findings, as they were pinned; and what a reviewer notes on the way."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from ur_desk.desk.reads import reads, shown, told
from ur_desk.desk.steps import Steps, store, work
from ur_desk.desk.verbs import Act, Done, gate, verb
from ur_desk.domain import events as ev
from ur_desk.domain.access import CaseViewed
from ur_desk.domain.asking import settled, waits
from ur_desk.domain.binding import Binding
from ur_desk.domain.case import Case
from ur_desk.domain.clock_tasks import Standing, standing
from ur_desk.domain.clocks import Window
from ur_desk.domain.events import CaseId, CoverageItem, PolicyPin
from ur_desk.domain.fence import Read
from ur_desk.domain.findings import MatchReport, Relation
from ur_desk.domain.grounds import Given
from ur_desk.domain.independence import Bar
from ur_desk.domain.lineage import ALONE, Lineage
from ur_desk.domain.outcome_rules import may_come_until
from ur_desk.domain.people import Account, AccountId, Role
from ur_desk.domain.policy import Policy, Sha256
from ur_desk.domain.request import Request
from ur_desk.domain.signing import SigningRules
from ur_desk.domain.versions import VersionRule, superseded
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.store.store import Store

NO_RULES = SigningRules()
CLINICAL = (Role.NURSE, Role.PHYSICIAN)


@dataclass(frozen=True, slots=True)
class PinnedPolicy:
    """A policy as a case was matched with it, and what was known of it then."""

    policy: Policy
    pin: PolicyPin


@dataclass(frozen=True, slots=True)
class OnDesk:
    """Everything that the review screen shows of a case, from what was kept, never matched anew.

    `words` are the descriptions of the request's diagnoses by code; `people` the accounts by id; `hold` is why a
    legal hold lies on the case, empty where none does; `given` what the plan lets other roles than the physician sign; `superseded` the
    pinned texts of which the library holds a newer version that the days of the case fall under; `signing` what states ask of a signer,
    and `bar` why whoever reads may not decide the case; `standing` is where the clock of the case stands, `lineage` what
    the case follows and what follows it. `approvals` are those of other cases that bind it, `noticed` the days on which notice of its lines
    was dated (`noticed_before` of those of the case that it follows), and `windows` the rows that say until when one may ask that they be looked at anew; `read_at` is when all
    this was read.
    """

    case: Case
    report: MatchReport | None
    policies: tuple[PinnedPolicy, ...]
    words: dict[str, str]
    people: dict[AccountId, Account]
    hold: str = ""
    given: tuple[Given, ...] = ()
    superseded: frozenset[Sha256] = frozenset()
    signing: SigningRules = NO_RULES
    bar: Bar | None = None
    today: date | None = None
    """The day of reading, in the workspace's zone."""
    standing: Standing | None = None
    lineage: Lineage = ALONE
    approvals: tuple[Binding, ...] = ()
    noticed: Mapping[int, date] = field(default_factory=dict)
    noticed_before: Mapping[int, date] = field(default_factory=dict)
    windows: tuple[Window, ...] = ()
    read_at: datetime | None = None
    peer_phone: str = ""
    """The plan's number for a discussion between peers; empty where its profile has none."""
    may_come: Mapping[int, date] = field(default_factory=dict)
    """Until when what was asked for may come, by line; a line is not among them where no day was told."""

    def policy(self, text: str) -> PinnedPolicy | None:
        """The pinned policy with that text."""
        return next((p for p in self.policies if p.pin.text == text), None)


@dataclass(frozen=True, slots=True)
class Findings:
    """A match and what it rests on, before it is pinned; `subject` is `Request.subject` of what was matched."""

    report: MatchReport
    policies: tuple[PinnedPolicy, ...]
    subject: str
    rule: VersionRule = VersionRule.SERVICE
    processed: date | None = None


class Review:
    """Reads cases; keeps contacts, notes and coverage findings; matches again."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    @reads(Read.LIST)
    def find(self, number_or_id: str) -> CaseId:
        """The case with that number; UserError where there is none."""
        found = self.desk.store.cases.find(number_or_id.strip())
        if found is None:
            raise UserError("There is no case of that number.", "Look it up in the worklist.")
        return found

    @reads(Read.CASE)
    def case(self, case: CaseId) -> Case:
        """The case as its events tell it; refused where it is closed to the person."""
        return shown(self.desk, case)

    @reads(Read.CASE)
    def on_desk(self, case: CaseId) -> OnDesk:
        """All that the review screen shows, in one steady view."""
        store_, tables = self.desk.store, self.desk.tables
        with store_.reading():
            now = shown(self.desk, case)
            pins = now.matched.pins if now.matched else ()
            policies = tuple(PinnedPolicy(pinned_policy(store_, pin), pin) for pin in pins)
            report = self.report(now)
            people = {account.id: account for account in store_.accounts.all()}
            hold, plan = store_.ledger.hold_on(case), store_.standing().plan_of(now.request)
            events = store_.ledger.of_case(case)
            stands = standing(now, events, self.desk.clock.now())
            days = ((state.line, may_come_until(now, events, state.line)) for state in now.lines)
            old = frozenset(pin.text for pin in pins if self._superseded(now, pin))
            lineage, noticed = self.desk.appeals.of(now), self.desk.appeals.noticed(now)
            before = self.desk.appeals.noticed_before(now)
            approvals, windows = self.desk.signers.approvals(now), self.desk.clock_rows.book().rules.windows
            today = self.desk.today
            bar, rules = self.desk.signers.bar(now, self.desk.person), self.desk.signing_rows.book().rules
        words = {d.code: tables.codeset.description(d.code) or "" for d in now.request.diagnoses}
        self.desk.looks.note(CaseViewed(), case)
        given = plan.signers if plan else ()
        return OnDesk(
            now, report, policies, words, people, hold.reason if hold else "", given, old, rules, bar, today, stands,
            lineage, approvals, noticed, before, windows, self.desk.clock.now(), plan.peer_to_peer_phone if plan else "",
            {line: day for line, day in days if day},
        )  # fmt: skip

    def _superseded(self, case: Case, pin: PolicyPin) -> bool:
        """Whether the library holds a newer version by which the case would be judged by the rule under which it was matched."""
        rule, processed = (case.matched.rule, case.matched.processed) if case.matched else (VersionRule.SERVICE, None)
        services = [state.service.first_day for state in case.lines if state.service.first_day]
        days = [processed] if rule is VersionRule.PROCESSING and processed else services
        return superseded(pin.effective, days, self.desk.store.shelf.first_days(pin.policy))

    def report(self, case: Case) -> MatchReport | None:
        """The findings that are pinned to the case; None where it was never matched."""
        from ur_desk.records.match import report_from

        return report_from(self.desk.store.blobs.get(case.matched.report)) if case.matched else None

    def cautions(self, matched: ev.Matched | None) -> frozenset[str]:
        """The codes of the cautions that a kept match raised."""
        from ur_desk.records.match import report_from

        if matched is None:
            return frozenset()
        return frozenset(caution.code.value for caution in report_from(self.desk.store.blobs.get(matched.report)).cautions)

    @verb("record.open", *CLINICAL, writes=ev.RecordOpened)
    def open_record(self, act: Act, case: CaseId) -> Done[Case]:
        """Notes that the person opened the request and its record; once a person."""
        now = self.case(case)
        if act.by.id in now.record_opened_by:
            return Done(now, frozenset())
        return act.done(act.on_case(case, None, [ev.RecordOpened()]))

    @verb("coverage.check", Role.INTAKE, *CLINICAL, writes=ev.CoverageChecked)
    def check_coverage(self, act: Act, case: CaseId, revision: int, item: CoverageItem, answer: str, where: str, day: date) -> Done[Case]:
        """Records the answer to a coverage question: what, where it was looked up, on which day."""
        body = ev.CoverageChecked(item, answer.strip(), where.strip(), day)
        return act.done(act.on_case(case, revision, [body]), label="coverage check")

    @verb("contact.log", Role.INTAKE, Role.SUPERVISOR, *CLINICAL, writes=ev.ContactLogged)
    def log_contact(self, act: Act, case: CaseId, contact: ev.ContactLogged) -> Done[Case]:
        """Logs a call, voicemail, fax or portal message; it bears no revision, since it adds and changes nothing."""
        return act.done(act.on_case(case, None, [contact]), label="contact")

    @verb("note.add", Role.INTAKE, Role.SUPERVISOR, *CLINICAL, writes=ev.NoteAdded)
    def add_note(self, act: Act, case: CaseId, text: str) -> Done[Case]:
        """Adds an internal note; it never reaches a letter."""
        return act.done(act.on_case(case, None, [ev.NoteAdded(text.strip())]), label="note")

    def match(self, request: Request) -> Steps[Findings]:
        """Lays a request beside the library as it stands now; keeps nothing."""
        shelved, choosing = yield from store(self.desk.library.to_match, "Reading the library")
        return (yield from work(lambda: self.desk.library.findings(request, shelved, choosing), "Matching"))

    def on_arrival(self, case: CaseId) -> Steps[Findings | None]:
        """What the library as it stands now says of a case for which something came that it waited for; None where it waited for nothing."""
        now = yield from store(lambda: told(self.desk, case), "Reading the case")
        return (yield from self.match(now.current_request)) if waits(now) else None

    def rematch(self, case: CaseId, revision: int) -> Steps[Done[Case]]:
        """Matches a case again with the library as it stands now, and pins what was found."""
        gate(self.desk.person, "case.match")
        request = (yield from store(lambda: self.case(case), "Reading the case")).current_request
        findings = yield from self.match(request)
        return (yield from store(lambda: self._keep_match(case, revision, findings), "Saving"))

    @verb("case.match", Role.INTAKE, *CLINICAL, writes=ev.Matched)
    def _keep_match(self, act: Act, case: CaseId, revision: int, findings: Findings) -> Done[Case]:
        """Pins what a new match found."""
        return act.done(act.on_case(case, revision, [self.pinned(findings)]))

    def matched_after(self, act: Act, case: Case, findings: Findings | None) -> Case:
        """The case with what a match found on arrival pinned to it, inside the open transaction; as it is where nothing was matched."""
        return case if findings is None else act.on_case(case.id, case.revision, [self.pinned(findings)])

    def pinned(self, findings: Findings) -> ev.Matched:
        """The event body of a match; its report is kept, inside the open transaction."""
        from ur_desk import __version__
        from ur_desk.records.match import report_bytes

        report = findings.report
        return ev.Matched(
            report=self.desk.store.blobs.keep(report_bytes(report)),
            services=report.services,
            against=tuple(against(report)),
            pins=tuple(p.pin for p in findings.policies),
            program=__version__,
            code_table=self.desk.tables.codeset.vintage,
            subject=findings.subject,
            settled=tuple(settled(report)),
            rule=findings.rule,
            processed=findings.processed,
        )


def pinned_policy(store: "Store", pin: PolicyPin) -> Policy:
    """The policy as a case was matched with it: its kept reading, with the first day that counted then."""
    policy = store.shelf.policy(pin.reading)
    return replace(policy, version=replace(policy.version, effective=pin.effective)) if pin.effective else policy


def against(report: MatchReport) -> Iterator[int]:
    """The service lines to which an adverse position applies, whatever must still be confirmed of version or coverage."""
    adverse = {
        m.id for m in report.policies if m.position and m.position.adverse and m.relation in (Relation.APPLIES, Relation.BY_DESCRIPTION)
    }
    for row in report.services:
        if row.relation in (Relation.APPLIES, Relation.BY_DESCRIPTION) and adverse & set(row.policies):
            yield row.line
