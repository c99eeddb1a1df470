"""Every writing verb of the program as a step that can be killed: what stands before it, who does it, and who must get in afterwards."""

import gzip
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from builders import (
    BOOKLET,
    CHEAP,
    NO_POLICY,
    NOW,
    TABLES,
    UNCHECKED,
    FixedClock,
    MemorySeen,
    NoShares,
    cites,
    clock_file,
    confirm,
    denial_form,
    desk_in,
    earlier_receipt,
    enrolled,
    extension,
    heard,
    line,
    open_desk,
    opened,
    passphrase,
    profile,
    recovery_of,
    request,
    sender,
    sit_down,
    spanish,
)
from fonts_made import HAN, font_of
from record_makers import PAGES, PROOF, record

from ur_desk.desk import workspace as opening
from ur_desk.desk.appeals import Filed
from ur_desk.desk.brought import Brought, Item
from ur_desk.desk.desk import Desk
from ur_desk.desk.encrypting import encrypt_workspace
from ur_desk.desk.restoring import restore_desk
from ur_desk.desk.sign_in import recovery_keys
from ur_desk.desk.steps import finish
from ur_desk.domain.appeals.following import Asker
from ur_desk.domain.case import Case
from ur_desk.domain.clocks.events import Audience, basis_of
from ur_desk.domain.clocks.facts import Particulars
from ur_desk.domain.decisions.grounds import Administrative, Matter
from ur_desk.domain.decisions.outcomes import Cause, Dismissal
from ur_desk.domain.determination import Determination, Reason
from ur_desk.domain.drafts import draft_of
from ur_desk.domain.events import CaseId, ContactLogged, ContactWay, CoverageItem, Following, PeerOutcome, Restriction
from ur_desk.domain.guard.vault import Signer
from ur_desk.domain.letters.delivery import Party
from ur_desk.domain.letters.delivery import Way as Sent
from ur_desk.domain.library.correction import Correction, What
from ur_desk.domain.library.shelf import FindingKey
from ur_desk.domain.library.versions import VersionRule
from ur_desk.domain.people import Account, Credential, Role
from ur_desk.domain.request import LineOfBusiness, Provider, Urgency
from ur_desk.domain.trail.computer_clock import Moment
from ur_desk.domain.trail.witness import LastSeen
from ur_desk.domain.workspace import WorkspaceKind
from ur_desk.errors import BeforeVault, UserError
from ur_desk.records.canonical import canonical_bytes
from ur_desk.records.request import request_data
from ur_desk.store.store import Store

ANOTHER = "quite another phrase of seven words"
RELEASED = Path(__file__).parent.parent / "store" / "schemas" / "schema-1.db.gz"
PEOPLE = ("ada", "mara", "osei", "sol")


class FileShares:
    """A computer's credential store as far as a kill goes: what it holds stays when a process ends."""

    def get(self, workspace: str) -> bytes | None:
        return bytes(range(32))

    def make(self, workspace: str) -> bytes:
        return bytes(range(32))


@dataclass
class Base:
    """A closed workspace from which kills start: its folder, and what its people carry in their heads."""

    folder: Path
    key: bytes = b""
    seats: dict[str, tuple[Account, Signer]] = field(default_factory=dict)
    at: datetime = NOW
    told: dict[str, Any] = field(default_factory=dict)

    def on(self, folder: Path, who: str, use: Callable[[Desk, CaseId], object]) -> None:
        """A verb on the first case, of which the person may read nothing yet."""
        desk = self.desk(folder, who)
        use(desk, desk.store.cases.ids()[0])
        desk.close()

    def desk(self, folder: Path, who: str) -> Desk:
        """A desk on a copy of it, somebody with their keys sitting there."""
        person, signer = self.seats[who]
        return Desk(Store(folder, who, self.key, begin=False), TABLES, person, FixedClock(self.at), signer, FileShares())


Work = Callable[[Path, Base], object]
Way = Callable[[Path, Base], Desk]


def by(name: str, words: str = "", new: str = "") -> Way:
    """Somebody opens what lies there, with a passphrase as anybody types it."""

    def way(folder: Path, base: Base) -> Desk:
        told = {"clock": FixedClock(base.at + timedelta(minutes=5)), "tables": TABLES, "shares": FileShares(), "seen": MemorySeen()}
        return opening.open_desk(folder, name, words or passphrase(name), new_passphrase=new, **told)

    return way


@dataclass(frozen=True, slots=True)
class Step:
    """A verb to be killed: what stands before it, what is done, and the ways of which one must open what is left."""

    verb: str
    before: Callable[[Desk, Base], object]
    work: Work
    ways: tuple[Way, ...] = (by("ada"),)
    at_once: bool = True
    """Whether it is one transaction: what is there afterwards is what was there before, or all of it."""
    phi_before: bool = False
    """Whether patient data lies open beforehand, so that its absence afterwards says nothing."""


def at(who: str, use: Callable[[Desk, Any], object]) -> Work:
    """A verb of somebody who sits at the desk, on the first case of the workspace."""

    def work(folder: Path, base: Base) -> None:
        desk = base.desk(folder, who)
        ids = desk.store.cases.ids()
        use(desk, desk.review.case(ids[0]) if ids else None)
        desk.close()

    return work


