"""Opening a workspace: the folder, its first account, and who sits down at it."""

from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ur_desk import __version__
from ur_desk.desk.clock import Clock, SystemClock
from ur_desk.desk.desk import Desk
from ur_desk.desk.tables import Tables
from ur_desk.desk.verbs import Act, Verb
from ur_desk.domain import workspace as ws
from ur_desk.domain.people import Account, AccountId, Role
from ur_desk.errors import UserError

_BEGIN = Verb("workspace.begin", frozenset(Role), "Begins a workspace with its first account and the bundled policies.")
FIRST_ROLES = frozenset({Role.ADMINISTRATOR, Role.NURSE})


def open_desk(
    folder: Path,
    user: str,
    *,
    kind: ws.WorkspaceKind = ws.WorkspaceKind.REAL,
    clock: Clock | None = None,
    tables: Tables | None = None,
    zone: str | None = None,
    display: str = "",
) -> Desk:
    """Opens the workspace in a folder as `user`, or begins one there.

    A new workspace's first account is `user`, shown as `display`, administrator and nurse at once. `kind`, `zone` and
    `display` count for a new one only.
    UserError where the folder holds other things, the file is damaged, or the workspace has no such account. The desk
    belongs to the thread that opens it.
    """
    from ur_desk.store.store import Store

    store = Store(folder, user)
    try:
        tables, clock = tables or Tables(), clock or SystemClock()
        stranger = Account(AccountId(""), user, user, frozenset())
        desk = Desk(store, tables, stranger, clock)
        with store.atomic() if store.setting("kind") is None else store.reading():
            if store.setting("kind") is None:
                _begin(desk, user, display, kind, zone or system_zone())
        desk.person = _sign_in(desk, user)
        return desk
    except BaseException:
        store.close()
        raise


def _begin(desk: Desk, user: str, display: str, kind: ws.WorkspaceKind, zone: str) -> None:
    name = user.strip()
    if not name:
        raise UserError("The first account needs a name.", "Say who you are with --user. Nothing was made.")
    first = Account(AccountId(desk.new_id()), name, display.strip() or name, FIRST_ROLES)
    desk.person = first
    act = Act(desk, _BEGIN)
    act.on_workspace(ws.WorkspaceCreated(kind, __version__, zone))
    act.on_workspace(ws.AccountAdded(first))
    for policy in desk.tables.policies():
        reading = desk.store.shelf.put(policy, desk.clock.now(), first.id)
        act.on_workspace(ws.PolicyLoaded(policy.id, policy.version.effective, policy.abstract, policy.text.sha256, reading, None))


def _sign_in(desk: Desk, user: str) -> Account:
    account = desk.store.accounts.named(user.strip())
    if account is None:
        raise UserError(
            f"This workspace has no account named {user}.", "Ask its administrator for one, or name yours with --user. Nothing was changed."
        )
    if account.retired:
        raise UserError(f"The account {user} is retired.", "Ask the administrator. Nothing was changed.")
    return account


def sit_down(desk: Desk, user: str) -> None:
    """Another person takes the desk; UserError where there is no such account."""
    desk.person = _sign_in(desk, user)


def system_zone() -> str:
    """The machine's time zone by name; UTC where it cannot be told."""
    from tzlocal import get_localzone_name

    try:
        name = get_localzone_name() or "UTC"
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, LookupError, ValueError):
        return "UTC"
    return name
