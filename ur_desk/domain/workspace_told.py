"""What the events outside of cases tell: each body is applied to what held before it."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import reduce, singledispatch
from itertools import groupby
from typing import Any

from ur_desk.domain.audit import Event
from ur_desk.domain.guard.vault import (
    Bound,
    CredentialConfirmed,
    DiskAnswer,
    DiskAnswered,
    Invitation,
    Invited,
    KeyEnrolled,
    PassphraseChanged,
    RecoveryMade,
    RecoveryUsed,
    Rekeyed,
    VaultMade,
)
from ur_desk.domain.intake.addresses import ProviderCorrected, ProviderForgotten
from ur_desk.domain.intake.handing import DraftHanded
from ur_desk.domain.intake.sender_events import SenderBody, SenderUnread, senders_after
from ur_desk.domain.law_rows import Book, RowBody, book_of, rows_after
from ur_desk.domain.letters.stationery import Recorded, StationeryBody
from ur_desk.domain.letters.stationery import after as stationery_after
from ur_desk.domain.library import drafting as dr
from ur_desk.domain.library.shelf import (
    OnShelf,
    PolicyAdopted,
    PolicyConfirmed,
    PolicyLoaded,
    PolicyStillCurrent,
    PolicyUnwaived,
    PolicyWaived,
    VersionBody,
    VersionRuleSet,
    told_of_version,
    waivers_after,
)
from ur_desk.domain.people import AccountId, Credential, Role
from ur_desk.domain.policy import Sha256, StillCurrent
from ur_desk.domain.trail import keeping as kp
from ur_desk.domain.trail import witness as wt
from ur_desk.domain.workspace import (
    AccountAdded,
    AccountRetired,
    CredentialEntered,
    IdleLockSet,
    ProfileSaved,
    ReportingSet,
    RolesChanged,
    TrailChecked,
    WorkspaceBody,
    WorkspaceCreated,
    WorkspaceState,
)


def fold(events: Iterable[Event[WorkspaceBody]], before: WorkspaceState | None = None) -> WorkspaceState:
    """What these events tell, in their order, after what held before; a change of something that none of them began is passed over."""
    state = before or WorkspaceState()
    for loads, run in groupby(events, key=lambda event: isinstance(event.body, PolicyLoaded)):
        together = _loaded if loads else _one_by_one
        state = together(state, run)
    return state


def _one_by_one(state: WorkspaceState, run: Iterable[Event[Any]]) -> WorkspaceState:
    return reduce(after, run, state)


def _loaded(state: WorkspaceState, run: Iterable[Event[Any]]) -> WorkspaceState:
    """What holds after policies came in one behind the other; the shelf is copied once for all of them, since they are many."""
    shelf = dict(state.shelf)
    for event in run:
        shelf[event.body.text] = dr.loaded(shelf.get(event.body.text), event.body, event.by, event.at)
    return replace(state, shelf=shelf)


def after(state: WorkspaceState, event: Event[WorkspaceBody]) -> WorkspaceState:
    """What holds when the event has happened too."""
    return _apply(event.body, state, event)


@singledispatch
def _apply(body: object, state: WorkspaceState, event: Event[WorkspaceBody]) -> WorkspaceState:
    raise TypeError(f"no workspace event: {type(body).__name__}")


@_apply.register
def _(body: WorkspaceCreated, state: WorkspaceState, event: Event[WorkspaceBody]) -> WorkspaceState:
    return replace(state, kind=body.kind, zone=body.zone)


@_apply.register
def _(body: AccountAdded, state: WorkspaceState, event: Event[WorkspaceBody]) -> WorkspaceState:
    added = replace(body.account, credential=_unconfirmed(body.account.credential))
    return replace(state, accounts={**state.accounts, added.id: added}, added_by={**state.added_by, added.id: event.by})


@_apply.register
def _(body: RolesChanged, state: WorkspaceState, event: Event[WorkspaceBody]) -> WorkspaceState:
    """Who becomes a physician signs only after a second person has looked the licence up for that."""
    known = state.accounts.get(body.account)
    became = known is not None and Role.PHYSICIAN in body.roles and not known.has(Role.PHYSICIAN)
    now = _account(state, body.account, roles=body.roles)
    return _account(now, body.account, credential=_unconfirmed(known.credential)) if known and became else now


@_apply.register
def _(body: CredentialEntered, state: WorkspaceState, event: Event[WorkspaceBody]) -> WorkspaceState:
    # older events do not say in the credential who entered it; what is entered anew has been confirmed by nobody
    entered = replace(body.credential, entered_by=body.credential.entered_by or event.by)
    return _account(state, body.account, credential=_unconfirmed(entered))


@_apply.register
def _(body: ReportingSet, state: WorkspaceState, event: Event[WorkspaceBody]) -> WorkspaceState:
    others = {account: to for account, to in state.reports_to.items() if account != body.account}
    return replace(state, reports_to=others if body.to is None else {**others, body.account: body.to})


@_apply.register
def _(body: AccountRetired, state: WorkspaceState, event: Event[WorkspaceBody]) -> WorkspaceState:
    due = "an account was retired" if body.account in state.accounts else state.rekey_due
    return replace(_account(state, body.account, retired=True), rekey_due=due)


@_apply.register
def _(body: PolicyLoaded, state: WorkspaceState, event: Event[WorkspaceBody]) -> WorkspaceState:
    """The same reading of the same text changes nothing; another reading begins anew, unconfirmed."""
    return _loaded(state, (event,))


@_apply.register
def _(body: PolicyConfirmed, state: WorkspaceState, event: Event[WorkspaceBody]) -> WorkspaceState:
    return _reshelved(state, body.text, lambda known: dr.confirmed(known, body, event.by, state.display(event.by), event.at))


@_apply.register
def _(body: dr.PolicyCorrected, state: WorkspaceState, event: Event[WorkspaceBody]) -> WorkspaceState:
    return _reshelved(state, body.text, lambda known: dr.mended(known, body, event.by, event.at))


@_apply.register
def _(body: dr.PolicyUncorrected, state: WorkspaceState, event: Event[WorkspaceBody]) -> WorkspaceState:
    return _reshelved(state, body.text, lambda known: dr.taken_back(known, body))


@_apply.register
def _(body: dr.PolicyDiscarded, state: WorkspaceState, event: Event[WorkspaceBody]) -> WorkspaceState:
    return _reshelved(state, body.text, lambda known: dr.discarded(known, body))


@_apply.register
def _(body: dr.PolicyUndiscarded, state: WorkspaceState, event: Event[WorkspaceBody]) -> WorkspaceState:
    return _reshelved(state, body.text, lambda known: dr.brought_back(known, body))


@_apply.register
def _(body: PolicyAdopted, state: WorkspaceState, event: Event[WorkspaceBody]) -> WorkspaceState:
    return _shelved(state, body.text, applies_to=body.applies_to)


@_apply.register
def _(body: PolicyStillCurrent, state: WorkspaceState, event: Event[WorkspaceBody]) -> WorkspaceState:
    return _shelved(state, body.text, still_current=StillCurrent(body.where, body.day, state.display(event.by)))


@_apply.register
def _(body: PolicyWaived | PolicyUnwaived, state: WorkspaceState, event: Event[WorkspaceBody]) -> WorkspaceState:
    known = state.shelf.get(body.text)
    return _shelved(state, body.text, waivers=waivers_after(known.waivers, body, state.display(event.by), event.at)) if known else state


@_apply.register
def _(body: VersionBody, state: WorkspaceState, event: Event[WorkspaceBody]) -> WorkspaceState:
    return _shelved(state, body.text, **told_of_version(body, state.display(event.by)))


@_apply.register
def _(body: VersionRuleSet, state: WorkspaceState, event: Event[WorkspaceBody]) -> WorkspaceState:
    return replace(state, version_rule=body.rule)


@_apply.register
def _(body: ProfileSaved, state: WorkspaceState, event: Event[WorkspaceBody]) -> WorkspaceState:
    key = (body.profile.line_of_business, body.profile.state)
    prefixes = state.prefixes | {body.profile.authorization_prefix}
    return replace(state, profiles={**state.profiles, key: body.profile}, prefixes=prefixes)


@_apply.register
def _(body: SenderBody | SenderUnread, state: WorkspaceState, event: Event[WorkspaceBody]) -> WorkspaceState:
    return replace(state, senders=senders_after(state.senders, body))


@_apply.register
def _(body: RowBody, state: WorkspaceState, event: Event[WorkspaceBody]) -> WorkspaceState:
    if book_of(body) is Book.SIGNING:
        return replace(state, signing_rows=rows_after(state.signing_rows, body))
    return replace(state, clock_rows=rows_after(state.clock_rows, body))


@_apply.register
def _(body: Invited, state: WorkspaceState, event: Event[WorkspaceBody]) -> WorkspaceState:
    """A new code takes the place of an earlier one, and of the keys: what an account that must begin anew signed with is over."""
    invitations = {**state.invitations, body.account: Invitation(event.id, body.keys, body.until)}
    unkeyed = replace(_confirmed_no_more(state, body.account), invited_by={**state.invited_by, body.account: event.by})
    due = "an account got a new code" if body.account in (*state.keys, *state.invitations) else state.rekey_due
    return replace(unkeyed, invitations=invitations, keys={a: k for a, k in state.keys.items() if a != body.account}, rekey_due=due)


@_apply.register
def _(body: KeyEnrolled, state: WorkspaceState, event: Event[WorkspaceBody]) -> WorkspaceState:
    """Keys that the account's own earlier ones let in are of the same person: what a second person confirmed of them stays."""
    keys, waiting = {**state.keys, body.account: body.keys}, {a: i for a, i in state.invitations.items() if a != body.account}
    if body.invitation is None and body.account in state.keys:
        return replace(state, keys=keys, rekey_due="a passphrase was changed")
    return replace(_confirmed_no_more(state, body.account), keys=keys, invitations=waiting)


