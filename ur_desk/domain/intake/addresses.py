"""The address book of providers: what requests tell of them, kept for the next one. It holds no member and names no case."""

from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import NewType

from ur_desk.domain.codes import npi_problem
from ur_desk.domain.request import Provider
from ur_desk.errors import UserError

EntryId = NewType("EntryId", str)

KEPT = ("name", "npi", "phone", "fax", "credential", "taxonomy", "address")
"""What the book keeps of a provider; network and contact belong to a plan and to a request."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One provider of the book: what was told last, whether a person corrected it since, and when that was."""

    id: EntryId
    provider: Provider
    corrected: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class ProviderCorrected:
    """Somebody corrected a provider of the address book: what stood there, and what stands there now."""

    entry: EntryId
    before: Provider
    after: Provider


@dataclass(frozen=True, slots=True)
class ProviderForgotten:
    """Somebody took a provider out of the address book; the next request that names it brings it back."""

    entry: EntryId
    provider: Provider


def worth_keeping(provider: Provider | None) -> Provider | None:
    """What the book keeps of a provider; None where there is no name, or nothing besides it that would help the next time.

    A wrong NPI is not kept: it would be taken again with one key.
    """
    if provider is None or not provider.name:
        return None
    npi = provider.npi if provider.npi and npi_problem(provider.npi) is None else None
    kept = Provider(**{name: getattr(provider, name) for name in KEPT} | {"npi": npi})
    return kept if any(getattr(kept, name) for name in KEPT if name != "name") else None


def tidied(provider: Provider) -> Provider:
    """What the book keeps of a provider as a person typed it: single blanks, and nothing where nothing is left."""
    texts = {name: getattr(provider, name) or "" for name in KEPT}
    return Provider(**{name: (text.strip() if name == "address" else " ".join(text.split())) or None for name, text in texts.items()})  # type: ignore[arg-type]


def brought_up(known: Entry, told: Provider, at: datetime) -> Entry:
    """The entry after a request told of its provider: newer facts take the place of older ones, but never of what a person corrected."""
    now = known.provider
    changes = {
        f.name: getattr(told, f.name)
        for f in fields(Provider)
        if getattr(told, f.name) and (not known.corrected or not getattr(now, f.name))
    }
    return replace(known, provider=replace(now, **changes), at=at)


def check_entry(provider: Provider) -> None:
    """Refuses what an entry of the book cannot be: one without a name, or with a number that is no NPI."""
    if not (provider.name or "").strip():
        raise UserError("An entry of the address book has a name.", "Nothing was changed.")
    if provider.npi and npi_problem(provider.npi):
        raise UserError(
            "That is no NPI.", "It has ten digits, begins with 1 or 2, and its last digit checks the others. Nothing was changed."
        )
