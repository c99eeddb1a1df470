"""The rules of determinations as a machine: several people at one case, any step at any time, through the gate as it stands."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from builders import BOOKLET, LATE, NO_POLICY, OSEI, UNCHECKED
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from outcome_story import CITED, CLERK, NO, NURSE, PEOPLE, SUPERVISOR, Story, found, ground, plan, signed

from ur_desk.domain import events as ev
from ur_desk.domain.appeals import Against, Asker, against_of, finding_of
from ur_desk.domain.asked import Asked
from ur_desk.domain.authorization import next_place, series_number
from ur_desk.domain.case import Case, fold
from ur_desk.domain.delivery import Party, Way
from ur_desk.domain.determination import ASIDE, Decision, Determination, Granted, Reason, Workflow
from ur_desk.domain.events import CaseEvent, CaseId, CoverageItem, EventId, LetterId
from ur_desk.domain.grounds import GIVABLE, Administrative, Agreement, Family, Given, Matter
from ur_desk.domain.independence import bar
from ur_desk.domain.letter import UNDECIDED, LetterKind, PlanProfile, kind_for
from ur_desk.domain.outcome_rules import attempts
from ur_desk.domain.outcomes import Cause, Dismissal
from ur_desk.domain.people import Account, AccountId, PeerKind, Role
from ur_desk.domain.request import LineOfBusiness
from ur_desk.domain.signing import NO_CONFLICT, SigningRules
from ur_desk.domain.telling import tell
from ur_desk.errors import UserError
from ur_desk.records.events import body_bytes, body_from

D = Determination
WHO = st.sampled_from(PEOPLE)
LINES = st.sampled_from([(1,), (2,), (1, 2)])
WORDS = st.sampled_from(["", "Said so."])
REASONS = st.sampled_from([NO, NO_POLICY, BOOKLET, Reason("We make an exception.", CITED), Reason("")])
GRANTS = st.sampled_from(
    [
        None,
        Granted(quantity=Decimal("0.5")),
        Granted(code="72100", service="Regular x-rays of the neck"),
        Granted(first_day=date(2017, 11, 1)),
    ]
)
GROUNDS = st.one_of(st.none(), st.sampled_from([LATE, ground(Matter.NOT_ELIGIBLE), ground(Matter.USED_UP)]))
LATE_TO_NURSES = Given(Matter.NOT_TIMELY, Role.NURSE)
GIVEN = st.one_of(
    st.just(frozenset({LATE_TO_NURSES})), st.frozensets(st.builds(Given, st.sampled_from(Matter), st.sampled_from(GIVABLE)), max_size=4)
)
DIGEST = ev.Sha256("f" * 64)
TOLD_ALONE = {LetterKind.WITHDRAWN: D.WITHDRAWN, LetterKind.DISMISSED: D.DISMISSED}


class Determinations(RuleBasedStateMachine):
    """Nothing here repeats a rule: what the gate lets through happens, and the invariants look at what has come of it."""

    @initialize(business=st.sampled_from([LineOfBusiness.ERISA_SELF_FUNDED, LineOfBusiness.MEDICARE_ADVANTAGE]), given=GIVEN)
    def begin(self, business: LineOfBusiness, given: frozenset[Given]) -> None:
        self.story = Story(business, given)
        self.made: list[tuple[Any, Account, PlanProfile]] = []
        self.letters: list[tuple[str, tuple[Determination | None, ...]]] = []
        self.numbers: list[str] = []
        self.bound: set[int] = set()
        self.looked = 0

    def attempt(self, body: Any, by: Account) -> bool:
        """The step where the gate lets it pass; a refusal changes nothing."""
        before, kept = self.story.case, list(self.story.events)
        try:
            self.story.tell(body, by)
        except UserError:
            assert self.story.case == before
            assert self.story.events == kept
            return False
        assert self.story.events[:-1] == kept
        self.made.append((body, by, self.story.plan))
        return True

    def decision(self, by: Account, made: Determination, reason: Reason, **more: Any) -> Decision:
        return Decision(made, reason, signed(by, self.story.now), **more)

    # how a case usually goes on, so that the other steps find it everywhere ---------------------------------------------------

    @rule(line=st.sampled_from([1, 2]), ways=st.lists(st.integers(0, 5), min_size=1, max_size=6))
    def go_on(self, line: int, ways: list[int]) -> None:
        """The next steps of a line, by whoever takes them as a rule."""
        for way in ways:
            self._go_on(line, way)
            self.no_approval_of_which_notice_was_given_is_refused_clinically_without_a_reopening()

    def _go_on(self, line: int, way: int) -> None:
        state = self.story.case.line(line)
        if state.workflow in (Workflow.REVIEW, Workflow.RETURNED, Workflow.REOPENED):
            self._in_review(line, way)
        elif state.workflow is Workflow.PENDED:
            self.receive(NURSE, (line,))
        elif state.workflow is Workflow.WITH_PHYSICIAN:
            self._with_the_physician(line, way)
        elif state.workflow is Workflow.DECIDED and state.told_in:
            self.send(NURSE)
        elif state.workflow is Workflow.DECIDED and state.determination not in (None, *ASIDE):
            self.issue(NURSE, (line,), kind_for([state]), corrects=False)
        elif state.workflow is Workflow.DECIDED:
            self.give_notice(NURSE, (line,))
        elif state.workflow is Workflow.NOTICED and way == 5:
            self.open_the_record(OSEI)
            self.deny(OSEI, (line,))
        elif state.workflow is Workflow.NOTICED and way < 3:
            self.reopen(SUPERVISOR, (line,), Cause.GOOD_CAUSE, "A new report.")
        else:
            self.number(NURSE, (line,))

    def _in_review(self, line: int, way: int) -> None:
        if way < 2:
            self.approve(NURSE, (line,))
        elif way == 2:
            self.deny_administratively(NURSE, (line,), LATE)
        elif way == 3:
            self.ask(NURSE, (line,), 0)
        else:
            self.refer_and_open((line,))

    def _with_the_physician(self, line: int, way: int) -> None:
        self.open_the_record(OSEI)
        more = (
            {"granted": Granted(quantity=Decimal("0.5"))},
            {"granted": Granted(code="72100", service="Regular x-rays of the neck")},
            {},
        )[way % 3]
        made = (D.PARTIAL, D.MODIFIED, D.DENIED)[way % 3]
        if way < 3:
            self.attempt(ev.Determined((line,), self.decision(OSEI, made, NO, rationale="Own reasoning.", **more)), OSEI)
        elif way == 3:
            self.time_passes(1)
            self.deny_for_lack_of_information(OSEI, (line,))
        elif way == 4:
            exception = self.decision(OSEI, D.APPROVED, NO, rationale="An exception.", unchecked=UNCHECKED)
            self.attempt(ev.Determined((line,), exception), OSEI)
        else:
            self.send_back(OSEI, (line,))

    # what people do ------------------------------------------------------------------------------------------------------------

    @rule(given=GIVEN)
    def the_administrator_gives_other_matters_to_other_roles(self, given: frozenset[Given]) -> None:
        self.story.plan = plan(*given, business=self.story.plan.line_of_business)

    @rule(
        by=WHO, signer=st.one_of(st.none(), WHO), lines=LINES, made=st.sampled_from(D), reason=REASONS, granted=GRANTS,
        family=st.one_of(st.none(), st.sampled_from(Family)), told=GROUNDS, rationale=WORDS, needed=WORDS, names=st.booleans(),
        agreed=st.booleans(),
    )  # fmt: skip
    def decide(
        self,
        by: Account,
        signer: Account | None,
        lines: tuple[int, ...],
        made: Determination,
        reason: Reason,
        granted: Granted | None,
        family: Family | None,
        told: Administrative | None,
        rationale: str,
        needed: str,
        names: bool,
        agreed: bool,
    ) -> None:
        named = attempts(self.story.events, lines) if names else ()
        agreement = Agreement("the office", self.story.now, "by telephone") if agreed else None
        decision = self.decision(
            signer or by, made, reason, rationale=rationale, granted=granted, unchecked=UNCHECKED if made is D.APPROVED else (),
            family=family, administrative=told, information_needed=needed, attempts=named, agreed=agreement,
        )  # fmt: skip
        self.attempt(ev.Determined(lines, decision), by)

    @rule(by=WHO, lines=LINES)
    def approve(self, by: Account, lines: tuple[int, ...]) -> None:
        self.attempt(ev.Determined(lines, self.decision(by, D.APPROVED, NO_POLICY, unchecked=UNCHECKED)), by)

    @rule(by=WHO, lines=LINES)
    def deny(self, by: Account, lines: tuple[int, ...]) -> None:
        self.attempt(ev.Determined(lines, self.decision(by, D.DENIED, NO, rationale="Own reasoning.", family=Family.CLINICAL)), by)

    @rule(by=WHO, lines=LINES, told=GROUNDS)
    def deny_administratively(self, by: Account, lines: tuple[int, ...], told: Administrative | None) -> None:
        decision = self.decision(by, D.DENIED, BOOKLET, family=Family.ADMINISTRATIVE, administrative=told)
        self.attempt(ev.Determined(lines, decision), by)

    @rule(by=WHO, lines=LINES)
    def deny_for_lack_of_information(self, by: Account, lines: tuple[int, ...]) -> None:
        decision = self.decision(
            by, D.DENIED, NO, rationale="Nothing came.", family=Family.INFORMATION, information_needed="The order.",
            attempts=attempts(self.story.events, lines),
        )  # fmt: skip
        self.attempt(ev.Determined(lines, decision), by)

    @rule(by=WHO, lines=LINES)
    def refer(self, by: Account, lines: tuple[int, ...]) -> None:
        self.attempt(ev.Referred(lines, "Back pain for five months."), by)

    @rule(lines=LINES)
    def refer_and_open(self, lines: tuple[int, ...]) -> None:
        self.attempt(ev.Referred(lines, "Back pain for five months."), PEOPLE[0])
        self.attempt(ev.RecordOpened(), OSEI)

    @rule(by=WHO)
    def open_the_record(self, by: Account) -> None:
        self.attempt(ev.RecordOpened(), by)

    @rule(by=WHO, lines=LINES)
    def send_back(self, by: Account, lines: tuple[int, ...]) -> None:
        self.attempt(ev.SentBack(lines, "Which?"), by)

    @rule(by=WHO, lines=LINES, until=st.one_of(st.none(), st.integers(0, 20)))
    def ask(self, by: Account, lines: tuple[int, ...], until: int | None) -> None:
        day = None if until is None else self.story.now.date() + timedelta(days=until)
        self.attempt(ev.InformationRequested(lines, ("the order",), "It names the service.", "the office", day), by)

    @rule(by=WHO, lines=LINES)
    def receive(self, by: Account, lines: tuple[int, ...]) -> None:
        self.attempt(ev.InformationReceived(lines, "Nothing.", self.story.now), by)

    @rule(by=WHO)
    def call(self, by: Account) -> None:
        self.attempt(ev.ContactLogged(ev.ContactWay.CALL, "the office", "1", "Nobody answered.", self.story.now), by)

    @rule(by=WHO, item=st.sampled_from(CoverageItem))
    def look_up_coverage(self, by: Account, item: CoverageItem) -> None:
        self.attempt(found(item), by)

    @rule(by=WHO, lines=LINES)
    def withdraw(self, by: Account, lines: tuple[int, ...]) -> None:
        decision = self.decision(by, D.WITHDRAWN, Reason("Withdrawn."))
        self.attempt(ev.Withdrawn(lines, "the office", self.story.now, "by fax", decision), by)

    @rule(by=WHO, lines=LINES, made=st.sampled_from(D))
    def pass_over(self, by: Account, lines: tuple[int, ...], made: Determination) -> None:
        self.attempt(ev.NotRequired(lines, "the list", self.decision(by, made, Reason("None is needed."))), by)

    @rule(by=WHO, lines=LINES, made=st.sampled_from([D.DISMISSED, D.DISMISSED, D.DENIED]))
    def dismiss(self, by: Account, lines: tuple[int, ...], made: Determination) -> None:
        self.attempt(ev.Dismissed(lines, Dismissal.NOT_PARTY, "A neighbour.", self.decision(by, made, Reason("A neighbour."))), by)

    @rule(by=WHO, lines=LINES)
    def vacate(self, by: Account, lines: tuple[int, ...]) -> None:
        self.attempt(ev.DismissalVacated(lines, "The form came."), by)

    @rule(by=WHO, lines=LINES, made=st.sampled_from([D.VOIDED, D.VOIDED, D.DENIED]))
    def void(self, by: Account, lines: tuple[int, ...], made: Determination) -> None:
        self.attempt(ev.Voided(lines, self.decision(by, made, Reason("Another member's."))), by)

    @rule(by=WHO, lines=LINES, cause=st.sampled_from(Cause), explained=WORDS)
    def reopen(self, by: Account, lines: tuple[int, ...], cause: Cause, explained: str) -> None:
        self.attempt(ev.Reopened(lines, cause, explained), by)

    @rule(by=WHO, lines=LINES)
    def number(self, by: Account, lines: tuple[int, ...]) -> None:
        number = series_number(self.story.plan.authorization_prefix, self.story.case.number, next_place(self.story.events))
        if self.attempt(ev.AuthorizationNumbered(lines, number, of_series=True, reason="Another."), by):
            self.numbers.append(number)

    @rule(by=WHO, lines=LINES)
    def enter(self, by: Account, lines: tuple[int, ...]) -> None:
        self.attempt(ev.EnteredInClaims(lines, "Claims One", self.story.now), by)

    @rule(by=WHO, lines=LINES, kind=st.sampled_from(LetterKind), corrects=st.booleans())
    def issue(self, by: Account, lines: tuple[int, ...], kind: LetterKind, corrects: bool) -> None:
        standing = [letter.id for letter in self.story.case.letters if letter.superseded_by is None]
        supersedes = standing[-1] if corrects and standing else None
        name = LetterId(f"l{len(self.story.case.letters)}")
        body = ev.LetterIssued(name, kind, lines, DIGEST, DIGEST, DIGEST, self.story.now.date(), "the member", supersedes=supersedes)
        if self.attempt(body, by):
            self.letters.append((kind, tuple(self.story.case.line(n).determination for n in lines)))

    @rule(by=WHO)
    def send(self, by: Account) -> None:
        standing = [letter for letter in self.story.case.letters if letter.superseded_by is None]
        for letter in standing[-1:]:
            self.attempt(ev.LetterSent(letter.id, Way.MAIL, Party.MEMBER, "the member", "4 Linden Row", self.story.now), by)

    @rule(by=WHO)
    def record_a_return(self, by: Account) -> None:
        for sending in self.story.case.sendings[-1:]:
            self.attempt(ev.LetterReturned(sending.event, self.story.now, "moved"), by)

    @rule(by=WHO, lines=LINES)
    def give_notice(self, by: Account, lines: tuple[int, ...]) -> None:
        self.attempt(ev.NoticeGiven(lines, ev.ContactWay.MAIL, "the member", self.story.now, "the plan's form"), by)

    @rule(by=WHO)
    def close(self, by: Account) -> None:
        self.attempt(ev.Closed(), by)

    @precondition(lambda self: len(self.story.events) > 2)
    @rule(by=WHO, back=st.integers(1, 3))
    def take_back(self, by: Account, back: int) -> None:
        self.attempt(ev.Undone(self.story.events[-min(back, len(self.story.events))].id), by)

    @rule(days=st.sampled_from([1, 20, 200]))
    def time_passes(self, days: int) -> None:
        self.story.now += timedelta(days=days)

    # what must hold ------------------------------------------------------------------------------------------------------------

    @invariant()
    def whoever_is_no_physician_refuses_nothing_that_the_plan_did_not_give_to_their_role(self) -> None:
        for body, by, profile in self.made:
            decision = getattr(body, "decision", None)
            if decision is None or not decision.determination.adverse or by.has(Role.PHYSICIAN):
                continue
            assert decision.determination is D.DENIED
            assert decision.family is Family.ADMINISTRATIVE
            assert decision.administrative is not None
            assert any(each.matter is decision.administrative.ground and each.role in by.roles for each in profile.signers)

    @invariant()
    def every_decision_is_signed_by_the_person_who_made_it(self) -> None:
        signed_by = {event.id: event.by for event in self.story.events}
        for event in self.story.events:
            decision = getattr(event.body, "decision", None)
            assert decision is None or decision.signature.account == signed_by[event.id]

    @invariant()
    def no_letter_contradicts_its_lines(self) -> None:
        for kind, decided in self.letters:
            outcomes = set(decided)
            if kind in UNDECIDED or kind in TOLD_ALONE:
                assert outcomes == {TOLD_ALONE.get(kind)}
                continue
            assert not outcomes & {None, *ASIDE}
            refused = any(made is not None and made.adverse for made in outcomes)
            assert (kind is LetterKind.APPROVAL) is not refused
            assert kind is not LetterKind.ADVERSE or outcomes == {D.DENIED}

    @invariant()
    def no_approval_of_which_notice_was_given_is_refused_clinically_without_a_reopening(self) -> None:
        """Each new step is laid beside the lines that were approved, with notice, before it."""
        for event in self.story.events[self.looked :]:
            if isinstance(event.body, ev.Reopened):
                assert event.body.explained.strip()
                self.bound -= set(event.body.lines)
            if isinstance(event.body, ev.Determined) and event.body.decision.refused_as in (Family.CLINICAL, Family.INFORMATION):
                assert not self.bound & set(event.body.lines)
        self.looked = len(self.story.events)
        told = {s.line for s in self.story.case.lines if s.workflow is Workflow.NOTICED and s.determination and s.determination.grants}
        self.bound |= told

    @invariant()
    def no_event_is_lost_and_each_is_told_and_read_back_as_it_was(self) -> None:
        for event in self.story.events[-1:]:
            assert body_from(body_bytes(event.body)) == event.body
            assert tell(event.body).strip()
        assert self.story.case.revision == len(self.story.events)
        assert len(self.story.events) == 2 + len(self.made)

    @invariant()
    def no_number_is_given_twice(self) -> None:
        assert len(self.numbers) == len(set(self.numbers))

    @invariant()
    def a_closed_case_has_nothing_in_the_way(self) -> None:
        assert not (self.story.case.closed and self.story.case.lines_in_the_way)


Determinations.TestCase.settings = settings(
    max_examples=50, stateful_step_count=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
TestDeterminations = Determinations.TestCase


# appeals --------------------------------------------------------------------------------------------------------------------------

assert OSEI.credential is not None
WEN = replace(OSEI, id=AccountId("a-wen"), name="wen", credential=replace(OSEI.credential, licence="MD-7"))
TWIN = replace(OSEI, id=AccountId("a-twin"), name="twin")
"""A second account with the licence of osei."""
RITA = replace(OSEI, id=AccountId("a-rita"), name="rita", credential=replace(OSEI.credential, kind="RN", licence="RN-77"))
"""A nurse in whose account somebody set the role of a physician."""
ONE_PERSON = {OSEI.id: "osei", TWIN.id: "osei"}
REVIEWERS = (NURSE, OSEI, WEN, TWIN, RITA, CLERK, SUPERVISOR)
ANYBODY = st.sampled_from(REVIEWERS)
PHYSICIANS = st.sampled_from([OSEI, WEN, TWIN, RITA])
RULES = SigningRules(peers=(PeerKind("MD"),), licensed=frozenset({Role.NURSE, Role.PHYSICIAN}))
ENDS = ev.Determined | ev.Withdrawn | ev.NotRequired | ev.Dismissed | ev.Voided | ev.Reopened | ev.DismissalVacated


class Branch(Story):
    """A case of a family, asked as the desk asks: with the rules for signers, and with the bar by every other case of the family."""

    def __init__(self, name: str, family: "dict[CaseId, Branch]", follows: CaseId | None = None) -> None:
        super().__init__(LineOfBusiness.MEDICARE_ADVANTAGE, (LATE_TO_NURSES, Given(Matter.DISMISSAL, Role.NURSE)))
        self.id, self.family = CaseId(name), family
        family[self.id] = self
        if follows is not None:
            self.now = family[follows].now
            opened = replace(self.events[0].body, follows=ev.Follows(follows, follows, ev.Following.APPEAL))  # type: ignore[type-var]
            told = ev.AppealTold(Asker.MEMBER, "Rosalind Alvarado", (Against(1, 1, D.DENIED), Against(2, 2, D.DENIED)))
            self.events[0] = replace(self.events[0], body=opened)
            self.keep(told, NURSE)
            family[follows].keep(ev.Followed(self.id, name, ev.Following.APPEAL), NURSE)

    def keep(self, body: Any, by: Account) -> None:
        self.events.append(CaseEvent(EventId(f"{getattr(self, 'id', '')}{len(self.events)}"), self.now, by.id, body))

    @property
    def case(self) -> Case:
        return fold(self.id, self.events)

    def asked(self, by: Account) -> Asked:
        barred = bar(by, self.case, lambda case: (self.family[case].case, self.family[case].events), {})
        return replace(super().asked(by), signing=RULES, bar=barred)


class AppealsOfOneCase(RuleBasedStateMachine):
    """A refused case and the appeals against it, beside one another and one upon another, while anybody tries anything in each."""

    @initialize()
    def begin(self) -> None:
        self.family: dict[CaseId, Branch] = {}
        self.branches = [Branch("first", self.family)]
        self.refused: dict[CaseId, set[str]] = {CaseId("first"): set()}
        """Who refused in each case, whatever became of that since: kept by the machine itself, and asked of no rule."""
        self.deny(0, OSEI, (1, 2))

    def attempt(self, branch: Branch, body: Any, by: Account) -> None:
        waits = [s for s in branch.case.lines if s.line in getattr(body, "lines", ())]
        try:
            branch.tell(body, by)
        except UserError:
            return
        who = ONE_PERSON.get(by.id, by.id)
        others = set[str]().union(*(told for case, told in self.refused.items() if case != branch.id))
        if isinstance(body, ENDS) and branch.case.follows is not None:
            assert who not in others, f"{by.name} had refused before, and ended an appeal: {body}"
        decision = getattr(body, "decision", None)
        if decision is not None and (decision.determination.adverse or isinstance(body, ev.Dismissed)):
            self.refused[branch.id].add(who)
        if decision is not None and decision.refused_as in (Family.CLINICAL, Family.INFORMATION):
            assert by.credential is not None
            assert by.credential.kind == "MD"
        if isinstance(body, ev.NotRequired) and by is CLERK:
            assert branch.case.follows is None
            assert not any(state.referral for state in waits)

    def at(self, number: int) -> Branch:
        return self.branches[number % len(self.branches)]

    def sign(self, by: Account, made: Determination, branch: Branch, **more: Any) -> Decision:
        signature = replace(signed(by, branch.now), no_conflict=NO_CONFLICT, similar="Spine imaging for thirty years.")
        was = against_of(branch.case, 1)
        told = Decision(made, NO, signature, rationale="Own reasoning.", departure="I read the text itself.", **more)
        return replace(told, finding=finding_of(told, was)) if was else told

    @rule(number=st.integers(0, 5), by=PHYSICIANS, lines=LINES, undone=st.booleans())
    def deny(self, number: int, by: Account, lines: tuple[int, ...], undone: bool = False) -> None:
        """By the whole way: referred by the nurse, opened, refused; and taken back at once, where so."""
        branch = self.at(number)
        for line in lines:
            self.attempt(branch, ev.Referred((line,), "Back pain for five months."), NURSE)
        self.attempt(branch, ev.RecordOpened(), by)
        for line in lines:
            self.attempt(branch, ev.Determined((line,), self.sign(by, D.DENIED, branch, family=Family.CLINICAL)), by)
            if undone:
                self.attempt(branch, ev.Undone(branch.events[-1].id), by)

    @rule(number=st.integers(0, 5), by=PHYSICIANS, line=st.sampled_from([1, 2]))
    def make_an_exception(self, number: int, by: Account, line: int) -> None:
        branch = self.at(number)
        self.attempt(branch, ev.RecordOpened(), by)
        self.attempt(branch, ev.Determined((line,), self.sign(by, D.APPROVED, branch, unchecked=UNCHECKED)), by)

    @rule(number=st.integers(0, 5), by=ANYBODY, cause=st.sampled_from(Cause))
    def reopen(self, number: int, by: Account, cause: Cause) -> None:
        for line in (1, 2):
            self.attempt(self.at(number), ev.Reopened((line,), cause, "A new look."), by)

    @rule(number=st.integers(0, 5), by=ANYBODY)
    def take_back(self, number: int, by: Account) -> None:
        branch = self.at(number)
        self.attempt(branch, ev.Undone(branch.events[-1].id), by)

    @rule(number=st.integers(0, 5), people=st.permutations(REVIEWERS), line=st.sampled_from([1, 2]), way=st.integers(0, 4))
    def end(self, number: int, people: list[Account], line: int, way: int) -> None:
        """By whoever of all comes first and is let."""
        for by in people:
            self._end(self.at(number), by, (line,), way)

    def _end(self, branch: Branch, by: Account, lines: tuple[int, ...], way: int) -> None:
        body: Any
        match way:
            case 0:
                body = ev.Withdrawn(lines, "the member", branch.now, "by fax", self.sign(by, D.WITHDRAWN, branch))
            case 1:
                body = ev.NotRequired(lines, "the list", self.sign(by, D.NOT_REQUIRED, branch))
            case 2:
                body = ev.Dismissed(lines, Dismissal.NOT_PARTY, "A neighbour.", self.sign(by, D.DISMISSED, branch))
            case 3:
                body = ev.Voided(lines, self.sign(by, D.VOIDED, branch))
            case _:
                body = ev.DismissalVacated(lines, "The form came.")
        self.attempt(branch, body, by)

    @precondition(lambda self: len(self.branches) < 5)
    @rule(upon=st.integers(0, 5))
    def appeal(self, upon: int) -> None:
        """Against the first case again, or against the answer to an appeal."""
        name = f"appeal-{len(self.branches)}"
        self.branches.append(Branch(name, self.family, self.at(upon).id))
        self.refused[CaseId(name)] = set()


AppealsOfOneCase.TestCase.settings = settings(
    max_examples=60, stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
TestAppealsOfOneCase = AppealsOfOneCase.TestCase
