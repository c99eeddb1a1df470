"""A workspace begins: its folder, its data key, its first account, and the policies that the program brings."""

import secrets
import uuid
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ur_desk import __version__
from ur_desk.desk.clock import Clock
from ur_desk.desk.desk import Desk
from ur_desk.desk.slots import slot_of
from ur_desk.desk.vault import MAKE, drawn_vault
from ur_desk.desk.verbs import Act, own_verb
from ur_desk.domain import workspace as ws
from ur_desk.domain.guard.access import How, SignedIn
from ur_desk.domain.guard.passphrase import check_passphrase
from ur_desk.domain.guard.vault import Cost, KeyEnrolled, KeyRing, VaultMade
from ur_desk.domain.library import shelf as sh
from ur_desk.domain.people import Account, AccountId, Role
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.desk.tables import Tables
    from ur_desk.store.crypto import Keys
    from ur_desk.store.seen import Seen
    from ur_desk.store.share import Shares

BEGIN = own_verb(
    "workspace.begin",
    "Begins a workspace with its first account and the bundled policies.",
    writes=ws.WorkspaceCreated | ws.AccountAdded | KeyEnrolled | sh.PolicyLoaded,
)
FIRST_ROLES = frozenset({Role.ADMINISTRATOR, Role.NURSE})
NOBODY = Account(AccountId(""), "", "", frozenset())


@dataclass(frozen=True, slots=True)
class Founding:
    """Who begins a workspace, with which passphrase, and what it is to be; the cost of a guess is measured where it is None."""

    user: str
    passphrase: str = field(repr=False)
    kind: ws.WorkspaceKind
    zone: str
    display: str = ""
    cost: Cost | None = None
    how: How = How.PASSPHRASE


def begin(
    folder: Path, founding: Founding, clock: Clock, tables: "Tables", shares: "Shares | None" = None, seen: "Seen | None" = None
) -> Desk:
    """Begins a workspace in an empty or missing folder; its first account, administrator and nurse, sits down at it.

    Killed at any moment, it leaves a workspace that is there, or a folder in which one may begin anew. UserError for a name
    or passphrase that cannot be taken; Busy where another program begins one there just now.
    """
    from ur_desk.store.crypto import KEY_BYTES, Keys
    from ur_desk.store.keyfile import KeyFile
    from ur_desk.store.store import Store
    from ur_desk.store.vault import set_unfinished_aside

    name = founding.user.strip()
    if not name:
        raise UserError("The first account needs a name.", "Say who you are with --user. Nothing was made.")
    check_passphrase(founding.passphrase, (name, founding.display))
    folder.mkdir(exist_ok=True, mode=0o700)
    set_unfinished_aside(folder, name)
    first = Account(AccountId(str(uuid.uuid4())), name, founding.display.strip() or name, FIRST_ROLES)
    keys, data_key = Keys.new(), secrets.token_bytes(KEY_BYTES)
    vault = drawn_vault(data_key, founding.cost)
    ring = KeyRing(vault.id, (slot_of(first, keys, founding.passphrase, vault, data_key),))
    # the keys lie there before what they open: whenever this is cut off, the folder tells that nothing was complete
    KeyFile(folder).write(ring)
    store = Store(folder, name, data_key)
    try:
        desk = Desk(store, tables, first, clock, keys, shares, seen)
        _first_events(desk, founding, keys, vault)
        store.keys.write(replace(ring, complete=True))
        desk.witness.look()
        desk.note(SignedIn(founding.how))
        desk.witness.keep()
        return desk
    except BaseException:
        store.close()
        raise


def _first_events(desk: Desk, founding: Founding, keys: "Keys", vault: VaultMade) -> None:
    first, store = desk.person, desk.store
    with store.atomic():
        act = Act(desk, BEGIN)
        act.on_workspace(ws.WorkspaceCreated(founding.kind, __version__, founding.zone))
        act.on_workspace(ws.AccountAdded(first))
        act.on_workspace(KeyEnrolled(first.id, keys.public))
        for policy in desk.tables.policies():
            reading = store.shelf.put(policy, desk.clock.now(), first.id)
            act.on_workspace(sh.PolicyLoaded(policy.id, policy.version.effective, policy.abstract, policy.text.sha256, reading, None))
        Act(desk, MAKE).on_workspace(vault)
