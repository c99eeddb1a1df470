"""`ur-desk intake`: request files in, requests and problems out; with `--save` cases too."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ur_desk.cli.columns import check_flags, column_options, mapping_of, print_columns
from ur_desk.cli.common import KINDS, Context, instant, json_option, pass_context, read_file
from ur_desk.cli.importing import say_skipped
from ur_desk.cli.output import echo, say, write_json
from ur_desk.cli.paper import take_up
from ur_desk.cli.progress import watched
from ur_desk.domain.visible import without_ssn
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.desk.brought import Brought, Item, Resembling, Run
    from ur_desk.desk.desk import Desk
    from ur_desk.desk.steps import Steps
    from ur_desk.domain.findings import Extracted, Problem
    from ur_desk.domain.intake.mapping import Mapping, Sender
    from ur_desk.domain.intake.receipt import Receipt
    from ur_desk.domain.request import Request

CHOICES = ("nothing", "new", "again", "information", "appeal", "reopening", "leave-out")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the flags say of one request: its place among the requests of the file, what it is, in which case, and why; and with `paper`
    that what may be a policy is paper."""

    choice: str | None = None
    case: str | None = None
    reason: str = ""
    nth: int | None = None
    paper: bool = False
    received: str | None = None
    shown_by: str | None = None
    where: str = ""


@dataclass(slots=True)
class Taken:
    """What came of an intake: requests and problems as printed, the cases opened, the drafts that hold paper, and what a person must
    still decide."""

    requests: "list[Request]" = field(default_factory=list)
    problems: "list[Problem]" = field(default_factory=list)
    cases: list[str] = field(default_factory=list)
    drafts: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    decided: int = 0


WAYS = ("file-time", "sender-clock", "now")


def deciding_options(command: Callable[..., None]) -> Callable[..., None]:
    """The flags that decide about what came in; `Wanted` takes them."""
    received = f"When files were received that do not say it: {', '.join(WAYS)}, or an instant such as 2017-10-05T09:30-04:00."
    for option in (
        click.option("--where", default="", help="Where that can be looked up: a page, a log's number, a folder."),
        click.option("--shown-by", type=click.Choice(KINDS), help="What shows the instant of --received."),
        click.option("--received", help=received),
        click.option("--reason", default="", help="Why it is left out."),
        click.option("--case", "case", help="The case that it is about."),
    ):
        command = option(command)
    return command


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--save", is_flag=True, help="Open a case for each good request that resembles none.")
@click.option("--as", "choice", type=click.Choice(CHOICES), help="With --save: what the request is that resembles a case.")
@deciding_options
@click.option("--nth", type=click.IntRange(1), help="Which request is meant by --as, counted over all files.")
@click.option("--paper", is_flag=True, help="With --save: a PDF that may be a policy is paper to be keyed.")
@column_options
@json_option
@pass_context
def intake(
    context: Context, /, files: tuple[Path, ...], save: bool, sender: str | None, mapping: Path | None, columns: bool, as_json: bool,
    **flags: Any,
) -> None:  # fmt: skip
    """Reads request files, or folders of them, and prints requests and problems; saves nothing without --save.

    With --save a request that resembles nothing opens a case. Of any other it is said what it resembles, and with which flags to say
    what it is; until then it waits, and `ur-desk arrivals` lists it. A problem in one file stops no other. Where a file does not say
    when it was received, --received does for all its requests; without it no clock runs in their cases, and they stand in the worklist.

    Of paper (PDF, TIFF, PNG or JPEG of a fax, a scan or a form) nothing is read; with --save a draft of yours holds it, and its number
    is printed. Key the request beside it in the window, or hand the draft to a colleague with `ur-desk draft hand`.
    """
    check_flags(sender, mapping)
    wanted = Wanted(**flags)
    if (wanted.choice or wanted.paper or wanted.received) and not save:
        raise click.UsageError("--as, --paper and --received go with --save.")
    if columns:
        print_columns(files)
        return
    if save or sender:
        with context.desk() as desk:
            how = mapping_of(desk, sender, mapping)
            taken = _saved(desk, files, wanted, how) if save else _read(files, how, desk.senders.known())
    else:
        taken = _read(files, mapping_of(None, None, mapping))
    tell(taken, as_json or not save, saved=save)
    conclude(taken)