def nothing(desk: Desk, base: Base) -> None:
    """What stands before most verbs: a case of two services, opened by mara."""


def referred(desk: Desk, base: Base) -> Case:
    case = first(desk)
    sit_down(desk, "mara")
    return desk.determinations.refer(case.id, case.revision, (1,), "Back pain for five months.").value


def offered(desk: Desk, base: Base) -> None:
    referred(desk, base)
    case = first(desk)
    desk.peers.offer(case.id, case.revision, (1,), ContactWay.VOICEMAIL, "Dr. Natarajan", NOW, "1-800-555-0146")


def seen(desk: Desk, base: Base) -> Case:
    case = referred(desk, base)
    sit_down(desk, "osei")
    return desk.review.open_record(case.id).value


def approved(desk: Desk, base: Base) -> Case:
    case = first(desk)
    sit_down(desk, "mara")
    return desk.determinations.approve(case.id, case.revision, (2,), NO_POLICY, unchecked=UNCHECKED).value


def lettered(desk: Desk, base: Base) -> Case:
    case = approved(desk, base)
    return finish(desk.letters.issue(case.id, case.revision, (2,))).value


def mailed(desk: Desk, base: Base) -> Case:
    case = lettered(desk, base)
    return desk.post.send(case.id, case.revision, case.letters[0].id, Sent.MAIL, Party.MEMBER, desk.clock.now()).value


def misdirected(desk: Desk, case: Case) -> None:
    told = (case.sendings[0].event, desk.clock.now(), "a garage", "They called.", "Asked to destroy it.")
    desk.post.record_misdirected(case.id, case.revision, *told)


def in_wrong_hands(desk: Desk, base: Base) -> None:
    misdirected(desk, mailed(desk, base))


def asked(desk: Desk, base: Base) -> None:
    case = first(desk)
    sit_down(desk, "mara")
    desk.determinations.ask_for_information(case.id, case.revision, (2,), ["order"], "why", "office")


FINDING = FindingKey("history-status-missing", 114)
"""What the lint says of the bundled abstract."""


def waiver(desk: Desk, case: Any) -> object:
    return desk.library.waive("RAD.00034", FINDING, "The history is as the document prints it.")


def waived(desk: Desk, base: Base) -> None:
    sit_down(desk, "mara")
    waiver(desk, None)


def gone_back(desk: Desk, base: Base) -> None:
    """This computer saw a later event than the workspace holds now."""
    desk.seen.keep(desk.vault.ring().workspace, LastSeen(10**6, "0" * 64, Moment(NOW, "", 0)))
    sit_down(desk, "sol")


def explanation(desk: Desk, case: Any) -> object:
    return desk.witness.explain(desk.witness.gone_back()[0].event, "It was put back from a backup.")


def withdrawn(desk: Desk, base: Base) -> Case:
    case = first(desk)
    sit_down(desk, "mara")
    return desk.determinations.withdraw(case.id, case.revision, (1, 2), "office", NOW, "by fax").value


def held(desk: Desk, base: Base) -> None:
    sit_down(desk, "sol")
    desk.retention.hold(desk.store.cases.ids()[0], "Audit")


def restricted(desk: Desk, base: Base) -> None:
    sit_down(desk, "sol")
    desk.fence.restrict(desk.store.cases.ids()[0], Restriction.EMPLOYEE, "Works here.", ["mara", "sol"])


def doubted(desk: Desk, base: Base) -> None:
    sit_down(desk, "mara")
    case = desk.review.case(desk.store.cases.ids()[0])
    desk.receipts.doubt(case.id, case.revision, earlier_receipt(case), "The fax was stamped a day late.")


def broken(desk: Desk, base: Base) -> None:
    restricted(desk, base)
    sit_down(desk, "osei")
    desk.fence.break_glass(desk.store.cases.ids()[0], "The member waits in the emergency room.")


def over(desk: Desk, base: Base) -> None:
    withdrawn(desk, base)
    assert isinstance(desk.clock, FixedClock)
    desk.clock.at += timedelta(days=365 * 11)


def proposed(desk: Desk, base: Base) -> None:
    over(desk, base)
    sit_down(desk, "sol")
    desk.retention.propose()


def waiting(desk: Desk, base: Base) -> None:
    sit_down(desk, "ada")
    base.told["code"] = desk.accounts.add("kit", "Kit Novak", frozenset({Role.AUDITOR})).value.code


def recoverable(desk: Desk, base: Base) -> None:
    sit_down(desk, "ada")
    parts = recovery_of(desk)
    base.told["parts"] = (parts.first, parts.second)


def backed_up(desk: Desk, base: Base) -> None:
    sit_down(desk, "ada")
    desk.keeping.back_up(base.folder.parent / "kept.urbackup")
    desk.accounts.save_profile(profile(state="OH"))


def drafted(desk: Desk, base: Base) -> None:
    sit_down(desk, "mara")
    desk.intake.keep_draft("d1", draft_of(request()))


def drafted_beside_a_colleague(desk: Desk, base: Base) -> None:
    sit_down(desk, "ada")
    enrolled(desk, "nia", "Nia Abara", frozenset({Role.NURSE}))
    drafted(desk, base)


