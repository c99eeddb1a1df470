"""Everything that the program does, in a process of its own whose home, temporary and settings folders the caller sets.

    python whole_journey.py ROOT OUTSIDE

Below ROOT lie the workspaces; OUTSIDE is where a person's own files lie: requests to import, letters that were exported. Prints the words
that tell of a person as JSON, and is killed at the end in the middle of a transaction.
"""

import json
import os
import signal
import sys
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from builders import CHEAP, TABLES, FixedClock, NoShares, line, open_desk, passphrase, people, request, sit_down, unclear
from phi_search import words_of

from ur_desk import app, paths, settings
from ur_desk.cli import run
from ur_desk.demo import open_demo, walk_in
from ur_desk.desk import workspace as opening
from ur_desk.desk.desk import Desk
from ur_desk.desk.exports import write_beside
from ur_desk.desk.steps import finish
from ur_desk.domain.drafts import draft_of
from ur_desk.domain.request import Request
from ur_desk.domain.workspace import WorkspaceKind
from ur_desk.errors import UserError
from ur_desk.records.request import request_data

NOTES = "Reports that Rosalind fell on the Meridian Street steps in May."


def window(root: Path, outside: Path) -> list[Request]:
    """The demo's cases and its tour through the real windows, settings and log kept as the app keeps them; its workspace stays."""
    from ur_desk.ui.tour import play

    asked = outside / "request.json"
    asked.write_text(json.dumps(request_data(walk_in())), encoding="utf-8")
    desks: list[Desk] = []

    def open_here() -> Desk:
        desks.append(open_demo(root / "demo"))
        return desks[0]

    app.begin_log()
    assert play(app.application(), open_here, asked, outside / "tour", lambda said: None) == 0
    settings.save(settings.Settings(place="review"), paths.app_config())
    desk = opening.open_desk(root / "demo", "mara", words("mara"), clock=FixedClock(later()), tables=TABLES, shares=NoShares())
    try:
        return [desk.review.case(case).request for case in desk.store.cases.ids()]
    finally:
        desk.close()


def words(name: str) -> str:
    from ur_desk.demo.people import PASSPHRASES

    return PASSPHRASES[name]


def later() -> datetime:
    return datetime(2017, 10, 20, tzinfo=UTC)


def shell(root: Path, outside: Path) -> list[Request]:
    """A person's own workspace by the command line: import, list, show, decide, letter, backup, restore, audit, and what goes wrong."""
    told = replace(request(line(1, "97110", "Therapeutic exercise")), clinical_notes=NOTES)
    file = outside / "own.json"
    file.write_text(json.dumps([request_data(told)]), encoding="utf-8")
    secret = outside / "passphrase"
    secret.write_text(passphrase("ada") + "\n", encoding="utf-8")
    secret.chmod(0o600)
    os.environ["UR_DESK_PASSPHRASE_FILE"] = str(secret)
    folder = root / "own"
    open_desk(folder, "ada", kind=WorkspaceKind.REAL, tables=TABLES, zone="America/Indiana/Indianapolis").close()
    run(["--workspace", str(folder), "--user", "ada", "intake", "--save", str(file)])
    desk = open_desk(folder, "ada", tables=TABLES)
    number = desk.review.case(desk.store.cases.ids()[0]).number
    desk.close()
    for command in (
        ["intake", str(file)],
        ["case", "list"],
        ["case", "list", "--text", "alvarado"],
        ["case", "show", number],
        ["case", "note", number, NOTES],
        ["case", "show", "no such Alvarado"],
        ["intake", str(outside / "Alvarado no such file.json")],
        ["backup", str(root / "kept.urbackup")],
        ["audit", "verify"],
        ["audit", "timeline", number],
        ["audit", "export"],
    ):
        status = run(["--workspace", str(folder), "--user", "ada", *command])
        assert status == ("no such" in " ".join(command)), command
    assert run(["--workspace", str(root / "back"), "--user", "ada", "restore", str(root / "kept.urbackup")]) == 0
    return [told]


def crash(root: Path, outside: Path, told: list[Request]) -> None:
    """What neither of them did: drafts, an amendment, an issued letter, an automatic backup, a new data key, a crash on the way."""
    own = replace(request(unclear()), member=replace(request().member, family="Quennell", given="Perpetua", member_id="W-9920-4417"))
    folder = root / "crashed"
    made = open_desk(
        folder, "ada", kind=WorkspaceKind.REAL, clock=FixedClock(), tables=TABLES, zone="America/Indiana/Indianapolis", cost=CHEAP
    )
    people(made)
    sit_down(made, "mara")
    made.intake.keep_draft("d1", draft_of(own))
    case = finish(made.intake.open(own, json.dumps(request_data(own)).encode())).value
    case = made.determinations.ask_for_information(
        case.id, case.revision, (1,), ["Quennell's order"], "why", "office", date(2017, 10, 20)
    ).value
    finish(made.letters.preview(case.id))
    case = finish(made.letters.issue(case.id, case.revision)).value
    write_beside(outside / "letter.pdf", made.letters.pdf(case.letters[0].id))
    with suppress(UserError):
        opening.sit_down(made, "Quennell", "Perpetua Quennell W-9920-4417")
    sit_down(made, "ada")
    assert made.keeping.automatic().made
    made.vault.rekey("for a test")
    sit_down(made, "mara")
    bug(made)
    made.store._door.execute("PRAGMA cache_size=10").fetchall()  # what is not kept yet lies in the log already
    with made.store.atomic():
        made.review.add_note(case.id, "Quennell " * 400_000)
        made.store._door.execute("SELECT count(*) FROM cases ORDER BY member").fetchall()
        every = {word for each in (*told, own) for word in words_of(each)}
        print(json.dumps({"words": sorted(every), "key": made.store.key.hex()}), flush=True)
        os.kill(os.getpid(), signal.SIGKILL)


def bug(made: Desk) -> None:
    """A bug that carries a name, as the window's one place for bugs gets it."""
    import logging

    from ur_desk.logbook import without_values

    try:
        raise ValueError("no such member: Quennell, Perpetua")
    except ValueError as wrong:
        logging.getLogger("ur_desk").error("a bug in the window: %s", without_values(wrong))


if __name__ == "__main__":
    place, others = Path(sys.argv[1]), Path(sys.argv[2])
    crash(place, others, [*window(place, others), *shell(place, others)])
