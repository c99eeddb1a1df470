"""Accounts to plain data and back."""

from typing import Any

import msgspec

from ur_desk.domain.people import Account, Credential
from ur_desk.records.canonical import canonical_bytes


def credential_text(credential: Credential | None) -> str | None:
    """The credential as canonical JSON, or None."""
    return None if credential is None else canonical_bytes(msgspec.to_builtins(credential)).decode()


def credential_from(text: str | None) -> Credential | None:
    """The credential that the text tells."""
    return None if text is None else msgspec.json.decode(text, type=Credential)


def account_data(account: Account) -> dict[str, Any]:
    """An account as the command line prints it."""
    told: dict[str, Any] = msgspec.to_builtins(account, order="deterministic")
    return told