def known_sender(desk: Desk, base: Base) -> None:
    sit_down(desk, "mara")
    desk.senders.keep(sender())


_OUTSIDE = TemporaryDirectory(prefix="ur-desk-faults-")
"""Where request files lie that come in; the search for names looks at the workspace only."""


def request_files(count: int) -> list[Path]:
    """So many files with a request each."""
    files = [Path(_OUTSIDE.name, f"{number}.json") for number in range(count)]
    for number, file in enumerate(files):
        if not file.exists():
            file.write_bytes(canonical_bytes(request_data(request(reference=f"R-{number}", received_at=NOW, clinical_notes="More."))))
    return files


def look(desk: Desk, count: int = 1) -> list[Item]:
    """The requests of so many files, looked at."""
    run, files = desk.arrivals.begin(request_files(count))
    return list(finish(desk.arrivals.look(run, files)).value.items)


def arrived(desk: Desk, base: Base) -> None:
    sit_down(desk, "mara")
    look(desk)


def paper_arrived(desk: Desk, base: Base) -> None:
    """A fax waits at the door."""
    sit_down(desk, "mara")
    file = Path(_OUTSIDE.name, "fax.pdf")
    file.write_bytes(PAGES)
    run, files = desk.arrivals.begin([file])
    finish(desk.arrivals.look(run, files))


def paper_at_the_door(desk: Desk) -> Brought:
    """The fax that waits at the door."""
    return desk.arrivals.report(desk.arrivals.runs()[0].id).to_key[0]


def seen_at_the_door(desk: Desk) -> Item:
    """The first request that waits at the door."""
    return desk.arrivals.report(desk.arrivals.runs()[0].id).waiting[0]


def left_out(desk: Desk, base: Base) -> None:
    sit_down(desk, "mara")
    finish(desk.choosing.leave_out(look(desk)[0], "Another plan."))


def arrived_and_opened(desk: Desk, base: Base) -> None:
    sit_down(desk, "mara")
    finish(desk.choosing.open(look(desk)[0]))


def newest(desk: Desk) -> Case:
    return desk.review.case(desk.store.cases.ids()[-1])


def denied_one(desk: Desk, base: Base) -> None:
    """The first case is denied."""
    base.told["denied"] = denial(desk, seen(desk, base))
    sit_down(desk, "mara")


def appealed(desk: Desk, base: Base) -> None:
    denied_one(desk, base)
    case = first(desk)
    filed = Filed(Following.APPEAL, (1,), Asker.MEMBER, "R. Alvarado", case.opened_at)
    finish(desk.appeals.open(case.id, case.revision, filed))


def refused(desk: Desk, base: Base) -> None:
    """The first case is denied, and an appeal against it waits at the door."""
    case = seen(desk, base)
    base.told["denied"] = denial(desk, case)
    arrived(desk, base)


def many_at_once(desk: Desk, case: Any) -> None:
    """Three files looked at, and a case opened for each."""
    for item in look(desk, 3):
        finish(desk.choosing.open(replace(item, resembles=desk.arrivals.resembling(item.request))))


def nothing_lost_at_the_door(folder: Path, base: Base) -> Desk:
    """Whoever opens the workspace finds each request that was read in a case or waiting, and none of them twice."""
    desk = by("mara")(folder, base)
    for row in desk.arrivals.runs():
        items = list(desk.arrivals.report(row.id).items)
        numbers = [item.became.case.number for item in items if item.became and item.became.case]
        if len(numbers) != len(set(numbers)) or len(numbers) + row.waiting != len(items):
            raise UserError("A request was lost at the door.", "")
        if len(numbers) != len(desk.store.cases.ids()) - 1:
            raise UserError("A request was saved twice.", "")
    return desk


def missed(desk: Desk, base: Base) -> None:
    with suppress(UserError):
        opening.sit_down(desk, "kit", "not the words of kit at all")
    with suppress(UserError):
        opening.sit_down(desk, "sol", "not the words of sol at all")


def first(desk: Desk) -> Case:
    return desk.review.case(desk.store.cases.ids()[0])


def denial(desk: Desk, case: Any) -> object:
    reason = Reason("Research has not shown that the study helps.", cites(case, 15))
    proof = desk.vault.prove(passphrase("osei"))
    return desk.determinations.decide(case.id, case.revision, (1,), Determination.DENIED, reason, "Own reasoning.", proof=proof)


USED_UP = Administrative(Matter.USED_UP, "The count of what was used decides it, and nothing about the member's health.")


def used_up(desk: Desk, base: Base) -> Case:
    """The first case with the physician, in which somebody found that the benefit is used up."""
    case = first(desk)
    sit_down(desk, "mara")
    desk.review.check_coverage(case.id, case.revision, CoverageItem.BENEFIT, "used up", "the benefit file", NOW.date())
    return seen(desk, base)


def administrative_denial(desk: Desk, case: Any) -> object:
    proof = desk.vault.prove(passphrase("osei"))
    return desk.determinations.deny_administratively(case.id, case.revision, (1,), USED_UP, BOOKLET, proof=proof)


def of_medicare(desk: Desk, base: Base) -> None:
    """Behind the first case, one of which a request can be dismissed."""
    opened(desk, line_of_business=LineOfBusiness.MEDICARE_ADVANTAGE)


