"""What the rules say of a change outside of cases: of accounts, licences, codes and retention, asked where its event stands."""

from datetime import date
from functools import singledispatch

from ur_desk.domain import workspace as ws
from ur_desk.domain.appeals.independence import above
from ur_desk.domain.guard import vault as vt
from ur_desk.domain.intake.handing import DraftHanded
from ur_desk.domain.library import drafting as dr
from ur_desk.domain.library import shelf as sh
from ur_desk.domain.people import AccountId, Credential, Role, check_duties
from ur_desk.domain.trail import keeping as kp
from ur_desk.errors import UserError


def misfit(body: object, state: ws.WorkspaceState, by: AccountId, day: date) -> str:
    """Why this person could not bring this about on that day in a workspace that stands so; empty where nothing speaks against it."""
    return _misfit(body, state, by, day)


@singledispatch
def _misfit(body: object, state: ws.WorkspaceState, by: AccountId, day: date) -> str:
    return ""


@_misfit.register
def _(body: ws.WorkspaceCreated, state: ws.WorkspaceState, by: AccountId, day: date) -> str:
    return "a workspace is created once" if state.kind is not None else ""


@_misfit.register
def _(body: vt.VaultMade, state: ws.WorkspaceState, by: AccountId, day: date) -> str:
    return "a vault is made once" if state.vault is not None else ""


@_misfit.register
def _(body: ws.AccountAdded, state: ws.WorkspaceState, by: AccountId, day: date) -> str:
    added = body.account
    if added.id in state.accounts or added.name.casefold() in {known.name.casefold() for known in state.accounts.values()}:
        return "the account was there already"
    if added.retired:
        return "an account does not begin retired"
    if added.credential is not None and added.credential.entered_by != by:
        return ENTERED
    return _apart(added.roles)


@_misfit.register
def _(body: ws.RolesChanged, state: ws.WorkspaceState, by: AccountId, day: date) -> str:
    if told := _apart(body.roles):
        return told
    return "" if Role.ADMINISTRATOR in body.roles or _administered(state, body.account) else LEFT


@_misfit.register
def _(body: ws.AccountRetired, state: ws.WorkspaceState, by: AccountId, day: date) -> str:
    if body.account == by:
        return "nobody retires themselves"
    return "" if _administered(state, body.account) else LEFT


@_misfit.register
def _(body: DraftHanded, state: ws.WorkspaceState, by: AccountId, day: date) -> str:
    to = state.accounts.get(body.to)
    if to is None or to.retired or not to.has(Role.INTAKE, Role.NURSE):
        return "a draft was handed to somebody who could not go on with it"
    return "a draft was handed to whoever held it" if body.to == by else ""


@_misfit.register(dr.DraftBody | sh.PolicyConfirmed)
def _(body: dr.DraftBody | sh.PolicyConfirmed, state: ws.WorkspaceState, by: AccountId, day: date) -> str:
    return dr.wrong_with(body, state.shelf.get(body.text), by, state.accounts.values())


@_misfit.register
def _(body: ws.CredentialEntered, state: ws.WorkspaceState, by: AccountId, day: date) -> str:
    # where it does not say who entered it, the one who signed it did
    return "" if body.credential.entered_by in (None, by) else ENTERED


@_misfit.register
def _(body: ws.ReportingSet, state: ws.WorkspaceState, by: AccountId, day: date) -> str:
    if body.to is None or (body.account in state.accounts and body.to in state.accounts):
        return "" if body.to is None or body.account not in (body.to, *above(body.to, state.reports_to)) else CIRCLE
    return "a line of reporting names an account that was not there"


@_misfit.register
def _(body: vt.CredentialConfirmed, state: ws.WorkspaceState, by: AccountId, day: date) -> str:
    known = state.accounts.get(body.account)
    licence: Credential | None = known.credential if known else None
    if licence is None or not licence.licences:
        return "there was no licence to confirm"
    if by in (licence.entered_by, body.account):
        return "a credential was confirmed by whoever entered or holds it"
    if by in state.may_not_confirm(body.account):
        return "a credential was confirmed by whoever added its account or gave it its code"
    return "the day on which somebody looked lies behind it" if body.on > day else ""


@_misfit.register
def _(body: vt.Invited, state: ws.WorkspaceState, by: AccountId, day: date) -> str:
    if body.account == by:
        return "nobody gives themselves a code"
    known = state.accounts.get(body.account)
    return "a code was given to somebody who had no account there" if known is None or known.retired else ""


@_misfit.register(vt.PassphraseChanged)
@_misfit.register(vt.Bound)
def _(body: vt.PassphraseChanged | vt.Bound, state: ws.WorkspaceState, by: AccountId, day: date) -> str:
    return "" if body.account == by else OTHER


@_misfit.register
def _(body: vt.RecoveryUsed, state: ws.WorkspaceState, by: AccountId, day: date) -> str:
    if body.account != by:
        return OTHER
    known = state.accounts.get(by)
    return "" if state.recovery and known and known.has(Role.ADMINISTRATOR) else "no recovery key was there for its person to use"


@_misfit.register
def _(body: kp.RetentionSet, state: ws.WorkspaceState, by: AccountId, day: date) -> str:
    return "" if kp.LEAST_YEARS <= body.years <= kp.MOST_YEARS else "no rule lets cases stay for so many years"


@_misfit.register
def _(body: kp.PurgeProposed, state: ws.WorkspaceState, by: AccountId, day: date) -> str:
    return "a purge was proposed where a proposal waited already" if state.keeping.proposal else ""


@_misfit.register
def _(body: kp.PurgeDropped, state: ws.WorkspaceState, by: AccountId, day: date) -> str:
    waiting = state.keeping.proposal
    return "" if waiting and waiting.event == body.proposal else "the proposal that it names did not wait there"


ENTERED = "it says that somebody else entered the licence"
CIRCLE = "somebody would have reported to themselves"
LEFT = "no administrator would have been left"
OTHER = "it tells of another account than its person's own"


def _apart(roles: frozenset[Role]) -> str:
    try:
        check_duties(roles)
    except UserError as refused:
        return refused.message
    return ""


def _administered(state: ws.WorkspaceState, without: AccountId) -> bool:
    """Whether somebody else administers the workspace, or the account did not."""
    known = state.accounts.get(without)
    if known is None or not known.has(Role.ADMINISTRATOR):
        return True
    return any(a.id != without and not a.retired and a.has(Role.ADMINISTRATOR) for a in state.accounts.values())
