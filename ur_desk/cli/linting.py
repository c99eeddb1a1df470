"""`ur-desk policy lint`, `waive` and `unwaive`: what is wrong with a policy's own text, and what somebody found right after all."""

from typing import TYPE_CHECKING, Any

import click

from ur_desk.cli.common import Context, json_option, maybe_day, pass_context
from ur_desk.cli.output import echo, typed, write_json
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.domain.library.shelf import FindingKey, Linted

_version = click.option("--version", "version", help="The day from which the version is in force; the newest if left out.")
_text = click.option("--text", "text", help="The first letters of the text's sha256: that text, in the draft where one waits.")
_raw = click.option("--raw", help="The words that the finding is about, where the rule says several things of the line.")


@click.command()
@click.argument("policy_id", required=False)
@_version
@_text
@json_option
@pass_context
def lint(context: Context, policy_id: str | None, version: str | None, text: str | None, as_json: bool) -> None:
    """Says what is wrong with the policies' own text and codes; what was waived is shown as waived."""
    if (version or text) and not policy_id:
        raise UserError("A version is of one policy.", "Name the policy before --version or --text.")
    with context.desk() as desk:
        found = desk.library.lint(policy_id, maybe_day(version), text)
    if as_json:
        write_json([_data(each) for each in found])
        return
    for each in found:
        echo(_line(each))


@click.command()
@click.argument("policy_id")
@click.argument("rule")
@click.argument("line", type=int)
@click.option("--reason", required=True, help="Why the line is right as it stands.")
@_raw
@_version
@_text
@json_option
@pass_context
def waive(
    context: Context,
    policy_id: str,
    rule: str,
    line: int,
    reason: str,
    raw: str | None,
    version: str | None,
    text: str | None,
    as_json: bool,
) -> None:
    """Records that a finding stands as it should, for a reason."""
    day = maybe_day(version)
    with context.desk() as desk:
        told = desk.library.waive(policy_id, _key(desk, policy_id, rule, line, raw, version, text), reason, day, text).value
    _tell(told, as_json)


@click.command()
@click.argument("policy_id")
@click.argument("rule")
@click.argument("line", type=int)
@_raw
@_version
@_text
@json_option
@pass_context
def unwaive(
    context: Context, policy_id: str, rule: str, line: int, raw: str | None, version: str | None, text: str | None, as_json: bool
) -> None:
    """Takes a waiver back."""
    day = maybe_day(version)
    with context.desk() as desk:
        told = desk.library.unwaive(policy_id, _key(desk, policy_id, rule, line, raw, version, text), day, text).value
    _tell(told, as_json)


def _key(desk: "Desk", policy_id: str, rule: str, line: int, raw: str | None, version: str | None, text: str | None) -> "FindingKey":
    """The one finding of that rule on that line; UserError where there is none, several and no words that tell which, or several texts."""
    from ur_desk.domain.library.shelf import key_of

    if text is None:
        desk.library.sole(policy_id, maybe_day(version))
    keys = {
        key_of(each.finding)
        for each in desk.library.lint(policy_id, maybe_day(version), text)
        if (each.finding.rule, each.finding.line) == (rule, line) and raw in (None, each.finding.raw)
    }
    if not keys:
        raise UserError(f"No finding of the rule {rule} stands on line {line}.", "Look at `policy lint`. Nothing was changed.")
    if len(keys) > 1:
        raise UserError(f"The rule {rule} says {len(keys)} things of line {line}.", "Name the words with --raw. Nothing was changed.")
    return keys.pop()


def _data(each: "Linted") -> dict[str, Any]:
    from ur_desk.records.policy import finding_data, waiver_data

    return {"policy": each.policy.id, **finding_data(each.finding), "waived": None if each.waiver is None else waiver_data(each.waiver)}


def _line(each: "Linted") -> str:
    finding, waiver = each.finding, each.waiver
    after = f"waived by {waiver.by}, {waiver.at:%m/%d/%Y}: {waiver.reason}" if waiver else finding.hint or ""
    severity = "waived" if waiver else finding.severity.value
    return typed(f"{each.policy.id}:{finding.line}  {severity:<8} {finding.rule}  {finding.message} {after}").rstrip()


def _tell(told: "Linted", as_json: bool) -> None:
    if as_json:
        write_json(_data(told))
    else:
        echo(_line(told))
