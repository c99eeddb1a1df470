"""What holds in a workspace outside of its cases, as rows: written with each event, and told anew from all of them."""

from collections.abc import Callable, Hashable, Iterator, Mapping
from typing import TypeVar

from ur_desk.domain.audit import Event
from ur_desk.domain.workspace import WorkspaceBody, WorkspaceState
from ur_desk.domain.workspace_told import after
from ur_desk.store.people import Accounts, Profiles, account_row, profile_row
from ur_desk.store.projection import Told
from ur_desk.store.shelf import Shelf, shelf_rows

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class WorkspaceRows:
    """Writes the rows of workspace events; `keep` keeps a fact of the workspace under its name."""

    def __init__(self, keep: Callable[[str, str], None], accounts: Accounts, profiles: Profiles, shelf: Shelf) -> None:
        self._keep = keep
        self._accounts = accounts
        self._profiles = profiles
        self._shelf = shelf

    def write(self, before: WorkspaceState, event: Event[WorkspaceBody]) -> None:
        """Writes every row that the event changes, inside the open transaction."""
        now = after(before, event)
        if now.kind and now.kind is not before.kind:
            self._keep("kind", now.kind.value)
        if now.zone != before.zone:
            self._keep("zone", now.zone)
        if now.idle_minutes != before.idle_minutes:
            self._keep("idle_minutes", str(now.idle_minutes))
        if now.version_rule and now.version_rule is not before.version_rule:
            self._keep("version_rule", now.version_rule.value)
        for account in _changed(before.accounts, now.accounts):
            self._accounts.put(account)
        for profile in _changed(before.profiles, now.profiles):
            self._profiles.put(profile)
        for item in _changed(before.shelf, now.shelf):
            self._shelf.write(item, self._shelf.policy(item.reading))

    def told(self, state: WorkspaceState, last_numbers: Mapping[str, int]) -> Iterator[Told]:
        """Every row that holds; `last_numbers` are the highest case numbers by series. A text of which the reading is gone has none."""
        facts = {
            "kind": state.kind or "",
            "zone": state.zone,
            "idle_minutes": state.idle_minutes or "",
            "version_rule": state.version_rule or "",
            **{f"series:{name}": str(number) for name, number in last_numbers.items()},
        }
        yield from (("workspace", {"key": key, "value": str(value)}) for key, value in facts.items() if value)
        yield from (("accounts", account_row(account)) for account in state.accounts.values())
        yield from (("profiles", profile_row(profile)) for profile in state.profiles.values())
        for item in state.shelf.values():
            if policy := self._shelf.readable(item.reading):
                yield from shelf_rows(item, policy)


def _changed(before: Mapping[K, V], now: Mapping[K, V]) -> Iterator[V]:
    return (value for key, value in now.items() if before.get(key) != value)
