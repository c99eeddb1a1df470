"""What the review screen says of a case, worded from what was kept: the strip, the states of the lines, the page's own notes."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from ur_desk.desk.review import OnDesk, PinnedPolicy
from ur_desk.domain.case import Case, LineState
from ur_desk.domain.decisions.outcomes_told import refusal_told
from ur_desk.domain.decisions.signing import elsewhere_words
from ur_desk.domain.determination import ASIDE, OPEN, Decision, Determination, PolicyCitation, Workflow
from ur_desk.domain.events import Amended, ContactLogged, Referred
from ur_desk.domain.findings import Scope
from ur_desk.domain.information.asking import Waiting, waiting
from ur_desk.domain.intake.receipt_change import ReceiptChange
from ur_desk.domain.people import Account, AccountId, Role
from ur_desk.domain.policy import Anchor, Confirmation, Shelved
from ur_desk.domain.request import Request
from ur_desk.ui.models.findings import Note
from ur_desk.ui.pages.review.clock import DueWords, clock_notes, due_words
from ur_desk.ui.pages.review.lineage import lineage_notes
from ur_desk.ui.pages.review.signing import before_signing, departure, in_time_note, peer_note
from ur_desk.ui.phrases import day, moment, phrase, quantity, sentence, span
from ur_desk.ui.privacy import mask, named, without_member
from ur_desk.ui.tokens import Tone
from ur_desk.ui.widgets.panels.basis import Cited
from ur_desk.ui.widgets.panels.signature import behind_words
from ur_desk.ui.widgets.panels.unsure import MENDED_IN_LIBRARY
from ur_desk.ui.widgets.panels.verbs import line_words
from ur_desk.ui.widgets.policy_pane import ShownPolicy
from ur_desk.ui.widgets.request_pane import LineMark
from ur_desk.ui.widgets.strip import StripContent

translate = QCoreApplication.translate

_TONES = {
    Determination.APPROVED: Tone.GOOD,
    Determination.PARTIAL: Tone.ASK,
    Determination.MODIFIED: Tone.ASK,
    Determination.DENIED: Tone.BAD,
    **dict.fromkeys(ASIDE, Tone.QUIET),
}


def strip_content(shown: OnDesk, now: datetime, zone: str, saved: str = "") -> StripContent:
    """The two lines of the strip; `now` is the desk's own, `zone` the workspace's, which tells times where receipt names none."""
    case, request = shown.case, shown.case.current_request
    masked = mask().on
    clock = due_words(case, now, request.received_zone or zone)
    return StripContent(
        case_number=case.number,
        name=named(request.member.listed_name) or translate("review", "no name given"),
        birth_date="" if masked else day(request.member.birth_date) if request.member.birth_date else translate("review", "no birth date"),
        member_id="" if masked else request.member.member_id or translate("review", "no member id"),
        services=", ".join(dict.fromkeys(s.code or translate("review", "no code") for s in request.services)),
        diagnoses=", ".join(d.code for d in request.diagnoses),
        coverage=_coverage(request),
        urgency=_urgency(case),
        status=_status(case),
        due=clock.due,
        left=clock.left,
        why=clock.why,
        policy=", ".join(_policy(each) for each in shown.policies),
        policy_marks=tuple(_marks(shown)),
        warnings=tuple(dict.fromkeys(_warnings(shown, clock))),
        saved=saved,
        pressing=clock.pressing,
    )


def _coverage(request: Request) -> str:
    cover = request.coverage
    line = phrase(request.line_of_business) if request.line_of_business else translate("review", "line of business not given")
    funding = (
        {"insured": translate("review", "insured"), "self_funded": translate("review", "self-funded")}.get(cover.funding or "")
        if cover
        else None
    )
    told = funding if funding and funding not in line.casefold() else None
    return " · ".join(part for part in (line, told, request.state or translate("review", "state not given")) if part)


def _urgency(case: Case) -> str:
    """How fast it is to be answered; before that, that it is an appeal or a wish to reopen."""
    request = case.current_request
    told = ", ".join(phrase(each) for each in (request.urgency, request.timing) if each) or translate("review", "urgency not said")
    return f"{phrase(case.follows.kind)} · {told}" if case.follows else told


def _status(case: Case) -> str:
    where, outcome = phrase(case.workflow), case.determination
    return f"{where}: {phrase(outcome)}" if outcome else where


def _policy(pinned: PinnedPolicy) -> str:
    pin = pinned.pin
    return translate("review", "{0} of {1}").format(pin.policy, day(pin.effective)) if pin.effective else pin.policy


def _marks(shown: OnDesk) -> Iterator[str]:
    if any(p.pin.abstract for p in shown.policies):
        yield translate("review", "abstract")
    if any(not p.pin.abstract and not p.pin.confirmed for p in shown.policies):
        yield translate("review", "not confirmed")
    if shown.superseded:
        yield translate("review", "superseded")
    if any(p.pin.alone for p in shown.policies):
        yield translate("review", "confirmed by one person")


def cited(shown: OnDesk, anchor: Anchor) -> Cited | None:
    """The citation of these lines with what they say; None where the case was not laid beside that text."""
    pinned = shown.policy(anchor.text)
    if pinned is None:
        return None
    words = " ".join(pinned.policy.text.between(anchor.first_line, anchor.last_line).split())
    return Cited(PolicyCitation(pinned.pin.policy, pinned.pin.effective, anchor), words)


def to_mend(shown: OnDesk) -> str:
    """The sha256 of the policy text about which something must be recorded in the library first; empty where there is none."""
    report = shown.report
    policies = {c.policy for c in report.cautions if c.code in MENDED_IN_LIBRARY} if report else set()
    return next((match.text for match in report.policies if match.id in policies), "") if report else ""


def _warnings(shown: OnDesk, clock: DueWords) -> Iterator[str]:
    """That the case is restricted or held, the clock's reserves, and the cautions under which no adverse letter rests on the policy."""
    if shown.case.restriction:
        yield phrase(shown.case.restriction.kind)
    if shown.hold:
        yield translate("review", "Legal hold")
    yield from clock.warnings
    for caution in shown.report.cautions if shown.report else ():
        if caution.code in MENDED_IN_LIBRARY:
            yield phrase(caution.code)