def extracted(path: Path, how: "Mapping | None" = None, senders: "Sequence[Sender]" = ()) -> "Extracted":
    """What is in a request file; no workspace is needed. UserError where it cannot be read.

    `how` says what the columns of a table mean; without it, what is known of the `senders` does, then the headers.
    """
    from ur_desk.cli.paper import told_of
    from ur_desk.desk.clock import SystemClock
    from ur_desk.desk.tables import Tables
    from ur_desk.domain.findings import Extracted
    from ur_desk.importers import extract

    data, codes = read_file(path), Tables().codeset
    if pages := told_of(data, path, codes):
        return Extracted((), (pages,))
    return extract(data, path.name, codes, SystemClock().now(), how, senders)


def _read(places: Sequence[Path], how: "Mapping | None", senders: "Sequence[Sender]" = ()) -> Taken:
    from ur_desk.desk.importing import files_in
    from ur_desk.desk.steps import work

    taken, unread = Taken(), list[UserError]()
    files, skipped = files_in(places)
    say_skipped(skipped)

    def reading() -> "Steps[None]":
        for path in files:
            try:
                found = yield from work(lambda path=path: extracted(path, how, senders))  # type: ignore[misc]
            except UserError as refused:
                unread.append(refused)
                taken.problems.append(_unread(path, refused))
                found = None
            taken.requests += found.requests if found else ()
            taken.problems += found.problems if found else ()
            taken.decided += 1

    stopped = watched(reading(), len(files), lambda: taken.decided, lambda: f"{taken.decided} of {len(files)} files read")
    _check_read(unread, files)
    if stopped:
        taken.refused.append(f"Stopped: {taken.decided} of {len(files)} files were read.")
    return taken


def _saved(desk: "Desk", places: Sequence[Path], wanted: Wanted, how: "Mapping | None") -> Taken:
    run, files = desk.arrivals.begin(places)
    say_skipped(run.skipped)
    words = f"of {run.total} files read"
    stopped = watched(desk.arrivals.look(run, files, how=how), run.total, lambda: run.done, lambda: f"{run.done} {words}")
    _check_read([UserError(each.message, each.hint) for each in run.refused], files)
    taken = Taken([item.request for item in run.items])
    taken.problems += [problem for file in run.files for problem in file.problems]
    taken.problems += [_unread(each.file, UserError(each.message, each.hint)) for each in run.refused]
    if stopped:
        taken.refused.append(f"Stopped: {run.done} of {run.total} files were read. What was read waits: see `ur-desk arrivals list`.")
        return taken
    for file in run.files:
        if file.before:
            say(f"{file.path.name}: the same file came in on {file.before[0].astimezone(desk.zone):%m/%d/%Y}, brought by {file.before[1]}.")
    take_up(desk, [file for file in run.files if file.paper], taken, unsure_too=wanted.paper)
    decide_all(desk, run, wanted, taken)
    return taken


def decide_all(desk: "Desk", run: "Run", wanted: Wanted, taken: Taken) -> None:
    """Decides what can be decided without a guess: what is alone opens a case, what the flags name is what they say."""
    _receive(desk, run, wanted)
    items = list(run.items)
    taken.requests = [item.request for item in items]
    meant = _meant(items, wanted)
    picked = [item for item in items if item.alone or item is meant]
    steps = _deciding(desk, picked, meant, wanted, taken)
    if watched(steps, len(picked), lambda: taken.decided, lambda: f"{taken.decided} of {len(picked)} requests decided"):
        taken.refused.append("Stopped. What was saved stays; the rest waits: see `ur-desk arrivals list`.")
    tried = {(item.file, item.place) for item in picked}
    now = [item for file in desk.arrivals.judged(run.files) for item in file.items]
    for nth, item in enumerate(now, start=1):
        if (item.file, item.place) not in tried:
            _tell_waiting(item, nth, taken)


