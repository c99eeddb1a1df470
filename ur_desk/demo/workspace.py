"""Begins the demo workspace and plays its first two weeks: every case through the verbs that a person would use."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path

from ur_desk.demo.cases import Told, told
from ur_desk.demo.clock import DemoClock
from ur_desk.demo.people import COST, CREDENTIALS, NAMES, NURSE, PASSPHRASES, PHYSICIAN, SUPERVISOR, ZONE, local, profiles
from ur_desk.demo.seen import NothingSeen
from ur_desk.desk.desk import Desk
from ur_desk.desk.steps import finish
from ur_desk.desk.tables import Tables
from ur_desk.desk.workspace import open_desk, sit_down
from ur_desk.domain.case import Case
from ur_desk.domain.determination import Determination, Granted, HeldElsewhere, PolicyCitation, Reason
from ur_desk.domain.events import CaseId, ContactLogged, ContactWay, CoverageItem
from ur_desk.domain.letters.delivery import Party, Way
from ur_desk.domain.people import Role
from ur_desk.domain.policy import Anchor
from ur_desk.domain.workspace import WorkspaceKind
from ur_desk.errors import UserError

BEGIN, TODAY = local(10, 2, 7), local(10, 16, 9, 40)
FAX = "1-765-555-0162"
"""Where the invented providers have their copies."""


def open_demo(folder: Path, tables: Tables | None = None) -> Desk:
    """A desk on a new demo workspace in an empty folder, the nurse sitting down at it; it is Monday, October 16, 2017 there."""
    clock = DemoClock(BEGIN)
    desk = open_desk(
        folder,
        NURSE,
        PASSPHRASES[NURSE],
        kind=WorkspaceKind.DEMO,
        clock=clock,
        tables=tables,
        zone=ZONE,
        display=NAMES[NURSE],
        cost=COST,
        seen=NothingSeen(),
    )
    try:
        if not desk.demo:
            raise UserError("The folder holds a workspace that is no demo.", "A demo begins in an empty folder. Nothing was changed.")
        desk.throwaway = PASSPHRASES
        _people(desk)
        _Play(desk, clock).play()
    except BaseException:
        desk.close()
        raise
    sit_down(desk, NURSE, PASSPHRASES[NURSE])
    clock.set(TODAY)
    clock.run()
    return desk


def _people(desk: Desk) -> None:
    desk.accounts.enter_credential(NURSE, CREDENTIALS[NURSE])
    for profile in profiles():
        desk.accounts.save_profile(profile)
    codes = {}
    for name, role in ((PHYSICIAN, Role.PHYSICIAN), (SUPERVISOR, Role.SUPERVISOR)):
        codes[name] = desk.accounts.add(name, NAMES[name], frozenset({role}), CREDENTIALS[name]).value.code
    for name, code in codes.items():
        sit_down(desk, name, code, PASSPHRASES[name])
    for name in (NURSE, PHYSICIAN):
        desk.accounts.confirm_credential(name, "the Indiana licensing agency's search page", BEGIN.date())


@dataclass(slots=True)
class _Play:
    """The demo's two weeks, in the order in which they happened."""

    desk: Desk
    clock: DemoClock
    cases: dict[str, CaseId] = field(default_factory=dict)
    acts: list[tuple[datetime, Callable[[], object]]] = field(default_factory=list)

    def play(self) -> None:
        """Plays every act at its instant."""
        for item in told():
            self.at(item.entered, NURSE, partial(self._open, item))
        self._nurse()
        self._physician()
        self._six_lines()
        for when, act in sorted(self.acts, key=lambda pair: pair[0]):
            self.clock.set(when)
            act()

    def at(self, when: datetime, who: str, act: Callable[[], object]) -> None:
        """Notes that somebody does something at an instant."""

        def do() -> None:
            if self.desk.person.name != who:
                sit_down(self.desk, who, PASSPHRASES[who])
            act()

        self.acts.append((when, do))

    def _open(self, item: Told) -> None:
        self.cases[item.key] = finish(self.desk.intake.open(item.request)).value.id

    def case(self, key: str) -> Case:
        """The case as it is now."""
        return self.desk.review.case(self.cases[key])

    def position(self, key: str, line: int) -> tuple[PolicyCitation, ...]:
        """The position statement that the service line's words hit, or the first one."""
        now = self.desk.review.on_desk(self.cases[key])
        pinned = now.policies[0]
        hits = {hit.line for match in (now.report.policies if now.report else ()) for hit in match.hits if hit.service_line == line}
        statements = pinned.policy.statements
        chosen = next((s for s in statements if s.first_line in hits), statements[0])
        return (PolicyCitation(pinned.pin.policy, pinned.pin.effective, Anchor(pinned.pin.text, chosen.first_line, chosen.last_line)),)

    def approve(self, key: str, *lines: int, words: str = "The service is one that your plan covers for your condition.") -> Case:
        """The nurse approves lines that no policy speaks of, coverage checked or accepted as it is."""
        case = self.case(key)
        unchecked = [item.value for item in case.unchecked]
        reason = Reason(words, no_policy_found=True)
        return self.desk.determinations.approve(case.id, case.revision, lines, reason, unchecked=unchecked).value

    def cover(self, key: str) -> None:
        """The nurse looks up every coverage question."""
        answers = ("eligible", "no limit reached", "in network", "none", "required")
        for item, answer in zip(CoverageItem, answers, strict=True):
            case = self.case(key)
            self.desk.review.check_coverage(case.id, case.revision, item, answer, "plan's eligibility screen", self.clock.now().date())

    def refer(self, key: str, summary: str, *lines: int) -> None:
        """The nurse refers lines."""
        case = self.case(key)
        self.desk.determinations.refer(case.id, case.revision, lines or (1,), summary, "Does anything speak for an exception?")

    def issue(self, key: str) -> None:
        """The letter for all that waits for notice leaves: by mail to the member, its copy by fax to the provider."""
        case = self.case(key)
        case = finish(self.desk.letters.issue(case.id, case.revision)).value
        letter, at = case.letters_to_members[-1], self.desk.clock.now()
        self.desk.post.send(case.id, None, letter.id, Way.MAIL, Party.MEMBER, at)
        for copy in case.copies_of(letter.id):
            self.desk.post.send(case.id, None, copy.id, Way.FAX, Party.PROVIDER, at, where=FAX)

    def decide(self, key: str, line: int, kind: Determination, words: str, rationale: str, granted: Granted | None = None) -> None:
        """The physician opens the record and decides a line on the policy's position."""
        case = self.desk.review.open_record(self.cases[key]).value
        reason = Reason(words, self.position(key, line))
        self.desk.determinations.decide(case.id, case.revision, (line,), kind, reason, rationale, granted=granted)

    def _nurse(self) -> None:
        add, d = self.at, self.desk.determinations
        add(
            local(10, 6, 15),
            NURSE,
            lambda: self._ask(
                "returned from pend",
                "The order, with the name of the procedure and the part of the body",
                "The code on the request stands for many studies. The order says which one is meant.",
            ),
        )
        add(local(10, 12, 8, 50), NURSE, lambda: self._received("returned from pend", "The order: videofluoroscopy of the lumbar spine."))
        add(
            local(10, 11, 10),
            NURSE,
            lambda: self._ask(
                "pended",
                "A description of the fluoroscopic procedure",
                "The code on the request stands for many procedures. It does not say which one is meant.",
            ),
        )
        add(local(10, 11, 10, 20), NURSE, lambda: self._call("pended", "Dana, scheduling", "Will fax the order by Friday."))
        add(local(10, 12, 14), NURSE, partial(self._covered, "to notice"))
        add(local(10, 3, 10), NURSE, partial(self._covered, "noticed"))
        add(local(10, 3, 10, 30), NURSE, lambda: self.issue("noticed"))
        add(local(10, 2, 15), NURSE, partial(self._covered, "closed"))
        add(local(10, 2, 15, 20), NURSE, lambda: self.issue("closed"))
        add(local(10, 10, 9), NURSE, lambda: d.close(self.cases["closed"], self.case("closed").revision))
        add(local(10, 11, 13), NURSE, self._withdraw)
        add(local(10, 9, 16), NURSE, lambda: self.approve("claim, insured", 2))
        add(
            local(10, 10, 9, 30),
            NURSE,
            lambda: self.refer(
                "with physician",
                "Neck pain since 2016, no injury. Films of 09/2017 normal. Six weeks of exercise done. No neurological signs.",
            ),
        )
        add(local(10, 6, 11), NURSE, lambda: self.refer("sent back", "Coccyx pain. The order says cineradiography only."))
        add(
            local(10, 5, 9),
            NURSE,
            lambda: self.refer(
                "denied",
                "Back pain with disc degeneration at L5-S1. Films and MRI of 2017 on file. No instability reported. Motion study to look for movement.",
            ),
        )

    def _physician(self) -> None:
        add = self.at
        add(local(10, 9, 9), PHYSICIAN, self._send_back)
        words = (
            "The study that was asked for makes moving x-ray pictures of the spine. Research has not yet shown that these pictures "
            "lead to better care for back pain like yours. Your plan does not cover care that is still being studied."
        )
        rationale = (
            "Degenerative disc disease at L5-S1 without listhesis on standing films, and an MRI that explains the symptoms. Published series on "
            "motion x-ray are small and show no change of management; nothing in this record points to an exception."
        )
        add(local(10, 9, 11), PHYSICIAN, lambda: self.decide("denied", 1, Determination.DENIED, words, rationale))
        add(local(10, 9, 11, 30), NURSE, lambda: self.issue("denied"))

    def _six_lines(self) -> None:
        add, key = self.at, "six lines"
        add(local(10, 5, 10), NURSE, lambda: self.approve(key, 1))
        add(
            local(10, 5, 10, 30),
            NURSE,
            lambda: self.refer(
                key,
                "Spondylolisthesis at L5-S1, leg pain. Wants exercise for three months, manual therapy, a motion study and an MRI.",
                2,
                3,
                5,
                6,
            ),
        )
        add(local(10, 5, 11), NURSE, self._withdraw_mri)
        words = "The study makes moving x-ray pictures of your spine. Research has not yet shown that they lead to better care."
        own = "Grade I listhesis is seen on standing films. The motion study would not change management, and the literature is thin."
        add(local(10, 6, 13), PHYSICIAN, lambda: self.decide(key, 3, Determination.DENIED, words, own))
        add(
            local(10, 6, 13, 10),
            PHYSICIAN,
            lambda: self._grant(
                2,
                Determination.PARTIAL,
                Decimal(12),
                date(2017, 11, 30),
                "Twelve visits are approved now. We will look again at how you are doing before more are approved.",
            ),
        )
        add(
            local(10, 6, 13, 20),
            PHYSICIAN,
            lambda: self._grant(
                5,
                Determination.MODIFIED,
                Decimal(6),
                date(2017, 11, 19),
                "Six visits in the first month are approved in place of twelve over two months.",
            ),
        )
        add(local(10, 6, 13, 30), PHYSICIAN, self._exception)

    def _covered(self, key: str) -> None:
        self.cover(key)
        self.approve(key, 1)

    def _ask(self, key: str, item: str, why: str) -> None:
        case = self.case(key)
        self.desk.determinations.ask_for_information(case.id, case.revision, (1,), [item], why, "Priya Natarajan, DC", local(10, 20).date())

    def _received(self, key: str, what: str) -> None:
        case = self.case(key)
        finish(self.desk.determinations.information_received(case.id, case.revision, (1,), what, self.clock.now()))

    def _call(self, key: str, whom: str, said: str) -> None:
        self.desk.review.log_contact(self.cases[key], ContactLogged(ContactWay.CALL, whom, "317-555-0126", said, self.clock.now()))

    def _withdraw(self) -> None:
        case = self.case("withdrawn")
        self.desk.determinations.withdraw(case.id, case.revision, (1,), "Priya Natarajan, DC", self.clock.now(), "by telephone")

    def _withdraw_mri(self) -> None:
        case = self.case("six lines")
        self.desk.determinations.withdraw(
            case.id, case.revision, (4,), "Tobias Greenleaf, MD", self.clock.now(), "by telephone, done elsewhere"
        )

    def _send_back(self) -> None:
        case = self.desk.review.open_record(self.cases["sent back"]).value
        self.desk.determinations.send_back(case.id, case.revision, (1,), "Which part of the body is to be filmed? Please ask the office.")

    def _grant(self, line: int, kind: Determination, quantity: Decimal, last: date, words: str) -> None:
        own = "Progress after the first visits decides on more; there is no reason yet to plan for the whole span."
        case = self.desk.review.open_record(self.cases["six lines"]).value
        reason = Reason(
            words, held_elsewhere=(HeldElsewhere("Lindenfield Works Health Plan", "Plan booklet", "2017", "5, therapy visits"),)
        )
        granted = Granted(quantity=quantity, last_day=last)
        self.desk.determinations.decide(case.id, case.revision, (line,), kind, reason, own, granted=granted)

    def _exception(self) -> None:
        case = self.case("six lines")
        reason = Reason(
            "We approve this one study as an exception, because an earlier approval must be honored.",
            self.position("six lines", 6),
        )
        unchecked = [item.value for item in case.unchecked]
        rationale = "Authorized by the former administrator on 09/18/2017; honored for continuity."
        self.desk.determinations.approve(case.id, case.revision, (6,), reason, rationale=rationale, unchecked=unchecked)
