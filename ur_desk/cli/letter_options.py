"""What a letter is told beside its case: how it is made, the language, and a notice of lines that nobody has decided."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ur_desk.cli.common import day, read_file
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.desk.paper import Manner, Tongue
    from ur_desk.domain.notices import Notice

_NOTICES = ("extension", "late", "expedite-refused")
_OPTIONS = (
    click.option("--notice", type=click.Choice(_NOTICES), help="A notice of open lines, in place of a decision."),
    click.option("--until", help="The day until which the time is extended, or by which the answer comes."),
    click.option("--due", help="The day on which a late answer was due."),
    click.option("--why", default="", help="Why, in words for the member."),
    click.option("--asked-by", type=click.Choice(("member", "provider", "plan")), default="plan", help="Who asked for more time."),
    click.option("--language", help="The language by its code or name; the member's own if left out, where a text in it is kept."),
    click.option("--texts", type=click.Path(path_type=Path), help="A JSON file: what people wrote in English, and its translation."),
)


_MANNERS = (
    click.option("--large-print", is_flag=True, help="18 point instead of 12."),
    click.option("--sources", is_flag=True, help="With an appendix that tells where each sentence comes from."),
)


def made_so(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds how a letter is made."""
    for option in reversed(_MANNERS):
        command = option(command)
    return command


def told_beside(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the options."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def manner_of(told: dict[str, Any]) -> "Manner":
    """How the letter is made, as the options tell it; they are taken out of `told`."""
    from ur_desk.desk.paper import Manner

    return Manner(large_print=told.pop("large_print"), sources=told.pop("sources"))


def notice_of(notice: str | None, until: str | None, due: str | None, why: str, asked_by: str) -> "Notice | None":
    """The notice that the options tell, or None; UserError where a day is not told that it needs."""
    from ur_desk.domain.notices import Asker, Extension, Lateness, NotExpedited

    if notice == "extension":
        return Extension(_needed(until, "--until"), why, Asker(asked_by))
    if notice == "expedite-refused":
        return NotExpedited(_needed(until, "--until"), why)
    return Lateness(_needed(due, "--due"), why) if notice == "late" else None


def _needed(typed: str | None, option: str) -> Any:
    if typed is None:
        raise UserError("This notice tells a day.", f"Give it with {option}. Nothing was issued.")
    return day(typed)


def tongue_of(language: str | None, texts: Path | None) -> "Tongue":
    """The language and the translations that the options tell; UserError where the file holds none."""
    from ur_desk.desk.paper import Tongue

    if texts is None:
        return Tongue(language)
    try:
        told = json.loads(read_file(texts))
        if not all(isinstance(each, str) for pair in told.items() for each in pair):
            raise ValueError("texts")
    except (ValueError, AttributeError) as wrong:
        raise UserError(
            f"{texts.name} holds no translations.", 'Write it as {"English text": "translation"}. Nothing was issued.'
        ) from wrong
    return Tongue(language, told)