def line_marks(case: Case) -> dict[int, LineMark]:
    """The state of each service line; a line in nurse review says nothing, as on a quiet screen."""
    return {state.line: mark for state in case.lines if (mark := _line_mark(state)) is not None}


def _line_mark(state: LineState) -> LineMark | None:
    if state.determination is not None:
        words = told = phrase(state.determination)
        if state.workflow is Workflow.NOTICED:
            told = translate("review", "{0}, notice given").format(words)
        elif state.workflow is Workflow.DECIDED and state.told_in:
            told = translate("review", "{0}, letter not sent").format(words)
        return LineMark(told, _TONES[state.determination], pickable=state.workflow is not Workflow.CLOSED)
    if state.workflow is Workflow.REVIEW:
        return LineMark(translate("review", "back from pend"), Tone.ACCENT) if state.returned_from_pend else None
    short = {
        Workflow.PENDED: translate("review", "Pended"),
        Workflow.WITH_PHYSICIAN: translate("review", "With physician"),
        Workflow.RETURNED: translate("review", "Returned"),
    }
    return LineMark(short.get(state.workflow, phrase(state.workflow)), Tone.ACCENT, pickable=state.workflow in OPEN)


def shown_policies(shown: OnDesk) -> list[ShownPolicy]:
    """The pinned policies as the pane takes them, with what was known of them when they were pinned."""
    matches = {match.text: match for match in shown.report.policies} if shown.report else {}
    found = []
    for pinned in shown.policies:
        confirmed = Confirmation("", shown.case.opened_at, pinned.pin.alone) if pinned.pin.confirmed else None
        services = shown.report.services if shown.report else ()
        elsewhere = frozenset(s.line for s in services if s.scope is Scope.NAMES_OTHER and pinned.pin.policy in s.policies)
        found.append(ShownPolicy(Shelved(pinned.policy, confirmed), matches.get(pinned.pin.text), elsewhere))
    return found


