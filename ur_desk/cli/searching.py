"""`ur-desk policy search`: words, phrases, codes and document numbers in the library, narrowed by facets."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from ur_desk.cli.common import Context, json_option, pass_context
from ur_desk.cli.output import cell, echo, say, write_json

if TYPE_CHECKING:
    from ur_desk.domain.library.catalogue import Answer, Counts, Hit

STATUSES = ("in_force", "future", "retired", "draft", "abstract")
POSITIONS = (
    "medically_necessary",
    "not_medically_necessary",
    "investigational_not_medically_necessary",
    "reconstructive",
    "cosmetic_not_medically_necessary",
    "other",
)
SHOWN = 25
AROUND = 100
"""Characters of a line that are printed for a person, around what was found first."""


def facet_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Options that narrow a list or search; the command gets them as `narrow`."""

    @click.option("--publisher", "publishers", multiple=True, help="Only of this publisher, as printed; '' where none is. May be repeated.")
    @click.option("--status", "statuses", multiple=True, type=click.Choice(STATUSES), help="Only so standing today. May be repeated.")
    @click.option(
        "--position", "positions", multiple=True, type=click.Choice(POSITIONS), help="Only with such a position. May be repeated."
    )
    @wraps(command)
    def narrowed(*args: Any, publishers: tuple[str, ...], statuses: tuple[str, ...], positions: tuple[str, ...], **others: Any) -> Any:
        from ur_desk.domain.library.catalogue import Narrow, Standing
        from ur_desk.domain.policy import Position

        narrow = Narrow(frozenset(publishers), frozenset(map(Standing, statuses)), frozenset(map(Position, positions)))
        return command(*args, narrow=narrow, **others)

    return narrowed


@click.command()
@click.argument("text")
@facet_options
@click.option("--limit", type=click.IntRange(1, 1000), default=SHOWN, show_default=True, help="How many lines at most.")
@click.option("--facets", "with_facets", is_flag=True, help="Also says how many policies stand under each publisher, status and position.")
@json_option
@pass_context
def search(context: Context, text: str, narrow: Any, limit: int, with_facets: bool, as_json: bool) -> None:
    """Finds lines: of the policy with that document number, of codes that hold a code or range, and of sections with every word.

    A phrase stands in quotation marks. With --facets, --json gives an object with hits, texts and facets instead of the list of hits.
    """
    with context.desk() as desk:
        answer = desk.library.search(text, limit, narrow)
    if as_json:
        write_json(_answer_data(answer) if with_facets else [_hit_data(hit) for hit in answer.hits])
        return
    for hit in answer.hits:
        echo(_hit_words(hit))
    if with_facets:
        echo(_facet_words(answer.counts))
    if not answer.hits:
        say("Nothing in the library holds that: no number, no code, and no section all of these words.")
    elif len(answer.hits) == limit:
        say(f"The best {'line is' if limit == 1 else f'{limit} lines are'} shown, of {_held_by(answer)}. --limit shows more.")


def _held_by(answer: "Answer") -> str:
    """In how many policies and texts of them something was found."""
    policies = "1 policy" if answer.policies == 1 else f"{answer.policies} policies"
    return policies if answer.texts == answer.policies else f"{policies} in {answer.texts} texts"


def _hit_data(hit: "Hit") -> dict[str, Any]:
    card = hit.card
    return {
        "policy": card.policy,
        "title": card.title,
        "publisher": card.publisher,
        "effective": card.version.effective,
        "status": hit.standing.value,
        "text_sha256": card.text,
        "why": hit.why.value,
        "line": hit.line,
        "last_line": hit.section_last,
        "text": hit.words,
        "marks": [list(mark) for mark in hit.marks],
        "printed": hit.printed,
        "state": hit.state.value if hit.printed else None,
        "role": hit.role.value if hit.role else None,
    }


def _answer_data(answer: "Answer") -> dict[str, Any]:
    counts = answer.counts
    facets = {"publisher": dict(counts.publishers), "status": dict(counts.standings), "position": dict(counts.positions)}
    return {"hits": [_hit_data(hit) for hit in answer.hits], "texts": answer.texts, "facets": facets}


def _hit_words(hit: "Hit") -> str:
    """A line for a person, with what was found between square brackets."""
    words, marks = hit.words, sorted(hit.marks)
    for start, length in reversed(marks):
        words = f"{words[:start]}[{words[start : start + length]}]{words[start + length :]}"
    first = marks[0][0] if marks else 0
    at = max(0, min(first - AROUND // 3, len(words) - AROUND))
    shown = ("… " if at else "") + words[at : at + AROUND].strip() + (" …" if at + AROUND < len(words) else "")
    held = f"  ({hit.printed}{', suspect' if hit.state.value == 'suspect' else ''})" if hit.printed else ""
    status = hit.standing.value.replace("_", " ")
    return f"{cell(hit.card.policy)} of {hit.card.version.effective or 'an unknown day'} ({status})  line {hit.line}  {hit.why.value}{held}  {cell(shown)}"


def _facet_words(counts: "Counts") -> str:
    rows = []
    for name, told in (("publisher", counts.publishers), ("status", counts.standings), ("position", counts.positions)):
        listed = sorted(told.items(), key=lambda each: (-each[1], str(each[0])))
        rows.append(f"{name}: " + ", ".join(f"{cell(str(value) or 'none printed')} {count}" for value, count in listed))
    return "\n".join(rows)