def _receive(desk: "Desk", run: "Run", wanted: Wanted) -> None:
    """Keeps when the files were received that do not say it; UserError where one has no time of that kind, and nothing is kept."""
    bare = [file for file in run.files if file.bare]
    if wanted.received is None:
        if lacking := sum(len(file.bare) for file in bare if file.receipt is None):
            told = "1 request does" if lacking == 1 else f"{lacking} requests do"
            say(f"{told} not say when it was received; no clock runs in a case that is opened so. --received says it for whole files.")
        return
    desk.arrivals.receive({file.id: _receipt(desk, file, wanted) for file in bare})
    run.files[:] = desk.arrivals.judged(run.files)


def _receipt(desk: "Desk", file: "Brought", wanted: Wanted) -> "Receipt":
    from ur_desk.domain.intake.receipt import Receipt
    from ur_desk.domain.request import Evidence, ReceiptEvidence

    if wanted.received not in WAYS:
        shown = ReceiptEvidence(Evidence(wanted.shown_by), wanted.where or None) if wanted.shown_by else None
        return Receipt(instant(wanted.received, desk), str(desk.zone), shown)
    told = next((each.receipt for each in file.suggestions(str(desk.zone)) if each.way == wanted.received), None)
    if told is None:
        raise UserError(f"{file.path.name} tells no time of that kind.", "Say the instant, and with --shown-by what shows it. It waits.")
    return told


def _deciding(desk: "Desk", picked: "list[Item]", meant: "Item | None", wanted: Wanted, taken: Taken) -> "Steps[None]":
    from ur_desk.desk.choosing import Chosen
    from ur_desk.desk.steps import store
    from ur_desk.domain.intake.arriving import Choice

    case = (yield from store(lambda: desk.review.find(wanted.case or ""))) if wanted.case else None
    for item in picked:
        chosen = Chosen(Choice(wanted.choice or ""), case, wanted.reason) if item is meant else Chosen(Choice.NEW)
        if chosen.choice is Choice.NOTHING:
            yield from store(lambda item=item: desk.arrivals.look_at(item))  # type: ignore[misc]
            continue
        try:
            done = yield from desk.choosing.carry_out(item, chosen)
            taken.cases.append(done.value.number)
        except UserError as refused:
            taken.refused.append(f"{label(item)}: {refused}")
        taken.decided += 1


def _meant(items: "list[Item]", wanted: Wanted) -> "Item | None":
    """The one request that the flags are about; UserError where they name none, or more than one could be meant."""
    if wanted.choice is None:
        return None
    if wanted.nth is not None:
        if wanted.nth > len(items):
            raise UserError(f"There are {len(items)} requests only.", "They are counted over all files. Nothing was saved.")
        return items[wanted.nth - 1]
    asking = [item for item in items if not item.alone and item.became is None] or items
    if len(asking) != 1:
        raise UserError(
            f"{len(asking)} requests could be meant.", "Say with --nth which; they are counted over all files. Nothing was saved."
        )
    return asking[0]


def _tell_waiting(item: "Item", nth: int, taken: Taken) -> None:
    """Says of a request that opens no case by itself why that is so, and which flags decide."""
    from ur_desk.domain.findings import Problem
    from ur_desk.domain.policy import Severity

    where = label(item)
    if not item.waits:
        here = item.became or item.resembles[0]
        number = here.case.number if here.case else "a case that is open to named people only"
        taken.problems.append(Problem(Severity.INFO, "already-here", where, f"It is here already: {number}. It was not saved again."))
        return
    code, words = ("no-known-case", _LOST) if item.lost else ("resembles", " ".join(_resemblances(item)))
    taken.problems.append(Problem(Severity.WARNING, code, where, words))
    taken.refused.append(f"{where}: {words} {flags_for(item, nth)}")


