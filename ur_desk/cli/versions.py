"""`ur-desk policy diff`, `on`, `date`, `retire`, `reinstate`, `version-rule` and `impact`: the versions of a policy."""

import re
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from ur_desk.cli.common import Context, json_option, maybe_day, pass_context
from ur_desk.cli.common import day as day_from
from ur_desk.cli.difference import difference_text
from ur_desk.cli.output import cell, echo, say, typed, write_json
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.domain.library.impact import CaseImpact, Impact
    from ur_desk.domain.library.versions import Answering
    from ur_desk.domain.policy import Shelved

version_option = click.option("--version", "version", help="The day from which the version is in force; the newest if left out.")
_SHA = re.compile(r"[0-9a-fA-F]{8,64}")
_text = click.option("--text", default="", help="The beginning of the text's sha256, where a day does not tell which.")


def named(desk: "Desk", policy_id: str, which: str) -> "Shelved":
    """The version in force from a day, or on it, which is said; or the text whose sha256 begins so."""
    if not _SHA.fullmatch(which.strip()):
        return on_day(desk, policy_id, day_from(which))
    found = desk.versions.text(which)
    if found.policy.id.casefold() != policy_id.strip().casefold():
        raise UserError("That text is of another policy.", "Look at `policy list`.")
    return found


def on_day(desk: "Desk", policy_id: str, told: date) -> "Shelved":
    """The version in force from a day, else the one that answers for a service of that day, which is said; UserError where none does."""
    from ur_desk.domain.library.versions import Reach

    held = [card.version.effective for card in desk.library.cards() if card.policy.casefold() == policy_id.strip().casefold()]
    if told in held:
        return desk.library.one(policy_id, told)
    answer = desk.versions.on(policy_id, told)
    if answer.reach in (Reach.NOT_YET, Reach.UNDATED):
        raise UserError(_answer_words(answer), f"The library holds those in force from {_days(held)}.")
    say(_answer_words(answer))
    return desk.library.text(answer.card.text)


def _days(held: "Iterable[date | None]") -> str:
    known = sorted({day for day in held if day})
    return ", ".join([*(f"{day:%m/%d/%Y}" for day in known), *(["an unknown day"] if None in held else [])])


def _answer_words(answer: "Answering") -> str:
    """Which version answers for a service of a day, and why, as a sentence or two."""
    from ur_desk.domain.library.versions import Reach, VersionRule

    card, asked = answer.card, f"{answer.day:%m/%d/%Y}"
    first = f"{card.version.effective:%m/%d/%Y}" if card.version.effective else "an unknown day"
    told = {
        Reach.IN_FORCE: f"The version of {cell(card.policy)} in force from {first} answers for {asked}.",
        Reach.ENDED: f"No version of {cell(card.policy)} that was in force on {asked} is held: the newest before, from {first}, had ended.",
        Reach.NOT_YET: f"No version of {cell(card.policy)} that was in force on {asked} is held: the earliest is in force from {first}.",
        Reach.UNDATED: f"Nobody can say for {asked}: the text of {cell(card.policy)} that a match uses has no first day.",
    }[answer.reach]
    if answer.rule is VersionRule.PROCESSING:
        told += f" Versions are chosen by the day of processing here, which is today, {answer.chosen_by:%m/%d/%Y}."
    if answer.next_from and answer.reach is Reach.IN_FORCE:
        told += f" The next one begins on {answer.next_from:%m/%d/%Y}."
    if card.version.ends and answer.reach in (Reach.IN_FORCE, Reach.ENDED):
        told += f" Its last day is {card.version.ends:%m/%d/%Y}."
    return told + (" It is an abstract." if card.abstract else " Its reading is not confirmed." if card.confirmed is None else "")


@click.command("on")
@click.argument("policy_id")
@click.argument("day")
@json_option
@pass_context
def on_(context: Context, policy_id: str, day: str, as_json: bool) -> None:
    """Says which version answers for a service of a day, and why."""
    told = day_from(day)
    with context.desk() as desk:
        answer = desk.versions.on(policy_id, told)
    if not as_json:
        echo(_answer_words(answer))
        return
    card = answer.card
    write_json(
        {
            "policy": card.policy,
            "day": answer.day,
            "chosen_by": answer.chosen_by,
            "version_rule": answer.rule.value,
            "reach": answer.reach.value,
            "effective": card.version.effective,
            "ends": card.version.ends,
            "next_from": answer.next_from,
            "text": card.text,
            "kind": "abstract" if card.abstract else "document",
            "confirmed": card.confirmed is not None,
        }
    )


@click.command()
@click.argument("policy_id")
@click.argument("old")
@click.argument("new")
@click.option("--all", "everything", is_flag=True, help="Tells lines too that differ in number, marks, case or breaks alone.")
@json_option
@pass_context
def diff(context: Context, policy_id: str, old: str, new: str, everything: bool, as_json: bool) -> None:
    """Says what changed between the versions in force on two days; a text is named by the beginning of its sha256 as well."""
    from ur_desk.records.policy import diff_data

    with context.desk() as desk:
        changes = desk.versions.compare(named(desk, policy_id, old), named(desk, policy_id, new)).diff
    if as_json:
        write_json(diff_data(changes))
    else:
        echo(difference_text(changes, everything))


