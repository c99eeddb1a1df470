"""Values as a person reads them in a terminal."""

import textwrap
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from ur_desk.cli.output import table, typed
from ur_desk.domain.visible import visible, without_ssn

if TYPE_CHECKING:
    from ur_desk.desk.review import Findings, OnDesk
    from ur_desk.domain.case import Case, LineState
    from ur_desk.domain.determination import Signature
    from ur_desk.domain.findings import PolicyMatch
    from ur_desk.domain.intake.receipt_change import ReceiptChange
    from ur_desk.domain.people import Account, AccountId
    from ur_desk.domain.policy import Policy
    from ur_desk.domain.request import Request

LEFT, RIGHT = 38, 78


def moment(at: datetime, zone: ZoneInfo) -> str:
    """An instant on the clocks of a zone, with the zone's name on that day."""
    return f"{at.astimezone(zone):%m/%d/%Y %H:%M %Z}"


def case_text(case: "Case", zone: ZoneInfo, people: "Mapping[AccountId, Account]") -> str:
    """A case as it is now, in full but for its findings: who and what is asked, the record, where each line stands, what was noted."""
    parts = (*_head(case, zone, people), "", *_lines(case, people), *_record(case), *_came(case, zone, people), *_noted(case, zone))
    return "\n".join(parts)


def _head(case: "Case", zone: ZoneInfo, people: "Mapping[AccountId, Account]") -> Iterator[str]:
    member, clock = case.request.member, case.clock
    outcome = case.determination.value if case.determination else "no determination yet"
    yield f"{case.number}  {case.workflow.value}  {outcome}"
    born = f"born {member.birth_date:%m/%d/%Y}" if member.birth_date else ""
    yield "  ".join(typed(part) for part in (member.listed_name, member.member_id, born) if part)
    if case.restriction:
        who = ", ".join(_who(account, people) for account in case.restriction.open_to)
        yield f"Restricted ({case.restriction.kind.value}), open to {who}: {typed(case.restriction.reason)}"
    words = clock.words if clock else ""
    yield f"Due: {moment(clock.due_at, zone)} ({words})" if clock and clock.due_at else f"Due: {words}"
    yield "Diagnoses: " + (", ".join(typed(d.code) for d in case.request.diagnoses) or "none given")
    done = f"{_who(case.opened_by, people)} on {moment(case.opened_at, zone)}"
    yield f"Opened by {done}"
    if case.reviewer:
        yield f"Last worked by {_who(case.reviewer, people)}" + (f", decided {moment(case.decided_at, zone)}" if case.decided_at else "")


def _who(account: "AccountId", people: "Mapping[AccountId, Account]") -> str:
    return typed(people[account].signature) if account in people else account


def _lines(case: "Case", people: "Mapping[AccountId, Account]") -> Iterator[str]:
    rows = [
        (str(s.line), s.service.code or "", s.workflow.value, s.determination.value if s.determination else "", s.service.description or "")
        for s in case.lines
    ]
    yield table(rows, ("line", "code", "workflow", "determination", "words"))
    for state in case.lines:
        yield from (f"line {state.line}, {what}: {typed(text)}" for what, text in _open_on(state, people) if text)


def _open_on(state: "LineState", people: "Mapping[AccountId, Account]") -> Iterator[tuple[str, str]]:
    from ur_desk.domain.decisions.outcomes_told import refusal_told
    from ur_desk.domain.decisions.signed import left, left_because

    if state.asked:
        until = f", answer by {state.asked.answer_by:%m/%d/%Y}" if state.asked.answer_by else ""
        until += f", to ask again on {state.asked.chase_on:%m/%d/%Y}" if state.asked.chase_on else ""
        yield f"asked of {typed(state.asked.asked_of)}{until}", f"{'; '.join(state.asked.items)}. {state.asked.why}"
    if state.referral:
        yield "referred with the summary", state.referral.summary
        yield "referred with the question", state.referral.question
    yield "given back with the question", state.question
    if state.decision:
        yield "reason", state.decision.reason.words
        yield "rationale", state.decision.rationale
        yield "kind of reason", refusal_told(state.decision)
        yield "leaves what the findings suggest", left_because(state.decision) if left(state) else ""
        yield "alternatives", state.decision.alternatives
        yield "signed by", _signature(state.decision.signature, people)
        yield "attested", state.decision.signature.no_conflict
        yield "same or similar specialty", state.decision.signature.similar
    if state.authorization:
        yield "authorization number", state.authorization.number
    if state.entered:
        yield "entered in claims", f"{state.entered.where}, {state.entered.at:%m/%d/%Y} by {_who(state.entered.by, people)}"
    for made in state.earlier:
        yield "earlier outcome", f"{made.determination.value} by {made.signature.name}, {made.signature.at:%m/%d/%Y}"


