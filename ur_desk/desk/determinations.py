"""Determinations: what is decided of each service line, what is asked, referred, withdrawn and amended, and the way back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from ur_desk.desk.reads import check_case_open, reads, told
from ur_desk.desk.review import Findings, pinned_policy
from ur_desk.desk.signing import UNATTESTED, Signing
from ur_desk.desk.steps import Steps, store
from ur_desk.desk.vault import Proof
from ur_desk.desk.verbs import Act, Done, gate, verb
from ur_desk.domain import events as ev
from ur_desk.domain.appeals.following import against_of, finding_of
from ur_desk.domain.asked import NOTHING_LOST
from ur_desk.domain.case import Case
from ur_desk.domain.clocks.overdue import overdue
from ur_desk.domain.decisions.binding_rules import of_lines
from ur_desk.domain.decisions.grounds import Administrative, Agreement, Family
from ur_desk.domain.decisions.outcome_rules import attempts
from ur_desk.domain.decisions.outcomes import Cause, Dismissal
from ur_desk.domain.decisions.rewording import sealed
from ur_desk.domain.determination import Decision, Determination, Granted, PolicyCitation, Reason, Signature
from ur_desk.domain.events import CaseId, EventId, Following
from ur_desk.domain.guard.fence import Read
from ur_desk.domain.information.asking import Extent, question_of
from ur_desk.domain.people import Role
from ur_desk.domain.request import Provider, ServiceLine
from ur_desk.domain.undoing import last_step
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk

Lines = Sequence[int]


class Determinations:
    """The verbs of the decision bar; each takes the revision that the screen saw."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    @verb("lines.approve", Role.NURSE, Role.PHYSICIAN, writes=ev.Determined)
    def approve(
        self,
        act: Act,
        case: CaseId,
        revision: int,
        lines: Lines,
        reason: Reason,
        *,
        granted: Granted | None = None,
        rationale: str = "",
        unchecked: Sequence[str] = (),
        clarification: str = "",
        departure: str = "",
        proof: Proof | None = None,
        signing: Signing = UNATTESTED,
    ) -> Done[Case]:
        """Approves lines as asked. `unchecked` names the coverage questions that are accepted as not checked; `clarification`
        says how a policy that asks was found not to stand against the lines, `departure` why what the findings suggest is left; against
        a position only a physician may, with `proof` and `signing` as for what is adverse."""
        self._drawable(reason.words, rationale)
        decision = Decision(
            Determination.APPROVED, reason, self._signature(act, case, signing, proof), rationale.strip(), granted, tuple(unchecked),
            clarification.strip(), departure=departure.strip(),
        )  # fmt: skip
        return act.done(
            act.on_case(case, revision, [ev.Determined(tuple(lines), sealed(self._answering(case, lines, decision)))]), label="approval"
        )

    @verb("lines.decide", Role.PHYSICIAN, writes=ev.Determined)
    def decide(
        self,
        act: Act,
        case: CaseId,
        revision: int,
        lines: Lines,
        determination: Determination,
        reason: Reason,
        rationale: str,
        *,
        granted: Granted | None = None,
        information_needed: str = "",
        alternatives: str = "",
        departure: str = "",
        despite: str = "",
        family: Family = Family.CLINICAL,
        administrative: Administrative | None = None,
        agreed: Agreement | None = None,
        proof: Proof | None = None,
        signing: Signing = UNATTESTED,
    ) -> Done[Case]:
        """Denies, modifies or approves in part, with the physician's own rationale; `information_needed` says, in words for the
        member, what would complete the request and why, `alternatives` which other services are suggested, `departure` why what the
        findings suggest is left, `despite` why an approval of another case is; `administrative` is the ground where `family` says that no clinical judgment went into it; for lack of
        information every logged attempt is named; `agreed` tells that the requester agreed to what is modified; `proof` shows that the
        person proved presence for this signature, `signing` what they attest with it."""
        self._drawable(reason.words, rationale, information_needed, alternatives)
        if family is Family.ADMINISTRATIVE:
            self._no_clinical_words(reason)
        self._names_a_criterion(case, reason)
        decision = Decision(
            determination,
            reason,
            self._signature(act, case, signing, proof),
            rationale.strip(),
            granted,
            information_needed=information_needed.strip(),
            alternatives=alternatives.strip(),
            departure=departure.strip(),
            despite=despite.strip(),
            family=family,
            administrative=administrative,
            attempts=attempts(self.desk.store.ledger.of_case(case), lines) if family is Family.INFORMATION else (),
            agreed=agreed,
        )
        label = determination.value.replace("_", " ")
        return act.done(
            act.on_case(case, revision, [ev.Determined(tuple(lines), sealed(self._answering(case, lines, decision)))]), label=label
        )

    @verb("lines.deny-administratively", Role.NURSE, Role.PHYSICIAN, Role.SUPERVISOR, writes=ev.Determined)
    def deny_administratively(
        self,
        act: Act,
        case: CaseId,
        revision: int,
        lines: Lines,
        administrative: Administrative,
        reason: Reason,
        *,
        proof: Proof | None = None,
        signing: Signing = UNATTESTED,
    ) -> Done[Case]:
        """Denies lines on a ground without clinical judgment; it is signed by a physician, or by the role to which the plan gave that
        ground. `proof` shows that the person proved presence for this signature, `signing` what they attest with it."""
        self._drawable(reason.words, administrative.not_clinical)
        self._no_clinical_words(reason)
        signature = self._signature(act, case, signing, proof)
        decision = Decision(Determination.DENIED, reason, signature, family=Family.ADMINISTRATIVE, administrative=administrative)
        return act.done(
            act.on_case(case, revision, [ev.Determined(tuple(lines), sealed(self._answering(case, lines, decision)))]),
            label="administrative denial",
        )

    @verb("lines.not-required", Role.INTAKE, Role.NURSE, Role.PHYSICIAN, writes=ev.NotRequired)
    def not_required(self, act: Act, case: CaseId, revision: int, lines: Lines, where: str) -> Done[Case]:
        """Records that lines take no authorization: on which list that was seen, of which day. It is no approval."""
        decision = Decision(Determination.NOT_REQUIRED, Reason("This service takes no authorization."), self._recorded(act))
        body = ev.NotRequired(tuple(lines), where.strip(), decision)
        return act.done(act.on_case(case, revision, [body]), label="no authorization required")

    @verb("lines.dismiss", Role.NURSE, Role.PHYSICIAN, Role.SUPERVISOR, writes=ev.Dismissed)
    def dismiss(self, act: Act, case: CaseId, revision: int, lines: Lines, why: Dismissal, explained: str) -> Done[Case]:
        """Dismisses lines of a Medicare Advantage request that was not valid, or not from a proper party; signed as the plan says. Its
        notice and its right to a review are its own."""
        self._drawable(explained)
        decision = Decision(Determination.DISMISSED, Reason(explained.strip()), self._recorded(act))
        return act.done(act.on_case(case, revision, [ev.Dismissed(tuple(lines), why, explained.strip(), decision)]), label="dismissal")

    @verb("lines.vacate", Role.PHYSICIAN, Role.SUPERVISOR, writes=ev.DismissalVacated)
    def vacate(self, act: Act, case: CaseId, revision: int, lines: Lines, cause: str) -> Done[Case]:
        """Vacates a dismissal for good cause, within six months; the lines are back in review."""
        return act.done(act.on_case(case, revision, [ev.DismissalVacated(tuple(lines), cause.strip())]), label="vacated dismissal")

    @verb("lines.void", Role.SUPERVISOR, writes=ev.Voided)
    def void(self, act: Act, case: CaseId, revision: int, lines: Lines, reason: str) -> Done[Case]:
        """Voids lines that were entered in error: they stay visible, and count nowhere."""
        decision = Decision(Determination.VOIDED, Reason(reason.strip()), self._recorded(act))
        return act.done(act.on_case(case, revision, [ev.Voided(tuple(lines), decision)]), label="void")

    @verb("lines.reopen", Role.PHYSICIAN, Role.SUPERVISOR, writes=ev.Reopened)
    def reopen(self, act: Act, case: CaseId, revision: int, lines: Lines, cause: Cause, explained: str) -> Done[Case]:
        """Reopens decided lines for good cause, fraud or similar fault, to be decided anew, while the rows allow it; what was decided stays in the
        trail, with the window in which it was reopened."""
        windows = self.desk.appeals.windows_of(told(self.desk, case), Following.REOPENING, lines, None, cause=cause)
        body = ev.Reopened(tuple(lines), cause, explained.strip(), tuple(each.window for each in windows))
        return act.done(act.on_case(case, revision, [body]), label="reopening")

    @verb("lines.ask", Role.NURSE, Role.PHYSICIAN, writes=ev.InformationRequested)
    def ask_for_information(
        self,
        act: Act,
        case: CaseId,
        revision: int,
        lines: Lines,
        items: Sequence[str],
        why: str,
        asked_of: str,
        answer_by: date | None = None,
        *,
        chase_on: date | None = None,
        cites: Sequence[PolicyCitation | None] = (),
    ) -> Done[Case]:
        """Pends lines: what is missing, why it matters, whom one asks, until when, and on which day to ask again; `cites` are the policy
        lines from which the items come, one for each item. What a physician asked who sent the lines back is quoted with it."""
        question = question_of(told(self.desk, case), lines)
        named = tuple(item.strip() for item in items if item.strip())
        body = ev.InformationRequested(tuple(lines), named, why.strip(), asked_of.strip(), answer_by, chase_on, tuple(cites), question)
        return act.done(act.on_case(case, revision, [body]), label="request for information")

    def information_received(
        self, case: CaseId, revision: int, lines: Lines, what: str, received_at: datetime, *, extent: Extent = Extent.ALL,
        came: Sequence[str] = (), waits: bool = False,
    ) -> Steps[Done[Case]]:  # fmt: skip
        """Records what came for pended lines, and when, and matches again. They are back in review, or where it `waits`, what is left
        stays asked for; `came` are the items that came, where only a part did."""
        gate(self.desk.person, "lines.received")
        body = ev.InformationReceived(tuple(lines), what.strip(), received_at, extent, tuple(came), waits)
        findings = yield from self.desk.review.on_arrival(case)
        return (yield from store(lambda: self._received(case, revision, body, findings), "Saving"))

    @verb("lines.received", Role.INTAKE, Role.NURSE, writes=ev.InformationReceived | ev.ClockRead | ev.Matched)
    def _received(self, act: Act, case: CaseId, revision: int, body: ev.InformationReceived, findings: Findings | None) -> Done[Case]:
        """Records what came for pended lines."""
        after = self.desk.clocks.after(act, act.on_case(case, revision, [body]))
        return act.done(self.desk.review.matched_after(act, after, findings), label="answer")

    @verb("lines.refer", Role.NURSE, writes=ev.Referred)
    def refer(self, act: Act, case: CaseId, revision: int, lines: Lines, summary: str, question: str = "") -> Done[Case]:
        """Refers lines to a physician with the nurse's clinical summary; the case stays pended to the outside."""
        body = ev.Referred(tuple(lines), summary.strip(), question.strip())
        return act.done(act.on_case(case, revision, [body]), label="referral")

    @verb("lines.send-back", Role.PHYSICIAN, writes=ev.SentBack)
    def send_back(self, act: Act, case: CaseId, revision: int, lines: Lines, question: str) -> Done[Case]:
        """Gives lines back to the nurse with a question."""
        return act.done(act.on_case(case, revision, [ev.SentBack(tuple(lines), question.strip())]), label="return to the nurse")

    @verb("lines.reword", Role.NURSE, Role.PHYSICIAN, writes=ev.Reworded)
    def reword(
        self, act: Act, case: CaseId, revision: int, lines: Lines, words: str, why: str, *, information_needed: str = ""
    ) -> Done[Case]:
        """Asks for other words of a signed reason, while nobody has notice of it: the signature falls, and the lines go back to whoever
        signs, with the words that are asked for."""
        self._drawable(words, information_needed)
        body = ev.Reworded(tuple(lines), words.strip(), information_needed.strip(), why.strip())
        return act.done(act.on_case(case, revision, [body]), label="change of words")

    @verb("lines.withdraw", Role.NURSE, Role.PHYSICIAN, writes=ev.Withdrawn)
    def withdraw(self, act: Act, case: CaseId, revision: int, lines: Lines, asked_by: str, asked_at: datetime, how: str) -> Done[Case]:
        """Records that the requester asked to stop: who, when, how."""
        decision = Decision(Determination.WITHDRAWN, Reason("The requester withdrew the request."), self._recorded(act))
        body = ev.Withdrawn(tuple(lines), asked_by.strip(), asked_at, how.strip(), decision)
        return act.done(act.on_case(case, revision, [body]), label="withdrawal")

    def amend(
        self, case: CaseId, revision: int, after: ServiceLine, provider: Provider | None, agreed_by: str, agreed_at: datetime, how: str
    ) -> Steps[Done[Case]]:
        """Amends a line, or the servicing provider, as the requester agreed, and matches again; the clock is left alone."""
        gate(self.desk.person, "lines.amend")
        now = yield from store(lambda: self.desk.review.case(case), "Reading the case")
        body = ev.Amended(after.line, now.line(after.line).service, after, provider, agreed_by.strip(), agreed_at, how.strip())
        asked = now.current_request
        services = tuple(after if s.line == after.line else s for s in asked.services)
        findings = yield from self.desk.review.match(replace(asked, services=services, servicing_provider=provider))
        return (yield from store(lambda: self._amend(case, revision, body, findings), "Saving"))

    @verb("lines.amend", Role.NURSE, writes=ev.Amended | ev.Matched)
    def _amend(self, act: Act, case: CaseId, revision: int, body: ev.Amended, findings: Findings) -> Done[Case]:
        """Amends a line as agreed with the requester."""
        return act.done(act.on_case(case, revision, [body, self.desk.review.pinned(findings)]))

    @verb("case.close", Role.NURSE, Role.SUPERVISOR, writes=ev.Closed)
    def close(self, act: Act, case: CaseId, revision: int) -> Done[Case]:
        """Closes a case of which every line is noticed."""
        return act.done(act.on_case(case, revision, [ev.Closed(letters_sent=True)]))

    @verb("case.undo", Role.INTAKE, Role.NURSE, Role.PHYSICIAN, Role.SUPERVISOR, writes=ev.Undone)
    def undo(self, act: Act, case: CaseId, revision: int, event: EventId) -> Done[Case]:
        """Takes back the person's own last step, until notice is given of it; the step and its undoing both stay in the trail."""
        return act.done(act.on_case(case, revision, [ev.Undone(event)]))

    @reads(Read.CASE)
    def last_step(self, case: CaseId) -> EventId:
        """The step that an undo would take back; UserError where there is none."""
        check_case_open(self.desk, case)
        step = last_step(self.desk.store.ledger.of_case(case))
        if step is None:
            raise UserError("There is nothing to undo.", "Nothing was changed.")
        return step.id

    def _names_a_criterion(self, case: CaseId, reason: Reason) -> None:
        """Refuses an adverse reason whose cited lines are none of a position: a date or a history row is no criterion."""
        if reason.held_elsewhere or not reason.policy_lines:
            return
        matched = self.desk.review.case(case).matched
        policies = {pin.text: pinned_policy(self.desk.store, pin) for pin in (matched.pins if matched else ())}
        for cited in reason.policy_lines:
            policy = policies.get(cited.anchor.text)
            spans = [(s.first_line, s.last_line) for s in policy.statements] if policy else []
            if any(first <= cited.anchor.last_line and cited.anchor.first_line <= last for first, last in spans):
                return
        raise UserError("None of the cited lines states a position.", f"Cite the position that stands against the service. {NOTHING_LOST}")

    def _no_clinical_words(self, reason: Reason) -> None:
        """Refuses, before it is signed, a reason without clinical judgment whose words give one: its letter could not leave."""
        from ur_desk.letters.lint.heard import as_heard

        told = as_heard(reason.words)
        for pattern in self.desk.tables.letter_rules.phrases["clinical_words"]:
            if found := pattern.search(told):
                raise UserError(
                    f"“{found[0]}” gives a clinical judgment, and an administrative refusal has none.",
                    f"Give the provision of the plan, or refer the line for a clinical decision. {NOTHING_LOST}",
                )

    def _drawable(self, *texts: str) -> None:
        """Refuses, before a decision is signed, words that no letter could draw."""
        foreign = [text for text in texts if not text.isascii()]
        if not foreign:
            return
        from ur_desk.letters.plain import paragraphs
        from ur_desk.pdf.fonts import lack, mend, typeface

        fonts = typeface(self.desk.tables.folder / "fonts", self.desk.stationery.letter_fonts())
        for text in (part for words in foreign for part in paragraphs(words)):
            if (character := fonts.undrawable(text)) is not None:
                raise UserError(f"No letter can draw {lack(character)}", f"{mend(character)} {NOTHING_LOST}")

    def _answering(self, case: CaseId, lines: Lines, decision: Decision) -> Decision:
        """The decision with what it makes of the line before it, where the case follows another; and of an adverse one with the approvals
        of other cases that it leaves, and with what lateness may be in law."""
        now = told(self.desk, case)
        was = against_of(now, lines[0]) if lines else None
        known = {state.line for state in now.lines}
        if decision.determination.adverse and set(lines) <= known:
            clinical = decision.family is not Family.ADMINISTRATIVE
            found = of_lines(self.desk.signers.approvals(now), lines) if clinical else ()
            decision = replace(decision, approvals=found, overdue=overdue(now, lines, decision.signature.at))
        return replace(decision, finding=finding_of(decision, was) if was else None)

    def _signature(self, act: Act, case: CaseId, signing: Signing, proof: Proof | None) -> Signature:
        return self.desk.signers.signature(told(self.desk, case), act.by, signing, self.desk.vault.spend(proof))

    def _recorded(self, act: Act) -> Signature:
        return Signature(act.by.id, act.by.display, act.by.credential, self.desk.clock.now())