_LOST = "It is a message about an earlier request, and no case here is the one that it means. It waits."


def _resemblances(item: "Item") -> Iterator[str]:
    for each in item.resembles:
        number = "a case that is open to named people only"
        if each.case:
            outcome = f", {each.case.determination.value}" if each.case.determination else ""
            number = f"{each.case.number} ({each.case.workflow.value}{outcome})"
        yield f"{likeness_words(each)} {number}."
    if item.twin:
        file, place, like = item.twin
        yield f"{LIKE[like.value]} request {place} of {file}, which waits too."


LIKE = {
    "here": "The same sender's id and content as in",
    "content": "The same content as in",
    "named": "It is about",
    "reference": "The same sender's id, with other content, as in",
    "service": "The same member, code and days as in",
}
"""How a request resembles what is there, in words before the number of the case."""
ANOTHER = "It names a case of another member:"


def likeness_words(found: "Resembling") -> str:
    """How a request resembles a case, in words before its number."""
    return ANOTHER if found.another else LIKE[found.likeness.value]


def flags_for(item: "Item", nth: int) -> str:
    """The flags that decide about a request, as one types them; `nth` counts it over all files."""
    from ur_desk.domain.intake.arriving import NEEDS_A_CASE, choices

    like = item.resembles[0] if item.resembles else None
    number = like.case.number if like and like.case else "CASE"
    told = choices(item.request.kind, like.likeness if like else None, like.adverse if like else False)
    extra = dict.fromkeys(NEEDS_A_CASE, f" --case {number}")
    flags = [f"--as {choice.value}{extra.get(choice, '')}{' --reason WHY' if choice.value == 'leave-out' else ''}" for choice in told]
    return f"Say which it is with --nth {nth} and one of: {'; '.join(flags)}."


def label(item: "Item") -> str:
    """A request by its file and its place in it."""
    return f"{item.path.name}: request {item.place}"


def tell(taken: Taken, whole: bool, *, saved: bool) -> None:
    """Prints what came of it: one document, or the case numbers; problems and what must be decided on standard error."""
    from ur_desk.records.request import problem_data, request_data

    for problem in taken.problems:
        if problem.code not in ("resembles", "no-known-case"):
            say(f"{problem.severity.value}: {problem.where}: {without_ssn(problem.message)}")
    for reason in taken.refused:
        say(reason)
    if not whole:
        for number in (*taken.cases, *(f"draft {name}" for name in taken.drafts)):
            echo(number)
        return
    told: dict[str, Any] = {
        "requests": [request_data(r) for r in taken.requests],
        "problems": [problem_data(p) for p in taken.problems],
    }
    write_json(told | {"cases": taken.cases} if saved else told)


def conclude(taken: Taken) -> None:
    """UserError where something was refused, or nothing could be read."""
    from ur_desk.domain.policy import Severity

    if not taken.requests and any(problem.severity is Severity.ERROR for problem in taken.problems):
        raise UserError("No request could be read.", "The problems above say why. Nothing was saved.")
    refused, read = len(taken.refused), len(taken.requests)
    if not refused:
        return
    if refused < read or taken.cases:
        raise UserError(f"{refused} of {read} requests opened no case.", "The others were saved.")
    which = "The request" if read == 1 else f"None of the {read} requests"
    raise UserError(f"{which} opened {'no' if read == 1 else 'a'} case.", "What stands above says why. No case was opened.")


def _unread(path: Path, refused: UserError) -> "Problem":
    from ur_desk.domain.findings import Problem
    from ur_desk.domain.policy import Severity

    return Problem(Severity.ERROR, "file-not-read", path.name, f"{refused.message} {refused.hint}".strip())


def _check_read(unread: Sequence[UserError], files: Sequence[Path]) -> None:
    """Where no file at all could be read there is nothing to print."""
    if unread and len(unread) == len(files):
        raise unread[0]


COMMANDS = (intake,)
