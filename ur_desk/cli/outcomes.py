"""`ur-desk case deny`, `not-required`, `dismiss`, `vacate`, `void`, `reopen`, `authorize` and `entered`: outcomes beside the usual ones."""

from typing import TYPE_CHECKING

import click

from ur_desk.cli.cases import act, lines_option, open_lines
from ur_desk.cli.common import Context, instant, json_option, pass_context
from ur_desk.cli.decisions import at_a_terminal, show_record, signed_with
from ur_desk.cli.reasons import GROUNDS, administrative, reason_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from ur_desk.desk.desk import Desk
    from ur_desk.desk.verbs import Done
    from ur_desk.domain.case import Case, LineState


@click.command()
@click.argument("number")
@lines_option
@click.option("--ground", type=click.Choice(GROUNDS), required=True)
@click.option("--not-clinical", required=True, help="Why it takes no clinical judgment.")
@click.option("--reason", "words", required=True, help="The reason in plain words for the member.")
@click.option(
    "--criterion", "criteria", multiple=True, required=True, help="The part of the contract: 'owner | title | version | section'."
)
@click.option("--no-conflict", is_flag=True, help="Attest for this decision that you have no conflict of interest; asked for if left out.")
@json_option
@pass_context
def deny(
    context: Context,
    number: str,
    lines: tuple[int, ...],
    ground: str,
    not_clinical: str,
    words: str,
    criteria: tuple[str, ...],
    no_conflict: bool,
    as_json: bool,
) -> None:
    """Denies lines on a ground without clinical judgment, where the plan gave it to your role; it is signed by typing the passphrase
    at the terminal."""
    from ur_desk.domain.people import Role

    def use(desk: "Desk", found: "Case") -> "Done[Case]":
        if not desk.demo:
            at_a_terminal()
        told, picked, opened_at = administrative(ground, not_clinical), open_lines(found, lines), desk.clock.now()
        assert told is not None
        found = show_record(desk, found, picked, None, "") if desk.person.has(Role.NURSE, Role.PHYSICIAN) else found
        reason = reason_of(found, words, (), criteria, no_policy=False)
        attested = {"no_conflict": no_conflict, "similar": "", "opened_at": opened_at}
        proof, signing = signed_with(desk, found, "deny", attested, anew=not desk.demo)
        return desk.determinations.deny_administratively(found.id, found.revision, picked, told, reason, proof=proof, signing=signing)

    act(context, number, as_json, use)


@click.command("not-required")
@click.argument("number")
@lines_option
@click.option("--where", required=True, help="On which list you saw it, of which day.")
@json_option
@pass_context
def not_required(context: Context, number: str, lines: tuple[int, ...], where: str, as_json: bool) -> None:
    """Records that lines take no authorization; that is no approval."""
    act(
        context,
        number,
        as_json,
        lambda desk, found: desk.determinations.not_required(found.id, found.revision, open_lines(found, lines), where),
    )


@click.command()
@click.argument("number")
@lines_option
@click.option("--why", type=click.Choice(["not_a_valid_request", "not_a_proper_party", "not_in_time"]), required=True)
@click.option("--explained", required=True, help="What was wrong with the request.")
@json_option
@pass_context
def dismiss(context: Context, number: str, lines: tuple[int, ...], why: str, explained: str, as_json: bool) -> None:
    """Dismisses a Medicare Advantage request that is not valid, or not from a proper party; or an appeal that came behind the last day."""
    from ur_desk.domain.decisions.outcomes import Dismissal

    def use(desk: "Desk", found: "Case") -> "Done[Case]":
        return desk.determinations.dismiss(found.id, found.revision, open_lines(found, lines), Dismissal(why), explained)

    act(context, number, as_json, use)


@click.command()
@click.argument("number")
@lines_option
@click.option("--cause", required=True, help="The good cause.")
@json_option
@pass_context
def vacate(context: Context, number: str, lines: tuple[int, ...], cause: str, as_json: bool) -> None:
    """Vacates a dismissal for good cause, in Medicare Advantage within six months; the lines are back in review."""

    def use(desk: "Desk", found: "Case") -> "Done[Case]":
        return desk.determinations.vacate(found.id, found.revision, _picked(found, lines, _is_dismissed), cause)

    act(context, number, as_json, use)


@click.command()
@click.argument("number")
@click.option("--line", "lines", multiple=True, type=int, help="A service line; all if left out.")
@click.option("--reason", required=True, help="What was entered in error.")
@json_option
@pass_context
def void(context: Context, number: str, lines: tuple[int, ...], reason: str, as_json: bool) -> None:
    """Voids lines that were entered in error: they stay visible, and count nowhere."""

    def use(desk: "Desk", found: "Case") -> "Done[Case]":
        return desk.determinations.void(found.id, found.revision, _picked(found, lines, lambda state: True), reason)

    act(context, number, as_json, use)


@click.command()
@click.argument("number")
@click.option("--line", "lines", multiple=True, type=int, required=True, help="A decided service line.")
@click.option("--cause", type=click.Choice(["good_cause", "fraud_or_similar_fault"]), required=True)
@click.option("--explained", required=True, help="What shows it.")
@json_option
@pass_context
def reopen(context: Context, number: str, lines: tuple[int, ...], cause: str, explained: str, as_json: bool) -> None:
    """Reopens decided lines, to be decided anew, while the rows allow it (`case appeal window --reopening` tells until when); what was
    decided stays in the trail."""
    from ur_desk.domain.decisions.outcomes import Cause

    act(
        context,
        number,
        as_json,
        lambda desk, found: desk.determinations.reopen(found.id, found.revision, lines, Cause(cause), explained),
    )


@click.command()
@click.argument("number")
@click.option("--line", "lines", multiple=True, type=int, help="An approved line; all that have no number if left out.")
@click.option("--number", "typed", default="", help="The plan's own number; the next of this workspace's series if left out.")
@click.option("--reason", default="", help="Why another number takes the place of one that stands.")
@json_option
@pass_context
def authorize(context: Context, number: str, lines: tuple[int, ...], typed: str, reason: str, as_json: bool) -> None:
    """Gives approved lines their authorization number."""

    def use(desk: "Desk", found: "Case") -> "Done[Case]":
        picked = _picked(found, lines, lambda state: state.grants and state.authorization is None)
        return desk.authorizations.number(found.id, found.revision, picked, typed, reason)

    act(context, number, as_json, use)


@click.command()
@click.argument("number")
@click.option("--line", "lines", multiple=True, type=int, help="An approved line; all that are not entered if left out.")
@click.option("--where", required=True, help="In which claims system.")
@click.option("--at", "at", help="When; now if left out.")
@json_option
@pass_context
def entered(context: Context, number: str, lines: tuple[int, ...], where: str, at: str | None, as_json: bool) -> None:
    """Records that you entered approved lines in a claims system."""

    def use(desk: "Desk", found: "Case") -> "Done[Case]":
        picked = _picked(found, lines, lambda state: state.grants and state.entered is None)
        return desk.authorizations.enter(found.id, found.revision, picked, where, instant(at, desk))

    act(context, number, as_json, use)


def _picked(found: "Case", lines: tuple[int, ...], fits: "Callable[[LineState], bool]") -> tuple[int, ...]:
    return lines or tuple(state.line for state in found.lines if fits(state))


def _is_dismissed(state: "LineState") -> bool:
    return state.determination is not None and state.determination.value == "dismissed"


COMMANDS = (deny, not_required, dismiss, vacate, void, reopen, authorize, entered)
