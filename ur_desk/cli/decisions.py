"""`ur-desk case decide` and `case sign`: what a nurse may decide, and what a physician signs."""

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from ur_desk.cli.cases import act, lines_option, open_lines
from ur_desk.cli.common import Context, instant, json_option, maybe_day, pass_context
from ur_desk.cli.output import echo, typed
from ur_desk.cli.reasons import GROUNDS, administrative, approved_in, granted, reason_of, with_reason
from ur_desk.cli.show import case_text, side_by_side
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.desk.signing import Signing
    from ur_desk.desk.vault import Proof
    from ur_desk.desk.verbs import Done
    from ur_desk.domain.case import Case
    from ur_desk.domain.decisions.grounds import Agreement
    from ur_desk.domain.determination import Decision, Determination, Granted, Reason
    from ur_desk.domain.information.asking import InformationRequested

    Signed = tuple[Proof | None, Signing]


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
@click.option("--chase", "chase_on", help="For ask: the day on which to ask again.")
@click.option("--suggested", is_flag=True, help="For ask: everything that the findings suggest for these lines; see `case missing`.")
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
            return _ask(desk, found, picked, told)
        if verb == "withdraw":
            return d.withdraw(found.id, found.revision, picked, told["asked_of"], instant(told["at"], desk), told["how"])
        return _approve(desk, found, picked, told)

    act(context, number, as_json, use)


def _ask(desk: "Desk", found: "Case", lines: tuple[int, ...], told: dict[str, Any]) -> "Done[Case]":
    """Asks for what was typed, and where wished for all that the findings suggest."""
    from ur_desk.domain.information.asking import InformationRequested

    suggested = [w for each in desk.asking.missing(found.id, lines) for w in each.wanted] if told["suggested"] else []
    items = {item.strip(): None for item in told["items"] if item.strip()} | {w.item: w.cited for w in suggested}
    why = told["why"] or " ".join(dict.fromkeys(w.why for w in suggested))
    asked = InformationRequested(lines, tuple(items), why, told["asked_of"], maybe_day(told["answer_by"]))
    _tell_unsayable(desk, found, lines, asked)
    return desk.determinations.ask_for_information(
        found.id, found.revision, lines, tuple(items), why, told["asked_of"], maybe_day(told["answer_by"]),
        chase_on=maybe_day(told["chase_on"]), cites=tuple(items.values()) if suggested else (),
    )  # fmt: skip


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


