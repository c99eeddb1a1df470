"""The trail played once more: whether each event was its person's to write, with their key, in their roles, by the rules, where it stands."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING, Any, cast, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ur_desk.desk.review import against
from ur_desk.desk.verbs import VERBS
from ur_desk.domain import events as ev
from ur_desk.domain import keeping as kp
from ur_desk.domain import shelf as sh
from ur_desk.domain import vault as vt
from ur_desk.domain import workspace as ws
from ur_desk.domain.access import PREFIX, AccessBody, SignedIn, Unlocked, verb_of
from ur_desk.domain.asked import Asked
from ur_desk.domain.asking import settled
from ur_desk.domain.audit import Break, Event, Gone, Head, Signed
from ur_desk.domain.authorization import Numbers, plain_number
from ur_desk.domain.case import Case, after, fold
from ur_desk.domain.events import CASE_BODIES, CaseBody, CaseEvent, CaseId
from ur_desk.domain.independence import Trail, bar
from ur_desk.domain.offices import misfit
from ur_desk.domain.people import Account, AccountId, Role
from ur_desk.domain.policy import Sha256
from ur_desk.domain.purging import PurgeWatch
from ur_desk.domain.rules import admit
from ur_desk.domain.signing import SigningRules
from ur_desk.domain.vault import PublicKey, enrolment
from ur_desk.domain.workspace_told import after as after_office
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.store.store import Store

KEYED = frozenset({"key.enrol", "account.invite", "recovery.make", "recovery.use", "vault.make", "vault.rekey", "vault.encrypt"})
"""Verbs that were never written without a signature."""
BEGIN, ENCRYPT = "workspace.begin", "vault.encrypt"
ASTRAY = "its content does not belong there: that of a case stands in none, or that of the workspace in a case"
IN_A_CASE: tuple[type, ...] = (*CASE_BODIES, *get_args(kp.HoldBody))
ACCESS_BODIES: tuple[type, ...] = get_args(AccessBody)
UNTELLABLE = (ValueError, LookupError, TypeError, ArithmeticError, UserError)
"""What telling a case can raise of contents that nobody of this program wrote."""


def replayed(store: "Store", signed: Signed) -> Iterator[Break]:
    """Every event that was not its person's to write where it stands; asked inside of a steady view of the store.

    What came before the vault is unsigned, and is not judged. Where a content is missing, which is a break of its own, nothing
    that rests on it is judged either.
    """
    import ur_desk.desk.encrypting
    import ur_desk.desk.restoring  # noqa: F401 (the verbs that only these declare)

    play = Replay(_zone(store), signed, lambda name: _kept(store, name))
    for head, event in store.ledger.every():
        for message in play.wrong(head, event):
            yield Break(head.number, head.id, message)
    if not play.signed_at_all:
        yield Break(0, "-", "no event is signed")


def lawful(store: "Store", signed: Signed) -> ws.WorkspaceState:
    """What those events outside of cases tell that are whole, signed, and were their person's to write where they stand.

    Whoever holds the data key can write events with other tools: nothing is sealed to a key that only such events name.
    """
    spoilt = {
        kept.head.id
        for kept in store.ledger.kept()
        if kept.head.case is None and (kept.body != kept.head.body or not _signed_as_it_should(kept.head, signed))
    }
    play, state = Replay(_zone(store), signed, lambda name: None), ws.WorkspaceState()
    for head, event in store.ledger.steps(None, access=False):
        if not play.wrong(head, event) and head.id not in spoilt and isinstance(event.body, ws.WORKSPACE_READ):
            state = after_office(state, event)
    return state


def _signed_as_it_should(head: Head, signed: Signed) -> bool:
    # what came before the vault is unsigned, and brought nobody a key
    return signed(head.key, head.statement, head.signature) if head.key or head.verb in KEYED else True


def _zone(store: "Store") -> ZoneInfo:
    """The zone that the events tell, of an older workspace that of its row; UTC where neither is one, which is a break of its own."""
    try:
        return ZoneInfo(store.workspace().zone or store.setting("zone") or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def _kept(store: "Store", name: Sha256) -> bytes | None:
    """What is kept under a hash; None where it is missing or was changed, which is a break of its own."""
    try:
        return store.blobs.get(name)
    except (KeyError, ValueError):
        return None


class Replay:
    """What holds at each place of the trail, and what is wrong with the event that comes next; `kept` gives what lies under a hash,
    None where nothing does that fits it."""

    def __init__(self, zone: tzinfo, signed: Signed, kept: Callable[[Sha256], bytes | None]) -> None:
        self._zone, self._signed, self._kept = zone, signed, kept
        self._purges = PurgeWatch(self._day)
        self._read: set[tuple[Sha256, Sha256]] = set()
        self._state = ws.WorkspaceState()
        self._former: dict[AccountId, set[PublicKey]] = {}
        self._root: tuple[AccountId, PublicKey] | None = None
        self._rooted = False
        self._begun = False
        self._blind = False
        self._cases: dict[CaseId, tuple[Case, list[CaseEvent]]] = {}
        self._numbers: dict[str, set[CaseId]] = {}
        self._untold: set[CaseId] = set()
        self._unsigned = False
        self._rules: dict[Sha256, SigningRules] = {}
        self._rules_kept = False
        """Whether a decision so far named the rules for signers that it was made under."""

    @property
    def signed_at_all(self) -> bool:
        """Whether any event so far was signed."""
        return self._root is not None

    def wrong(self, head: Head, event: Event[Any]) -> list[str]:
        """What is wrong with an event, in plain words; after that it counts as happened."""
        found = [*self._key(head, event.body), *self._verb(head, event.body)] if head.key else []
        if isinstance(event.body, Gone):
            self._gap(head)
        elif isinstance(event.body, IN_A_CASE if head.case is None else ws.WORKSPACE_READ):
            found.append(ASTRAY)
        elif isinstance(event.body, CASE_BODIES):
            found += self._case(head, CaseEvent(event.id, event.at, event.by, cast(CaseBody, event.body)))
            if isinstance(event.body, ev.Matched) and head.key and not self._blind:
                found += self._matched(event.body)
        elif isinstance(event.body, ws.WORKSPACE_READ):
            found += self._office(head, event.body) if head.key else []
            self._happened(event)
        self._purges.happened(head)
        self._begun = self._begun or head.verb != BEGIN
        self._unsigned = self._unsigned or not head.key
        return found

    def _gap(self, head: Head) -> None:
        if head.case:
            self._untold.add(head.case)
        elif not head.verb.startswith(PREFIX):
            # contents outside of cases are never purged: this is a break of its own, and who held which role nobody can tell behind it
            self._blind = True

    def _happened(self, event: Event[Any]) -> None:
        self._state = after_office(self._state, event)
        if isinstance(event.body, vt.KeyEnrolled):
            self._rooted = True
            self._former.setdefault(event.body.account, set()).add(event.body.keys.sign)
        if isinstance(event.body, sh.PolicyConfirmed) and (shelved := self._state.shelf.get(event.body.text)):
            self._read.add((shelved.text, shelved.reading))

    def _day(self, at: datetime) -> date:
        return at.astimezone(self._zone).date()

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
        # whoever was shut out elsewhere signs that they got up, and what they had looked at or taken along until then
        return head.verb.startswith(PREFIX) and not isinstance(body, SignedIn | Unlocked) and head.key in self._former.get(head.person, ())

    # which verb -------------------------------------------------------------------------------------------------------------

    def _verb(self, head: Head, body: Any) -> Iterator[str]:
        """An event's verb writes such contents, and was open to a role that its person held there."""
        gone = isinstance(body, Gone)
        if head.verb.startswith(PREFIX):
            if not gone and (not isinstance(body, ACCESS_BODIES) or verb_of(cast(AccessBody, body)) != head.verb):
                yield "its content is not one that its verb writes"
            return
        declared = VERBS.get(head.verb)
        if declared is None:
            yield "its verb is none that this version of the program knows"
            return
        if not gone and not declared.fits(body):
            yield "its content is not one that its verb writes"
        if not self._blind:
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

    def _office(self, head: Head, body: Any) -> Iterator[str]:
        """What is wrong with a change outside of cases beyond key and role."""
        if isinstance(body, kp.Purged):  # also where contents are gone: it is what says that they are gone by right
            yield from self._purges.wrong(head, body, self._state.keeping)
        if self._blind:
            return
        if told := misfit(body, self._state, head.person, self._day(head.at)):
            yield told
        if isinstance(body, vt.KeyEnrolled):
            yield from _enrolled(body, self._state, self._signed, head.at)

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
            if isinstance(event.body, ev.AuthorizationNumbered):
                self._numbers.setdefault(plain_number(event.body.number), set()).add(case)
            told = fold(case, events) if isinstance(event.body, ev.Undone) else after(now, event)
            self._cases[case] = told, events
        except UNTELLABLE:
            self._untold.add(case)
            return ["what stands there fits nothing of its case"]
        return found

    def _admitted(self, head: Head, event: CaseEvent, case: Case, events: list[CaseEvent]) -> list[str]:
        person = self._state.accounts.get(head.person)
        if person is None:
            return []
        today, demo = self._day(head.at), self._state.kind is ws.WorkspaceKind.DEMO
        try:
            signing = self._signing(event.body)
            # a decision of before the rules for signers were kept was made without them
            old = signing is None and isinstance(event.body, ev.Determined)
            barred = None if old else bar(person, case, self._trail, self._state.reports_to)
            numbers = Numbers(self._state.prefixes, lambda number: frozenset(self._numbers.get(plain_number(number), ())))
            plan = self._state.plan_of(case.request)
            admit(
                event.body,
                Asked(case, events, person, head.at, today, demo, signing, barred, plan, numbers=numbers, taken_back=self._taken_back),
            )
        except UserError as refused:
            return [f"the rules did not let its person take this step there: {refused.message}"]
        return [*_signature(event, person), *self._names_rules(event.body)]

    def _names_rules(self, body: CaseBody) -> Iterator[str]:
        """Once decisions name the rules for signers that they were made under, each does."""
        if isinstance(body, ev.Determined):
            if body.decision.signature.rules is None and self._rules_kept:
                yield "the decision in it names no rules for signers, and decisions before it do"
            self._rules_kept = self._rules_kept or body.decision.signature.rules is not None

    def _signing(self, body: CaseBody) -> SigningRules | None:
        """The rules for signers that a decision names; None for one of before they were kept, and for every other step."""
        from ur_desk.records.signing import pinned_rules

        name = body.decision.signature.rules if isinstance(body, ev.Determined) else None
        if name is not None and name not in self._rules and (data := self._kept(name)) is not None:
            self._rules[name] = pinned_rules(data)
        return self._rules.get(name) if name is not None else None

    def _taken_back(self, case: CaseId) -> bool:
        """Whether a case was opened by mistake, or cannot be told, which is said of its own events."""
        return case not in self._cases or self._cases[case][0].taken_back

    def _trail(self, case: CaseId) -> Trail | None:
        """A case as it stands there; None of one that is gone, which is said of its own events."""
        return self._cases.get(case)

    def _matched(self, body: ev.Matched) -> Iterator[str]:
        """What a case keeps of a match is what the findings under its hash say; a reading counts as confirmed that somebody confirmed."""
        from ur_desk.records.match import report_from

        data = self._kept(body.report)
        try:
            report = None if data is None else report_from(data)
        except UserError:
            yield "the findings that it names are none that can be read"
            return
        told = body.services, body.against, tuple((pin.policy, pin.text) for pin in body.pins)
        said = report and (report.services, tuple(against(report)), tuple((found.id, found.text) for found in report.policies))
        unsettled = report and body.settled not in (None, tuple(settled(report)))
        if report and (told != said or unsettled):
            yield "it tells of a match what the findings that it names do not say"
        if any(pin.confirmed and (pin.text, pin.reading) not in self._read for pin in body.pins):
            yield "it tells of a reading as confirmed that nobody had confirmed"


