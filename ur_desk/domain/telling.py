"""A step of a case as one sentence, for timelines."""

from datetime import date
from functools import singledispatch

from ur_desk.domain import events as ev
from ur_desk.domain.appeals.following import AppealBody
from ur_desk.domain.appeals.told import appeal_told
from ur_desk.domain.audit import Gone
from ur_desk.domain.clocks.events import ClockBody
from ur_desk.domain.clocks.overdue import overdue_words
from ur_desk.domain.clocks.told import tell_clock
from ur_desk.domain.decisions.authorization import AuthorizationBody
from ur_desk.domain.decisions.binding import binding_words
from ur_desk.domain.decisions.outcomes import OutcomeBody
from ur_desk.domain.decisions.outcomes_told import outcome_told, refusal_told
from ur_desk.domain.decisions.peers import PeerBody
from ur_desk.domain.decisions.peers_told import peer_told
from ur_desk.domain.determination import PolicyCitation, Reason
from ur_desk.domain.guard.access import TrailBundled
from ur_desk.domain.guard.fence_told import fence_told
from ur_desk.domain.guard.glass import FenceBody
from ur_desk.domain.information.asking import AskingBody
from ur_desk.domain.information.told import asking_told, contact_told
from ur_desk.domain.intake.papers import PaperBody
from ur_desk.domain.intake.papers_told import paper_told
from ur_desk.domain.intake.receipt import Receipt
from ur_desk.domain.law_rows import RowBody
from ur_desk.domain.letters.delivery import DeliveryBody
from ur_desk.domain.letters.delivery_told import delivery_words, reentry_words
from ur_desk.domain.letters.told import letter_told
from ur_desk.domain.trail import keeping as kp
from ur_desk.domain.trail import witness as wt
from ur_desk.domain.trail.checkpoint import CheckpointTold
from ur_desk.domain.trail.computer_clock import Against, ClockDoubted, Jump
from ur_desk.domain.zones import zone, zone_name

COVERAGE = {
    ev.CoverageItem.ELIGIBLE: "Eligible on the date of service",
    ev.CoverageItem.BENEFIT: "Benefit and limit",
    ev.CoverageItem.NETWORK: "Network",
    ev.CoverageItem.OTHER_COVERAGE: "Other coverage",
    ev.CoverageItem.AUTHORIZATION: "Authorization needed for this code",
}


@singledispatch
def tell(body: object) -> str:
    """What happened, as one sentence in plain words."""
    raise TypeError(f"no case event: {type(body).__name__}")


@tell.register
def _(body: ev.Opened) -> str:
    count = len(body.request.services)
    channel = f" by {body.request.channel.value}" if body.request.channel else ""
    of = f" as {_FOLLOWING[body.follows.kind]} {body.follows.number}," if body.follows else ""
    of += f" in place of {body.replaces.number}, entered under the wrong member," if body.replaces else ""
    return f"opened the case{of} for a request received{channel}, with {count} service line{'' if count == 1 else 's'}."


@tell.register
def _(body: ev.Matched) -> str:
    if not body.pins:
        return "matched the request: no policy in the library has a reason to be looked at."
    names = ", ".join(f"{p.policy} of {_day(p.effective)}{_standing(p)}" for p in body.pins)
    return f"matched the request with {names}."


def _standing(pin: ev.PolicyPin) -> str:
    if pin.abstract:
        return " (abstract)"
    return " (its reading confirmed by whoever loaded or mended it)" if pin.alone else ""


@tell.register
def _(body: ev.ClockRead) -> str:
    return f"read the clock: {body.words}."


@tell.register
def _(body: ClockBody | RowBody) -> str:
    return tell_clock(body)


@tell.register
def _(body: ev.RecordOpened) -> str:
    return "opened the record."


@tell.register
def _(body: ev.RecordAttached) -> str:
    pages = "1 page" if body.record.pages == 1 else f"{body.record.pages} pages"
    return f"attached a record of {pages}: {body.record.name}."


@tell.register
def _(body: ev.PagesNoted) -> str:
    count = len(body.pages)
    return f"noted on which page of the records {count} field{' was' if count == 1 else 's were'} read."


@tell.register
def _(body: ev.CoverageChecked) -> str:
    return f"checked coverage. {COVERAGE[body.item]}: {body.answer} ({body.where}, {body.day:%m/%d/%Y})."