def notes(shown: OnDesk, person: Account) -> tuple[Note, ...]:
    """What this case's own history adds to its findings: summaries, questions, what was not checked, contacts, notes."""
    member = shown.case.current_request.member
    told = _notes(shown, person)
    return tuple(replace(n, title=without_member(n.title, member), detail=without_member(n.detail, member)) for n in told)


def _notes(shown: OnDesk, person: Account) -> Iterator[Note]:
    case = shown.case
    if case.matched and case.matched.against and not person.has(Role.PHYSICIAN):
        yield Note(
            translate("review", "Adverse needs a physician"),
            translate("review", "A position stands against the service: refer it, with your summary. Only a physician decides otherwise."),
            translate("review", "rule"),
        )
    yield from before_signing(shown, person)
    yield from in_time_note(case)
    yield from lineage_notes(shown.lineage, case, case.request.received_zone or "UTC", {each.pin.text for each in shown.policies})
    yield from (_waits(each) for each in waiting(case))
    for state in case.lines:
        yield from _of_line(state, person, shown.people)
    if shown.standing is not None:
        yield from clock_notes(case, shown.standing, shown.people, case.request.received_zone or "UTC")
    yield from (peer_note(step, shown.people, case.request.received_zone) for step in reversed(case.peers))
    yield from (_amended(each, case) for each in case.amendments)
    yield from (_corrected(each, shown.people) for each in case.receipts)
    yield from (_contact(each, case.request.received_zone) for each in reversed(case.contacts))
    yield from (Note(translate("review", "Internal note"), each.text, translate("review", "note")) for each in reversed(case.notes))


def _waits(each: Waiting) -> Note:
    """What lines wait for, until when, when somebody asks again, and how often they tried."""
    title = translate("review", "{0}: asked of {1}").format(line_words(each.lines), each.asked.asked_of)
    tried = (
        translate("review", "Tried once.")
        if len(each.attempts) == 1
        else translate("review", "Tried {0} times.").format(len(each.attempts))
    )
    days = [
        translate("review", "Last day to answer: {0}.").format(day(each.asked.answer_by)) if each.asked.answer_by else "",
        translate("review", "Ask again: {0}.").format(day(each.chase_on)) if each.chase_on else "",
        tried if each.attempts else "",
    ]
    told = (*each.asked.items, " ".join(part for part in days if part))
    return Note(title, "\n".join(part for part in told if part), translate("review", "pended"), Tone.ACCENT)


def _of_line(state: LineState, person: Account, people: Mapping[AccountId, Account]) -> Iterator[Note]:
    """What stands on one line: why it was referred, asked for, returned, or decided with something open."""
    number = state.line
    if state.referral:
        title = translate("review", "Line {0}: the nurse's summary").format(number)
        yield Note(title, _told(state.referral), translate("review", "referral"), Tone.ACCENT, from_nurse=person.has(Role.PHYSICIAN))
    if state.question:
        title = translate("review", "Line {0}: the physician asks").format(number)
        yield Note(title, state.question, translate("review", "returned"), Tone.ASK)
    if state.decision and state.decision.unchecked:
        named = ", ".join(item.replace("_", " ") for item in state.decision.unchecked)
        title = translate("review", "Line {0}: approved with coverage not checked").format(number)
        yield Note(title, named, translate("review", "not checked"), Tone.ASK)
    yield from _authorized(state, people)
    if state.decision:
        title = translate("review", "Line {0}: {1} by {2}").format(
            number, phrase(state.decision.determination).lower(), state.decision.signature.name
        )
        parts = (state.decision.reason.words, refusal_told(state.decision), departure(state), _signed(state.decision, people))
        told = "\n".join(part for part in parts if part)
        yield Note(title, told, phrase(state.decision.determination), _TONES[state.decision.determination])


def _authorized(state: LineState, people: Mapping[AccountId, Account]) -> Iterator[Note]:
    """The number of an approved line, and its entry in claims; what is approved and not entered is still to be done."""
    if not state.grants:
        return
    number = state.authorization.number if state.authorization else translate("review", "no number yet")
    title = translate("review", "Line {0}: authorization {1}").format(state.line, number)
    if state.entered is None:
        yield Note(title, translate("review", "Not entered in a claims system yet."), translate("review", "to enter"), Tone.ASK)
        return
    who = people[state.entered.by].display if state.entered.by in people else state.entered.by
    told = translate("review", "Entered in {0} by {1}, {2}.").format(state.entered.where, who, day(state.entered.at.date()))
    yield Note(title, told, translate("review", "entered"))