@_apply.register
def _(body: RecoveryMade, state: WorkspaceState, event: Event[WorkspaceBody]) -> WorkspaceState:
    due = "the recovery key was replaced" if state.recovery else state.rekey_due
    return replace(state, recovery=(event.id, body.keys), rekey_due=due)


@_apply.register
def _(body: RecoveryUsed, state: WorkspaceState, event: Event[WorkspaceBody]) -> WorkspaceState:
    return replace(state, recovery=None, rekey_due="the recovery key was used")


@_apply.register
def _(body: VaultMade, state: WorkspaceState, event: Event[WorkspaceBody]) -> WorkspaceState:
    return replace(state, vault=body, data_key=body.key)


@_apply.register
def _(body: Rekeyed, state: WorkspaceState, event: Event[WorkspaceBody]) -> WorkspaceState:
    return replace(state, data_key=body.key, rekey_due="")


@_apply.register
def _(body: CredentialConfirmed, state: WorkspaceState, event: Event[WorkspaceBody]) -> WorkspaceState:
    known = state.accounts.get(body.account)
    if known is None or known.credential is None:
        return state
    confirmed = replace(known.credential, confirmed_by=event.by, confirmed_on=body.on, confirmed_where=body.where)
    return _account(state, body.account, credential=confirmed)


