"""`ur-desk retention`: which cases are over their years, holds on them, and the purge that two people agree on."""

from dataclasses import asdict

import click

from ur_desk.cli.common import Context, json_option, pass_context
from ur_desk.cli.output import echo, say, table, typed, write_json
from ur_desk.errors import UserError


@click.group()
def retention() -> None:
    """Holds cases, and lets those go of which the years are over."""


@retention.command()
@json_option
@pass_context
def due(context: Context, as_json: bool) -> None:
    """Lists the cases of which the years are over; those that are held or still open stay."""
    with context.desk() as desk:
        found, state = desk.retention.due(), desk.retention.state()
    waiting = list(state.proposal.body.numbers) if state.proposal else []
    if as_json:
        write_json({"years": state.years, "proposed": waiting, "cases": [asdict(each) for each in found]})
        return
    rows = [(a.number, f"{a.last:%m/%d/%Y}", f"{a.since:%m/%d/%Y}", a.standing.value, a.hold) for a in found]
    echo(table(rows, ("case", "last event", "may go since", "", "hold")))
    if waiting:
        say(f"A proposal waits for a second person: {len(waiting)} cases.")


@retention.command()
@click.argument("years", type=int)
@pass_context
def years(context: Context, years: int) -> None:
    """Changes how many years a case stays after its last event."""
    with context.desk() as desk:
        desk.retention.set_years(years)
    echo(f"Cases stay {years} years after their last event.")


@retention.command()
@click.argument("number")
@click.option("--reason", required=True, help="Such as the lawsuit or audit by its number.")
@pass_context
def hold(context: Context, number: str, reason: str) -> None:
    """Holds a case, whatever its age."""
    with context.desk() as desk:
        desk.retention.hold(desk.review.find(number), reason)
    echo(f"{typed(number)} is held.")


@retention.command()
@click.argument("number")
@click.option("--reason", required=True, help="Why the hold is over.")
@pass_context
def release(context: Context, number: str, reason: str) -> None:
    """Lifts the hold on a case."""
    with context.desk() as desk:
        desk.retention.release(desk.review.find(number), reason)
    echo(f"{typed(number)} is held no more.")


@retention.command()
@click.argument("numbers", nargs=-1, metavar="[CASE]...")
@json_option
@pass_context
def propose(context: Context, numbers: tuple[str, ...], as_json: bool) -> None:
    """Proposes that cases go that are due, all of them where none is named; a second person approves."""
    with context.desk() as desk:
        proposal = desk.retention.propose([desk.review.find(number) for number in numbers]).value
    if as_json:
        write_json({"proposal": proposal.event, "cases": list(proposal.body.numbers), "rule": proposal.body.rule})
    else:
        echo(f"Proposed: {', '.join(proposal.body.numbers)}.")


@retention.command()
@click.option("--reason", required=True, help="Why the cases stay.")
@pass_context
def drop(context: Context, reason: str) -> None:
    """Drops the proposal that waits."""
    with context.desk() as desk:
        desk.retention.drop(reason)
    echo("The proposal is dropped; its cases stay.")


@retention.command()
@json_option
@pass_context
def approve(context: Context, as_json: bool) -> None:
    """Lets the proposed cases go, by another person than proposed them; their passphrase is asked for at a terminal, each time."""
    from ur_desk.cli.passphrases import asked, at_a_terminal

    if not at_a_terminal():
        raise UserError("A purge is approved at a terminal or in the window.", "Run this in a terminal. Nothing was changed.")
    with context.desk() as desk:
        waiting = desk.retention.state().proposal
        if waiting is not None:
            say(f"These cases go for good: {', '.join(waiting.body.numbers)}.")
        proof = desk.vault.prove(asked(f"Passphrase of {context.user}, to approve"))
        certificate = desk.retention.approve(proof).value
        text = desk.retention.certificate_text(certificate)
    if as_json:
        write_json({"event": certificate.event, **asdict(certificate.body)})
    else:
        echo(text)


@retention.command()
@click.argument("number", default="")
@json_option
@pass_context
def certificate(context: Context, number: str, as_json: bool) -> None:
    """Prints the certificate of the purge in which a case went, the newest where none is named."""
    with context.desk() as desk:
        found = desk.retention.certificate(number)
        text = desk.retention.certificate_text(found)
    if as_json:
        write_json({"event": found.event, "at": found.at, **asdict(found.body)})
    else:
        echo(text)


COMMANDS = (retention,)
