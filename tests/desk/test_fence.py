"""The fence: which role reads what, cell by cell; whose names lists say; and cases that are open to named people only."""

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from builders import (
    NO_POLICY,
    NOW,
    UNCHECKED,
    FixedClock,
    arrival,
    desk_in,
    earlier_receipt,
    enrolled,
    line,
    open_desk,
    opened,
    posted,
    request,
    sit_down,
)
from hypothesis import given
from hypothesis import strategies as st
from record_makers import PAGES, record

from ur_desk.desk.appeals import Filed
from ur_desk.desk.desk import Desk
from ur_desk.desk.reads import DECLARED, told
from ur_desk.desk.retention import Standing
from ur_desk.desk.steps import finish
from ur_desk.domain.appeals.following import Asker
from ur_desk.domain.case import Case
from ur_desk.domain.clocks.what_if import Supposed
from ur_desk.domain.determination import Determination, Workflow
from ur_desk.domain.events import ContactLogged, ContactWay, CoverageItem, EventId, Following, GlassBroken, LetterId, Restriction
from ur_desk.domain.guard.fence import READERS, Read
from ur_desk.domain.guard.glass import GLASS_LASTS
from ur_desk.domain.information.asking import InformationRequested
from ur_desk.domain.letters.delivery import Party, Way
from ur_desk.domain.listing import CaseFilter, CaseRow, Shown, initials
from ur_desk.domain.people import AccountId, Role
from ur_desk.domain.request import LineOfBusiness
from ur_desk.domain.trail.keeping import Certificate, Purged
from ur_desk.errors import Fenced, Forbidden, UserError

K, N, P, S, A, R = Role.INTAKE, Role.NURSE, Role.PHYSICIAN, Role.SUPERVISOR, Role.ADMINISTRATOR, Role.AUDITOR
REASON = "The member waits in the emergency room and the nurse is away."
CERTIFICATE = Certificate(EventId("e"), NOW, Purged(EventId("p"), (), (), (), (), (), "ten years", AccountId("s"), NOW, AccountId("a")))


def sending(case: Case) -> EventId:
    """The event of the first sending of a case's letters; none of it where there is none."""
    return case.sendings[0].event if case.sendings else EventId("e")


