"""What a letter is told beside its case: how it is made, the language, and a notice of lines that nobody has decided."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ur_desk.cli.common import maybe_day, read_file
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.desk.paper import Manner, Tongue
    from ur_desk.domain.letters.notices import NoticeWanted

CONDITIONS = (
    "beyond_control", "requested", "need_and_interest", "enrollee_asks", "noncontract_evidence", "extraordinary", "justified",
)  # fmt: skip
"""What allows an extension, as a row names it."""
_NOTICES = ("extension", "late", "expedite-refused")
_OPTIONS = (
    click.option("--notice", type=click.Choice(_NOTICES), help="A notice of open lines, in place of a decision."),
    click.option("--why", default="", help="Why, in words for the member. The days that a notice tells are the clock's."),
    click.option("--because", type=click.Choice([each.replace("_", "-") for each in CONDITIONS]), help="More time: on which condition."),
    click.option("--ask", "items", multiple=True, help="More time: what is waited for, where the clock pauses for it."),
    click.option("--answer-by", help="More time: the last day to send it."),
    click.option("--interest", default="", help="More time: why waiting is in the enrollee's interest."),
    click.option("--waits-for", default="", help="More time: whose evidence is waited for."),
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


def notice_of(notice: str | None, why: str, asked_by: str, because: str | None, **told: Any) -> "NoticeWanted | None":
    """The notice that the options tell, or None; UserError where more time is asked for on no condition."""
    from ur_desk.domain.clocks.events import ExtensionTerms
    from ur_desk.domain.clocks.rules import Condition
    from ur_desk.domain.letters.notices import Asker, NoticeKind, NoticeWanted

    if notice is None:
        return None
    if notice != "extension":
        return NoticeWanted(NoticeKind(notice.replace("-", "_")), why)
    if because is None:
        raise UserError("Say on which condition more time is taken.", "Give it with --because. Nothing was issued.")
    items, last = tuple(told["items"]), maybe_day(told["answer_by"])
    terms = ExtensionTerms(Condition(because.replace("-", "_")), why, items, last, told["interest"].strip(), told["waits_for"].strip())
    return NoticeWanted(NoticeKind.EXTENSION, why, Asker(asked_by), terms)


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