@tell.register
def _(body: ev.Determined) -> str:
    decision = body.decision
    told = f"{decision.determination.value.replace('_', ' ')}: {lines(body.lines)}. {basis(decision.reason)}"
    if refusal := refusal_told(decision):
        told = f"{told.rstrip()} {refusal}"
    if decision.unchecked:
        told += f" Not checked: {', '.join(decision.unchecked).replace('_', ' ')}."
    if decision.departure:
        told += f" Leaves what the findings suggest: {decision.departure}"
    beside = [*(overdue_words(each) for each in decision.overdue), *(binding_words(each) for each in decision.approvals)]
    return " ".join((told, *beside, *((f"Why it leaves that: {decision.despite}",) if decision.despite else ())))


@tell.register
def _(body: AppealBody) -> str:
    return appeal_told(body)


@tell.register
def _(body: AskingBody) -> str:
    return asking_told(body, lines)


@tell.register
def _(body: ev.Referred) -> str:
    return f"referred {lines(body.lines)} to a physician."


@tell.register
def _(body: ev.SentBack) -> str:
    return f"sent {lines(body.lines)} back to the nurse: {body.question}"


@tell.register
def _(body: ev.Reworded) -> str:
    return f"asked for other words of the reason on {lines(body.lines)}, which goes back to be signed: {body.why}"


@tell.register
def _(body: ev.Withdrawn) -> str:
    return f"recorded that {body.asked_by} withdrew {lines(body.lines)} ({body.how})."


@tell.register
def _(body: ev.Amended) -> str:
    return f"amended {lines((body.line,))} as {body.agreed_by} agreed ({body.how}); the clock was left alone."


@tell.register
def _(body: ev.Completed) -> str:
    return f"added facts of the request that {body.told_by} told ({body.how})."


@tell.register
def _(body: ev.ReceiptDoubted) -> str:
    shown = body.after.evidence
    proof = f" shown by {shown.kind.value.replace('_', ' ')}{f' ({shown.where})' if shown.where else ''}" if shown else ""
    return f"asked to correct the receipt from {_received(body.before)} to {_received(body.after)}{proof}: {body.reason}"


@tell.register
def _(body: ev.ReceiptSettled) -> str:
    return f"{'allowed' if body.allowed else 'refused'} the correction of the receipt: {body.reason}"


def _received(receipt: Receipt) -> str:
    """An instant on the clocks where it was told."""
    if receipt.at is None:
        return "an unknown instant"
    name = zone_name(receipt.zone or "UTC") or "UTC"
    return f"{receipt.at.astimezone(zone(name)):%m/%d/%Y %H:%M} {name}"


@tell.register
def _(body: ev.NoticeGiven) -> str:
    return f"gave notice of {lines(body.lines)} to {body.to_whom} by {body.way.value}: {body.form}."


@tell.register
def _(body: ev.ContactLogged) -> str:
    return contact_told(body)


@tell.register
def _(body: ev.NoteAdded) -> str:
    return f"added an internal note: {body.text}"


@tell.register
def _(body: ev.LetterIssued) -> str:
    return letter_told(body, lines)


@tell.register
def _(body: PeerBody) -> str:
    return peer_told(body, lines)


@tell.register
def _(body: OutcomeBody | AuthorizationBody) -> str:
    return outcome_told(body, lines)


@tell.register
def _(body: ev.Closed) -> str:
    return "closed the case."


@tell.register
def _(body: ev.Undone) -> str:
    return "took back an earlier step."


@tell.register
def _(body: kp.HoldPlaced) -> str:
    return f"placed a legal hold: {body.reason}"


@tell.register
def _(body: kp.HoldLifted) -> str:
    return f"lifted the legal hold: {body.reason}"


@tell.register
def _(body: kp.BackupMade) -> str:
    return f"made a backup of {body.events} events: {body.path}."


@tell.register
def _(body: kp.BackupRestored) -> str:
    kept = f" What lay there before is kept as {body.kept_as}." if body.kept_as else ""
    return f"put the workspace back from a backup of {body.created:%m/%d/%Y} with {body.events} events.{kept}"


@tell.register
def _(body: kp.BackupPlaceChosen) -> str:
    return f"chose a second folder for backups: {body.folder}." if body.folder else "chose no second folder for backups."