def dismissal(desk: Desk, case: Any) -> object:
    return desk.determinations.dismiss(newest(desk).id, newest(desk).revision, (1,), Dismissal.NOT_PARTY, "A neighbour asked.")


def dismissed(desk: Desk, base: Base) -> None:
    of_medicare(desk, base)
    sit_down(desk, "osei")
    dismissal(desk, None)


def purge(desk: Desk, case: Any) -> object:
    return desk.retention.approve(desk.vault.prove(passphrase("ada")))


def change(desk: Desk, case: Any) -> object:
    return desk.vault.change_passphrase(passphrase("mara"), ANOTHER)


def enrolment(folder: Path, base: Base) -> None:
    opening.open_desk(
        folder,
        "kit",
        base.told["code"],
        new_passphrase=ANOTHER,
        clock=FixedClock(base.at),
        tables=TABLES,
        shares=NoShares(),
        seen=MemorySeen(),
    ).close()


def by_code(folder: Path, base: Base) -> Desk:
    return by("kit", base.told["code"], ANOTHER)(folder, base)


def recovery(folder: Path, base: Base) -> Desk:
    return opening.recover_desk(folder, "ada", base.told["parts"], ANOTHER, clock=FixedClock(base.at), tables=TABLES, seen=MemorySeen())


def not_lost(name: str) -> Way:
    """Somebody gets in with their passphrase for as long as no event says that they may not any more."""

    def way(folder: Path, base: Base) -> Desk:
        desk = by("ada")(folder, base)
        state = desk.store.workspace()
        account = next(a for a in desk.accounts.all() if a.name == name)
        if account.id in state.keys and not account.retired:
            desk.close()
            return by(name)(folder, base)
        with pytest.raises(UserError):
            opening.sit_down(desk, name, passphrase(name))
        return desk

    return way


def recovery_not_lost(folder: Path, base: Base) -> Desk:
    """The parts on paper open for as long as no event tells of newer ones."""
    desk = by("ada")(folder, base)
    made = [verb for (verb,) in desk.store._door.execute("SELECT verb FROM events").fetchall() if verb == "recovery.make"]
    if len(made) > 1:
        return desk
    recovery_keys(desk.vault.ring(), *base.told["parts"])
    return desk


def restoring(folder: Path, base: Base) -> None:
    clock = FixedClock(base.at + timedelta(days=1))
    file = folder.parent / "kept.urbackup"
    restore_desk(file, folder, "ada", passphrase("ada"), replace=True, clock=clock, tables=TABLES, shares=NoShares()).desk.close()


def after_restoring(folder: Path, base: Base) -> Desk:
    """Between two renames nothing lies under the name: the workspace lies whole under its other name, the backup where it was."""
    if not folder.exists():
        (kept,) = folder.parent.glob(f"{folder.name}-before-restore-*")
        kept.rename(folder)
    return by("ada")(folder, base)


def beginning(folder: Path, base: Base) -> None:
    new(folder, base).close()


def new(folder: Path, base: Base) -> Desk:
    return open_desk(folder.parent / "new", "ada", kind=WorkspaceKind.DEMO, clock=FixedClock(base.at), tables=TABLES, zone="UTC")


def encrypting(folder: Path, base: Base) -> None:
    encrypt_workspace(folder.parent / "old", "ada", passphrase("ada"), clock=FixedClock(base.at), tables=TABLES, cost=CHEAP)


def plain(desk: Desk, base: Base) -> None:
    old = base.folder.parent / "old"
    old.mkdir()
    (old / "desk.db").write_bytes(gzip.decompress(RELEASED.read_bytes()))


def encrypted(folder: Path, base: Base) -> Desk:
    old = folder.parent / "old"
    try:
        opening.holds_workspace(old)
    except BeforeVault:
        encrypting(folder, base)
    return by("ada")(old, base)


def library(desk: Desk, case: Any, anew: bool = False) -> object:
    told = (TABLES.folder / "policies" / "RAD.00034.abstract.txt").read_text(encoding="utf-8")
    own = "\n".join(row for row in told.splitlines() if "abstract" not in row.casefold())
    return finish(desk.library.load(own.encode(), "own.txt", anew=anew))


def undated(desk: Desk, base: Base) -> None:
    """A document of which nobody can say from when it is in force."""
    told = (TABLES.folder / "policies" / "RAD.00034.abstract.txt").read_text(encoding="utf-8")
    own = "\n".join(row for row in told.splitlines() if "abstract" not in row.casefold()).replace("Current Effective Date", "Publish Date")
    sit_down(desk, "mara")
    assert finish(desk.library.load(own.encode(), "own.txt")).value.policy.version.effective is None


def retired(desk: Desk, base: Base) -> None:
    sit_down(desk, "mara")
    desk.versions.retire("RAD.00034", date(2018, 1, 1), "the notice")


def mended(desk: Desk) -> object:
    return desk.readings.correct(
        "RAD.00034", Correction(What.SECTION_JOIN, desk.readings.draft("RAD.00034").shelved.policy.sections[2].first_line)
    )


