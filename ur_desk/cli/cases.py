"""`ur-desk case`: the worklist and one case."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from ur_desk.cli.common import Context, day, instant, json_option, pass_context, say, table, write_json
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.desk.verbs import Done
    from ur_desk.domain.case import Case
    from ur_desk.domain.determination import HeldElsewhere, PolicyCitation, Reason

lines_option = click.option("--line", "lines", multiple=True, type=int, help="A service line; all open ones if left out.")


@click.group()
def case() -> None:
    """Works the list of cases and one case."""


@case.command("list")
@click.option("--text", default="", help="Member, number or code.")
@click.option("--workflow", "workflows", multiple=True)
@click.option("--outcome", "outcomes", multiple=True)
@click.option("--code", default="")
@click.option("--reviewer", help="Who acted last on it, by account name.")
@click.option("--received-from")
@click.option("--received-to")
@click.option("--decided-from")
@click.option("--decided-to")
@click.option("--limit", type=click.IntRange(1, 10_000), default=200, show_default=True)
@json_option
@pass_context
def list_(context: Context, /, limit: int, as_json: bool, **asked: Any) -> None:
    """Lists cases, what is due soonest first."""
    from ur_desk.records.case import row_data

    with context.desk() as desk:
        page = desk.supervision.cases(_filter(desk, **asked), size=limit)
    if as_json:
        write_json([row_data(r) for r in page.rows])
        return
    rows = [
        (
            r.number,
            f"{r.due_at:%m/%d/%Y %H:%M}" if r.due_at else "no due date",
            r.workflow.value,
            r.determination.value if r.determination else "",
            " ".join(r.codes),
            r.member,
        )
        for r in page.rows
    ]
    click.echo(table(rows, ("case", "due", "workflow", "determination", "services", "member")))
    if page.total > len(page.rows):
        say(f"{page.total - len(page.rows)} more; name a larger --limit.")


def _filter(
    desk: "Desk", text: str, workflows: tuple[str, ...], outcomes: tuple[str, ...], code: str, reviewer: str | None, **days: str | None
) -> Any:
    from ur_desk.domain.determination import Determination, Workflow
    from ur_desk.domain.listing import CaseFilter

    try:
        workflow = frozenset(Workflow(w) for w in workflows)
        outcome = frozenset(Determination(o) for o in outcomes)
    except ValueError as wrong:
        raise UserError(f"{wrong}.", f"Workflows: {', '.join(Workflow)}. Outcomes: {', '.join(Determination)}.") from None
    who = desk.accounts.named(reviewer).id if reviewer else None
    told: dict[str, Any] = {name: day(value) for name, value in days.items()}
    return CaseFilter(text=text, workflow=workflow, outcome=outcome, code=code, reviewer=who, **told)


@case.command()
@click.argument("number")
@json_option
@pass_context
def show(context: Context, number: str, as_json: bool) -> None:
    """Shows a case as it is now."""
    from ur_desk.records.case import case_data

    with context.desk() as desk:
        found = desk.review.case(desk.review.find(number))
    if as_json:
        write_json(case_data(found))
        return
    due = found.clock.words if found.clock else ""
    click.echo(f"{found.number}  {found.workflow.value}  {found.determination.value if found.determination else 'no determination yet'}")
    click.echo(f"{found.request.member.listed_name}  {found.request.member.member_id or ''}")
    click.echo(f"Due: {found.clock.due_at:%m/%d/%Y %H:%M %Z} ({due})" if found.clock and found.clock.due_at else f"Due: {due}")
    rows = [
        (str(s.line), s.service.code or "", s.workflow.value, s.determination.value if s.determination else "", s.service.description or "")
        for s in found.lines
    ]
    click.echo(table(rows, ("line", "code", "workflow", "determination", "words")))


def _cite(found: "Case", cites: tuple[str, ...]) -> "tuple[PolicyCitation, ...]":
    """`RAD.00034:16` or `RAD.00034:14-16`: lines of a policy that the case was matched with."""
    from ur_desk.domain.determination import PolicyCitation
    from ur_desk.domain.policy import Anchor

    pins = {pin.policy.casefold(): pin for pin in (found.matched.pins if found.matched else ())}
    cited = []
    for cite in cites:
        name, _, span = cite.rpartition(":")
        first, _, last = span.partition("-")
        if name.casefold() not in pins or not first.isdigit() or not (last or first).isdigit():
            raise UserError(
                f"'{cite}' cites no line of a policy that this case was matched with.", "Write it as RAD.00034:16 or RAD.00034:14-16."
            )
        pin = pins[name.casefold()]
        cited.append(PolicyCitation(pin.policy, pin.effective, Anchor(pin.text, int(first), int(last or first))))
    return tuple(cited)


def _elsewhere(criteria: tuple[str, ...]) -> "tuple[HeldElsewhere, ...]":
    from ur_desk.domain.determination import HeldElsewhere

    told = []
    for criterion in criteria:
        parts = [part.strip() for part in criterion.split("|")]
        if len(parts) != 4 or not parts[0] or not parts[1]:
            raise UserError("A criterion held elsewhere is 'owner | title | version | section'.", "Nothing was saved.")
        told.append(HeldElsewhere(*parts))
    return tuple(told)


def _reason(found: "Case", words: str, cites: tuple[str, ...], criteria: tuple[str, ...], no_policy: bool) -> "Reason":
    from ur_desk.domain.determination import Reason

    return Reason(words.strip(), _cite(found, cites), _elsewhere(criteria), no_policy)


def _open_lines(found: "Case", lines: tuple[int, ...]) -> tuple[int, ...]:
    return lines or tuple(s.line for s in found.lines if s.decision is None)


def _act(context: Context, number: str, as_json: bool, use: "Callable[[Desk, Case], Done[Case]]") -> None:
    from ur_desk.records.case import case_data

    with context.desk() as desk:
        found = desk.review.case(desk.review.find(number))
        done = use(desk, found).value
    if as_json:
        write_json(case_data(done))
    else:
        click.echo(f"{done.number}: " + ", ".join(f"line {s.line} {(s.determination or s.workflow).value}" for s in done.lines))


reason_options = (
    click.option("--reason", "words", default="", help="The reason in plain words for the member."),
    click.option("--cite", "cites", multiple=True, help="Policy lines, such as RAD.00034:16."),
    click.option("--criterion", "criteria", multiple=True, help="A criterion held elsewhere: 'owner | title | version | section'."),
    click.option("--no-policy", is_flag=True, help="The library holds no policy that speaks of it."),
    click.option("--accept-unchecked", is_flag=True, help="Approve although coverage is not checked; it stays visible."),
    click.option("--rationale", default="", help="A physician's own clinical rationale."),
    click.option("--clarification", default="", help="How you found that a policy which asks does not stand against the lines."),
)


def _with_reason(command: Callable[..., None]) -> Callable[..., None]:
    for option in reversed(reason_options):
        command = option(command)
    return command


@case.command()
@click.argument("number")
@click.argument("verb", type=click.Choice(["approve", "refer", "ask", "withdraw"]))
@lines_option
@_with_reason
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
        d, picked = desk.determinations, _open_lines(found, lines)
        if verb == "refer":
            return d.refer(found.id, found.revision, picked, told["summary"], told["question"])
        if verb == "ask":
            return d.ask_for_information(
                found.id, found.revision, picked, told["items"], told["why"], told["asked_of"], day(told["answer_by"])
            )
        if verb == "withdraw":
            return d.withdraw(found.id, found.revision, picked, told["asked_of"], instant(told["at"], desk), told["how"])
        return _approve(desk, found, picked, told)

    _act(context, number, as_json, use)


def _approve(desk: "Desk", found: "Case", lines: tuple[int, ...], told: dict[str, Any]) -> "Done[Case]":
    reason = _reason(found, told["words"], told["cites"], told["criteria"], told["no_policy"])
    unchecked = [item.value for item in found.unchecked] if told["accept_unchecked"] else []
    return desk.determinations.approve(
        found.id, found.revision, lines, reason, rationale=told["rationale"], unchecked=unchecked, clarification=told["clarification"]
    )


@case.command()
@click.argument("number")
@click.argument("verb", type=click.Choice(["approve", "partial", "modify", "deny", "send-back"]))
@lines_option
@_with_reason
@click.option("--question", default="", help="For send-back: what the nurse should find out.")
@click.option(
    "--grant",
    help="For partial and modify: what is approved, as 'quantity=1 unit=visits code=72100 from=2017-10-12 to=2017-10-12 place=11'.",
)
@json_option
@pass_context
def sign(context: Context, /, number: str, verb: str, lines: tuple[int, ...], as_json: bool, grant: str | None, **told: Any) -> None:
    """A physician's decision: after the record is shown, signed by typing the account's name at the terminal."""
    from ur_desk.domain.determination import Determination, Workflow

    kinds = {"partial": Determination.PARTIAL, "modify": Determination.MODIFIED, "deny": Determination.DENIED}

    def use(desk: "Desk", found: "Case") -> "Done[Case]":
        picked = lines or tuple(s.line for s in found.lines if s.workflow is Workflow.WITH_PHYSICIAN)
        found = desk.review.open_record(found.id).value
        if verb == "send-back":
            return desk.determinations.send_back(found.id, found.revision, picked, told["question"])
        if verb == "approve":
            return _approve(desk, found, picked, told)
        reason = _reason(found, told["words"], told["cites"], told["criteria"], told["no_policy"])
        if not desk.demo:
            _prove_presence(desk, found, verb)
        granted = _granted(grant) if grant else None
        return desk.determinations.decide(found.id, found.revision, picked, kinds[verb], reason, told["rationale"], granted=granted)

    _act(context, number, as_json, use)


def _granted(text: str) -> Any:
    from decimal import Decimal, InvalidOperation

    from ur_desk.domain.determination import Granted

    names = {
        "code": "code",
        "quantity": "quantity",
        "unit": "unit",
        "from": "first_day",
        "to": "last_day",
        "place": "place_of_service",
        "provider": "provider",
    }
    told: dict[str, Any] = {}
    for part in text.split():
        name, _, value = part.partition("=")
        if name not in names or not value:
            raise UserError(
                f"'{part}' says nothing of what is approved.", f"Use {', '.join(names)}, such as quantity=1. Nothing was saved."
            )
        told[names[name]] = day(value) if name in ("from", "to") else value
    try:
        if "quantity" in told:
            told["quantity"] = Decimal(told["quantity"])
    except InvalidOperation:
        raise UserError("The quantity is no number.", "Nothing was saved.") from None
    return Granted(**told)


def _prove_presence(desk: "Desk", found: "Case", verb: str) -> None:
    import sys

    if not sys.stdin.isatty():
        raise UserError(
            "An adverse decision is signed at a terminal or in the window, one case at a time.",
            "Run this command in a terminal. Nothing was saved.",
        )
    typed = click.prompt(f"{found.number}: to sign '{verb}', type your account name", default="", show_default=False, err=True)
    if typed.strip().casefold() != desk.person.name.casefold():
        raise UserError("That is not your account's name.", "Nothing was signed.")


@case.command()
@click.argument("number")
@lines_option
@click.option("--what", required=True, help="What came: all, part, nothing useful.")
@click.option("--at", "at", help="When it came; now if left out.")
@json_option
@pass_context
def received(context: Context, number: str, lines: tuple[int, ...], what: str, at: str | None, as_json: bool) -> None:
    """Takes pended lines back into review."""
    from ur_desk.domain.determination import Workflow

    def use(desk: "Desk", found: "Case") -> "Done[Case]":
        picked = lines or tuple(s.line for s in found.lines if s.workflow is Workflow.PENDED)
        return desk.determinations.information_received(found.id, found.revision, picked, what, instant(at, desk))

    _act(context, number, as_json, use)


@case.command()
@click.argument("number")
@click.option("--line", type=int, required=True)
@click.option("--code")
@click.option("--words", help="The service in the requester's new words.")
@click.option("--quantity", type=str)
@click.option("--from", "first")
@click.option("--to", "last")
@click.option("--place")
@click.option("--agreed-by", required=True)
@click.option("--how", required=True)
@click.option("--at", "at", help="When they agreed; now if left out.")
@json_option
@pass_context
def amend(context: Context, /, number: str, line: int, agreed_by: str, how: str, at: str | None, as_json: bool, **changed: Any) -> None:
    """Amends a line as agreed with the requester, and matches again."""
    from dataclasses import replace

    from ur_desk.desk.steps import finish
    from ur_desk.domain.codes import procedure_system

    def use(desk: "Desk", found: "Case") -> "Done[Case]":
        try:
            before = found.line(line).service
        except KeyError:
            raise UserError(f"The case has no line {line}.", "Nothing was saved.") from None
        told: dict[str, Any] = {
            "description": changed["words"],
            "first_day": day(changed["first"]),
            "last_day": day(changed["last"]),
            "place_of_service": changed["place"],
            "quantity": _granted(f"quantity={changed['quantity']}").quantity if changed["quantity"] else None,
        }
        after = replace(before, **{k: v for k, v in told.items() if v is not None})
        if changed["code"]:
            code = changed["code"].strip().upper()
            after = replace(after, code=code, raw=changed["code"], system=procedure_system(code))
        return finish(
            desk.determinations.amend(found.id, found.revision, after, found.servicing_provider, agreed_by, instant(at, desk), how)
        )

    _act(context, number, as_json, use)


@case.command()
@click.argument("number")
@click.argument("item", type=click.Choice(["eligible", "benefit", "network", "other_coverage", "authorization_needed"]))
@click.option("--answer", required=True)
@click.option("--where", required=True)
@click.option("--on", "on", required=True)
@json_option
@pass_context
def coverage(context: Context, number: str, item: str, answer: str, where: str, on: str, as_json: bool) -> None:
    """Records the answer to a coverage question."""
    from ur_desk.domain.events import CoverageItem

    def use(desk: "Desk", found: "Case") -> "Done[Case]":
        looked = day(on)
        assert looked is not None
        return desk.review.check_coverage(found.id, found.revision, CoverageItem(item), answer, where, looked)

    _act(context, number, as_json, use)


@case.command()
@click.argument("number")
@click.option("--way", type=click.Choice(["call", "voicemail", "fax", "portal", "mail"]), required=True)
@click.option("--with", "with_whom", required=True)
@click.option("--to", "to", default="", help="The telephone or fax number.")
@click.option("--said", required=True)
@click.option("--at", "at", help="When; now if left out.")
@click.option("--not-reached", is_flag=True)
@json_option
@pass_context
def contact(
    context: Context, number: str, way: str, with_whom: str, to: str, said: str, at: str | None, not_reached: bool, as_json: bool
) -> None:
    """Logs a contact."""
    from ur_desk.domain.events import ContactLogged, ContactWay

    def use(desk: "Desk", found: "Case") -> "Done[Case]":
        told = ContactLogged(ContactWay(way), with_whom, to, said, instant(at, desk), not not_reached)
        return desk.review.log_contact(found.id, told)

    _act(context, number, as_json, use)


@case.command()
@click.argument("number")
@click.argument("text")
@json_option
@pass_context
def note(context: Context, number: str, text: str, as_json: bool) -> None:
    """Adds an internal note; it never reaches a letter."""
    _act(context, number, as_json, lambda desk, found: desk.review.add_note(found.id, text))


@case.command()
@click.argument("number")
@json_option
@pass_context
def rematch(context: Context, number: str, as_json: bool) -> None:
    """Matches a case again with the library as it stands now."""
    from ur_desk.desk.steps import finish

    _act(context, number, as_json, lambda desk, found: finish(desk.review.rematch(found.id, found.revision)))


@case.command()
@click.argument("number")
@json_option
@pass_context
def close(context: Context, number: str, as_json: bool) -> None:
    """Closes a case of which every line is noticed."""
    _act(context, number, as_json, lambda desk, found: desk.determinations.close(found.id, found.revision))


@case.command()
@click.argument("number")
@json_option
@pass_context
def undo(context: Context, number: str, as_json: bool) -> None:
    """Takes back your own last step in a case, until notice is given of it."""

    def use(desk: "Desk", found: "Case") -> "Done[Case]":
        last = desk.determinations.last_step(found.id)
        return desk.determinations.undo(found.id, found.revision, last)

    _act(context, number, as_json, use)


COMMANDS = (case,)
