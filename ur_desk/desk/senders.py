"""Senders: what the columns of each one's files mean, looked at, tried, kept under the sender's name, and handed on as a file."""

from dataclasses import replace
from typing import TYPE_CHECKING

from ur_desk.desk.reads import reads
from ur_desk.desk.verbs import Act, Changed, Done, verb
from ur_desk.domain.findings import Extracted
from ur_desk.domain.guard.fence import Read, may_read
from ur_desk.domain.intake.mapping import Column, Look, Mapping, Sender
from ur_desk.domain.intake.sender_events import SenderDropped, SenderKept, SenderRenamed, SenderUnread
from ur_desk.domain.people import Role
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ur_desk.desk.desk import Desk

CHANGED = frozenset({Changed.SENDERS})
KEEPERS = (Role.INTAKE, Role.NURSE, Role.SUPERVISOR)


class Senders:
    """Says what the columns of a file seem to mean, and keeps what a person says they mean."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    @reads(Read.SENDERS)
    def all(self) -> tuple[Sender, ...]:
        """Every sender whose files are read by what is kept of it, by name."""
        return tuple(each for each in self._standing() if isinstance(each, Sender))

    @reads(Read.SENDERS)
    def unread(self) -> tuple[SenderUnread, ...]:
        """Every sender of which another version of the program kept what this one refuses, by name, each with the reason."""
        return tuple(each for each in self._standing() if isinstance(each, SenderUnread))

    def known(self) -> tuple[Sender, ...]:
        """Every sender, by whose mapping files are to be read; none for whoever may not look at them."""
        return self.all() if may_read(self.desk.person, Read.SENDERS) else ()

    @reads(Read.SENDERS)
    def one(self, name: str) -> Sender:
        """The sender of a name, whatever its case; UserError where there is none."""
        return self._named(name)

    @reads(Read.SENDERS)
    def document(self, name: str) -> bytes:
        """What is kept of a sender as the bytes of a file that another workspace can read, or where it needs a look, that a person can
        mend; no patient stands in it."""
        from ur_desk.records.mapping import sender_bytes, unread_bytes

        known = self._kept(name)
        return unread_bytes(known) if isinstance(known, SenderUnread) else sender_bytes(known)

    def look(self, data: bytes, name: str, senders: "Sequence[Sender]" = ()) -> Look:
        """What the columns of a file seem to mean, and whose file it seems to be; touches no store. UserError where it has no columns."""
        from ur_desk.importers import look

        return look(data, name, senders)

    def preview(self, look: Look, mapping: Mapping) -> Extracted:
        """What a mapping makes of the first rows of a file; touches no store."""
        from ur_desk.importers import preview

        return preview(look, mapping, self.desk.tables.codeset, self.desk.clock.now())

    def column(self, look: Look, place: int, field: str) -> Column:
        """The column at a place of a file, from 0, as it fills a field that somebody names: the order of its days, its separators and
        its words for choices; touches no store."""
        from ur_desk.importers import column

        return column(look, place, field)

    def read(self, data: bytes, name: str, called: str | None = None) -> Sender:
        """The sender of whom a file tells that `document` made, under another name where one is given; touches no store. UserError where
        it tells of none."""
        from ur_desk.records.mapping import sender_from

        return sender_from(data, name, called)

    @verb("sender.keep", *KEEPERS, writes=SenderKept)
    def keep(self, act: Act, sender: Sender) -> Done[Sender]:
        """Keeps how a sender's files are read; an earlier mapping of that name is used no more."""
        act.on_workspace(SenderKept(replace(sender, name=sender.name.strip())))
        return Done(self._named(sender.name), CHANGED)

    @verb("sender.rename", *KEEPERS, writes=SenderRenamed)
    def rename(self, act: Act, name: str, new_name: str) -> Done[Sender]:
        """Gives a sender another name, which nobody has."""
        known = self._named(name)
        told = replace(known, name=new_name.strip())
        if told.name.casefold() != known.name.casefold() and told.name.casefold() in self.desk.store.standing().senders:
            raise UserError(f"There is a sender named {told.name} already.", "Choose another name. Nothing was changed.")
        act.on_workspace(SenderRenamed(known.name, told.name))
        return Done(self._named(told.name), CHANGED)

    @verb("sender.drop", *KEEPERS, writes=SenderDropped)
    def drop(self, act: Act, name: str) -> Done[None]:
        """Lets a sender go; requests that were read by its mapping stay as they are."""
        act.on_workspace(SenderDropped(self._kept(name).name))
        return Done(None, CHANGED)

    def _standing(self) -> "tuple[Sender | SenderUnread, ...]":
        with self.desk.store.reading():
            known = self.desk.store.standing().senders
        return tuple(sorted(known.values(), key=lambda sender: sender.name.casefold()))

    def _kept(self, name: str) -> Sender | SenderUnread:
        known = self.desk.store.standing().senders.get(name.strip().casefold())
        if known is None:
            raise UserError("There is no sender of that name.", "Look at the list of senders. Nothing was changed.")
        return known

    def _named(self, name: str) -> Sender:
        known = self._kept(name)
        if isinstance(known, SenderUnread):
            raise UserError(
                f"What is kept of {known.name} needs a look: {known.why}",
                "Look at one of its files and keep it under this name again, or export it, mend it and import it. Nothing was changed.",
            )
        return known
