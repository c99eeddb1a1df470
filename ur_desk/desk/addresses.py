"""The address book: providers kept from the requests that are opened, found by name or NPI, corrected and forgotten by people."""

from dataclasses import replace
from typing import TYPE_CHECKING

from ur_desk.desk.reads import reads
from ur_desk.desk.verbs import Act, Changed, Done, verb
from ur_desk.domain.guard.fence import Read
from ur_desk.domain.intake.addresses import (
    Entry,
    EntryId,
    ProviderCorrected,
    ProviderForgotten,
    brought_up,
    check_entry,
    tidied,
    worth_keeping,
)
from ur_desk.domain.people import Role
from ur_desk.domain.request import Provider, Request
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk

KEEPERS = (Role.INTAKE, Role.NURSE)
"""Whoever keys requests keeps the book."""


class AddressBook:
    """Finds providers for the next request; holds no member and no case."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    @reads(Read.PROVIDERS)
    def find(self, text: str = "") -> tuple[Entry, ...]:
        """The providers whose name or NPI begins with each term of the text, in any order, by name; all for an empty text."""
        return self.desk.store.addresses.find(text)

    @reads(Read.PROVIDERS)
    def one(self, name: str) -> Entry:
        """The provider of that id or NPI; UserError where the book has none."""
        return self._one(name)

    def learn(self, request: Request) -> None:
        """Keeps what a request tells of its providers, inside of the transaction that opens its case."""
        now = self.desk.clock.now()
        for told in map(worth_keeping, (request.requesting_provider, request.servicing_provider)):
            if told is not None:
                known = self.desk.store.addresses.same(told)
                self.desk.store.addresses.put(
                    brought_up(known, told, now) if known else Entry(EntryId(self.desk.new_id()), told, False, now)
                )

    @verb("provider.correct", *KEEPERS, writes=ProviderCorrected)
    def correct(self, act: Act, name: str, provider: Provider) -> Done[Entry]:
        """Corrects a provider of the address book; cases keep what their requests said."""
        known = self._one(name)
        after = tidied(provider)
        check_entry(after)
        other = self.desk.store.addresses.one(after.npi) if after.npi else None
        if other is not None and other.id != known.id:
            raise UserError("Another entry of the address book has that NPI.", "Forget one of them. Nothing was changed.")
        entry = replace(known, provider=after, corrected=True, at=self.desk.clock.now())
        self.desk.store.addresses.put(entry)
        act.on_workspace(ProviderCorrected(known.id, known.provider, after))
        return Done(entry, frozenset({Changed.PROVIDERS}))

    @verb("provider.forget", *KEEPERS, writes=ProviderForgotten)
    def forget(self, act: Act, name: str) -> Done[Entry]:
        """Takes a provider out of the address book; the next request that names it brings it back."""
        known = self._one(name)
        self.desk.store.addresses.drop(known.id)
        act.on_workspace(ProviderForgotten(known.id, known.provider))
        return Done(known, frozenset({Changed.PROVIDERS}))

    def _one(self, name: str) -> Entry:
        found = self.desk.store.addresses.one(name.strip())
        if found is None:
            raise UserError("The address book has no such provider.", "Look it up with `provider list`. Nothing was changed.")
        return found
