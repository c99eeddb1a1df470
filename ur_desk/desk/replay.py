"""The trail played once more: whether each event was its person's to write, with their key, in their roles, by the rules, where it stands."""

from collections.abc import Iterator, Mapping
from datetime import tzinfo
from typing import TYPE_CHECKING, Any, cast, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ur_desk.desk.verbs import VERBS
from ur_desk.domain import drafting as dr
from ur_desk.domain import events as ev
from ur_desk.domain import keeping as kp
from ur_desk.domain import vault as vt
from ur_desk.domain import witness as wt
from ur_desk.domain import workspace as ws
from ur_desk.domain.access import PREFIX, AccessBody, Locked, SignedOut, verb_of
from ur_desk.domain.audit import Break, Event, Gone, Head, Signed
from ur_desk.domain.case import Case, after, fold
from ur_desk.domain.checkpoint import CheckpointTold
from ur_desk.domain.clockwatch import ClockDoubted
from ur_desk.domain.events import CaseBody, CaseEvent, CaseId
from ur_desk.domain.people import Account, AccountId, Role, check_duties
from ur_desk.domain.rules import Asked, admit
from ur_desk.domain.vault import PublicKey, enrolment
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.store.store import Store

BEGIN, ENCRYPT, ENROL = "workspace.begin", "vault.encrypt", "key.enrol"
CASE_BODIES: tuple[type, ...] = get_args(CaseBody)
ACCESS_BODIES: tuple[type, ...] = get_args(AccessBody)
WRITES: Mapping[str, tuple[type, ...]] = {
    BEGIN: (ws.WorkspaceCreated, ws.AccountAdded, vt.KeyEnrolled, ws.PolicyLoaded),
    ENCRYPT: (kp.Encrypted, vt.KeyEnrolled, vt.Invited),
    ENROL: (vt.KeyEnrolled,),
    "vault.make": (vt.VaultMade,),
    "recovery.use": (vt.RecoveryUsed,),
    "recovery.make": (vt.RecoveryMade,),
    "vault.rekey": (vt.Rekeyed,),
    "passphrase.change": (vt.PassphraseChanged,),
    "passphrase.bind": (vt.Bound,),
    "disk.answer": (vt.DiskAnswered,),
    "account.add": (ws.AccountAdded, vt.Invited),
    "account.invite": (vt.Invited,),
    "account.role": (ws.RolesChanged,),
    "account.credential": (ws.CredentialEntered,),
    "account.confirm-credential": (vt.CredentialConfirmed,),
    "account.retire": (ws.AccountRetired,),
    "profile.save": (ws.ProfileSaved,),
    "lock.set": (ws.IdleLockSet,),
    "policy.load": (ws.PolicyLoaded,),
    "policy.confirm": (ws.PolicyConfirmed,),
    "policy.correct": (dr.PolicyCorrected,),
    "policy.uncorrect": (dr.PolicyUncorrected,),
    "policy.waive": (ws.PolicyWaived,),
    "policy.unwaive": (ws.PolicyUnwaived,),
    "policy.adopt": (ws.PolicyAdopted,),
    "policy.still-current": (ws.PolicyStillCurrent,),
    "audit.verify": (ws.TrailChecked,),
    "audit.checkpoint": (CheckpointTold,),
    "trail.went-back": (wt.WentBack,),
    "trail.explain": (wt.GoingBackExplained,),
    "clock.moved": (ClockDoubted,),
    "clock.doubted": (ClockDoubted,),
    "backup.make": (kp.BackupMade,),
    "backup.place": (kp.BackupPlaceChosen,),
    "backup.restored": (kp.BackupRestored,),
    "retention.set": (kp.RetentionSet,),
    "purge.propose": (kp.PurgeProposed,),
    "purge.drop": (kp.PurgeDropped,),
    "purge.approve": (kp.Purged,),
    kp.HOLD_PLACE: (kp.HoldPlaced,),
    kp.HOLD_LIFT: (kp.HoldLifted,),
    "case.open": (ev.Opened, ev.Matched, ev.ClockRead),
    "case.complete": (ev.Completed, ev.Matched, ev.ClockRead),
    "case.match": (ev.Matched,),
    "case.close": (ev.Closed,),
    "case.undo": (ev.Undone,),
    "case.restrict": (ev.Restricted,),
    "case.unrestrict": (ev.Unrestricted,),
    "case.break-glass": (ev.GlassBroken,),
    "alert.acknowledge": (ev.GlassSeen,),
    "record.open": (ev.RecordOpened,),
    "coverage.check": (ev.CoverageChecked,),
    "contact.log": (ev.ContactLogged,),
    "note.add": (ev.NoteAdded,),
    "lines.approve": (ev.Determined,),
    "lines.decide": (ev.Determined,),
    "lines.ask": (ev.InformationRequested,),
    "lines.received": (ev.InformationReceived,),
    "lines.refer": (ev.Referred,),
    "lines.send-back": (ev.SentBack,),
    "lines.withdraw": (ev.Withdrawn,),
    "lines.amend": (ev.Amended, ev.Matched),
    "letter.issue": (ev.LetterIssued,),
    "notice.record": (ev.NoticeGiven,),
}
"""Which contents each verb writes; a test holds it beside the verbs that are declared."""


