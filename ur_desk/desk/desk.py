"""The desk: one workspace, one person, and every verb of the program, grouped by noun."""

import logging
import uuid
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from ur_desk.desk.accounts import Accounts
from ur_desk.desk.addresses import AddressBook
from ur_desk.desk.appeals import Appeals
from ur_desk.desk.arrivals import Arrivals
from ur_desk.desk.asking import Asking
from ur_desk.desk.authorizations import Authorizations
from ur_desk.desk.batch import Batches
from ur_desk.desk.choosing import Choosing
from ur_desk.desk.clock import Clock, moment
from ur_desk.desk.clock_rows import ClockRows
from ur_desk.desk.clocks import Clocks
from ur_desk.desk.determinations import Determinations
from ur_desk.desk.door_paper import Paper
from ur_desk.desk.exports import Exports
from ur_desk.desk.fence import Fence
from ur_desk.desk.impact import Impacts
from ur_desk.desk.intake import Intake
from ur_desk.desk.keeping import Keeping
from ur_desk.desk.letters import Letters
from ur_desk.desk.library import Library
from ur_desk.desk.lock import Lock
from ur_desk.desk.looks import Looks
from ur_desk.desk.lookup import Lookup
from ur_desk.desk.peers import Peers
from ur_desk.desk.post import Post
from ur_desk.desk.readings import Readings
from ur_desk.desk.receipts import Receipts
from ur_desk.desk.records import Records
from ur_desk.desk.reentry import Reentry
from ur_desk.desk.retention import Retention
from ur_desk.desk.review import Review
from ur_desk.desk.senders import Senders
from ur_desk.desk.signing import Signers
from ur_desk.desk.signing_rows import SigningRows
from ur_desk.desk.stationery import Stationery
from ur_desk.desk.steps import at_work
from ur_desk.desk.supervision import Supervision
from ur_desk.desk.trail import Trail
from ur_desk.desk.vault import Vault
from ur_desk.desk.versions import Versions
from ur_desk.desk.witness import MOVED, Witnessing
from ur_desk.domain.events import CaseId, EventId
from ur_desk.domain.guard.access import AccessBody, SignedOut, verb_of
from ur_desk.domain.guard.vault import PublicKey, Signer
from ur_desk.domain.people import Account, AccountId
from ur_desk.domain.trail.computer_clock import Moment
from ur_desk.domain.workspace import WorkspaceKind
from ur_desk.errors import Forbidden, UserError
from ur_desk.store.seen import SystemSeen
from ur_desk.store.share import SystemShares

if TYPE_CHECKING:
    from ur_desk.desk.tables import Tables
    from ur_desk.store.seen import Seen
    from ur_desk.store.share import Shares
    from ur_desk.store.store import Store

log = logging.getLogger("ur_desk")