def _signature(signature: "Signature", people: "Mapping[AccountId, Account]") -> str:
    """Who signed, with which licence, who entered that and who confirmed it."""
    held, under = signature.credential, signature.signed_under
    if held is None or under is None:
        return signature.name
    entered = people[held.entered_by].display if held.entered_by and held.entered_by in people else "somebody unknown"
    licence = f"licence {under.number}{f' of {under.state} in a case of {signature.case_state}' if signature.case_state else ''}"
    told = f"{signature.name}, {held.kind}, {licence}, entered by {entered}"
    if held.confirmed_by is None:
        return f"{told}, confirmed by nobody"
    confirmed = people[held.confirmed_by].display if held.confirmed_by in people else "somebody unknown"
    on = f" on {held.confirmed_on:%m/%d/%Y}" if held.confirmed_on else ""
    return f"{told}, confirmed by {confirmed} at {held.confirmed_where or 'a source not kept'}{on}"


def _record(case: "Case") -> Iterator[str]:
    if case.request.clinical_notes:
        yield from ("", "RECORD", f"    {typed(case.request.clinical_notes)}")
    for attached in case.request.attachments:
        yield f"attached: {typed(attached.name)}"


def _came(case: "Case", zone: ZoneInfo, people: "Mapping[AccountId, Account]") -> Iterator[str]:
    """What came in for the case, what it follows and what follows it, and that it was left out."""
    from ur_desk.domain.appeals.told import asker, in_time_words
    from ur_desk.domain.events import Use
    from ur_desk.domain.intake.prior_words import told
    from ur_desk.domain.telling import tell

    if case.follows:
        yield f"{case.follows.kind.value} of {case.follows.number}" + (f", asked for by {typed(asker(case.appeal))}" if case.appeal else "")
        yield from (f"    {typed(words)}" for words in (in_time_words(case.appeal) if case.appeal else ()))
        yield from (f"{moment(each.at, zone)}, {typed(tell(each))}" for each in case.acknowledged)
    for later in case.followed:
        yield f"{later.kind.value}: {later.number}"
    for came in case.messages:
        yield f"{moment(came.at, zone)}, {_who(came.by, people)} {typed(tell(came.body))}"
        yield from (f"    {name}: {typed(without_ssn(words))}" for name, words in told(came.body.request))
        if came.body.use is not Use.RESPONSE and came.body.request.clinical_notes:
            yield f"    {typed(without_ssn(came.body.request.clinical_notes))}"
    if case.left_out:
        yield f"left out: {typed(case.left_out.reason)}"
        yield f"told {typed(case.told.with_whom)}: {typed(case.told.said)}" if case.told else "the sender is still to be told"
    if case.replaces:
        yield f"stands in the place of {case.replaces.number}, which was entered under the wrong member"
    if case.entered_wrong:
        yield f"VOID, entered under the wrong member; {case.entered_wrong.number} stands in its place: {typed(case.entered_wrong.reason)}"
    if case.taken_back:
        yield "opened by mistake, and taken back"