def _approve(desk: "Desk", found: "Case", lines: tuple[int, ...], told: dict[str, Any], signed: "Signed | None" = None) -> "Done[Case]":
    from ur_desk.desk.signing import UNATTESTED

    proof, signing = signed or (None, UNATTESTED)
    reason = reason_of(found, told["words"], told["cites"], told["criteria"], told["no_policy"])
    unchecked = [item.value for item in found.unchecked] if told["accept_unchecked"] else []
    return desk.determinations.approve(
        found.id, found.revision, lines, reason, rationale=told["rationale"], unchecked=unchecked, clarification=told["clarification"],
        departure=told["departure"], proof=proof, signing=signing,
    )  # fmt: skip


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
@click.option(
    "--service", default="", help="For another code than was asked for: what that service is called, in plain words for the member."
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
@click.option(
    "--alternatives", default="", help="Other services that you suggest, or that there are none and why, in words for the member."
)
@click.option("--similar", default="", help="Why your training and experience are of the same or a similar specialty.")
@click.option("--no-conflict", is_flag=True, help="Attest for this decision that you have no conflict of interest; asked for if left out.")
@json_option
@pass_context
def sign(context: Context, /, number: str, verb: str, lines: tuple[int, ...], as_json: bool, grant: str | None, **told: Any) -> None:
    """A physician's decision. Request, record, pinned findings and what the state asks for are shown first, on standard error; what is
    adverse, and an exception from a position, is then signed by typing the passphrase at the terminal."""
    from ur_desk.domain.asked import FOR_PHYSICIAN
    from ur_desk.domain.decisions.grounds import Family
    from ur_desk.domain.decisions.signed import signs_anew
    from ur_desk.domain.determination import Determination

    kinds = {"partial": Determination.PARTIAL, "modify": Determination.MODIFIED, "deny": Determination.DENIED}

    def use(desk: "Desk", found: "Case") -> "Done[Case]":
        picked = lines or tuple(s.line for s in found.lines if s.workflow in FOR_PHYSICIAN)
        kind = kinds.get(verb, Determination.APPROVED)
        anew = verb != "send-back" and not desk.demo and signs_anew(found, picked, kind, desk.person)
        if anew:
            at_a_terminal()
        given = approved_in(granted(grant or "", told["service"]) if grant or told["service"] else None, told["spans"])
        opened_at = desk.clock.now()
        found = show_record(desk, found, picked, kind if verb != "send-back" else None, told["rationale"])
        if verb == "send-back":
            return desk.determinations.send_back(found.id, found.revision, picked, told["question"])
        reason = reason_of(found, told["words"], told["cites"], told["criteria"], told["no_policy"])
        if verb != "approve":
            _tell_unsayable(desk, found, picked, _draft(desk, kind, reason, given, told))
        signed = signed_with(desk, found, verb, {**told, "opened_at": opened_at}, anew)
        if verb == "approve":
            return _approve(desk, found, picked, told, signed)
        return desk.determinations.decide(
            found.id, found.revision, picked, kind, reason, told["rationale"], granted=given, proof=signed[0], signing=signed[1],
            information_needed=told["information_needed"], alternatives=told["alternatives"], departure=told["departure"],
            despite=told["despite"], family=Family(told["family"]), administrative=administrative(told["ground"], told["not_clinical"]),
            agreed=_agreed(desk, told),
        )  # fmt: skip

    act(context, number, as_json, use)


def _draft(desk: "Desk", kind: "Determination", reason: "Reason", given: "Granted | None", told: dict[str, Any]) -> "Decision":
    """The decision as it would be signed, to be looked at before it is."""
    from ur_desk.domain.decisions.grounds import Family
    from ur_desk.domain.determination import Decision, Signature

    person = desk.person
    signature = Signature(person.id, person.display, person.credential, desk.clock.now())
    return Decision(
        kind, reason, signature, told["rationale"], given, information_needed=told["information_needed"],
        alternatives=told["alternatives"], family=Family(told["family"]),
    )  # fmt: skip


def _tell_unsayable(desk: "Desk", found: "Case", lines: tuple[int, ...], said: "Decision | InformationRequested") -> None:
    """Says on standard error what no letter may say of these words, before anybody signs or asks with them."""
    for each in desk.letters.unsayable(found.id, lines, said):
        echo(f"- The letter may not say this: {typed(each.message)} {each.hint}", aside=True)


def _agreed(desk: "Desk", told: dict[str, Any]) -> "Agreement | None":
    """Who agreed to what is modified, when and how; None where nobody is named."""
    from ur_desk.domain.decisions.grounds import Agreement

    if not (told["agreed_by"] or told["agreed_how"]):
        return None
    return Agreement(told["agreed_by"].strip(), instant(told["agreed_at"], desk), told["agreed_how"].strip())


def show_record(desk: "Desk", found: "Case", lines: tuple[int, ...], kind: "Determination | None", rationale: str) -> "Case":
    """Notes that the record was opened, and shows it with the findings as they were pinned, and what whoever signs must meet; the case
    as shown."""
    desk.review.open_record(found.id)
    shown = desk.review.on_desk(found.id)
    echo(case_text(shown.case, desk.zone, shown.people), aside=True)
    echo(f"\n{side_by_side(shown.case.current_request, shown)}", aside=True)
    for words in _before(desk, shown.case, lines, kind, rationale):
        echo(words, aside=True)
    return shown.case


def _before(desk: "Desk", case: "Case", lines: tuple[int, ...], kind: "Determination | None", rationale: str) -> Iterator[str]:
    """What whoever signs must meet, what the decision would leave, and which words it shares with the nurse's."""
    from ur_desk.domain.appeals.independence import BAR_WORDS
    from ur_desk.domain.clocks.overdue import overdue_words
    from ur_desk.domain.decisions.binding import binding_words
    from ur_desk.domain.decisions.copying import shared_runs
    from ur_desk.domain.decisions.signed import SUGGESTED, leaving
    from ur_desk.domain.decisions.signing import words

    before = desk.signers.before(case.id, lines)
    yield "\nBEFORE YOU SIGN"
    if before.bar is not None:
        yield f"- {BAR_WORDS[before.bar]}"
    if kind is None or kind.adverse:
        yield from (f"- {told}" for told in words(before.required))
        yield from (f"- {overdue_words(told)}" for told in before.overdue)
        yield from (f"- {typed(binding_words(told))}" for told in before.approvals)
    for line, suggestion in leaving(case, lines, kind, desk.person) if kind else ():
        yield f"- Line {line}: the findings suggest {SUGGESTED[suggestion]}; --departure says why you leave that."
    nurses = [text for state in case.lines if state.referral for text in (state.referral.summary, state.referral.question)]
    for run in shared_runs(rationale, nurses):
        yield f"- These words stand in the nurse's text too: “{typed(run.words)}”"


def signed_with(desk: "Desk", found: "Case", verb: str, told: dict[str, Any], anew: bool) -> "Signed":
    """The proof of presence and what is attested with it; at a terminal both are asked for."""
    from ur_desk.desk.signing import Signing
    from ur_desk.domain.decisions.attention import Attention
    from ur_desk.domain.decisions.signing import NO_CONFLICT

    attested = told["no_conflict"] or (anew and click.confirm(f"{NO_CONFLICT} Do you attest this?", err=True))
    signing = Signing(attested, told["similar"], Attention(told["opened_at"]))
    return (_prove_presence(desk, found, verb) if anew else None), signing


def at_a_terminal() -> None:
    """UserError where nobody sits at a terminal: nothing adverse is signed by a program."""
    if sys.stdin is None or not sys.stdin.isatty():
        raise UserError(
            "An adverse decision is signed at a terminal or in the window, one case at a time.",
            "Run this command in a terminal. Nothing was saved.",
        )


def _prove_presence(desk: "Desk", found: "Case", verb: str) -> "Proof":
    typed = click.prompt(f"{found.number}: to sign '{verb}', type your passphrase", hide_input=True, err=True)
    return desk.vault.prove(typed)


COMMANDS = (decide, sign, reword)