class Desk:
    """Every verb of the program for one signed-in person; belongs to the thread of its store.

    `tables` are the bundled code tables, clock rules, wording and policies, loaded on first use and safe on any thread.
    """

    def __init__(
        self,
        store: "Store",
        tables: "Tables",
        person: Account,
        clock: Clock,
        signer: Signer,
        shares: "Shares | None" = None,
        seen: "Seen | None" = None,
        new_id: Callable[[], str] = lambda: str(uuid.uuid4()),
    ) -> None:
        self.store = store
        self.tables = tables
        self.person = person
        self.clock = clock
        self.signer = signer
        self.shares: Shares = shares or SystemShares()
        self.seen: Seen = seen or SystemSeen()
        self.throwaway: Mapping[str, str] = {}
        """The passphrases of a demo's invented people, by sign-in name, which the screen says; empty in every other workspace."""
        self.new_id = new_id
        self._keys: tuple[str, Mapping[AccountId, PublicKey]] = ("", {})
        self.library = Library(self)
        self.versions = Versions(self)
        self.impact = Impacts(self)
        self.readings = Readings(self)
        self.intake = Intake(self)
        self.clock_rows = ClockRows(self)
        self.signing_rows = SigningRows(self)
        self.clocks = Clocks(self)
        self.addresses = AddressBook(self)
        self.lookup = Lookup(self)
        self.receipts = Receipts(self)
        self.records = Records(self)
        self.senders = Senders(self)
        self.arrivals = Arrivals(self)
        self.paper = Paper(self)
        self.choosing = Choosing(self)
        self.review = Review(self)
        self.determinations = Determinations(self)
        self.asking = Asking(self)
        self.appeals = Appeals(self)
        self.peers = Peers(self)
        self.signers = Signers(self)
        self.authorizations = Authorizations(self)
        self.letters = Letters(self)
        self.stationery = Stationery(self)
        self.batches = Batches(self)
        self.post = Post(self)
        self.reentry = Reentry(self)
        self.supervision = Supervision(self)
        self.fence = Fence(self)
        self.accounts = Accounts(self)
        self.vault = Vault(self)
        self.lock = Lock(self)
        self.keeping = Keeping(self)
        self.retention = Retention(self)
        self.trail = Trail(self)
        self.witness = Witnessing(self)
        self.looks = Looks(self)
        self.exports = Exports(self)

    @property
    def store(self) -> "Store":
        """The open workspace; never for a step of work, which runs on another thread than its connection: a bug."""
        if at_work():
            raise RuntimeError("a step of work reached for the store")
        return self._store

    @store.setter
    def store(self, store: "Store") -> None:
        self._store = store

    def look_again(self) -> None:
        """Reads the account of whoever sits here anew: it may have been retired or given other roles elsewhere meanwhile."""
        self.person = next(
            (account for account in self.store.accounts.all() if account.id == self.person.id), replace(self.person, retired=True)
        )
        if self.signer.key and not self.person.retired:  # while the desk is locked nobody signs
            self._check_key()

    def _check_key(self) -> None:
        """Refuses whoever got other keys since they sat down: what their former key signs would be a break of the trail."""
        standing = self.store.ledger.standing()
        if standing != self._keys[0]:
            self._keys = standing, {account: keys.sign for account, keys in self.store.standing().keys.items()}
        if self._keys[1].get(self.person.id) != self.signer.key:
            raise Forbidden(
                f"The passphrase of {self.person.display} was changed elsewhere, or a one-time code was given in its place.",
                "Close the program and sign in anew, with the code where one was given. Nothing was saved, and nothing before it was lost.",
            )

    def note(self, body: AccessBody, case: CaseId | None = None) -> None:
        """Keeps an event of somebody who only sat down, looked, or took something along; a case's own where it is named.

        Nothing is kept while the workspace is open for reading only: it says so.
        """
        if self.store.read_only:
            return
        self.looks.settle()
        with self.store.atomic():
            self.append(verb_of(body), case, body)

    def append(self, verb: str, case: CaseId | None, body: Any) -> tuple[EventId, datetime]:
        """Adds an event to the trail inside the open transaction, system-stamped; gives its id and instant.

        Where the clock was moved since the last event, that is an event of its own before it.
        """
        now = moment(self.clock)
        if doubt := self.witness.moved(now):
            self._write(MOVED.name, None, doubt, now)
        return self._write(verb, case, body, now), now.at

    def _write(self, verb: str, case: CaseId | None, body: Any, now: Moment) -> EventId:
        event = EventId(self.new_id())
        self.store.ledger.append(event, now.at, now.boot, now.monotonic, self.person.id, verb, case, body, self.signer)
        return event

    def only_reading(self) -> UserError | None:
        """What to say while the workspace is open for reading only; None where it can be worked in."""
        return self.store.only_reading()

    @property
    def kind(self) -> WorkspaceKind:
        """Whether this is a demo workspace."""
        return WorkspaceKind(self.store.setting("kind") or WorkspaceKind.REAL)

    @property
    def demo(self) -> bool:
        """Whether this is a demo workspace."""
        return self.kind is WorkspaceKind.DEMO

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which this workspace's days begin and end."""
        return ZoneInfo(self.store.setting("zone") or "UTC")

    @property
    def today(self) -> date:
        """Which day it is in the workspace's zone."""
        return self.clock.now().astimezone(self.zone).date()

    @property
    def folder(self) -> Path:
        """Where the workspace lies."""
        return self.store.folder

    def leave(self) -> None:
        """Whoever sits here signs out, and the workspace is closed, also where it takes no event any more."""
        with suppress(UserError):
            if self.person.id and not self.lock.locked:
                self.note(SignedOut())
        self.close()

    def close(self) -> None:
        """Closes the workspace; looks that wait are noted first, and this computer remembers the last event of it."""
        with suppress(UserError):
            if not self.lock.locked:
                self.looks.settle(patiently=False)
        if self.looks.waiting:
            log.warning("%s looks could not be noted", self.looks.waiting)
        self.witness.keep()
        self.store.close()