@_apply.register
def _(body: IdleLockSet, state: WorkspaceState, event: Event[WorkspaceBody]) -> WorkspaceState:
    return replace(state, idle_minutes=body.minutes)


@_apply.register
def _(body: kp.BackupRestored, state: WorkspaceState, event: Event[WorkspaceBody]) -> WorkspaceState:
    return replace(state, witness=wt.restored(state.witness, body.created))


@_apply.register
def _(body: wt.WitnessBody, state: WorkspaceState, event: Event[WorkspaceBody]) -> WorkspaceState:
    return replace(state, witness=wt.after(state.witness, event.id, event.by, event.at, body))


@_apply.register
def _(body: StationeryBody, state: WorkspaceState, event: Event[WorkspaceBody]) -> WorkspaceState:
    return replace(state, stationery=stationery_after(state.stationery, Recorded(event.id, event.by, event.at), body))


@_apply.register(kp.BackupMade)
@_apply.register(kp.BackupPlaceChosen)
@_apply.register(kp.Encrypted)
@_apply.register(kp.RetentionSet)
@_apply.register(kp.PurgeProposed)
@_apply.register(kp.PurgeDropped)
@_apply.register(kp.Purged)
def _(body: kp.KeepingBody, state: WorkspaceState, event: Event[WorkspaceBody]) -> WorkspaceState:
    return replace(state, keeping=kp.after(state.keeping, event.id, event.by, event.at, body))


@_apply.register
def _(body: DiskAnswered, state: WorkspaceState, event: Event[WorkspaceBody]) -> WorkspaceState:
    return replace(state, disk=DiskAnswer(body.encrypted, event.at))


@_apply.register(PassphraseChanged)
@_apply.register(Bound)
@_apply.register(ProviderCorrected)
@_apply.register(ProviderForgotten)
@_apply.register(DraftHanded)
@_apply.register
def _(body: TrailChecked, state: WorkspaceState, event: Event[WorkspaceBody]) -> WorkspaceState:
    return state


def _confirmed_no_more(state: WorkspaceState, account: AccountId) -> WorkspaceState:
    """A credential that was confirmed before a key, or for another one, is not for this key: somebody else might sit behind it."""
    known = state.accounts.get(account)
    return _account(state, account, credential=_unconfirmed(known.credential)) if known and known.credential else state


def _unconfirmed(credential: Credential | None) -> Credential | None:
    """The credential as it was entered, confirmed by nobody."""
    return replace(credential, confirmed_by=None, confirmed_on=None, confirmed_where="") if credential else None


def _account(state: WorkspaceState, account: AccountId, **changes: object) -> WorkspaceState:
    known = state.accounts.get(account)
    return replace(state, accounts={**state.accounts, account: replace(known, **changes)}) if known else state  # type: ignore[arg-type]


def _shelved(state: WorkspaceState, text: Sha256, **changes: object) -> WorkspaceState:
    known = state.shelf.get(text)
    return replace(state, shelf={**state.shelf, text: replace(known, **changes)}) if known else state  # type: ignore[arg-type]


def _reshelved(state: WorkspaceState, text: Sha256, change: Callable[[OnShelf], OnShelf]) -> WorkspaceState:
    known = state.shelf.get(text)
    return replace(state, shelf={**state.shelf, text: change(known)}) if known else state