def _noted(case: "Case", zone: ZoneInfo) -> Iterator[str]:
    from ur_desk.domain.telling import tell

    if case.coverage or case.contacts or case.notes or case.letters or case.receipts or case.records or case.peers:
        yield ""
    for item, found in case.coverage:
        yield f"coverage, {item.value.replace('_', ' ')}: {typed(found.answer)} ({typed(found.where)}, {found.day:%m/%d/%Y})"
    for contact in case.contacts:
        reached = "" if contact.reached else ", not reached"
        back = f"; to call back {moment(contact.call_back, zone)}" if contact.call_back else ""
        with_whom = f"{contact.way.value} with {typed(contact.with_whom)}{reached}{back}"
        yield f"contact, {moment(contact.at, zone)}, {with_whom}: {typed(contact.said)}"
    yield from (f"note: {typed(note.text)}" for note in case.notes)
    for kept in case.records:
        pages = "1 page" if kept.record.pages == 1 else f"{kept.record.pages} pages"
        yield f"record, {moment(kept.at, zone)}: {typed(kept.record.name)}, {pages}, {kept.record.pages_with_text} with text"
    for step in case.peers:
        yield f"peer-to-peer, {moment(step.body.at, zone)}: {typed(tell(step.body))}"
    for change in case.receipts:
        yield f"receipt, {_corrected(change, zone)}: {typed(change.reason)}"
    for letter in case.letters:
        later = f", superseded by {letter.superseded_by}" if letter.superseded_by else ""
        why = f", corrects {letter.supersedes}: {typed(letter.reason or '')}" if letter.supersedes else ""
        yield f"letter {letter.id}, {letter.kind}, issued {moment(letter.at, zone)}{why}{later}"
    for sending in case.sendings:
        yield f"sent, {moment(sending.recorded_at, zone)}: {typed(tell(sending.told))}"


def _corrected(change: "ReceiptChange", zone: ZoneInfo) -> str:
    before, after = (moment(receipt.at, zone) if receipt.at else "unknown" for receipt in (change.before, change.after))
    became = {None: "to be corrected, waits for a supervisor", True: "corrected", False: "not corrected: a supervisor refused"}
    return f"{became[change.allowed]}, from {before} to {after}"


def _columns(left: list[str], right: list[str]) -> str:
    height = max(len(left), len(right))
    padded = zip(left + [""] * (height - len(left)), right + [""] * (height - len(right)), strict=True)
    return "\n".join(f"{one:<{LEFT}} │ {other}".rstrip() for one, other in padded)


def _wrapped(text: str, width: int, hang: str = "") -> list[str]:
    return textwrap.wrap(visible(text), width, subsequent_indent=hang) or [""]


def _request(request: "Request") -> list[str]:
    lines = ["REQUEST"]
    for service in request.services:
        days = f" {service.first_day:%m/%d/%Y}" if service.first_day else ""
        lines += _wrapped(f"{service.line}  {service.code or '(no code)'}{days}", LEFT)
        lines += _wrapped(f"   {service.description or '(no words)'}", LEFT, "   ")
    lines += ["", *(line for d in request.diagnoses for line in _wrapped(f"   {d.code}", LEFT, "   "))]
    return lines


def _policy(found: "PolicyMatch", policy: "Policy") -> list[str]:
    head = f"{found.id}  {'abstract' if policy.abstract else 'document'}, in force from {found.effective or 'an unknown day'}"
    lines = [head, *_wrapped(f"{found.relation.value}: {found.position.value.replace('_', ' ') if found.position else 'no position'}"
                             f"{', for all indications' if found.all_indications else ''}", RIGHT)]  # fmt: skip
    if found.version_note:
        lines += _wrapped(found.version_note, RIGHT)
    for hit in found.hits:
        place = f"line {hit.line}" if hit.line else "no line"
        lines += _wrapped(f"{place:>9}  {hit.result.value:<11} {hit.value}: {hit.why}", RIGHT, " " * 11)
        if hit.line:
            lines += _wrapped(" " * 11 + policy.text.line(hit.line).text.strip(), RIGHT, " " * 11)
    return lines


def side_by_side(request: "Request", findings: "Findings | OnDesk") -> str:
    """The request on the left; policies, hits with their lines, codes and cautions on the right."""
    report = findings.report
    if report is None:
        return _columns(_request(request), ["Not matched with the library yet."])
    right: list[str] = []
    for found, pinned in zip(report.policies, findings.policies, strict=True):
        right += [*_policy(found, pinned.policy), ""]
    if not report.policies:
        right += ["No policy in the library has a reason to be looked at.", ""]
    right.append("CODES")
    for row in report.codes:
        right += _wrapped(f"{row.code:<9} {row.result.value:<11} {row.note or row.description or ''}", RIGHT, " " * 22)
    right += ["", "BEFORE YOU DECIDE", *(line for c in report.cautions for line in _wrapped(f"- {c.message}", RIGHT, "  "))]
    right += ["", f"Next: {report.suggestion.value.replace('_', ' ')}"]
    return _columns(_request(request), right)