def redrafted(desk: Desk, base: Any) -> None:
    """A draft beside a confirmed reading."""
    library(desk, None)
    sit_down(desk, "sol")
    confirm(desk)
    library(desk, None, anew=True)
    mended(desk)


def discarded(desk: Desk, base: Any) -> None:
    """A draft that was given up."""
    redrafted(desk, base)
    desk.readings.discard("RAD.00034")


def automatic(desk: Desk, case: Any) -> object:
    """The day's backup, which a demo does not make by itself."""
    made = desk.keeping._automatic(overdue_only=False)
    assert made.made
    return made


def urgent_one(desk: Desk, base: Any) -> None:
    """An urgent request, received an hour ago."""
    opened(desk, urgency=Urgency.EXPEDITED, received_at=NOW - timedelta(hours=1))


def _first(desk: Desk) -> Any:
    return desk.review.case(desk.store.cases.ids()[0])


def paused(desk: Desk, base: Any) -> None:
    """A clock that waits for an answer."""
    case = _first(desk)
    desk.clocks.extend(case.id, case.revision, extension(), PROOF)


def misfiled(desk: Desk, base: Any) -> None:
    """A request that was filed otherwise than the plan asks, of which the requester has not heard."""
    case = _first(desk)
    told = replace(basis_of(case.request, case.clockwork.particulars), particulars=Particulars(misfiled=True))
    finish(desk.clocks.change(case.id, case.revision, told, "It went to the billing office.", "the mail room"))


def rows_loaded(desk: Desk, base: Any) -> None:
    """Clock rows of the workspace's own."""
    sit_down(desk, "sol")
    desk.clock_rows.load(clock_file("VT"), "vermont.json")