def replayed(store: "Store", signed: Signed) -> Iterator[Break]:
    """Every event that was not its person's to write where it stands; asked inside of a steady view of the store.

    What came before the vault is unsigned, and is not judged. Where a content is missing, which is a break of its own, nothing
    that rests on it is judged either.
    """
    import ur_desk.desk.encrypting
    import ur_desk.desk.restoring  # noqa: F401 (the verbs that only these declare)

    play = Replay(_zone(store), signed)
    for head, event in store.ledger.every():
        for message in play.wrong(head, event):
            yield Break(head.number, head.id, message)
    if not play.signed_at_all:
        yield Break(0, "-", "no event is signed")


def _zone(store: "Store") -> ZoneInfo:
    """The zone that the events tell, of an older workspace that of its row; UTC where neither is one, which is a break of its own."""
    try:
        return ZoneInfo(store.workspace().zone or store.setting("zone") or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


class Replay:
    """What holds at each place of the trail, and what is wrong with the event that comes next."""

    def __init__(self, zone: tzinfo, signed: Signed) -> None:
        self._zone, self._signed = zone, signed
        self._state = ws.WorkspaceState()
        self._former: dict[AccountId, set[PublicKey]] = {}
        self._root: tuple[AccountId, PublicKey] | None = None
        self._rooted = False
        self._begun = False
        self._blind = False
        self._cases: dict[CaseId, tuple[Case, list[CaseEvent]]] = {}
        self._untold: set[CaseId] = set()
        self._unsigned = False

    @property
    def signed_at_all(self) -> bool:
        """Whether any event so far was signed."""
        return self._root is not None

    def wrong(self, head: Head, event: Event[Any]) -> list[str]:
        """What is wrong with an event, in plain words; after that it counts as happened."""
        found = [] if self._blind or not head.key else [*self._key(head, event.body), *self._verb(head, event.body)]
        if isinstance(event.body, Gone):
            self._gap(head)
        elif isinstance(event.body, CASE_BODIES) and head.case:
            found += self._case(head, CaseEvent(event.id, event.at, event.by, cast(CaseBody, event.body)))
        elif isinstance(event.body, ws.WORKSPACE_BODIES):
            found += [] if self._blind or not head.key else _body(event.body, self._state, head, self._signed)
            self._happened(event)
        self._begun = self._begun or head.verb != BEGIN
        self._unsigned = self._unsigned or not head.key
        return found

    def _gap(self, head: Head) -> None:
        if head.case:
            self._untold.add(head.case)
        elif not head.verb.startswith(PREFIX):
            self._blind = True

    def _happened(self, event: Event[Any]) -> None:
        self._state = ws.after(self._state, event)
        if isinstance(event.body, vt.KeyEnrolled):
            self._rooted = True
            self._former.setdefault(event.body.account, set()).add(event.body.keys.sign)

    # whose key --------------------------------------------------------------------------------------------------------------

    def _key(self, head: Head, body: Any) -> Iterator[str]:
        """A head's key is the one that an event put in force for that very account; a first enrolment comes with what it begins."""
        if self._root is None and self._unsigned and not isinstance(body, kp.Encrypted):
            yield "events without a signature stand before it, and it does not tell that the workspace was encrypted then"
        self._root = self._root or (head.person, PublicKey(head.key))
        if isinstance(body, vt.KeyEnrolled):
            if head.person != body.account or head.key != body.keys.sign:
                yield "a key was set for an account by somebody else"
        elif not self._rooted:
            if (head.person, head.key) != self._root:
                yield "it is signed before any key was set for its person"
        elif not self._in_force(head, body):
            yield "it is signed with a key that was not in force for its person there"

    def _in_force(self, head: Head, body: Any) -> bool:
        known = self._state.keys.get(head.person)
        if known is not None and known.sign == head.key:
            return True
        # whoever gets up after they were shut out signs that they did
        return isinstance(body, SignedOut | Locked) and head.key in self._former.get(head.person, ())

    # which verb -------------------------------------------------------------------------------------------------------------

    def _verb(self, head: Head, body: Any) -> Iterator[str]:
        """An event's verb writes such contents, and was open to a role that its person held there."""
        if isinstance(body, Gone):
            return
        if head.verb.startswith(PREFIX):
            if not isinstance(body, ACCESS_BODIES) or verb_of(cast(AccessBody, body)) != head.verb:
                yield "its content is not one that its verb writes"
            return
        declared = VERBS.get(head.verb)
        if declared is None:
            yield "its verb is none that this version of the program knows"
            return
        if not isinstance(body, WRITES.get(head.verb, (object,))):
            yield "its content is not one that its verb writes"
        yield from self._may(head, declared.roles)

    def _may(self, head: Head, roles: frozenset[Role]) -> Iterator[str]:
        person = self._state.accounts.get(head.person)
        if head.verb == BEGIN:
            if self._begun:
                yield "a workspace begins once, and this stands behind its beginning"
        elif person is None or person.retired:
            yield "its person had no account there"
        elif not person.roles & (frozenset({Role.ADMINISTRATOR}) if head.verb == ENCRYPT else roles):
            yield f"its person held no role there to which {head.verb} is open"

    # which case -------------------------------------------------------------------------------------------------------------

    def _case(self, head: Head, event: CaseEvent) -> list[str]:
        """A step of a case is one that the rules let its person take there."""
        case = CaseId(head.case or "")
        if case in self._untold:
            return []
        known = self._cases.get(case)
        try:
            if known is None:
                self._cases[case] = fold(case, [event]), [event]
                return []
            now, events = known
            found = self._admitted(head, event, now, events) if head.key and not self._blind else []
            events.append(event)
            told = fold(case, events) if isinstance(event.body, ev.Undone) else after(now, event)
            self._cases[case] = told, events
        except (ValueError, KeyError, TypeError):
            # a case that cannot be told any more is a break of its own
            self._untold.add(case)
            return []
        return found

    def _admitted(self, head: Head, event: CaseEvent, case: Case, events: list[CaseEvent]) -> list[str]:
        person = self._state.accounts.get(head.person)
        if person is None:
            return []
        today, demo = head.at.astimezone(self._zone).date(), self._state.kind is ws.WorkspaceKind.DEMO
        try:
            opening = head.verb == "case.open"
            if not opening or isinstance(event.body, ev.Opened):
                admit(event.body, Asked(case, events, person, head.at, today, demo))
        except UserError as refused:
            return [f"the rules did not let its person take this step there: {refused.message}"]
        return list(_signature(event, person))


def _signature(event: CaseEvent, person: Account) -> Iterator[str]:
    """A decision's own signature is of the person who made it, as they were then."""
    if isinstance(event.body, ev.Determined | ev.Withdrawn):
        told = event.body.decision.signature
        if (told.account, told.name, told.credential) != (person.id, person.display, person.credential) or told.at > event.at:
            yield "the decision in it does not bear the signature of its person as they were then"


def _body(body: Any, state: ws.WorkspaceState, head: Head, signed: Signed) -> list[str]:
    """What is wrong with a change of accounts or keys beyond key and role; empty where nothing is."""
    match body:
        case ws.WorkspaceCreated() if state.kind is not None:
            return ["a workspace is created once"]
        case vt.VaultMade() if state.vault is not None:
            return ["a vault is made once"]
        case ws.AccountAdded():
            return _apart(body.account.roles) + (["the account was there already"] if body.account.id in state.accounts else [])
        case ws.RolesChanged():
            return _apart(body.roles)
        case ws.AccountRetired() if body.account == head.person:
            return ["nobody retires themselves"]
        case vt.Invited() if body.account == head.person:
            return ["nobody gives themselves a code"]
        case vt.PassphraseChanged() | vt.Bound() | vt.RecoveryUsed() if body.account != head.person:
            return ["it tells of another account than its person's own"]
        case vt.CredentialConfirmed():
            return _confirmed(body, state, head)
        case vt.KeyEnrolled():
            return _enrolled(body, state, signed)
        case dr.PolicyCorrected() | dr.PolicyUncorrected() | ws.PolicyConfirmed():
            wrong = dr.wrong_with(body, state.shelf.get(body.text), head.person, state.accounts.values())
            return [wrong] if wrong else []
    return []


def _apart(roles: frozenset[Role]) -> list[str]:
    try:
        check_duties(roles)
    except UserError as refused:
        return [refused.message]
    return []


def _confirmed(body: vt.CredentialConfirmed, state: ws.WorkspaceState, head: Head) -> list[str]:
    known = state.accounts.get(body.account)
    entered = known.credential.entered_by if known and known.credential else None
    return ["a credential was confirmed by whoever entered or holds it"] if head.person in (entered, body.account) else []


def _enrolled(body: vt.KeyEnrolled, state: ws.WorkspaceState, signed: Signed) -> list[str]:
    """The first key of all needs no invitation; each later one is signed by the account's own key before it, or by the code or the
    recovery key that let it in."""
    waiting, message = state.invitations.get(body.account), enrolment(body.account, body.keys)
    if body.invitation is None:
        own = state.keys.get(body.account)
        let_in = not state.keys if own is None else signed(own.sign, message, body.proof)
        return [] if let_in else ["a key was set that nobody had invited"]
    if waiting and waiting.event == body.invitation and signed(waiting.keys.sign, message, body.proof):
        return []
    person, recovery = state.accounts.get(body.account), state.recovery
    named = recovery is not None and recovery[0] == body.invitation and person is not None and person.has(Role.ADMINISTRATOR)
    if named and recovery and signed(recovery[1].sign, message, body.proof):
        return []
    return ["a key was set by somebody who had no code and no recovery key for it"]
