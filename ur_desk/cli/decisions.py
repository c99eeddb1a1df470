"""`ur-desk case decide` and `case sign`: what a nurse may decide, and what a physician signs."""

import sys
from typing import TYPE_CHECKING, Any

import click

from ur_desk.cli.cases import act, lines_option, open_lines
from ur_desk.cli.common import Context, instant, json_option, maybe_day, pass_context
from ur_desk.cli.output import echo
from ur_desk.cli.reasons import granted, reason_of, with_reason
from ur_desk.cli.show import case_text, side_by_side
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.desk.vault import Proof
    from ur_desk.desk.verbs import Done
    from ur_desk.domain.case import Case


@click.command()
@click.argument("number")
@click.argument("verb", type=click.Choice(["approve", "refer", "ask", "withdraw"]))
@lines_option
@with_reason
@click.option("--summary", default="", help="For refer: the clinical summary for the physician.")
@click.option("--question", default="", help="For refer: what the physician is asked.")
@click.option("--item", "items", multiple=True, help="For ask: something that is missing.")
@click.option("--why", default="", help="For ask: why it matters.")
@click.option("--of", "asked_of", default="", help="For ask: whom; for withdraw: who asked.")
@click.option("--by", "answer_by", help="For ask: the day to answer by.")
@click.option("--how", default="", help="For withdraw: how they asked.")
@click.option("--at", "at", help="For withdraw: when; now if left out.")
@json_option
@pass_context
def decide(context: Context, /, number: str, verb: str, lines: tuple[int, ...], as_json: bool, **told: Any) -> None:
    """Approves, refers, asks for information or records a withdrawal."""

    def use(desk: "Desk", found: "Case") -> "Done[Case]":
        d, picked = desk.determinations, open_lines(found, lines)
        if verb == "refer":
            return d.refer(found.id, found.revision, picked, told["summary"], told["question"])
        if verb == "ask":
            return d.ask_for_information(
                found.id, found.revision, picked, told["items"], told["why"], told["asked_of"], maybe_day(told["answer_by"])
            )
        if verb == "withdraw":
            return d.withdraw(found.id, found.revision, picked, told["asked_of"], instant(told["at"], desk), told["how"])
        return _approve(desk, found, picked, told)

    act(context, number, as_json, use)


@click.command()
@click.argument("number")
@lines_option
@click.option("--words", required=True, help="The reason in other words, for the member.")
@click.option("--information-needed", default=None, help="What would complete the request; as it stands if left out.")
@click.option("--why", required=True, help="Why it should be said otherwise, for whoever signs.")
@json_option
@pass_context
def reword(context: Context, /, number: str, lines: tuple[int, ...], as_json: bool, **told: Any) -> None:
    """Asks for other words of a signed reason: the signature falls, and the lines go back to be signed anew."""

    def use(desk: "Desk", found: "Case") -> "Done[Case]":
        picked = lines or tuple(s.line for s in found.lines_to_notice)
        standing = next((s.decision.information_needed for s in found.lines if s.decision and s.line in picked), "")
        needed = standing if told["information_needed"] is None else told["information_needed"]
        return desk.determinations.reword(found.id, found.revision, picked, told["words"], told["why"], information_needed=needed)

    act(context, number, as_json, use)


def _approve(desk: "Desk", found: "Case", lines: tuple[int, ...], told: dict[str, Any]) -> "Done[Case]":
    reason = reason_of(found, told["words"], told["cites"], told["criteria"], told["no_policy"])
    unchecked = [item.value for item in found.unchecked] if told["accept_unchecked"] else []
    return desk.determinations.approve(
        found.id, found.revision, lines, reason, rationale=told["rationale"], unchecked=unchecked, clarification=told["clarification"]
    )


@click.command()
@click.argument("number")
@click.argument("verb", type=click.Choice(["approve", "partial", "modify", "deny", "send-back"]))
@lines_option
@with_reason
@click.option("--question", default="", help="For send-back: what the nurse should find out.")
@click.option(
    "--grant",
    help="For partial and modify: what is approved, as 'quantity=1 unit=visits code=72100 from=2017-10-12 to=2017-10-12 place=11'.",
)
@click.option("--information-needed", default="", help="What would complete the request and why, in words for the member.")
@json_option
@pass_context
def sign(context: Context, /, number: str, verb: str, lines: tuple[int, ...], as_json: bool, grant: str | None, **told: Any) -> None:
    """A physician's decision. Request, record and pinned findings are shown first, on standard error; what is adverse is then
    signed by typing the passphrase at the terminal."""
    from ur_desk.domain.determination import Determination, Workflow

    kinds = {"partial": Determination.PARTIAL, "modify": Determination.MODIFIED, "deny": Determination.DENIED}

    def use(desk: "Desk", found: "Case") -> "Done[Case]":
        picked = lines or tuple(s.line for s in found.lines if s.workflow is Workflow.WITH_PHYSICIAN)
        adverse = verb in kinds
        if adverse and not desk.demo:
            _at_a_terminal()
        given = granted(grant) if grant else None
        found = _show_record(desk, found)
        if verb == "send-back":
            return desk.determinations.send_back(found.id, found.revision, picked, told["question"])
        if verb == "approve":
            return _approve(desk, found, picked, told)
        reason = reason_of(found, told["words"], told["cites"], told["criteria"], told["no_policy"])
        proof = None if desk.demo else _prove_presence(desk, found, verb)
        return desk.determinations.decide(
            found.id, found.revision, picked, kinds[verb], reason, told["rationale"],
            granted=given, information_needed=told["information_needed"], proof=proof,
        )  # fmt: skip

    act(context, number, as_json, use)


def _show_record(desk: "Desk", found: "Case") -> "Case":
    """Notes that the record was opened, and shows it with the findings as they were pinned; the case as shown."""
    desk.review.open_record(found.id)
    shown = desk.review.on_desk(found.id)
    echo(case_text(shown.case, desk.zone, shown.people), aside=True)
    echo(f"\n{side_by_side(shown.case.current_request, shown)}", aside=True)
    return shown.case


def _at_a_terminal() -> None:
    if sys.stdin is None or not sys.stdin.isatty():
        raise UserError(
            "An adverse decision is signed at a terminal or in the window, one case at a time.",
            "Run this command in a terminal. Nothing was saved.",
        )


def _prove_presence(desk: "Desk", found: "Case", verb: str) -> "Proof":
    typed = click.prompt(f"{found.number}: to sign '{verb}', type your passphrase", hide_input=True, err=True)
    return desk.vault.prove(typed)


COMMANDS = (decide, sign, reword)
