"""`ur-desk letter sent`, `owed` and what becomes of letters on their way; the sheets for the fax; `ur-desk audit incidents`."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ur_desk.cli.cases import act
from ur_desk.cli.common import Context, instant, json_option, pass_context, warn_of
from ur_desk.cli.output import echo, say, table, typed, write_json
from ur_desk.cli.show import moment
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.desk.post import Proof, StillOwed, ToLookInto
    from ur_desk.desk.steps import Steps
    from ur_desk.desk.verbs import Done
    from ur_desk.domain.case import Case
    from ur_desk.domain.events import LetterId
    from ur_desk.domain.letters.delivery import Party, Sending

WAYS = ("mail", "fax", "email", "portal", "phone")
PARTIES = ("member", "provider")
way_option = click.option("--by", "way", type=click.Choice(WAYS), required=True, help="How it went.")
party_option = click.option("--to", "party", type=click.Choice(PARTIES), default="member", show_default=True, help="For whom it is.")
at_option = click.option("--at", "at", help="When; now if left out.")
proof_option = click.option(
    "--proof", type=click.Path(path_type=Path), help="What shows it: a fax confirmation, a mail log (PDF or picture)."
)
letter_option = click.option("--letter", "letter", help="Which letter, by its id; the last one if left out.")
sending_option = click.option("--sending", "place", type=click.IntRange(1), help="Which, by its number in `letter sendings`; the last one if left out.")  # fmt: skip
out_option = click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True)


@click.command()
@json_option
@pass_context
def owed(context: Context, as_json: bool) -> None:
    """Lists the letters that somebody should have and has not, the oldest first; a letter whose day has passed needs a new one."""
    with context.desk() as desk:
        found = desk.post.owed()
    if as_json:
        write_json([_owed_data(each) for each in found])
        return
    rows = [
        (each.letter_number, f"{each.letter.dated:%m/%d/%Y}", each.party.value, each.why.replace("_", " "), "yes" if each.late else "")
        for each in found
    ]
    echo(table(rows, ("letter", "dated", "owed to", "why", "needs a new letter")) if rows else "No letter is owed to anybody.")


@click.command()
@click.argument("number")
@way_option
@party_option
@click.option("--whom", "to_whom", default="", help="To whom; whom the letter names if left out.")
@click.option("--where", default="", help="The fax number, address or portal; for mail the letter's own address if left out.")
@at_option
@letter_option
@proof_option
@json_option
@pass_context
def sent(
    context: Context, /, number: str, way: str, party: str, letter: str | None, proof: Path | None, as_json: bool, **told: Any
) -> None:
    """Records that a letter was sent, on its own day: how, to whom, where to, when, and what shows it."""
    from ur_desk.domain.letters.delivery import Party, Way

    def use(desk: "Desk", found: "Case") -> "Done[Case]":
        return desk.post.send(
            found.id,
            found.revision,
            _letter(found, letter, Party(party)),
            Way(way),
            Party(party),
            instant(told["at"], desk),
            to_whom=told["to_whom"],
            where=told["where"],
            proof=_proof(desk, proof),
        )

    act(context, number, as_json, use)


@click.command("sent-all")
@way_option
@party_option
@at_option
@proof_option
@json_option
@pass_context
def sent_all(context: Context, way: str, party: str, at: str | None, proof: Path | None, as_json: bool) -> None:
    """Records that every letter owed to members (or providers) was sent, with one proof for all, such as the day's mail log.

    A letter whose day has passed, or that lacks an address, stays owed and is said; it stops no other.
    """
    from ur_desk.desk.post import Posted
    from ur_desk.desk.steps import finish
    from ur_desk.domain.letters.delivery import Party, Way

    with context.desk() as desk:
        picked = [each for each in desk.post.owed() if each.party is Party(party) and each.why == "not_sent"]
        told = Posted(len(picked))
        finish(desk.post.send_many(picked, Way(way), instant(at, desk), told, _proof(desk, proof)))
    for each, why in told.refused:
        say(f"{each.letter_number} stays owed. {why}")
    if as_json:
        refused = [{"letter": each.letter_number, "why": why} for each, why in told.refused]
        write_json({"total": told.total, "sent": [each.letter_number for each in told.sent], "refused": refused})
    else:
        echo(f"{len(told.sent)} of {told.total} letters recorded as sent.")


@click.command()
@click.argument("number")
@json_option
@pass_context
def sendings(context: Context, number: str, as_json: bool) -> None:
    """Lists how and when the letters of a case were sent, and what became of each."""
    import msgspec

    with context.desk() as desk:
        found, zone = desk.review.case(desk.review.find(number)), desk.zone
    if as_json:
        write_json(msgspec.to_builtins(found.sendings))
        return
    rows = [
        (str(place), moment(s.told.at, zone), s.told.way.value, s.told.party.value, typed(s.told.to_whom), typed(s.told.where), _became(s))
        for place, s in enumerate(found.sendings, 1)
    ]
    echo(table(rows, ("", "sent", "by", "for", "to", "where", "became")) if rows else "No sending is recorded.")


def _became(sending: "Sending") -> str:
    if sending.incident is not None:
        return f"reached wrong hands: {typed(sending.incident.told.reached)}"
    if sending.returned is not None:
        return f"came back: {typed(sending.returned.why)}"
    return ", ".join(typed(proof.name) for proof in sending.proofs) or "no proof kept"


@click.command()
@click.argument("number")
@click.argument("file", type=click.Path(path_type=Path))
@sending_option
@json_option
@pass_context
def proof(context: Context, number: str, file: Path, place: int | None, as_json: bool) -> None:
    """Keeps what shows that a letter was sent: a fax confirmation, a mail log (PDF or picture)."""

    def use(desk: "Desk", found: "Case") -> "Done[Case]":
        kept = _proof(desk, file)
        assert kept is not None
        return desk.post.keep_proof(found.id, found.revision, _sending(found, place).event, kept)

    act(context, number, as_json, use)


@click.command("save-proof")
@click.argument("number")
@sending_option
@click.option("--nth", type=click.IntRange(1), default=1, help="Which proof of that sending; the first if left out.")
@out_option
@pass_context
def save_proof(context: Context, number: str, place: int | None, nth: int, out: Path) -> None:
    """Writes what shows that a letter was sent to a file, byte for byte as it was kept."""
    with context.desk() as desk:
        warn_of(desk, out)
        found = desk.review.case(desk.review.find(number))
        sending = _sending(found, place)
        if nth > len(sending.proofs):
            raise UserError("That sending has no such proof.", "Look at `letter sendings`. Nothing was written.")
        desk.post.save_proof(found.id, sending.event, sending.proofs[nth - 1].sha256, out)
    echo(str(out))


@click.command()
@click.argument("number")
@click.option("--why", required=True, help="Why it came back, as far as it says so.")
@at_option
@sending_option
@json_option
@pass_context
def returned(context: Context, number: str, why: str, at: str | None, place: int | None, as_json: bool) -> None:
    """Records that a letter came back: whoever it was for has no notice by it."""
    act(
        context,
        number,
        as_json,
        lambda desk, found: desk.post.record_return(found.id, found.revision, _sending(found, place).event, instant(at, desk), why),
    )


@click.command()
@click.argument("number")
@click.option("--reached", required=True, help="Whose hands it reached.")
@click.option("--found", "how", required=True, help="How that was found out.")
@click.option("--done", required=True, help="What was done about it.")
@at_option
@sending_option
@json_option
@pass_context
def misdirected(context: Context, /, number: str, place: int | None, as_json: bool, **told: Any) -> None:
    """Records that a letter reached wrong hands: a privacy incident, which a supervisor looks into."""

    def use(desk: "Desk", found: "Case") -> "Done[Case]":
        at = instant(told["at"], desk)
        return desk.post.record_misdirected(
            found.id, found.revision, _sending(found, place).event, at, told["reached"], told["how"], told["done"]
        )

    act(context, number, as_json, use)


@click.command()
@click.argument("number")
@click.option("--whom", "to_whom", required=True, help="The person or office at the other machine.")
@click.option("--fax", required=True, help="The number that is dialled.")
@letter_option
@out_option
@pass_context
def cover(context: Context, number: str, to_whom: str, fax: str, letter: str | None, out: Path) -> None:
    """Writes the cover of a fax with a letter: pages, our own fax, a word on confidentiality; nothing of the member or the case."""
    _sheet(context, number, "fax cover", out, lambda desk, found: desk.post.cover(found.id, _letter(found, letter), to_whom, fax))


@click.command("return-sheet")
@click.argument("number")
@out_option
@pass_context
def return_sheet(context: Context, number: str, out: Path) -> None:
    """Writes the sheet that goes on top of the records asked for: the case number in letters and as a bar code, and our fax."""
    _sheet(context, number, "return sheet", out, lambda desk, found: desk.post.return_sheet(found.id))


def _sheet(context: Context, number: str, what: str, out: Path, make: "Callable[[Desk, Case], Steps[bytes]]") -> None:
    from ur_desk.desk.steps import finish

    with context.desk() as desk:
        warn_of(desk, out)
        found = desk.review.case(desk.review.find(number))
        desk.post.save_sheet(found.id, what, finish(make(desk, found)), out)
    echo(str(out))


@click.command()
@json_option
@pass_context
def incidents(context: Context, as_json: bool) -> None:
    """Lists the letters that reached wrong hands and that no supervisor has looked into, oldest first."""
    with context.desk() as desk:
        zone, found = desk.zone, desk.post.incidents()
    if as_json:
        write_json([_incident_data(each) for each in found])
        return
    rows = [
        (each.number, moment(each.incident.told.at, zone), _who(each), typed(each.incident.told.reached), typed(each.incident.told.done))
        for each in found
    ]
    echo(table(rows, ("case", "found out", "by", "reached", "done")) if rows else "No incident waits.")


@click.command()
@click.argument("number")
@click.option("--finding", required=True, help="What you found, and what follows from it.")
@click.option("--event", help="Which incident of the case, by its id; needed only where there are several.")
@json_option
@pass_context
def incident(context: Context, number: str, finding: str, event: str | None, as_json: bool) -> None:
    """Notes what you found about a letter in wrong hands; never whoever sent it or recorded that."""

    def use(desk: "Desk", found: "Case") -> "Done[Case]":
        waiting = [each.incident.event for each in desk.post.incidents() if each.case == found.id and event in (None, each.incident.event)]
        if len(waiting) != 1:
            told = "has several incidents" if waiting else "has no such incident"
            raise UserError(f"{found.number} {told}.", "`ur-desk audit incidents --json` lists them with their ids. Nothing was changed.")
        return desk.post.review_incident(found.id, waiting[0], finding)

    act(context, number, as_json, use)


def _letter(found: "Case", name: str | None, party: "Party | None" = None) -> "LetterId":
    """The letter of that id; without one the last that goes to the party, or the last of all."""
    from ur_desk.domain.letters.delivery import parties

    for letter in reversed(found.letters):
        if letter.id == name.strip() if name else party in (None, *parties(letter, found)):
            return letter.id
    raise UserError(f"{found.number} has no such letter.", "Look at its letters with `case show`. Nothing was saved.")


def _sending(found: "Case", place: int | None) -> "Sending":
    if not found.sendings or not 1 <= (place or 1) <= len(found.sendings):
        raise UserError(f"{found.number} has no such sending.", "Look at `letter sendings`. Nothing was saved.")
    return found.sendings[place - 1 if place else -1]


def _proof(desk: "Desk", file: Path | None) -> "Proof | None":
    from ur_desk.desk.steps import finish

    return None if file is None else finish(desk.records.bring(file))


def _owed_data(each: "StillOwed") -> dict[str, Any]:
    return {
        "case": each.number,
        "letter": each.letter.id,
        "number": each.letter_number,
        "dated": each.letter.dated.isoformat(),
        "owed_to": each.party.value,
        "why": each.why,
        "needs_new_letter": each.late,
    }


def _incident_data(each: "ToLookInto") -> dict[str, Any]:
    told = each.incident.told
    return {
        "case": each.number,
        "event": each.incident.event,
        "at": told.at.isoformat(),
        "by": _who(each),
        "reached": told.reached,
        "found": told.found,
        "done": told.done,
    }


def _who(each: "ToLookInto") -> str:
    return each.person.name if each.person else each.incident.by


LETTER_COMMANDS = (owed, sent, sent_all, sendings, proof, save_proof, returned, misdirected, cover, return_sheet)
AUDIT_COMMANDS = (incidents, incident)