def _signature(event: CaseEvent, person: Account) -> Iterator[str]:
    """A decision's own signature is of the person who made it, as they were then."""
    if isinstance(event.body, ev.Determined | ev.Withdrawn):
        told = event.body.decision.signature
        if (told.account, told.name, told.credential) != (person.id, person.display, person.credential) or told.at > event.at:
            yield "the decision in it does not bear the signature of its person as they were then"


def _enrolled(body: vt.KeyEnrolled, state: ws.WorkspaceState, signed: Signed, at: datetime) -> list[str]:
    """The first key of all needs no invitation; each later one is signed by the account's own key before it, or by the code or the
    recovery key that let it in."""
    waiting, message = state.invitations.get(body.account), enrolment(body.account, body.keys)
    if body.invitation is None:
        own = state.keys.get(body.account)
        let_in = not state.keys if own is None else signed(own.sign, message, body.proof)
        return [] if let_in else ["a key was set that nobody had invited"]
    if waiting and waiting.event == body.invitation and signed(waiting.keys.sign, message, body.proof):
        return [] if at <= waiting.until else ["a key was set with a code that had run out"]
    person, recovery = state.accounts.get(body.account), state.recovery
    named = recovery is not None and recovery[0] == body.invitation and person is not None and person.has(Role.ADMINISTRATOR)
    if named and recovery and signed(recovery[1].sign, message, body.proof):
        return []
    return ["a key was set by somebody who had no code and no recovery key for it"]
