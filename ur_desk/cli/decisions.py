"""`ur-desk case decide` and `case sign`: what a nurse may decide, and what a physician signs."""

import sys
from typing import TYPE_CHECKING, Any

import click

from ur_desk.cli.cases import act, lines_option, open_lines
from ur_desk.cli.common import Context, instant, json_option, maybe_day, pass_context
from ur_desk.cli.output import echo
from ur_desk.cli.reasons import GROUNDS, administrative, approved_in, granted, reason_of, with_reason
from ur_desk.cli.show import case_text, side_by_side
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.desk.vault import Proof
    from ur_desk.desk.verbs import Done
    from ur_desk.domain.case import Case
    from ur_desk.domain.grounds import Agreement


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
@click.option(
    "--span", "spans", multiple=True, help="For partial and modify, once for each: 'from=2017-10-12 to=2017-10-18 quantity=6 place=11'."
)
@click.option("--information-needed", default="", help="What would complete the request and why, in words for the member.")
@click.option(
    "--family", type=click.Choice(["clinical", "administrative", "lack_of_information"]), default="clinical", help="The kind of reason."
)
@click.option("--ground", help="For the family administrative: " + ", ".join(GROUNDS) + ".")
@click.option("--not-clinical", default="", help="For the family administrative: why it takes no clinical judgment.")
@click.option("--agreed-by", default="", help="For modify: who agreed to it for the requester, where somebody did.")
@click.option("--agreed-how", default="", help="For modify: how they agreed.")
@click.option("--agreed-at", help="For modify: when they agreed; now if left out.")
@json_option
@pass_context
def sign(context: Context, /, number: str, verb: str, lines: tuple[int, ...], as_json: bool, grant: str | None, **told: Any) -> None:
    """A physician's decision. Request, record and pinned findings are shown first, on standard error; what is adverse is then
    signed by typing the passphrase at the terminal."""
    from ur_desk.domain.determination import Determination, Workflow
    from ur_desk.domain.grounds import Family

    kinds = {"partial": Determination.PARTIAL, "modify": Determination.MODIFIED, "deny": Determination.DENIED}

    def use(desk: "Desk", found: "Case") -> "Done[Case]":
        picked = lines or tuple(s.line for s in found.lines if s.workflow is Workflow.WITH_PHYSICIAN)
        adverse = verb in kinds
        if adverse and not desk.demo:
            at_a_terminal()
        given = approved_in(granted(grant) if grant else None, told["spans"])
        found = show_record(desk, found)
        if verb == "send-back":
            return desk.determinations.send_back(found.id, found.revision, picked, told["question"])
        if verb == "approve":
            return _approve(desk, found, picked, told)
        reason = reason_of(found, told["words"], told["cites"], told["criteria"], told["no_policy"])
        proof = None if desk.demo else prove_presence(desk, found, verb)
        return desk.determinations.decide(
            found.id, found.revision, picked, kinds[verb], reason, told["rationale"],
            granted=given, information_needed=told["information_needed"], family=Family(told["family"]),
            administrative=administrative(told["ground"], told["not_clinical"]), agreed=_agreed(desk, told), proof=proof,
        )  # fmt: skip

    act(context, number, as_json, use)


def _agreed(desk: "Desk", told: dict[str, Any]) -> "Agreement | None":
    """Who agreed to what is modified, when and how; None where nobody is named."""
    from ur_desk.domain.grounds import Agreement

    if not (told["agreed_by"] or told["agreed_how"]):
        return None
    return Agreement(told["agreed_by"].strip(), instant(told["agreed_at"], desk), told["agreed_how"].strip())


def show_record(desk: "Desk", found: "Case") -> "Case":
    """Notes that the record was opened, and shows it with the findings as they were pinned; the case as shown."""
    desk.review.open_record(found.id)
    shown = desk.review.on_desk(found.id)
    echo(case_text(shown.case, desk.zone, shown.people), aside=True)
    echo(f"\n{side_by_side(shown.case.current_request, shown)}", aside=True)
    return shown.case


def at_a_terminal() -> None:
    """UserError where nobody sits at a terminal: nothing adverse is signed by a program."""
    if sys.stdin is None or not sys.stdin.isatty():
        raise UserError(
            "An adverse decision is signed at a terminal or in the window, one case at a time.",
            "Run this command in a terminal. Nothing was saved.",
        )


def prove_presence(desk: "Desk", found: "Case", verb: str) -> "Proof":
    """That the person is there, by their passphrase typed at the terminal."""
    typed = click.prompt(f"{found.number}: to sign '{verb}', type your passphrase", hide_input=True, err=True)
    return desk.vault.prove(typed)


COMMANDS = (decide, sign)
