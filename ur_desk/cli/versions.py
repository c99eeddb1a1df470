"""`ur-desk policy diff`, `date`, `retire`, `reinstate`, `version-rule` and `impact`: the versions of a policy."""

import re
from typing import TYPE_CHECKING, Any

import click

from ur_desk.cli.common import Context, json_option, maybe_day, pass_context
from ur_desk.cli.common import day as day_from
from ur_desk.cli.difference import difference_text
from ur_desk.cli.output import cell, echo, say, typed, write_json
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.domain.impact import CaseImpact, Impact
    from ur_desk.domain.policy import Shelved

version_option = click.option("--version", "version", help="The day from which the version is in force; the newest if left out.")
_SHA = re.compile(r"[0-9a-fA-F]{8,64}")
_text = click.option("--text", default="", help="The beginning of the text's sha256, where a day does not tell which.")


def named(desk: "Desk", policy_id: str, which: str) -> "Shelved":
    """The version in force from a day, or the text whose sha256 begins so."""
    if not _SHA.fullmatch(which.strip()):
        return desk.library.one(policy_id, day_from(which))
    found = desk.versions.text(which)
    if found.policy.id.casefold() != policy_id.strip().casefold():
        raise UserError("That text is of another policy.", "Look at `policy list`.")
    return found


@click.command()
@click.argument("policy_id")
@click.argument("old")
@click.argument("new")
@click.option("--all", "everything", is_flag=True, help="Tells lines too that differ in number, marks, case or breaks alone.")
@json_option
@pass_context
def diff(context: Context, policy_id: str, old: str, new: str, everything: bool, as_json: bool) -> None:
    """Says what changed between the versions in force from two days."""
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
@_text
@json_option
@pass_context
def date_(context: Context, policy_id: str, day: str, where: str, text: str, as_json: bool) -> None:
    """Gives the first day of a version whose document prints none."""
    with context.desk() as desk:
        item = desk.versions.give_day(policy_id, day_from(day), where, text).value
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
    from ur_desk.domain.versions import VersionRule

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
    say(f"{cell(found.policy)} in force from {since}: {len(found.cases)} cases that you may see were matched with another version.")
    from ur_desk.domain.impact import ImpactKind

    for kind in ImpactKind:
        for place, each in enumerate(found.of(kind)):
            if not place:
                echo(_HEADS[kind])
            echo(_line(each))


_HEADS = {"findings_differ": "FINDINGS DIFFER", "cited_line_changed": "CITED LINE CHANGED", "text_only": "TEXT ONLY"}


def _line(each: "CaseImpact") -> str:
    state = "decided" if each.decided else "open"
    since = f"{each.old_effective:%m/%d/%Y}" if each.old_effective else "an unknown day"
    parts = [f"  {each.row.number}  {state}, matched with the version of {since}"]
    parts += [f"other {', '.join(change.value for change in each.changes)}"] if each.changes else []
    parts += [f"changed lines {', '.join(map(str, each.cited))}"] if each.cited else []
    parts += ["its days do not fall under the new version"] if each.falls_under is False else []
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


COMMANDS = (diff, date_, retire, reinstate, version_rule, impact)