@click.command("date")
@click.argument("policy_id")
@click.argument("day")
@click.option("--where", required=True, help="Where it is said: never the day of a publication or a review.")
@click.option("--even-so", is_flag=True, help="The source names this very day, though the document prints it as something else.")
@_text
@json_option
@pass_context
def date_(context: Context, policy_id: str, day: str, where: str, even_so: bool, text: str, as_json: bool) -> None:
    """Gives the first day of a version whose document prints none."""
    from ur_desk.desk.versions import PrintedDay

    with context.desk() as desk:
        try:
            item = desk.versions.give_day(policy_id, day_from(day), where, text, even_so).value
        except PrintedDay as printed:
            raise UserError(printed.message, f"{printed.hint} That is --even-so.") from None
    _tell(item, f"in force from {item.policy.version.effective:%m/%d/%Y}, by {cell(where)}", as_json)


@click.command()
@click.argument("policy_id")
@click.option("--last-day", "last_day", required=True, help="The last day on which the version is in force.")
@click.option("--where", required=True, help="Where it is said.")
@click.option("--successor", default="", help="The number of the policy that came in its place.")
@version_option
@_text
@json_option
@pass_context
def retire(
    context: Context, policy_id: str, last_day: str, where: str, successor: str, version: str | None, text: str, as_json: bool
) -> None:
    """Records the last day of a version; nothing is deleted, and cases stay as they are."""
    last = day_from(last_day)
    with context.desk() as desk:
        item = desk.versions.retire(policy_id, last, where, successor, maybe_day(version), text).value
    _tell(item, f"in force up to {last:%m/%d/%Y}", as_json)


@click.command()
@click.argument("policy_id")
@click.option("--reason", required=True, help="Why the last day does not hold.")
@version_option
@_text
@json_option
@pass_context
def reinstate(context: Context, policy_id: str, reason: str, version: str | None, text: str, as_json: bool) -> None:
    """Takes a recorded last day back."""
    with context.desk() as desk:
        item = desk.versions.reinstate(policy_id, reason, maybe_day(version), text).value
    _tell(item, "its recorded last day was taken back", as_json)


@click.command("version-rule")
@click.argument("rule", required=False, type=click.Choice(["service", "processing"]))
@click.option("--where", default="", help="Where the plan says by which day its versions are chosen.")
@json_option
@pass_context
def version_rule(context: Context, rule: str | None, where: str, as_json: bool) -> None:
    """Says, or sets, by which day versions are chosen: that of the service or that of the processing."""
    from ur_desk.domain.library.versions import VersionRule

    with context.desk() as desk:
        told = desk.versions.set_rule(VersionRule(rule), where).value if rule else desk.versions.rule
    if as_json:
        write_json({"version_rule": told.value})
    else:
        echo(f"Versions are chosen by the day of {told}.")


@click.command()
@click.argument("policy_id")
@version_option
@_text
@json_option
@pass_context
def impact(context: Context, policy_id: str, version: str | None, text: str, as_json: bool) -> None:
    """Sorts the cases that were matched with another version by what this one changes for them; changes none."""
    from ur_desk.desk.steps import finish

    with context.desk() as desk:
        found = finish(desk.impact.of(policy_id, maybe_day(version), text))
    if as_json:
        write_json(_data(found))
        return
    since = f"{found.new_effective:%m/%d/%Y}" if found.new_effective else "an unknown day"
    count = "1 case that you may see was" if len(found.cases) == 1 else f"{len(found.cases)} cases that you may see were"
    say(f"{cell(found.policy)} in force from {since}: {count} matched with another version.")
    from ur_desk.domain.library.impact import ImpactKind

    groups = [*((_HEADS[kind], found.of(kind)) for kind in ImpactKind), ("THEIR DAYS DO NOT FALL UNDER THIS VERSION", found.out_of_reach)]
    for head, cases in groups:
        for line in [head, *map(_line, cases)] if cases else ():
            echo(line)


_HEADS = {"findings_differ": "FINDINGS DIFFER", "cited_line_changed": "CITED LINE CHANGED", "text_only": "TEXT ONLY"}


def _line(each: "CaseImpact") -> str:
    state = "decided" if each.decided else "open"
    since = f"{each.old_effective:%m/%d/%Y}" if each.old_effective else "an unknown day"
    parts = [f"  {each.row.number}  {state}, matched with the version of {since}"]
    parts += [f"other {', '.join(change.value for change in each.changes)}"] if each.changes else []
    parts += [f"changed lines {', '.join(map(str, each.cited))}"] if each.cited else []
    parts += ["nobody can say whether its days fall under the new version"] if each.falls_under is None else []
    return typed("; ".join(parts))


def _data(found: "Impact") -> dict[str, Any]:
    return {
        "policy": found.policy,
        "version": found.new_effective,
        "text": found.new_text,
        "cases": [
            {
                "case": each.row.number,
                "kind": each.kind.value,
                "decided": each.decided,
                "determination": each.row.determination.value if each.row.determination else None,
                "old_version": each.old_effective,
                "old_text": each.old_text,
                "changes": [change.value for change in each.changes],
                "cited_lines": list(each.cited),
                "falls_under": each.falls_under,
            }
            for each in found.cases
        ],
    }


def _tell(item: "Shelved", what: str, as_json: bool) -> None:
    from ur_desk.records.policy import policy_data

    if as_json:
        write_json(policy_data(item))
    else:
        echo(f"{cell(item.policy.id)}: {what}.")


COMMANDS = (diff, on_, date_, retire, reinstate, version_rule, impact)
