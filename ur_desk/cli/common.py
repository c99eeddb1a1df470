"""What every command shares: the workspace it opens, and what people type as days, instants, states and files."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ur_desk.cli.output import say
from ur_desk.errors import UserError
from ur_desk.paths import app_data

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.domain.request import LineOfBusiness

json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
YEARS = range(1850, 2200)
"""Years of which a day or an instant may be told."""


@dataclass(frozen=True, slots=True)
class Context:
    """The global options."""

    workspace: Path | None
    user_option: str | None

    @property
    def user(self) -> str:
        """Who sits at the desk; UserError where neither an option nor the system says it."""
        try:
            name = self.user_option or getpass.getuser()
        except (OSError, KeyError, ImportError) as unknown:
            raise UserError("The system does not say who you are.", "Name your account with --user. Nothing was done.") from unknown
        check_text(name)
        return name

    @property
    def folder(self) -> Path:
        """The workspace's folder; the platform's app-data folder where none is named. UserError where that cannot be made."""
        if self.workspace is not None:
            check_text(str(self.workspace))
            return self.workspace
        try:
            folder = app_data() / "workspace"
            folder.parent.mkdir(parents=True, exist_ok=True)
        except (OSError, RuntimeError) as wrong:
            raise UserError(
                "The folder for this program's data cannot be made.", "Name a workspace with --workspace. Nothing was done."
            ) from wrong
        return folder

    @contextmanager
    def desk(self, *, display: str = "") -> Iterator["Desk"]:
        """The open desk, closed at the end; a new workspace's first account takes the passphrase that is asked for here."""
        folder, user = self.folder, self.user
        try:
            desk = self._opened(folder, user, display)
        except OSError as wrong:
            raise UserError(
                f"The workspace cannot be opened: {wrong.strerror or 'the system refuses it'}.",
                "Check its folder and your rights to it. Nothing was changed.",
            ) from wrong
        try:
            if why := desk.only_reading():
                say(str(why))
            yield desk
        except BaseException:
            with suppress(UserError):  # what was looked at before a refusal is noted all the same
                desk.looks.settle()
            raise
        else:
            desk.looks.settle()
            self._back_up(desk)
        finally:
            desk.close()

    def _back_up(self, desk: "Desk") -> None:
        """The day's backup, where one is due; what is wrong with it is said, and the command is done all the same."""
        trouble = desk.keeping.automatic().trouble
        if trouble is not None:
            say(f"The day's backup was not made. {trouble}")

    def _opened(self, folder: Path, user: str, display: str) -> "Desk":
        from ur_desk.cli.passphrases import asked, passphrase
        from ur_desk.desk.sign_in import FirstSignIn
        from ur_desk.desk.workspace import holds_workspace, open_desk
        from ur_desk.domain.guard.access import How

        new = not holds_workspace(folder)
        question = f"A passphrase for {user}, the first account" if new else f"Passphrase of {user}"
        given = passphrase(folder, question, twice=new)
        how = How.FILE if given.from_file else How.PASSPHRASE
        try:
            return open_desk(folder, user, given.words, how=how, display=display)
        except FirstSignIn:
            taken = asked(f"A passphrase of your own, {user}", twice=True)
            return open_desk(folder, user, given.words, new_passphrase=taken)


pass_context = click.make_pass_decorator(Context)


def check_text(*words: str) -> None:
    """Refuses what a shell gave as bytes that are no UTF-8: nothing of ours could keep or show it."""
    try:
        for word in words:
            word.encode()
    except UnicodeEncodeError:
        raise UserError("A word of this command, or of its environment, is not valid UTF-8.", "Type it again. Nothing was done.") from None


def day(text: str) -> date:
    """A day as typed, YYYY-MM-DD or MM/DD/YYYY, of the years 1850 to 2199; UserError for anything else."""
    from ur_desk.domain.intake.fields import day_of

    told = day_of(text.strip())
    if told is None:
        raise UserError("That is not a day.", "Write it as 2017-10-12 or 10/12/2017. Nothing was saved.")
    return told


def maybe_day(text: str | None) -> date | None:
    """A day as typed; None where the option was left out."""
    return None if text is None else day(text)


KINDS = ("fax_header", "date_stamp", "portal_record", "call_log", "file_time", "other")
"""What may show when something was received, as one types it."""


def instant(text: str | None, desk: "Desk") -> datetime:
    """An instant as typed, ISO with or without offset, or a day and a time as the window takes them (`10/05/2017 458p`), without offset
    on the clocks of the workspace's zone; now where the option was left out."""
    from ur_desk.domain.zones import instants

    if text is None:
        return desk.clock.now()
    told: datetime | None
    try:
        told = datetime.fromisoformat(text.strip())
    except ValueError:
        told = _typed_instant(text)
    if told is None or told.year not in YEARS:
        raise UserError("That is not a date and time.", "Write it as 2017-10-05T09:30, or “10/05/2017 930a”. Nothing was saved.")
    if told.tzinfo is not None:
        return told
    meant = instants(told, desk.zone)
    if len(meant) != 1:
        why = "twice" if meant else "never"
        raise UserError(
            f"On that day the clocks of {desk.zone.key} show that time {why}.",
            "Write its offset too: 2017-11-05T01:30-04:00. Nothing was saved.",
        )
    return meant[0].astimezone(desk.zone)


def _typed_instant(text: str) -> datetime | None:
    """A day, a blank and a time of day; how the time was understood is said."""
    from ur_desk.domain.intake.fields import day_of
    from ur_desk.domain.intake.times import both_ways, time_of

    day_text, _, time_text = text.strip().partition(" ")
    day, clock = day_of(day_text), time_of(time_text)
    if day is None or clock is None:
        return None
    say(f"Read as {day:%m/%d/%Y}, {both_ways(clock)}.")
    return datetime.combine(day, clock)


def line_of_business(name: str) -> "LineOfBusiness":
    """A line of business as typed, whatever its case, with hyphens or blanks for underscores; UserError for anything else."""
    from ur_desk.domain.request import LineOfBusiness

    try:
        return LineOfBusiness(name.strip().lower().replace("-", "_").replace(" ", "_"))
    except ValueError:
        raise UserError(f"'{name}' is no line of business.", f"They are: {', '.join(LineOfBusiness)}. Nothing was changed.") from None


def state(name: str) -> str:
    """A state or territory of the United States as its two letters, by them or by name; UserError for anything else."""
    from ur_desk.domain.states import state_code

    code = state_code(name)
    if code is None:
        raise UserError(
            f"'{name}' is no state or territory of the United States.", "Write its two letters, such as IN. Nothing was changed."
        )
    return code


def read_file(path: Path, limit: int = 200 * 1024 * 1024) -> bytes:
    """The bytes of a file that a person named; UserError where it cannot be read."""
    try:
        with path.open("rb") as opened:
            data = opened.read(limit + 1)
    except (OSError, ValueError) as wrong:
        why = wrong.strerror if isinstance(wrong, OSError) else "it is no path"
        raise UserError(f"{path.name} cannot be read: {why}.", "Check the path. Nothing was saved.") from wrong
    if len(data) > limit:
        raise UserError(f"{path.name} is larger than {limit // (1024 * 1024)} MB.", "Send the document itself. Nothing was saved.")
    return data


def warn_of(desk: "Desk", path: Path) -> None:
    """Says on standard error where a place is one from which patient data may go on."""
    if words := desk.exports.place_warning(path):
        say(words)