def _signed(decision: Decision, people: Mapping[AccountId, Account]) -> str:
    """Who stood behind the licence when it was signed; empty where there was none."""
    credential, licence = decision.signature.credential, decision.signature.signed_under
    if credential is None or licence is None:
        return ""
    told = translate("review", "Licence {0}: {1}.").format(licence.number, behind_words(credential, people))
    return "\n".join(part for part in (told, elsewhere_words(licence, decision.signature.case_state)) if part)


def _told(referral: Referred) -> str:
    """What the nurse wrote, with the question where there is one."""
    asked = translate("review", "Question: {0}").format(referral.question) if referral.question else ""
    return "\n".join(part for part in (referral.summary, asked) if part)


def from_nurse(case: Case, person: Account) -> str:
    """What the nurses wrote for this physician, line by line; empty for everybody else and where nothing was referred."""
    if not person.has(Role.PHYSICIAN):
        return ""
    told = ((state.line, _told(state.referral)) for state in case.lines if state.referral)
    words = "\n".join(translate("review", "Line {0}: {1}").format(line, words) for line, words in told)
    return without_member(words, case.current_request.member)


def _corrected(change: ReceiptChange, people: Mapping[AccountId, Account]) -> Note:
    zone = change.after.zone or "UTC"
    before, after = (moment(r.at, zone) if r.at else "–" for r in (change.before, change.after))
    title = {
        None: translate("review", "Receipt to be corrected: waits for a supervisor"),
        True: translate("review", "Receipt corrected"),
        False: translate("review", "Receipt stays: a supervisor refused"),
    }[change.allowed]
    shown = change.after.evidence
    proof = phrase(shown.kind) + (f" ({shown.where})" if shown and shown.where else "") if shown else "–"
    who = people[change.by].display if change.by in people else translate("review", "somebody unknown")
    told = translate("review", "{0} → {1}, shown by {2}. {3}: {4}").format(before, after, proof, who, change.reason)
    if change.due_before and change.due_before.due_at:
        told += " " + translate("review", "Due before: {0}.").format(moment(change.due_before.due_at, zone))
    if change.settled_by:
        settled = people[change.settled_by].display if change.settled_by in people else translate("review", "somebody unknown")
        told += f" {settled}: {change.said}"
    return Note(title, told, translate("review", "receipt"), Tone.ACCENT if change.allowed is None else Tone.QUIET)


def _amended(amended: Amended, case: Case) -> Note:
    before, after = amended.before, amended.after
    words = []
    for name in ("code", "description", "place_of_service"):
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            words.append(f"{old or '–'} → {new or '–'}")
    if before.quantity != after.quantity:
        words.append(" → ".join(quantity(q) if q is not None else "–" for q in (before.quantity, after.quantity)))
    days = span(before.first_day, before.last_day), span(after.first_day, after.last_day)
    if days[0] != days[1]:
        words.append(f"{days[0] or '–'} → {days[1] or '–'}")
    if amended.provider != case.request.servicing_provider and amended.provider is not None:
        words.append(translate("review", "service by {0}").format(amended.provider.name or amended.provider.npi or "–"))
    agreed = translate("review", "agreed by {0}, {1}").format(amended.agreed_by, amended.how)
    return Note(
        translate("review", "Line {0} was amended").format(amended.line), f"{'; '.join(words)}\n{agreed}", translate("review", "amended")
    )


def _contact(contact: ContactLogged, zone: str | None) -> Note:
    way = sentence(contact.way)
    told = [contact.said]
    if not contact.reached:
        told.append(translate("review", "Not reached."))
    if contact.call_back:
        told.append(translate("review", "Call back {0}.").format(moment(contact.call_back, zone)))
    who = " · ".join(part for part in (contact.with_whom, contact.number) if part)
    return Note(f"{way}: {who}", f"{moment(contact.at, zone)} · {' '.join(told)}", translate("review", "contact"))