@tell.register
def _(body: kp.Encrypted) -> str:
    return f"encrypted the workspace: {body.rows} rows and {body.events} events of before the vault."


@tell.register
def _(body: kp.RetentionSet) -> str:
    return f"set that cases stay {body.years} years after their last event."


@tell.register
def _(body: kp.PurgeProposed) -> str:
    return f"proposed that these cases go: {', '.join(body.numbers)}."


@tell.register
def _(body: kp.PurgeDropped) -> str:
    return f"dropped the proposal that cases go: {body.why}"


@tell.register
def _(body: kp.Purged) -> str:
    return f"approved that these cases go, and let them go: {', '.join(body.numbers)}."


@tell.register
def _(body: CheckpointTold) -> str:
    return f"took down the code of event {body.number}: {body.code}."


@tell.register
def _(body: wt.WentBack) -> str:
    if body.other_history:
        return f"opened a workspace with another history: event {body.expected_number} is not the one that this computer saw last."
    return f"opened a workspace that had gone back: it ended with event {body.found_number}, and this computer had seen {body.expected_number}."


@tell.register
def _(body: wt.GoingBackExplained) -> str:
    return f"looked into the workspace's going back: {body.reason}"


@tell.register
def _(body: ClockDoubted) -> str:
    by = _span(abs(body.by_seconds))
    way = {Jump.FORWARD: f"forward by {by}", Jump.BACKWARD: f"back by {by}", Jump.ZONE: f"by {by}, as by another time zone"}[body.kind]
    return f"went on with a clock that was moved {way}, beside {_BESIDE[body.against]}."


@tell.register
def _(body: PaperBody) -> str:
    return paper_told(body, lines)


@tell.register
def _(body: FenceBody) -> str:
    return fence_told(body)


@tell.register
def _(body: DeliveryBody) -> str:
    return delivery_words(body)


@tell.register
def _(body: ev.EnteredWrong) -> str:
    return reentry_words(body)


@tell.register
def _(body: TrailBundled) -> str:
    return f"wrote the whole trail, sealed, to {body.path}: {body.reason}"


@tell.register
def _(body: Gone) -> str:
    return "did something of which the content is gone." if body.readable else "did something of which the content cannot be read."


_FOLLOWING = {ev.Following.APPEAL: "an appeal against", ev.Following.REOPENING: "a wish to reopen"}
_BESIDE = {
    Against.COUNT: "the computer's own count",
    Against.EVENT: "the last event of the trail",
    Against.SEEN: "what this computer saw last",
    Against.BOOT: "the instant at which this computer was started",
    Against.FILE: "the newest file of the workspace",
    Against.BACKUP: "the newest backup",
    Against.DOCUMENT: "the last review that a policy document tells",
}


def _span(seconds: int) -> str:
    """A span of time as one says it, in its two largest units."""
    days, hours, minutes = seconds // 86400, seconds // 3600 % 24, seconds // 60 % 60
    told = ((days, "day"), (hours, "hour"), (minutes, "minute"), (seconds % 60, "second"))
    return " and ".join(f"{count} {unit}{'' if count == 1 else 's'}" for count, unit in [part for part in told if part[0]][:2])


def lines(numbers: tuple[int, ...]) -> str:
    """Service lines by number, as one says it."""
    return ("line " if len(numbers) == 1 else "lines ") + ", ".join(map(str, numbers))


def cited(citation: PolicyCitation) -> str:
    """Policy lines by policy and number, as one says it."""
    first, last = citation.anchor.first_line, citation.anchor.last_line
    return f"{citation.policy} {f'line {first}' if first == last else f'lines {first}-{last}'}"


def basis(reason: Reason) -> str:
    """What a reason rests on, in words; empty where it rests on nothing."""
    parts = [cited(c) for c in reason.policy_lines]
    parts += [", ".join(p for p in (h.owner, h.title, h.version, h.section) if p) for h in reason.held_elsewhere]
    told = [f"Rests on {'; '.join(parts)}."] if parts else []
    if reason.no_policy_found:
        told.append("No policy was found.")
    return " ".join(told)


def _day(day: date | None) -> str:
    return f"{day:%m/%d/%Y}" if day else "an unknown day"
