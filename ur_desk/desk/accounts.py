"""Accounts: who may open the workspace, as what, and what the plan says of itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from ur_desk.desk.reads import reads
from ur_desk.desk.verbs import Act, Changed, Done, verb
from ur_desk.domain import workspace as ws
from ur_desk.domain.appeals.independence import check_reporting
from ur_desk.domain.guard.fence import Read
from ur_desk.domain.guard.vault import CredentialConfirmed, Invited
from ur_desk.domain.letter import PlanProfile
from ur_desk.domain.people import Account, AccountId, Credential, Role, check_credential, check_duties, check_held_once, check_peer_role
from ur_desk.domain.request import LineOfBusiness
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk

CHANGED = frozenset({Changed.ACCOUNTS})


@dataclass(frozen=True, slots=True)
class Added:
    """A new account, and the one-time code with which its holder signs in the first time; the code is kept nowhere."""

    account: Account
    code: str = field(repr=False)


class Accounts:
    """Adds, changes and retires accounts; keeps the plan's own words for its letters."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    @reads(Read.ACCOUNTS)
    def all(self) -> tuple[Account, ...]:
        """Every account, retired ones too, by name."""
        return self.desk.store.accounts.all()

    @reads(Read.ACCOUNTS)
    def named(self, name: str) -> Account:
        """The account of that name; UserError where there is none."""
        found = self.desk.store.accounts.named(name)
        if found is None:
            raise UserError("There is no account of that name.", "Look at the list of accounts. Nothing was changed.")
        return found

    @verb("account.add", Role.ADMINISTRATOR, writes=ws.AccountAdded | Invited)
    def add(self, act: Act, name: str, display: str, roles: frozenset[Role], credential: Credential | None = None) -> Done[Added]:
        """Adds an account; refused where the name is taken or the roles must not be held together. Its holder sets a passphrase
        at the first sign-in, with the code that comes back."""
        name, display = name.strip(), display.strip() or name.strip()
        if not name:
            raise UserError("An account needs a name.", "Nothing was changed.")
        check_duties(roles)
        if credential:
            self._check_held(credential, roles)
        if self.desk.store.accounts.named(name):
            raise UserError("There is an account of that name already.", "Choose another name. Nothing was changed.")
        entered = replace(credential, entered_by=act.by.id) if credential else None
        account = Account(AccountId(self.desk.new_id()), name, display, roles, entered)
        act.on_workspace(ws.AccountAdded(account))
        return Done(Added(account, self.desk.vault.begin(act, account)), CHANGED)

    @verb("account.role", Role.ADMINISTRATOR, writes=ws.RolesChanged)
    def set_roles(self, act: Act, name: str, roles: frozenset[Role]) -> Done[Account]:
        """Gives an account other roles; the last administrator stays one."""
        account = self.named(name)
        check_duties(roles)
        check_peer_role(roles, account.credential, self.desk.tables.signing_rules.peers)
        self._keep_an_administrator(account, roles)
        act.on_workspace(ws.RolesChanged(account.id, roles))
        return Done(replace(account, roles=roles), CHANGED)

    @verb("account.credential", Role.ADMINISTRATOR, writes=ws.CredentialEntered)
    def enter_credential(self, act: Act, name: str, credential: Credential) -> Done[Account]:
        """Enters the licence behind an account's signature."""
        account = self.named(name)
        self._check_held(credential, account.roles, account.id)
        entered = replace(credential, entered_by=act.by.id)
        act.on_workspace(ws.CredentialEntered(account.id, entered))
        return Done(replace(account, credential=entered), CHANGED)

    @verb("account.confirm-credential", Role.SUPERVISOR, Role.ADMINISTRATOR, writes=CredentialConfirmed)
    def confirm_credential(self, act: Act, name: str, where: str, on: date) -> Done[Account]:
        """Confirms a licence of an account that somebody else added, invited and entered it for: at which source it was seen, on which
        day. Before that no physician signs."""
        account = self.named(name)
        credential = account.credential
        if credential is None or not credential.licences:
            raise UserError("There is no licence to confirm.", "Enter it first. Nothing was changed.")
        if act.by.id in self.desk.store.workspace().may_not_confirm(account.id):
            raise UserError(
                "Whoever entered a credential or holds it, added the account or gave it its code, does not confirm it.",
                "Ask a supervisor or another administrator. Nothing was changed.",
            )
        if not where.strip():
            raise UserError("Say where you looked the licence up.", "For example the state board's site. Nothing was changed.")
        if on > self.desk.today:
            raise UserError("The day you looked lies in the future.", "Nothing was changed.")
        act.on_workspace(CredentialConfirmed(account.id, where.strip(), on))
        return Done(self.named(name), CHANGED)

    @verb("account.reports-to", Role.ADMINISTRATOR, writes=ws.ReportingSet)
    def set_reporting(self, act: Act, name: str, to: str | None) -> Done[Account]:
        """Records to whom an account reports, None for nobody: an appeal is closed to whoever reports to the first reviewer."""
        account, above = self.named(name), self.named(to) if to else None
        check_reporting(account, above, self.desk.store.workspace().reports_to)
        act.on_workspace(ws.ReportingSet(account.id, above.id if above else None))
        return Done(account, CHANGED)

    @reads(Read.ACCOUNTS)
    def reporting(self) -> Mapping[AccountId, AccountId]:
        """To whom each account reports."""
        return self.desk.store.workspace().reports_to

    def retire(self, name: str) -> Done[Account]:
        """Closes an account for good; its past stays. Nobody retires themselves or the last administrator.

        The workspace gets another data key, so that the retired passphrase opens nothing but older backups.
        """
        return self.desk.vault.after(self._retire(name))

    @verb("account.retire", Role.ADMINISTRATOR, writes=ws.AccountRetired)
    def _retire(self, act: Act, name: str) -> Done[Account]:
        """Closes an account for good."""
        account = self.named(name)
        if account.id == act.by.id:
            raise UserError("You cannot retire your own account.", "Ask another administrator. Nothing was changed.")
        self._keep_an_administrator(account, frozenset())
        act.on_workspace(ws.AccountRetired(account.id))
        return Done(replace(account, retired=True), CHANGED)

    def _check_held(self, credential: Credential, roles: frozenset[Role], holder: AccountId | None = None) -> None:
        """Refuses a credential that cannot stand behind a signature in these roles, or that another account holds."""
        check_credential(credential)
        check_peer_role(roles, credential, self.desk.tables.signing_rules.peers)
        check_held_once(credential, (each for each in self.all() if each.id != holder))

    def _keep_an_administrator(self, account: Account, roles: frozenset[Role]) -> None:
        others = [a for a in self.all() if a.id != account.id and not a.retired and a.has(Role.ADMINISTRATOR)]
        if account.has(Role.ADMINISTRATOR) and Role.ADMINISTRATOR not in roles and not others:
            raise UserError(
                "The workspace would have no administrator left.", "Make somebody else administrator first. Nothing was changed."
            )

    @reads(Read.PROFILES)
    def profiles(self) -> tuple[PlanProfile, ...]:
        """What the plan has said of itself so far."""
        return self.desk.store.profiles.all()

    @reads(Read.PROFILES)
    def profile(self, line_of_business: LineOfBusiness, state: str) -> PlanProfile:
        """The plan's words for a line of business in a state; an empty profile where nobody has filled it."""
        return self.desk.store.profiles.get(line_of_business, state)

    @verb("profile.save", Role.ADMINISTRATOR, writes=ws.ProfileSaved)
    def save_profile(self, act: Act, profile: PlanProfile) -> Done[PlanProfile]:
        """Keeps the plan's own words for its letters."""
        act.on_workspace(ws.ProfileSaved(profile))
        return Done(profile, frozenset({Changed.PROFILES}))
