"""The one kind of error that a person can do something about."""

NOTHING_LOST = "Nothing was saved; what you typed is still there."
"""What a hint ends with where a step was refused."""


class UserError(Exception):
    """The person or the world can fix this: what happened, what to do, what was not lost.

    Everything else that is raised is a bug and rises to one place (`app` or `cli`), where it is
    logged without patient data.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class Stale(UserError):
    """Somebody else changed the case since the screen looked; nothing was saved."""


class Forbidden(UserError):
    """The account's role may not do this; nothing was saved."""


class Fenced(Forbidden):
    """The case is restricted and not open to this person; nothing of it was shown, and nothing was saved."""


class Resembles(UserError):
    """A request is here already, or resembles a case that the person has not seen; nothing was saved."""


class WrongPassphrase(UserError):
    """The passphrase, or one-time code, is not the right one; it was counted."""


class TooSoon(UserError):
    """Too many wrong passphrases came before: the next may be tried after `seconds`."""

    def __init__(self, message: str, hint: str, seconds: int) -> None:
        super().__init__(message, hint)
        self.seconds = seconds


class Busy(UserError):
    """Another program holds the workspace for writing; nothing was saved."""


class Known(UserError):
    """The library holds this text already; nothing was changed. `anew` says whether another draft of it can be begun."""

    def __init__(self, message: str, hint: str, *, anew: bool) -> None:
        super().__init__(message, hint)
        self.anew = anew


class NotKept(UserError):
    """What is asked for was never kept in this workspace, which is nobody's fault."""


class Damaged(UserError):
    """What lies in the workspace's folder does not hold any more; a backup can be put in its place."""


class BeforeVault(UserError):
    """The workspace is not encrypted, as those before the vault were; its administrator can encrypt it."""


class HalfCharacter(UserError):
    """A text holds half of a character, as a broken copy may leave it: it can be neither kept nor compared."""

    def __init__(self) -> None:
        super().__init__(
            "A text holds half of a character, which can be neither kept nor found.", "Type it anew. Nothing of this step was saved."
        )