D = Any
STEPS: tuple[Step, ...] = (
    Step("workspace.begin", nothing, beginning, (new,), at_once=False),
    Step("sign in", missed, lambda folder, base: by("ada")(folder, base).close(), at_once=False),
    Step("key.enrol", waiting, enrolment, (by_code, by("kit", ANOTHER)), at_once=False),
    Step("recovery.use", recoverable, lambda folder, base: recovery(folder, base).close(), (recovery, by("ada", ANOTHER)), at_once=False),
    Step("vault.rekey", nothing, at("ada", lambda d, c: d.vault.rekey("for a test")), (by("mara"),), at_once=False),
    Step("vault.encrypt", plain, encrypting, (encrypted,), at_once=False, phi_before=True),
    Step("backup.restored", backed_up, restoring, (after_restoring,), at_once=False),
    Step("case.open", nothing, at("mara", lambda d, c: finish(d.intake.open(request(), b"as received" * 40000)))),
    Step("case.match", nothing, at("mara", lambda d, c: finish(d.review.rematch(c.id, c.revision)))),
    Step("case.complete", nothing, at("mara", lambda d, c: finish(d.intake.complete(c.id, c.revision, replace(c.request, reference="R-1"), "office", "fax")))),
    Step("record.open", referred, at("osei", lambda d, c: d.review.open_record(c.id))),
    Step("coverage.check", nothing, at("mara", lambda d, c: d.review.check_coverage(c.id, c.revision, CoverageItem.BENEFIT, "yes", "portal", date(2017, 10, 6)))),
    Step("record.attach", nothing, at("mara", lambda d, c: d.records.attach(c.id, record(), PAGES))),
    Step("contact.log", nothing, at("mara", lambda d, c: d.review.log_contact(c.id, ContactLogged(ContactWay.CALL, "office", "1", "hello", NOW)))),
    Step("note.add", nothing, at("mara", lambda d, c: d.review.add_note(c.id, "A note. " * 4000))),
    Step("lines.approve", nothing, at("mara", lambda d, c: d.determinations.approve(c.id, c.revision, (2,), NO_POLICY, unchecked=UNCHECKED))),
    Step("lines.decide", seen, at("osei", denial)),
    Step("lines.deny-administratively", used_up, at("osei", administrative_denial)),
    Step("lines.not-required", nothing, at("mara", lambda d, c: d.determinations.not_required(c.id, c.revision, (1,), "the list of January"))),
    Step("lines.dismiss", of_medicare, at("osei", dismissal)),
    Step("lines.vacate", dismissed, at("sol", lambda d, c: d.determinations.vacate(newest(d).id, newest(d).revision, (1,), "The form of representation came."))),
    Step("lines.void", approved, at("sol", lambda d, c: d.determinations.void(c.id, c.revision, (2,), "Another member's."))),
    Step("lines.reopen", approved, at("sol", lambda d, c: d.determinations.reopen(c.id, c.revision, (2,), Cause.GOOD_CAUSE, "A new report came."))),
    Step("authorization.number", approved, at("mara", lambda d, c: d.authorizations.number(c.id, c.revision, (2,)))),
    Step("claims.enter", approved, at("mara", lambda d, c: d.authorizations.enter(c.id, c.revision, (2,), "Claims One", NOW))),
    Step("lines.ask", nothing, at("mara", lambda d, c: d.determinations.ask_for_information(c.id, c.revision, (2,), ["order"], "why", "office"))),
    Step("lines.received", asked, at("mara", lambda d, c: finish(d.determinations.information_received(c.id, c.revision, (2,), "order", NOW)))),
    Step("lines.refer", nothing, at("mara", lambda d, c: d.determinations.refer(c.id, c.revision, (1,), "Summary."))),
    Step("lines.send-back", seen, at("osei", lambda d, c: d.determinations.send_back(c.id, c.revision, (1,), "Which?"))),
    Step("lines.reword", approved, at("mara", lambda d, c: d.determinations.reword(c.id, c.revision, (2,), "Your plan covers it.", "Too short."))),
    Step("lines.withdraw", nothing, at("mara", lambda d, c: d.determinations.withdraw(c.id, c.revision, (1,), "office", NOW, "by fax"))),
    Step("lines.amend", nothing, at("mara", lambda d, c: finish(d.determinations.amend(c.id, c.revision, line(1, "72100"), None, "office", NOW, "by fax")))),
    Step("peer.offer", referred, at("mara", lambda d, c: d.peers.offer(c.id, c.revision, (1,), ContactWay.VOICEMAIL, "Dr. Natarajan", NOW, "1-800-555-0146"))),
    Step("peer.reach", offered, at("mara", lambda d, c: d.peers.reach(c.id, c.revision, (1,), "Dr. Natarajan", NOW, "Talks at three."))),
    Step("peer.end", offered, at("mara", lambda d, c: d.peers.end(c.id, c.revision, (1,), PeerOutcome.NOT_TAKEN_UP, "the office", NOW, "Nobody called."))),
    Step("case.undo", approved, at("mara", lambda d, c: d.determinations.undo(c.id, c.revision, d.determinations.last_step(c.id)))),
    Step("case.close", withdrawn, at("mara", lambda d, c: d.determinations.close(c.id, c.revision))),
    Step("letter.issue", approved, at("mara", lambda d, c: finish(d.letters.issue(c.id, c.revision, (2,))))),
    Step("letter.send", lettered, at("mara", lambda d, c: d.post.send(c.id, c.revision, c.letters[0].id, Sent.MAIL, Party.MEMBER, d.clock.now(), proof=(record(), PAGES)))),
    Step("letter.proof", mailed, at("mara", lambda d, c: d.post.keep_proof(c.id, c.revision, c.sendings[0].event, (record(), PAGES)))),
    Step("letter.returned", mailed, at("mara", lambda d, c: d.post.record_return(c.id, c.revision, c.sendings[0].event, d.clock.now(), "Moved."))),
    Step("letter.misdirected", mailed, at("mara", misdirected)),
    Step("incident.review", in_wrong_hands, at("sol", lambda d, c: d.post.review_incident(c.id, c.sendings[0].incident.event, "Low risk."))),
    Step("case.reenter", nothing, at("sol", lambda d, c: finish(d.reentry.enter_anew(c.id, c.revision, replace(c.request.member, member_id="DEMO-2"), "Wrong card.")))),
    Step("notice.record", approved, at("mara", lambda d, c: d.letters.record_notice(c.id, c.revision, (2,), ContactWay.MAIL, "member", d.clock.now(), "the state's form"))),
    Step("policy.load", nothing, at("mara", library)),
    Step("policy.confirm", lambda d, b: library(d, None), at("sol", lambda d, c: confirm(d))),
    Step("policy.correct", lambda d, b: library(d, None), at("mara", lambda d, c: mended(d))),
    Step("policy.uncorrect", lambda d, b: (library(d, None), mended(d)), at("mara", lambda d, c: d.readings.take_back("RAD.00034"))),
    Step("policy.discard", redrafted, at("mara", lambda d, c: d.readings.discard("RAD.00034"))),
    Step("policy.undiscard", discarded, at("mara", lambda d, c: d.readings.bring_back("RAD.00034"))),
    Step("policy.adopt", nothing, at("sol", lambda d, c: d.library.adopt("RAD.00034", ["fehb"]))),
    Step("policy.date", undated, at("sol", lambda d, c: d.versions.give_day("RAD.00034", date(2018, 1, 1), "the notice"))),
    Step("policy.retire", nothing, at("mara", lambda d, c: d.versions.retire("RAD.00034", date(2018, 1, 1), "the notice"))),
    Step("policy.reinstate", retired, at("mara", lambda d, c: d.versions.reinstate("RAD.00034", "It was another policy."))),
    Step("policy.version-rule", nothing, at("sol", lambda d, c: d.versions.set_rule(VersionRule.PROCESSING, "the notice of updates"))),
    Step("policy.waive", nothing, at("mara", waiver)),
    Step("policy.unwaive", waived, at("mara", lambda d, c: d.library.unwaive("RAD.00034", FINDING))),
    Step("policy.still-current", nothing, at("mara", lambda d, c: d.library.record_still_current("RAD.00034", "site", date(2017, 10, 6)))),
    Step("account.add", nothing, at("ada", lambda d, c: d.accounts.add("new", "", frozenset({Role.AUDITOR})))),
    Step("account.role", nothing, at("ada", lambda d, c: d.accounts.set_roles("sol", frozenset({Role.AUDITOR})))),
    Step("account.credential", nothing, at("ada", lambda d, c: d.accounts.enter_credential("sol", Credential("RN", "1")))),
    Step("account.reports-to", nothing, at("ada", lambda d, c: d.accounts.set_reporting("mara", "sol"))),
    Step("account.retire", nothing, at("ada", lambda d, c: d.accounts.retire("sol")), (not_lost("sol"),), at_once=False),
    Step("account.invite", nothing, at("ada", lambda d, c: d.vault.invite("sol")), (not_lost("sol"),), at_once=False),
    Step("account.confirm-credential", nothing, at("sol", lambda d, c: d.accounts.confirm_credential("mara", "the board's site", date(2017, 10, 6)))),
    Step("passphrase.change", nothing, at("mara", change), (by("mara"), by("mara", ANOTHER)), at_once=False),
    Step("passphrase.bind", nothing, at("mara", lambda d, c: d.vault.bind(passphrase("mara"), True)), (by("mara"),), at_once=False),
    Step("recovery.make", recoverable, at("ada", lambda d, c: recovery_of(d)), (recovery_not_lost,), at_once=False),
    Step("sender.keep", nothing, at("mara", lambda d, c: d.senders.keep(sender()))),
    Step("sender.rename", known_sender, at("mara", lambda d, c: d.senders.rename("Lindenfield Ortho", "Ortho"))),
    Step("sender.drop", known_sender, at("mara", lambda d, c: d.senders.drop("Lindenfield Ortho"))),
    Step("wording.approve", nothing, at("sol", lambda d, c: d.stationery.approve("en", "The compliance committee", NOW.date()))),
    Step("wording.translate", nothing, at("sol", lambda d, c: d.stationery.translate(spanish(d), "Ines Robledo", "certified", NOW.date()))),
    Step("form.install", nothing, at("ada", lambda d, c: finish(d.stationery.install(*denial_form())))),
    Step("font.install", nothing, at("ada", lambda d, c: finish(d.stationery.install_font("zh", "Chinese", font_of(HAN), "f.ttf")))),
    Step("profile.save", nothing, at("ada", lambda d, c: d.accounts.save_profile(profile(state="OH")))),
    Step("audit.verify", nothing, at("sol", lambda d, c: d.supervision.check_trail())),
    Step("backup.make", nothing, at("ada", automatic), at_once=False),
    Step("backup.place", nothing, at("ada", lambda d, c: d.keeping.choose_second(None))),
    Step("retention.set", nothing, at("ada", lambda d, c: d.retention.set_years(12))),
    Step("hold.place", nothing, at("sol", lambda d, c: d.retention.hold(c.id, "Audit"))),
    Step("hold.lift", held, at("sol", lambda d, c: d.retention.release(c.id, "Over"))),
    Step("purge.propose", over, at("sol", lambda d, c: d.retention.propose())),
    Step("purge.drop", proposed, at("ada", lambda d, c: d.retention.drop("Not now"))),
    Step("purge.approve", proposed, at("ada", purge)),
    Step("receipt.doubt", nothing, at("mara", lambda d, c: d.receipts.doubt(c.id, c.revision, earlier_receipt(c), "The fax was stamped a day late."))),
    Step("receipt.settle", doubted, at("sol", lambda d, c: d.receipts.settle(c.id, c.revision, c.doubted.event, True, "Looked at the fax."))),
    Step("clock.extend", nothing, at("mara", lambda d, c: d.clocks.extend(c.id, c.revision, extension(), PROOF))),
    Step("clock.return", urgent_one, at("mara", lambda d, c: d.clocks.send_back(newest(d).id, newest(d).revision, ("the order",), heard(), NOW + timedelta(days=3)))),
    Step("clock.answer", paused, at("mara", lambda d, c: d.clocks.answer(c.id, c.revision, "The films came.", d.clock.now()))),
    Step("clock.change", nothing, at("mara", lambda d, c: finish(d.clocks.change(c.id, c.revision, replace(basis_of(c.request, c.clockwork.particulars), urgency=Urgency.EXPEDITED), "Pain grew.", "Dr. Lee", physician=True)))),
    Step("clock.target", nothing, at("mara", lambda d, c: d.clocks.target(c.id, c.revision, NOW + timedelta(days=1), "Pain grows."))),
    Step("clock.notify", approved, at("mara", lambda d, c: d.clocks.notify(c.id, c.revision, (2,), Audience.PROVIDER, heard(d.clock.now()), "Approved."))),
    Step("clock.done", misfiled, at("mara", lambda d, c: d.clocks.done(c.id, c.revision, "ERISA-MISFILE", heard()))),
    Step("clock.reread", nothing, at("mara", lambda d, c: d.clocks.read_again(c.id, c.revision))),
    Step("clock.load", nothing, at("sol", lambda d, c: d.clock_rows.load(clock_file("VT"), "vermont.json"))),
    Step("clock.drop", rows_loaded, at("sol", lambda d, c: d.clock_rows.drop("vermont.json", "Another law."))),
    Step("clock.verify", nothing, at("sol", lambda d, c: d.clock_rows.verify("IN-UR", "IC 27-8-17-11", date(2017, 10, 6)))),
    Step("clock.doubt", nothing, at("sol", lambda d, c: d.clock_rows.doubt("ERISA-PRE", "Counsel reads it otherwise."))),
    Step("signing.verify", nothing, at("sol", lambda d, c: d.signing_rows.verify("IN-PEER", "IC 27-1-37.5-20", date(2017, 10, 6)))),
    Step("signing.doubt", nothing, at("sol", lambda d, c: d.signing_rows.doubt("TX-P2P", "Counsel reads it otherwise."))),
    Step("case.restrict", nothing, at("sol", lambda d, c: d.fence.restrict(c.id, Restriction.EMPLOYEE, "Works here.", ["mara", "sol"]))),
    Step("case.unrestrict", restricted, at("sol", lambda d, c: d.fence.unrestrict(c.id, "Left."))),
    Step("case.break-glass", restricted, lambda folder, base: base.on(folder, "osei", lambda d, c: d.fence.break_glass(c, "The member waits in the emergency room."))),
    Step("alert.acknowledge", broken, at("sol", lambda d, c: d.fence.acknowledge(c.id, d.fence.alerts()[0].glass.event))),
    Step("lock.set", nothing, at("ada", lambda d, c: d.lock.set_minutes(20))),
    Step("audit.checkpoint", nothing, at("sol", lambda d, c: d.witness.checkpoint())),
    Step("trail.explain", gone_back, at("sol", explanation)),
    Step("disk.answer", nothing, at("ada", lambda d, c: d.vault.answer_disk(True))),
    Step("arrival.look", nothing, at("mara", lambda d, c: look(d))),
    Step("arrival.forget", arrived, at("mara", lambda d, c: d.arrivals.forget(d.arrivals.runs()[0].id))),
    Step("arrivals of three files", nothing, at("mara", many_at_once), (nothing_lost_at_the_door,), at_once=False),
    Step("case.attach", arrived, at("mara", lambda d, c: d.choosing.attach(seen_at_the_door(d), c.id))),
    Step("case.leave-out", arrived, at("mara", lambda d, c: finish(d.choosing.leave_out(seen_at_the_door(d), "Another plan.")))),
    Step("sender.tell", left_out, at("mara", lambda d, c: d.choosing.tell_sender(newest(d).id, newest(d).revision, ContactWay.FAX, "office", "No.", NOW))),
    Step("case.take-back", arrived_and_opened, at("mara", lambda d, c: d.choosing.take_back(newest(d).id))),
    Step("case.follow", refused, at("mara", lambda d, c: finish(d.choosing.follow(seen_at_the_door(d), c.id, Following.APPEAL)))),
    Step("appeal.open", denied_one, at("mara", lambda d, c: finish(d.appeals.open(c.id, c.revision, Filed(Following.APPEAL, (1,), Asker.MEMBER, "R. Alvarado", c.opened_at))))),
    Step("appeal.record", appealed, at("mara", lambda d, c: d.appeals.record(newest(d).id, newest(d).revision, Asker.PROVIDER, "Dr. Natarajan"))),
    Step("appeal.acknowledge", appealed, at("mara", lambda d, c: d.appeals.acknowledge(newest(d).id, newest(d).revision, ContactWay.MAIL, "R. Alvarado", d.clock.now(), "It is here."))),
    Step("paper.draft", paper_arrived, at("mara", lambda d, c: finish(d.paper.draft(paper_at_the_door(d))))),
    Step("paper.attach", paper_arrived, at("mara", lambda d, c: d.paper.attach(paper_at_the_door(d), c.id))),
    Step("paper.set-aside", paper_arrived, at("mara", lambda d, c: d.paper.set_aside(paper_at_the_door(d)))),
    Step("draft.keep", drafted, at("mara", lambda d, c: d.intake.keep_draft("d1", draft_of(request(line(1, "72100")))))),
    Step("draft.hand", drafted_beside_a_colleague, at("mara", lambda d, c: d.intake.hand_draft("d1", "nia", "Call back."))),
    Step("provider.correct", nothing, at("mara", lambda d, c: d.addresses.correct("1234567893", Provider("Orchard Row Imaging", "1234567893", fax="1-800-555-0188")))),
    Step("provider.forget", nothing, at("mara", lambda d, c: d.addresses.forget("1234567893"))),
    Step("draft.drop", drafted, at("mara", lambda d, c: d.intake.drop_draft("d1"))),
)  # fmt: skip


def begun(room: Path) -> Base:
    """The workspace from which all others are copied: four people, and a case of two services."""
    base = Base(room / "begun" / "w")
    base.folder.parent.mkdir()
    with desk_in(base.folder) as desk:
        opened(desk, line(1), line(2, "97110", "Therapeutic exercise"))
        _keep(desk, base)
    return base


def prepared(step: Step, begun: Base, room: Path) -> Base:
    """A workspace in which the step can be done."""
    base = Base(room / step.verb.replace(" ", "-") / "w", begun.key, dict(begun.seats), begun.at)
    shutil.copytree(begun.folder, base.folder)
    desk = base.desk(base.folder, "mara")
    try:
        step.before(desk, base)
        _keep(desk, base)
    finally:
        desk.close()
    return base


def _keep(desk: Desk, base: Base) -> None:
    for name in PEOPLE:
        sit_down(desk, name)
        base.seats[name] = (desk.person, desk.signer)
    assert isinstance(desk.clock, FixedClock)
    base.key, base.at = desk.store.key, desk.clock.at
