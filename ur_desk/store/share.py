"""A random share in the computer's credential store, mixed into a passphrase's key: never a key by itself, and never the only lock."""

import secrets
from contextlib import suppress
from typing import Protocol

from ur_desk.errors import UserError

SERVICE = "ur_desk"
SHARE_BYTES = 32


class Shares(Protocol):
    """Keeps one share a workspace for the person who is signed in to the computer."""

    def get(self, workspace: str) -> bytes | None:
        """The share; None where there is none, or no credential store."""

    def make(self, workspace: str) -> bytes:
        """The share, made where there is none; UserError where the computer has no credential store."""


class SystemShares:
    """The credential store of Windows, macOS or the Linux desktop, through keyring; loaded when it is first asked."""

    def get(self, workspace: str) -> bytes | None:
        """The share; None where there is none, or no credential store."""
        import keyring
        from keyring.errors import KeyringError

        with suppress(KeyringError, ValueError, OSError):
            found = keyring.get_password(SERVICE, workspace)
            return bytes.fromhex(found) if found else None
        return None

    def make(self, workspace: str) -> bytes:
        """The share, made where there is none; UserError where the computer has no credential store."""
        import keyring
        from keyring.errors import KeyringError

        if known := self.get(workspace):
            return known
        made = secrets.token_bytes(SHARE_BYTES)
        backend = keyring.get_keyring()
        if hasattr(backend, "persist"):
            backend.persist = "local machine"  # Windows would let it roam to other computers
        try:
            keyring.set_password(SERVICE, workspace, made.hex())
        except (KeyringError, OSError) as wrong:
            raise UserError(
                "This computer has no credential store that could keep a share.",
                "Go on with the passphrase alone: it protects as well as it is long. Nothing was changed.",
            ) from wrong
        return made