UNSAID = InformationRequested((1,), ("The office notes",), "They show what you tried.", "the office", None)
READ: dict[str, Any] = {
    "Supervision.cases": lambda d, c: d.supervision.cases(CaseFilter()),
    "Supervision.timeline": lambda d, c: d.supervision.timeline(c.id),
    "Supervision.heads": lambda d, c: d.supervision.heads(),
    "Trail.document": lambda d, c: d.trail.document(),
    "Trail.export": lambda d, c: d.trail.export(d.folder.parent / "trail.json"),
    "Trail.bundle": lambda d, c: d.trail.bundle(d.folder.parent / "trail.bundle", "nine quiet miles of open road", "The state asks."),
    "Supervision.newest_outside": lambda d, c: d.supervision.newest_outside(),
    "Witnessing.gone_back": lambda d, c: d.witness.gone_back(),
    "Exports.register": lambda d, c: d.exports.register(),
    "Exports.still_outside": lambda d, c: d.exports.still_outside(),
    "Retention.due": lambda d, c: d.retention.due(),
    "Retention.overview": lambda d, c: d.retention.overview(),
    "Retention.state": lambda d, c: d.retention.state(),
    "Retention.certificate": lambda d, c: d.retention.certificate(c.number),
    "Retention.certificate_text": lambda d, c: d.retention.certificate_text(CERTIFICATE),
    "Keeping.overview": lambda d, c: d.keeping.overview(),
    "Vault.standing": lambda d, c: d.vault.standing(),
    "Supervision.workspace_timeline": lambda d, c: d.supervision.workspace_timeline(),
    "Letters.printed": lambda d, c: d.letters.printed(c.id, None),
    "Letters.save_draft": lambda d, c: d.letters.save_draft(c.id, b"%PDF-", d.folder.parent / "draft.pdf"),
    "Review.find": lambda d, c: d.review.find(c.number),
    "Review.case": lambda d, c: d.review.case(c.id),
    "Review.on_desk": lambda d, c: d.review.on_desk(c.id),
    "Determinations.last_step": lambda d, c: d.determinations.last_step(c.id),
    "Letters.unsayable": lambda d, c: d.letters.unsayable(c.id, (1,), UNSAID),
    "Letters.preview": lambda d, c: finish(d.letters.preview(c.id, (2,))),
    "Appeals.lineage": lambda d, c: d.appeals.lineage(c.id),
    "Appeals.windows": lambda d, c: d.appeals.windows(c.id, Following.REOPENING),
    "Asking.missing": lambda d, c: d.asking.missing(c.id),
    "Asking.waiting": lambda d, c: d.asking.waiting(c.id),
    "Asking.tasks": lambda d, c: d.asking.tasks(),
    "Post.owed": lambda d, c: d.post.owed(),
    "Post.incidents": lambda d, c: d.post.incidents(),
    "Post.proof": lambda d, c: d.post.proof(c.id, sending(c), record().sha256),
    "Post.save_proof": lambda d, c: d.post.save_proof(c.id, sending(c), record().sha256, d.folder.parent / "proof.pdf"),
    "Post.cover": lambda d, c: finish(d.post.cover(c.id, c.letters[0].id if c.letters else LetterId("l"), "the office", "1-317-555-0188")),
    "Post.return_sheet": lambda d, c: finish(d.post.return_sheet(c.id)),
    "Post.save_sheet": lambda d, c: d.post.save_sheet(c.id, "return sheet", b"%PDF-", d.folder.parent / "sheet.pdf"),
    "Batches.waiting": lambda d, c: finish(d.batches.waiting(CaseFilter())),
    "Letters.pdf": lambda d, c: d.letters.pdf(c.letters[0].id),
    "Letters.content": lambda d, c: d.letters.content(c.letters[0].id, c.id),
    "Letters.behind": lambda d, c: d.letters.behind(c.letters[0].id, c.id),
    "Letters.sources": lambda d, c: finish(d.letters.sources(c.letters[0].id, c.id)),
    "Letters.save_sources": lambda d, c: d.letters.save_sources(c.letters[0].id, c.id, b"%PDF-", d.folder.parent / "sources.pdf"),
    "Letters.save": lambda d, c: d.letters.save(c.letters[0].id, d.folder.parent / "letter.pdf"),
    "Letters.recognise": lambda d, c: d.letters.recognise(b"%PDF"),
    "Library.all": lambda d, c: d.library.all(),
    "Library.cards": lambda d, c: d.library.cards(),
    "Library.in_use": lambda d, c: d.library.in_use(),
    "Library.policies": lambda d, c: d.library.policies("RAD.00034"),
    "Library.one": lambda d, c: d.library.one("RAD.00034"),
    "Library.sole": lambda d, c: d.library.sole("RAD.00034"),
    "Library.lint": lambda d, c: d.library.lint(),
    "Library.waivers": lambda d, c: d.library.waivers(d.library.one("RAD.00034").policy.text.sha256),
    "Versions.standings": lambda d, c: d.versions.standings(),
    "Versions.text": lambda d, c: d.versions.text(d.library.one("RAD.00034").policy.text.sha256),
    "Versions.compare": lambda d, c: d.versions.compare(*[d.library.one("RAD.00034")] * 2),
    "Versions.comparing": lambda d, c: finish(d.versions.comparing(d.store.shelf.all()[0].policy.text.sha256)),
    "Versions.on": lambda d, c: d.versions.on("RAD.00034", date(2017, 10, 12)),
    "Versions.arrived": lambda d, c: finish(d.versions.arrived([card.text for card in d.store.shelf.cards()])),
    "Versions.beyond": lambda d, c: finish(d.versions.beyond(d.store.shelf.cards()[0].text)),
    "Impacts.of": lambda d, c: finish(d.impact.of("RAD.00034")),
    "Library.listed": lambda d, c: d.library.listed(),
    "Library.text": lambda d, c: d.library.text(d.library.listed().rows[0].card.text),
    "Readings.draft": lambda d, c: d.readings.draft("RAD.00034"),
    "Readings.received": lambda d, c: d.readings.received("RAD.00034"),
    "Library.search": lambda d, c: d.library.search("spine"),
    "Accounts.all": lambda d, c: d.accounts.all(),
    "Accounts.named": lambda d, c: d.accounts.named("sol"),
    "Accounts.reporting": lambda d, c: d.accounts.reporting(),
    "Signers.before": lambda d, c: d.signers.before(c.id),
    "Signers.queue": lambda d, c: d.signers.queue(),
    "Accounts.profiles": lambda d, c: d.accounts.profiles(),
    "Accounts.profile": lambda d, c: d.accounts.profile(LineOfBusiness.FEHB, "IN"),
    "Stationery.wordings": lambda d, c: d.stationery.wordings(),
    "Stationery.forms": lambda d, c: d.stationery.forms(),
    "Stationery.fonts": lambda d, c: d.stationery.fonts(),
    "Stationery.text": lambda d, c: d.stationery.text("en"),
    "Stationery.slots": lambda d, c: d.stationery.slots("es", "Spanish"),
    "Senders.all": lambda d, c: d.senders.all(),
    "Senders.unread": lambda d, c: d.senders.unread(),
    "Senders.one": lambda d, c: d.senders.one("nobody"),
    "Senders.document": lambda d, c: d.senders.document("nobody"),
    "Intake.drafts": lambda d, c: d.intake.drafts(),
    "Intake.kept_drafts": lambda d, c: d.intake.kept_drafts(),
    "Intake.colleagues": lambda d, c: d.intake.colleagues(),
    "AddressBook.find": lambda d, c: d.addresses.find("orchard"),
    "AddressBook.one": lambda d, c: d.addresses.one("1234567893"),
    "Lookup.procedures": lambda d, c: d.lookup.procedures("76"),
    "Lookup.need_words": lambda d, c: d.lookup.need_words(),
    "Arrivals.runs": lambda d, c: d.arrivals.runs(),
    "Arrivals.report": lambda d, c: d.arrivals.report("r"),
    "Arrivals.judged": lambda d, c: d.arrivals.judged(()),
    "Arrivals.resembling": lambda d, c: d.arrivals.resembling(request()),
    "Arrivals.named": lambda d, c: d.arrivals.named(c.number, request()),
    "Fence.alerts": lambda d, c: d.fence.alerts(),
    "Records.beside": lambda d, c: d.records.beside("draft", record().sha256),
    "Records.data": lambda d, c: d.records.data(c.id, record().sha256),
    "Records.seen": lambda d, c: d.records.seen(c.id, record().sha256, 1),
    "Records.save": lambda d, c: d.records.save(c.id, record().sha256, Path(d.folder) / "out.pdf"),
    "Records.find": lambda d, c: finish(d.records.find(c.id, "motion")),
    "Receipts.waiting": lambda d, c: d.receipts.waiting(),
    "Clocks.standing": lambda d, c: d.clocks.standing(c.id),
    "Clocks.what_if": lambda d, c: d.clocks.what_if(c.id, Supposed(state="OH")),
    "Clocks.tasks": lambda d, c: d.clocks.tasks(),
    "ClockRows.all": lambda d, c: d.clock_rows.all(),
    "SigningRows.all": lambda d, c: d.signing_rows.all(),
    "Receipts.of_month": lambda d, c: d.receipts.of_month(2017, 10),
}
EVERYBODY = {K, N, P, S, A, R}
MATRIX: dict[str, set[Role]] = {
    "Supervision.cases": EVERYBODY,
    "Supervision.timeline": {N, P, S, R},
    "Supervision.heads": {N, P, S, A, R},
    "Trail.document": {N, P, S, A, R},
    "Trail.export": {N, P, S, A, R},
    "Trail.bundle": {S, R},
    "Supervision.newest_outside": {N, P, S, A, R},
    "Witnessing.gone_back": {S, R},
    "Exports.register": {S, R},
    "Exports.still_outside": EVERYBODY,
    "Retention.due": {S, A, R},
    "Retention.overview": {S, A, R},
    "Retention.state": {S, A, R},
    "Retention.certificate": {S, A, R},
    "Retention.certificate_text": {S, A, R},
    "Keeping.overview": {S, A, R},
    "Vault.standing": {S, A, R},
    "Supervision.workspace_timeline": {S, A, R},
    "Letters.printed": {N, P, S, R},
    "Letters.save_draft": {N, P, S, R},
    "Review.find": EVERYBODY,
    "Review.case": {K, N, P, S, R},
    "Review.on_desk": {K, N, P, S, R},
    "Determinations.last_step": {K, N, P, S, R},
    "Letters.unsayable": {N, P, S, R},
    "Letters.preview": {N, P, S, R},
    "Post.owed": {N, P, S, R},
    "Post.incidents": {S, R},
    "Post.proof": {N, P, S, R},
    "Post.save_proof": {N, P, S, R},
    "Post.cover": {N, P, S, R},
    "Post.return_sheet": {N, P, S, R},
    "Post.save_sheet": {N, P, S, R},
    "Batches.waiting": {N, P, S, R},
    "Letters.pdf": {N, P, S, R},
    "Letters.content": {N, P, S, R},
    "Letters.behind": {N, P, S, R},
    "Letters.sources": {N, P, S, R},
    "Letters.save_sources": {N, P, S, R},
    "Letters.save": {N, P, S, R},
    "Letters.recognise": EVERYBODY,
    "Library.all": EVERYBODY,
    "Library.cards": EVERYBODY,
    "Library.in_use": EVERYBODY,
    "Library.policies": EVERYBODY,
    "Library.listed": EVERYBODY,
    "Library.text": EVERYBODY,
    "Library.one": EVERYBODY,
    "Library.sole": EVERYBODY,
    "Library.lint": EVERYBODY,
    "Library.waivers": EVERYBODY,
    "Versions.standings": EVERYBODY,
    "Versions.text": EVERYBODY,
    "Versions.compare": EVERYBODY,
    "Versions.comparing": EVERYBODY,
    "Versions.on": EVERYBODY,
    "Versions.arrived": EVERYBODY,
    "Versions.beyond": EVERYBODY,
    "Impacts.of": {N, P, S, R},
    "Library.search": EVERYBODY,
    "Readings.draft": EVERYBODY,
    "Readings.received": EVERYBODY,
    "Accounts.all": EVERYBODY,
    "Accounts.named": EVERYBODY,
    "Accounts.reporting": EVERYBODY,
    "Signers.before": {K, N, P, S, R},
    "Signers.queue": {P, S},
    "Accounts.profiles": {N, P, S, A, R},
    "Accounts.profile": {N, P, S, A, R},
    "Stationery.wordings": {N, P, S, A, R},
    "Stationery.forms": {N, P, S, A, R},
    "Stationery.fonts": {N, P, S, A, R},
    "Stationery.text": {N, P, S, A, R},
    "Stationery.slots": {N, P, S, A, R},
    "Senders.all": {K, N, S, A, R},
    "Senders.unread": {K, N, S, A, R},
    "Senders.one": {K, N, S, A, R},
    "Senders.document": {K, N, S, A, R},
    "Intake.drafts": EVERYBODY,
    "Intake.kept_drafts": EVERYBODY,
    "Intake.colleagues": {K, N},
    "AddressBook.find": {K, N},
    "AddressBook.one": {K, N},
    "Lookup.procedures": {K, N},
    "Lookup.need_words": {K, N},
    "Arrivals.runs": {K, N},
    "Arrivals.report": {K, N},
    "Arrivals.judged": {K, N},
    "Arrivals.resembling": {K, N},
    "Arrivals.named": {K, N},
    "Fence.alerts": {S, R},
    "Records.beside": EVERYBODY,
    "Records.data": {K, N, P, S, R},
    "Records.seen": {K, N, P, S, R},
    "Records.save": {K, N, P, S, R},
    "Records.find": {K, N, P, S, R},
    "Receipts.waiting": {S, R},
    "Clocks.standing": {K, N, P, S, R},
    "Clocks.what_if": {K, N, P, S, R},
    "Clocks.tasks": EVERYBODY,
    "Appeals.lineage": {K, N, P, S, R},
    "Appeals.windows": {K, N, P, S, R},
    "Asking.missing": {K, N, P, S, R},
    "Asking.waiting": {K, N, P, S, R},
    "Asking.tasks": {K, N, P, S, R},
    "ClockRows.all": EVERYBODY,
    "SigningRows.all": EVERYBODY,
    "Receipts.of_month": {S, R},
}
IN_STEPS = {
    "Letters.preview",
    "Letters.sources",
    "Batches.waiting",
    "Post.cover",
    "Post.return_sheet",
    "Records.find",
    "Impacts.of",
    "Versions.comparing",
    "Versions.arrived",
    "Versions.beyond",
}
"""Reading verbs in steps: their roles are asked before the first."""
NO_READING = {
    "Records.look", "Records.page", "Records.form", "Records.proposals", "Records.bring",  # of a file that was handed over
    "Records.keep_beside", "Records.drop_beside",  # one's own
    "Intake.extract", "Senders.look", "Senders.preview", "Senders.column", "Senders.read", "Senders.known", "Library.read", "Library.findings", "Letters.pages", "Letters.page",  # computes from what was handed over; touches no store
    "Review.report", "Review.cautions", "Review.match", "Review.on_arrival", "Review.pinned", "Review.matched_after", "Letters.profile_of",  # of a case that was read
    "Signers.of", "Appeals.of", "Signers.bar", "Signers.signature", "Signers.approvals",  # of a case that was read
    "Appeals.windows_of", "Appeals.noticed", "Appeals.noticed_before",  # the same
    "Supervision.verification",  # ids and instants; the verb `audit.verify` has roles of its own
    "Library.to_match",  # what `in_use` reads
    "Versions.rule", "Versions.choosing",  # a fact of the workspace, and the day
    "Intake.drop_draft", "Intake.keep_draft",  # one's own
    "AddressBook.learn",  # inside of the verb that opens a case
    "Intake.check_may_open", "Intake.check_demo", "Arrivals.begin", "Arrivals.sort",  # of what was handed over
    "Arrivals.viewed", "Paper.laid", "Paper.where_laid",  # inside of what tells a report: cases that are open to whoever asks
    "Clocks.read", "Clocks.reading", "ClockRows.book", "SigningRows.book",  # of a request that was handed over; the rows hold for everybody
    "Clocks.of_case", "Clocks.kept", "Clocks.after",  # inside of a verb that reads a clock
    "Intake.next_number", "Intake.keep_source", "Arrivals.check_not_here",  # inside of a verb that opens a case
    "Desk.only_reading", "Desk.kind", "Desk.demo", "Desk.zone", "Desk.today", "Desk.folder", "Lock.minutes",  # how the workspace is set
    "Desk.store", "Desk.look_again", "Desk.note", "Desk.append", "Desk.leave", "Desk.close",  # what every verb stands on
    "Looks.waiting", "Looks.note", "Looks.keep", "Looks.settle", "Looks.let_go",  # one's own looks become events
    "Witnessing.look", "Witnessing.keep", "Witnessing.moved", "Witnessing.reviewed",  # the program by itself
    "Post.keep",  # inside of a verb that keeps a proof
    "Stationery.languages",  # by code and name; no letter and no case
    "Stationery.look",  # of a file that was handed over
    "Stationery.wording_for", "Stationery.obstacles", "Stationery.paper_for", "Stationery.letter_fonts",  # inside of a verb that writes a letter
    "Keeping.folder", "Keeping.found", "Keeping.automatic",  # names of files beside the workspace; the day's backup
    "Exports.place", "Exports.place_warning", "Exports.check_may_leave",  # of a path that was handed over
    "Exports.write", "Exports.let_out", "Exports.came_in", "Exports.remove",  # bytes or a file of the person's own; each an event
    "Lock.has_pin", "Lock.set_pin", "Lock.forget_pin", "Lock.lock", "Lock.unlock", "Lock.unlock_by_pin", "Lock.take_up",
    "Lock.keep_typed",  # one's own
    "Vault.prove", "Vault.forget_proofs", "Vault.spend",  # one's own presence
    "Vault.own",  # the keys of whoever types their passphrase
    "Vault.ring", "Vault.made", "Vault.after", "Vault.begin", "Vault.tidy", "Vault.rekey", "Vault.rekey_where_due", "Vault.settle_begun",
    # the file of keys, which opens nothing without a passphrase; what other verbs stand on
}  # fmt: skip
BEHIND = {
    "Intake.open", "Intake.complete", "Arrivals.look", "Arrivals.forget", "Arrivals.read_anew", "Arrivals.receive", "Arrivals.look_at",
    "Appeals.open", "Choosing.carry_out", "Choosing.open", "Choosing.attach",
    "Choosing.follow", "Choosing.leave_out", "Choosing.reverse", "Letters.issue", "Batches.issue", "Post.send_many", "Reentry.enter_anew", "Review.rematch", "Determinations.amend", "Determinations.information_received", "Records.take_in", "Library.load", "Library.documents",
    "Supervision.check_trail", "Records.take_over", "Paper.bring", "Paper.draft", "Paper.attach", "Paper.set_aside",
    "Stationery.install",
    "Stationery.install_font",
    "Accounts.retire", "Keeping.back_up", "Retention.approve", "Vault.change_passphrase", "Vault.bind", "Vault.invite",
    "Vault.draw_recovery", "Vault.make_recovery", "Readings.verify", "Readings.export", "Readings.check_confirmer", "Clocks.change",
}  # fmt: skip
"""Verbs whose roles are asked inside, before anything is kept."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path / "w") as made:
        yield made


def staffed(desk: Desk) -> None:
    """Beside ada, mara, osei and sol: a second nurse, an intake clerk, an auditor, an administrator who is nothing else."""
    for name, role in (("nia", N), ("ike", K), ("rui", R), ("adm", A), ("sup", S)):
        enrolled(desk, name, name.title(), frozenset({role}))


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, Case]]:
    with desk_in(tmp_path_factory.mktemp("reading") / "w") as made:
        case = opened(made, line(1), line(2, "97110", "Therapeutic exercise"), line(3, "97140", "Manual therapy"))
        case = made.determinations.approve(case.id, case.revision, (2, 3), NO_POLICY, unchecked=UNCHECKED).value
        yield made, finish(made.letters.issue(case.id, case.revision, (2,))).value


# roles ---------------------------------------------------------------------------------------------------------------


def test_every_reading_verb_is_in_the_table_and_none_is_forgotten() -> None:
    assert set(MATRIX) == set(READ) == set(DECLARED) | IN_STEPS
    assert set(READERS) == set(Read) == set(DECLARED.values()) | {Read.PREVIEW, Read.IMPACT}


def test_what_a_desk_offers_is_a_verb_with_roles_or_named_here(shared: tuple[Desk, Case]) -> None:
    from ur_desk.desk.verbs import VERBS

    promises = {v.promise for v in VERBS.values()}
    nouns = {type(noun) for noun in vars(shared[0]).values() if getattr(noun, "desk", None) is shared[0]}
    assert len(nouns) == 39
    offered = {f"{kind.__name__}.{name}": what for kind in (Desk, *nouns) for name, what in vars(kind).items() if not name.startswith("_")}
    named = set(READ) | NO_READING | BEHIND
    assert named <= set(offered), "what is named here is no longer there"
    for place, what in offered.items():
        if place not in named:
            assert (what.__doc__ or "").strip() in promises, f"{place} asks for no role"


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("name", sorted(READ))
def test_the_reading_matrix_holds_cell_by_cell(shared: tuple[Desk, Case], name: str, role: Role) -> None:
    desk, case = shared
    become(desk, role)
    assert ("may not look at this" in refusal(desk, name, case)) == (role not in MATRIX[name])


@pytest.mark.parametrize("name", sorted(READ))
def test_a_retired_account_reads_nothing(shared: tuple[Desk, Case], name: str) -> None:
    desk, case = shared
    become(desk, S, retired=True)
    try:
        assert "may not look at this" in refusal(desk, name, case)
    finally:
        become(desk, N)


def become(desk: Desk, *roles: Role, retired: bool = False) -> None:
    desk.person = replace(desk.person, roles=frozenset(roles), retired=retired)
    with desk.store.atomic():
        desk.store.accounts.put(desk.person)


class EnoughError(Exception):
    """Takes back what was kept."""


def refusal(desk: Desk, name: str, case: Case) -> str:
    try:
        READ[name](desk, case)
    except UserError as refused:
        return refused.message
    return ""


# names ---------------------------------------------------------------------------------------------------------------


def only_row(desk: Desk, asked: CaseFilter = CaseFilter()) -> CaseRow:  # noqa: B008
    (row,) = desk.supervision.cases(asked).rows
    return row


@pytest.mark.parametrize(
    ("name", "shown", "codes"),
    [
        ("mara", Shown.NAMED, ("76120",)),
        ("nia", Shown.NAMED, ("76120",)),
        ("sol", Shown.NAMED, ("76120",)),
        ("ike", Shown.NAMED, ("76120",)),
        ("osei", Shown.INITIALS, ("76120",)),
        ("rui", Shown.INITIALS, ("76120",)),
        ("adm", Shown.INITIALS, ()),
    ],
)
def test_a_list_says_names_to_those_who_work_the_case_and_initials_to_others(
    desk: Desk, name: str, shown: Shown, codes: tuple[str, ...]
) -> None:
    staffed(desk)
    opened(desk)
    sit_down(desk, name)
    row = only_row(desk)
    assert (row.shown, row.codes, row.member_initials) == (shown, codes, "R. A.")
    named = shown is Shown.NAMED
    assert (row.member, row.member_id) == (("Alvarado, Rosalind", "DEMO-004417") if named else ("", ""))
    assert (row.birth_date is not None) == named
    assert bool(desk.supervision.cases(CaseFilter(text="alvarado")).rows) == named
    assert bool(desk.supervision.cases(CaseFilter(text="DEMO-004417")).rows) == named
    assert bool(desk.supervision.cases(CaseFilter(text="M54.5 76120")).rows) == bool(codes)
    assert bool(desk.supervision.cases(CaseFilter(code="76120")).rows) == bool(codes)
    assert only_row(desk, CaseFilter(text=row.number)).number == row.number


def test_a_physician_sees_the_name_once_asked_and_intake_none_after_it_handed_over(desk: Desk) -> None:
    staffed(desk)
    case = opened(desk)
    desk.determinations.refer(case.id, case.revision, (1,), "Back pain for five months.")
    sit_down(desk, "osei")
    assert only_row(desk).shown is Shown.NAMED
    assert desk.review.case(case.id).workflow is Workflow.WITH_PHYSICIAN
    sit_down(desk, "ike")
    assert only_row(desk).shown is Shown.INITIALS
    with pytest.raises(Forbidden, match="has left intake"):
        desk.review.case(case.id)
    with pytest.raises(Forbidden, match="has left intake"):
        desk.review.on_desk(case.id)
    sit_down(desk, "adm")
    with pytest.raises(Forbidden, match="may not look at this"):
        desk.review.case(case.id)


@given(st.text(max_size=30))
def test_initials_are_no_more_than_two_letters_whatever_the_name(name: str) -> None:
    told = initials(name)
    assert len(told.split()) <= 2
    assert initials("Alvarado, Rosalind") == "R. A."
    assert initials("Madonna") == "M."
    assert initials("") == initials(" , ") == ""


# restricted cases ----------------------------------------------------------------------------------------------------


def restricted(desk: Desk, *names: str) -> Case:
    """A case of two lines with a letter out, restricted by sol to these people."""
    case = opened(desk, line(1), line(2, "97110", "Therapeutic exercise"))
    case = desk.determinations.approve(case.id, case.revision, (2,), NO_POLICY, unchecked=UNCHECKED).value
    case = finish(desk.letters.issue(case.id, case.revision, (2,))).value
    desk.records.attach(case.id, record(), PAGES)
    letter, proof = case.letters[0].id, (record(), PAGES)
    desk.post.send(case.id, None, letter, Way.MAIL, Party.MEMBER, desk.clock.now(), proof=proof)
    sit_down(desk, "sol")
    desk.fence.restrict(case.id, Restriction.EMPLOYEE, "She works in the mail room.", names or ("mara", "sup"))
    return told(desk, case.id)


HIDDEN: dict[str, Any] = {
    name: call
    for name, call in READ.items()
    if (
        name.split(".")[0] in ("Letters", "Review", "Determinations", "Records", "Post", "Asking", "Appeals")
        and name not in ("Records.beside", "Post.owed", "Post.incidents", "Asking.tasks")
    )
    or name.endswith(".timeline")
}
OPEN_TO_ALL = {"Letters.recognise", "Review.find"}
"""Whether a file was issued here, and that there is a case of this number, tells nothing of anybody."""
WRITING: dict[str, Any] = {
    "record.open": lambda d, c: d.review.open_record(c.id),
    "coverage.check": lambda d, c: d.review.check_coverage(c.id, c.revision, CoverageItem.BENEFIT, "yes", "portal", date(2017, 10, 6)),
    "record.attach": lambda d, c: d.records.attach(c.id, record(b"more"), b"more"),
    "contact.log": lambda d, c: d.review.log_contact(c.id, ContactLogged(ContactWay.CALL, "office", "1", "hello", NOW)),
    "note.add": lambda d, c: d.review.add_note(c.id, "A note."),
    "case.match": lambda d, c: finish(d.review.rematch(c.id, c.revision)),
    "case.complete": lambda d, c: finish(d.intake.complete(c.id, c.revision, replace(c.request, reference="R-1"), "office", "by fax")),
    "receipt.doubt": lambda d, c: d.receipts.doubt(c.id, c.revision, earlier_receipt(c), "A day late."),
    "case.attach": lambda d, c: d.choosing.attach(brought(d), c.id),
    "case.follow": lambda d, c: finish(d.choosing.follow(brought(d), c.id, Following.APPEAL)),
    "appeal.open": lambda d, c: finish(d.appeals.open(c.id, c.revision, Filed(Following.APPEAL, (1,), Asker.MEMBER, "R. Alvarado", NOW))),
    "appeal.acknowledge": lambda d, c: d.appeals.acknowledge(c.id, c.revision, ContactWay.MAIL, "R. Alvarado", NOW, "It is here."),
    "sender.tell": lambda d, c: d.choosing.tell_sender(c.id, c.revision, ContactWay.FAX, "the office", "It is not ours.", NOW),
    "lines.approve": lambda d, c: d.determinations.approve(c.id, c.revision, (1,), NO_POLICY, unchecked=UNCHECKED),
    "lines.ask": lambda d, c: d.determinations.ask_for_information(c.id, c.revision, (2,), ["order"], "why", "office"),
    "lines.refer": lambda d, c: d.determinations.refer(c.id, c.revision, (1,), "Summary."),
    "lines.withdraw": lambda d, c: d.determinations.withdraw(c.id, c.revision, (1,), "office", NOW, "by fax"),
    "lines.amend": lambda d, c: finish(d.determinations.amend(c.id, c.revision, line(1, "72100"), None, "office", NOW, "by fax")),
    "case.close": lambda d, c: d.determinations.close(c.id, c.revision),
    "letter.issue": lambda d, c: finish(d.letters.issue(c.id, c.revision, (1,))),
    "notice.record": lambda d, c: d.letters.record_notice(c.id, c.revision, (2,), ContactWay.MAIL, "member", NOW, "the form"),
    "letter.send": lambda d, c: d.post.send(c.id, c.revision, LetterId("l"), Way.MAIL, Party.MEMBER, NOW),
    "letter.proof": lambda d, c: d.post.keep_proof(c.id, c.revision, EventId("e"), (record(), PAGES)),
    "letter.returned": lambda d, c: d.post.record_return(c.id, c.revision, EventId("e"), NOW, "Moved."),
    "letter.misdirected": lambda d, c: d.post.record_misdirected(c.id, c.revision, EventId("e"), NOW, "a garage", "x", "y"),
    "case.restrict": lambda d, c: d.fence.restrict(c.id, Restriction.RELATIVE, "Mine.", ["nia"]),
}


def brought(desk: Desk) -> Any:
    """A request in a file of which the bytes are kept."""
    with desk.store.atomic():
        return replace(arrival(desk), sha256=desk.store.blobs.keep(b"a file"))


@pytest.fixture(scope="module")
def walled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, Case]]:
    with desk_in(tmp_path_factory.mktemp("walled") / "w") as made:
        staffed(made)
        yield made, restricted(made)


@pytest.mark.parametrize("who", ["nia", "osei", "sol", "rui", "ada"])
@pytest.mark.parametrize("name", sorted(set(HIDDEN) - OPEN_TO_ALL))
def test_no_reading_verb_shows_a_restricted_case_to_others(walled: tuple[Desk, Case], name: str, who: str) -> None:
    desk, case = walled
    sit_down(desk, who)
    with pytest.raises(Fenced, match="is restricted: it is open to named people only"):
        HIDDEN[name](desk, case)


@pytest.mark.parametrize("name", sorted(WRITING))
def test_no_writing_verb_touches_a_restricted_case_for_others(walled: tuple[Desk, Case], name: str) -> None:
    desk, case = walled
    sit_down(desk, "nia")
    before = desk.store.ledger.last()
    with pytest.raises(Fenced, match="is restricted"):
        WRITING[name](desk, case)
    assert desk.store.ledger.last() == before


def test_those_who_are_named_work_on_as_before(walled: tuple[Desk, Case]) -> None:
    desk, case = walled
    sit_down(desk, "mara")
    assert only_row(desk).shown is Shown.NAMED
    assert only_row(desk).restricted is Restriction.EMPLOYEE
    for name in set(HIDDEN) - {"Letters.preview"}:
        HIDDEN[name](desk, case)
    with contextlib.suppress(EnoughError), desk.store.atomic():
        assert desk.determinations.refer(case.id, case.revision, (1,), "Back pain.").value.line(1).referral
        raise EnoughError


@pytest.mark.parametrize("who", ["nia", "osei", "sol", "rui", "adm", "ike"])
def test_to_others_a_restricted_row_is_a_number_and_no_filter_tells_more(walled: tuple[Desk, Case], who: str) -> None:
    desk, case = walled
    sit_down(desk, who)
    row = only_row(desk)
    assert (row.shown, row.number, row.workflow) == (Shown.NUMBER, case.number, case.workflow)
    assert (row.member, row.member_initials, row.member_id, row.birth_date, row.codes, row.diagnoses) == ("", "", "", None, (), ())
    assert (row.line_of_business, row.state, row.due_words, row.reviewer, row.determination, row.restricted) == (None,) * 2 + ("",) + (
        None,
    ) * 3
    assert only_row(desk, CaseFilter(text=case.number)).number == case.number
    telling = [
        CaseFilter(text="alvarado"), CaseFilter(text="DEMO-004417"), CaseFilter(text="76120"), CaseFilter(text="M54.5"),
        CaseFilter(text=f"{case.number} alvarado"), CaseFilter(code="97110"), CaseFilter(outcome=frozenset(Determination)),
        CaseFilter(lines_of_business=frozenset(LineOfBusiness)), CaseFilter(reviewer=case.reviewer), CaseFilter(to_notice=True),
        CaseFilter(received_from=date(2017, 1, 1)), CaseFilter(decided_to=date(2030, 1, 1)),
    ]  # fmt: skip
    assert [desk.supervision.cases(asked).total for asked in telling] == [0] * len(telling)


def test_why_a_case_is_held_is_told_to_keepers_to_whom_it_is_open(tmp_path: Path) -> None:
    clock = FixedClock()
    with desk_in(tmp_path / "w", clock=clock) as desk:
        staffed(desk)
        case = restricted(desk, "mara", "sup")
        desk.retention.hold(case.id, "The lawsuit of Rosalind Alvarado")
        clock.at += timedelta(days=365 * 11)
        for who, reason in (("sup", "The lawsuit of Rosalind Alvarado"), ("sol", ""), ("ada", ""), ("adm", ""), ("rui", "")):
            sit_down(desk, who)
            (aged,) = desk.retention.due()
            assert (aged.number, aged.standing, aged.hold) == (case.number, Standing.HELD, reason)
        for who in ("ike", "mara", "osei"):
            sit_down(desk, who)
            with pytest.raises(Forbidden, match="may not look at this"):
                desk.retention.due()


def test_words_that_mean_something_to_a_search_find_no_restricted_case(walled: tuple[Desk, Case]) -> None:
    desk, _ = walled
    sit_down(desk, "nia")
    for words in ("%", "_", "*", '"', "' OR 1 --", "UR-2017-000001' OR '1'='1", "a OR b", "NEAR(alvarado rosalind)", "\x00", "‮"):
        assert desk.supervision.cases(CaseFilter(text=words)).total == 0


def test_who_may_restrict_and_how(desk: Desk) -> None:
    staffed(desk)
    case = opened(desk)
    with pytest.raises(Forbidden, match="employee or a relative"):
        desk.fence.restrict(case.id, Restriction.SENSITIVE, "Delicate.", ["mara"])
    for names, why in (([], "at least one person"), (["nobody"], "no account of that name"), (["adm"], "reads no cases")):
        with pytest.raises(UserError, match=why):
            desk.fence.restrict(case.id, Restriction.RELATIVE, "My aunt.", names)
    with pytest.raises(UserError, match="Say why"):
        desk.fence.restrict(case.id, Restriction.RELATIVE, "  ", ["nia"])
    sit_down(desk, "nia")
    with pytest.raises(Forbidden, match="Only who opened the case"):
        desk.fence.restrict(case.id, Restriction.RELATIVE, "My uncle.", ["nia"])
    sit_down(desk, "mara")
    desk.fence.restrict(case.id, Restriction.RELATIVE, "My aunt.", ["nia", "NIA"])
    assert told(desk, case.id).restriction.open_to == (desk.store.accounts.named("nia").id,)  # type: ignore[union-attr]
    with pytest.raises(Fenced):
        desk.review.case(case.id)
    sit_down(desk, "adm")
    with pytest.raises(Fenced):
        desk.fence.unrestrict(case.id, "I am curious.")
    with pytest.raises(UserError, match="no such case"):
        desk.fence.restrict("nothing", Restriction.EMPLOYEE, "x", ["nia"])  # type: ignore[arg-type]


def test_an_administrator_restricts_a_case_without_seeing_it(desk: Desk) -> None:
    staffed(desk)
    case = opened(desk)
    sit_down(desk, "adm")
    marked = desk.fence.restrict(case.id, Restriction.EMPLOYEE, "She works here.", ["mara"]).value
    assert (marked.id, marked.number) == (case.id, case.number)
    assert not hasattr(marked, "request")


def test_lifting_opens_the_case_to_everybody_again(desk: Desk) -> None:
    staffed(desk)
    case = restricted(desk, "mara", "sol")
    desk.fence.unrestrict(case.id, "She left the plan.")
    with pytest.raises(UserError, match="is not restricted"):
        desk.fence.unrestrict(case.id, "Once more.")
    sit_down(desk, "nia")
    assert only_row(desk).member == "Alvarado, Rosalind"
    assert desk.review.case(case.id).restriction is None
    assert desk.supervision.verification().holds


# the glass -----------------------------------------------------------------------------------------------------------


def test_who_breaks_the_glass_sees_the_case_for_eight_hours_and_nobody_else_does(tmp_path: Path) -> None:
    clock = FixedClock()
    with desk_in(tmp_path / "w", clock=clock) as desk:
        staffed(desk)
        case = restricted(desk)
        sit_down(desk, "osei")
        desk.fence.break_glass(case.id, REASON)
        broken_at = told(desk, case.id).glasses[0].at
        assert desk.review.case(case.id).number == case.number
        assert only_row(desk).shown is Shown.NAMED
        desk.supervision.timeline(case.id)
        sit_down(desk, "nia")
        with pytest.raises(Fenced):
            desk.review.case(case.id)
        sit_down(desk, "osei")
        clock.at = broken_at + GLASS_LASTS - timedelta(seconds=10)
        desk.review.case(case.id)
        clock.at = broken_at + GLASS_LASTS
        for call in (desk.review.case, desk.review.on_desk, desk.supervision.timeline, desk.review.open_record):
            with pytest.raises(Fenced):
                call(case.id)
        assert only_row(desk).shown is Shown.NUMBER
        assert desk.supervision.verification().holds


def test_a_clock_that_was_set_back_opens_nothing(tmp_path: Path) -> None:
    clock = FixedClock()
    with desk_in(tmp_path / "w", clock=clock) as desk:
        case = restricted(desk, "mara")
        sit_down(desk, "osei")
        desk.fence.break_glass(case.id, REASON)
        clock.at = NOW - timedelta(days=3)
        with pytest.raises(Fenced):
            desk.review.case(case.id)


@pytest.mark.parametrize("reason", ["", "emergency", "   a               b   ", "x" * 19, "\n" * 40])
def test_a_reason_that_says_nothing_breaks_no_glass(walled: tuple[Desk, Case], reason: str) -> None:
    desk, case = walled
    sit_down(desk, "nia")
    with pytest.raises(UserError, match="Say why you must see this case"):
        desk.fence.break_glass(case.id, reason)


def test_a_glass_is_broken_only_where_there_is_one(desk: Desk) -> None:
    case = opened(desk)
    with pytest.raises(UserError, match="open to you already"):
        desk.fence.break_glass(case.id, REASON)
    sit_down(desk, "sol")
    desk.fence.restrict(case.id, Restriction.SENSITIVE, "A quarrel.", ["mara"])
    sit_down(desk, "osei")
    desk.fence.break_glass(case.id, REASON)
    with pytest.raises(UserError, match="open to you already"):
        desk.fence.break_glass(case.id, REASON)


def test_another_supervisor_looks_into_a_broken_glass_and_the_alert_is_gone(desk: Desk) -> None:
    staffed(desk)
    case = restricted(desk, "mara")
    assert desk.fence.alerts() == ()
    desk.fence.break_glass(case.id, REASON)
    (alert,) = desk.fence.alerts()
    assert (alert.number, alert.glass.reason, alert.person and alert.person.name) == (case.number, REASON, "sol")
    with pytest.raises(Forbidden, match="Whoever broke the glass"):
        desk.fence.acknowledge(case.id, alert.glass.event)
    sit_down(desk, "sup")
    assert desk.fence.alerts() == (alert,)
    desk.fence.acknowledge(case.id, alert.glass.event)
    assert desk.fence.alerts() == ()
    with pytest.raises(UserError, match="no such alert"):
        desk.fence.acknowledge(case.id, alert.glass.event)
    with pytest.raises(Fenced):
        desk.review.case(case.id)
    assert desk.supervision.verification().holds


def test_whoever_restricts_anew_closes_what_was_opened_in_need(desk: Desk) -> None:
    staffed(desk)
    case = restricted(desk, "mara", "sol")
    sit_down(desk, "nia")
    desk.fence.break_glass(case.id, REASON)
    desk.review.case(case.id)
    sit_down(desk, "sol")
    desk.fence.restrict(case.id, Restriction.EMPLOYEE, "Not for her.", ["mara", "sol"])
    sit_down(desk, "nia")
    with pytest.raises(Fenced):
        desk.review.case(case.id)


def test_what_happens_to_the_fence_is_no_step_that_an_undo_meets(desk: Desk) -> None:
    staffed(desk)
    case = opened(desk)
    done = desk.review.add_note(case.id, "Called.")
    desk.fence.restrict(case.id, Restriction.RELATIVE, "A cousin of the clerk.", ["mara"])
    sit_down(desk, "nia")
    desk.fence.break_glass(case.id, REASON)
    sit_down(desk, "mara")
    now = desk.review.case(case.id)
    assert done.undo is not None
    back = desk.determinations.undo(case.id, now.revision, done.undo.event).value
    assert back.restriction is not None
    assert [type(step.event.body) for step in desk.supervision.timeline(case.id)].count(GlassBroken) == 1


def test_the_fence_stands_after_a_restart_and_for_a_second_window(tmp_path: Path) -> None:
    with desk_in(tmp_path / "w") as desk:
        staffed(desk)
        other = open_desk(tmp_path / "w", "nia", clock=FixedClock())
        case = restricted(desk, "mara")
        with pytest.raises(Fenced):
            other.review.case(case.id)
        assert only_row(other).shown is Shown.NUMBER
        other.close()
    again = open_desk(tmp_path / "w", "nia", clock=FixedClock())
    with pytest.raises(Fenced):
        again.review.on_desk(case.id)
    again.close()


def test_a_closed_case_can_still_be_restricted(desk: Desk) -> None:
    case = opened(desk, line(1, "97110", "Therapeutic exercise"))
    case = desk.determinations.approve(case.id, case.revision, (1,), NO_POLICY, unchecked=UNCHECKED).value
    case = posted(desk, finish(desk.letters.issue(case.id, case.revision)).value)
    case = desk.determinations.close(case.id, case.revision).value
    sit_down(desk, "sol")
    desk.fence.restrict(case.id, Restriction.SENSITIVE, "A quarrel.", ["mara"])
    with pytest.raises(Fenced):
        desk.review.case(case.id)


def test_a_request_of_many_people_is_found_by_name_among_restricted_ones(desk: Desk) -> None:
    staffed(desk)
    restricted(desk, "mara")
    other = opened(desk, member=replace(request().member, family="Brandt", member_id="DEMO-2"))
    sit_down(desk, "nia")
    page = desk.supervision.cases(CaseFilter())
    assert {row.shown for row in page.rows} == {Shown.NUMBER, Shown.NAMED}
    assert [row.number for row in desk.supervision.cases(CaseFilter(text="brandt")).rows] == [other.number]
