"""Paper at the door: told apart from policies by what it holds, taken up once, beside a draft or in a case."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import TABLES, desk_in, enrolled, opened, sit_down
from record_makers import fax, letter_of_necessity, locked, pdf, picture, policy_of_a_payer, printed

from ur_desk.desk.brought import Brought, Run
from ur_desk.desk.desk import Desk
from ur_desk.desk.door_paper import pages_of
from ur_desk.desk.steps import finish
from ur_desk.domain.events import Restriction
from ur_desk.domain.intake.attached import MediaType
from ur_desk.domain.people import Role
from ur_desk.errors import Forbidden, UserError

NOTE = pdf("Physical therapy evaluation\nRange of motion is full")
FORM = printed(
    [
        [(180, "PRIOR AUTHORIZATION REQUEST FORM")],
        [(50, "Patient Name: Rosa Alvarado"), (330, "DOB: 02/11/1968")],
        [(50, "Member ID: DEMO-004417"), (330, "CPT Code: 76120")],
    ],
    "10/05/2017 09:14 AM  FROM: Natarajan Spine  TO: 317-555-0100  PAGE 1 OF 1",
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path / "w") as made:
        sit_down(made, "mara")
        yield made


def put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def looked(desk: Desk, *places: Path, policies: bool = True) -> Run:
    run, files = desk.arrivals.begin(places)
    return finish(desk.arrivals.look(run, files, policies=policies)).value


def waiting(desk: Desk, folder: Path, data: bytes = FORM, name: str = "fax.pdf") -> Brought:
    run = looked(desk, put(folder, name, data))
    return desk.arrivals.report(run.id).files[0]


# what a file of pages is -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "paper", "policy"),
    [
        (fax(3), True, False),
        (picture("PNG"), True, False),
        (picture("JPEG"), True, False),
        (pdf("", ""), True, False),
        (NOTE, True, False),
        (FORM, True, False),
        (policy_of_a_payer(), False, True),
        (letter_of_necessity(), True, True),
    ],
    ids=["fax", "png", "jpeg", "scan", "note", "form", "policy", "letter"],
)
def test_a_file_of_pages_is_told_by_what_it_holds_and_where_that_is_not_enough_both_are_said(
    data: bytes, paper: bool, policy: bool
) -> None:
    pages = pages_of(data, Path("x.pdf"), TABLES.codeset)
    assert pages is not None
    assert (pages.paper is not None, pages.policy is not None) == (paper, policy)


def test_a_file_without_pages_is_none_and_a_locked_one_says_so() -> None:
    assert pages_of(b"ISA*00*", Path("x.pdf"), TABLES.codeset) is None
    with pytest.raises(UserError, match="password"):
        pages_of(locked(NOTE), Path("x.pdf"), TABLES.codeset)


@pytest.mark.samples
def test_the_sample_policies_are_policies_and_the_sample_papers_are_paper(samples: Path) -> None:
    policies = sorted((samples / "policies" / "pdf").glob("*.pdf"))
    papers = sorted((samples / "csv" / "pa-case-pdfs").glob("*.pdf"))
    assert (len(policies), len(papers)) == (5, 8)
    for files, kept in ((policies, "policy"), (papers, "paper")):
        for file in files:
            pages = pages_of(file.read_bytes(), file, TABLES.codeset)
            assert pages is not None
            assert [name for name in ("paper", "policy") if getattr(pages, name)] == [kept], file.name


# at the door -------------------------------------------------------------------------------------------------------------


def test_paper_stands_in_its_report_with_its_pages_and_waits_also_when_the_report_is_fetched_again(desk: Desk, tmp_path: Path) -> None:
    run = looked(desk, put(tmp_path, "a.tif", fax(3)), put(tmp_path, "b.pdf", letter_of_necessity()), put(tmp_path, "c.pdf", b"%PDF-1.7"))
    for told in (run, desk.arrivals.report(run.id)):
        assert [(file.path.name, file.paper.pages, file.unsure, file.to_key) for file in told.files if file.paper] == [
            ("a.tif", 3, False, True),
            ("b.pdf", 1, True, True),
        ]
        assert told.files[0].problems == ()
    assert [each.file.name for each in run.refused] == ["c.pdf"]
    (row,) = desk.arrivals.runs()
    assert (row.files, row.requests, row.waiting) == (2, 0, 2)


def test_a_policy_is_still_read_as_one_and_where_requests_are_read_it_says_what_it_is(desk: Desk, tmp_path: Path) -> None:
    file = put(tmp_path, "policy.pdf", policy_of_a_payer())
    (as_policy,) = looked(desk, file).files
    assert (as_policy.policy.id if as_policy.policy else "", as_policy.paper) == ("XYZ.00001", None)
    (as_request,) = looked(desk, file, policies=False).files
    assert [problem.code for problem in as_request.problems] == ["medical-policy"]


def test_files_are_sorted_so_that_paper_without_text_is_no_document_and_with_text_may_be_one(desk: Desk, tmp_path: Path) -> None:
    text = put(tmp_path, "a.txt", b"Medical Policy")
    scan, note = put(tmp_path, "b.pdf", pdf("")), put(tmp_path, "c.pdf", NOTE)
    told = finish(desk.arrivals.sort([text, scan, note]))
    assert (told.files, told.documents, told.unsure) == ((scan,), (text, note), 1)


def test_who_opens_no_case_brings_policies_in_and_no_paper(desk: Desk, tmp_path: Path) -> None:
    sit_down(desk, "ada")
    enrolled(desk, "sup", "Sol Two", frozenset({Role.SUPERVISOR}))
    sit_down(desk, "sup")
    run = looked(desk, put(tmp_path, "a.tif", fax(1)), put(tmp_path, "b.pdf", letter_of_necessity()))
    assert [each.file.name for each in run.refused] == ["a.tif"]
    assert "you open no cases" in run.refused[0].message
    assert [(file.paper, file.policy is not None) for file in run.files] == [(None, True)]


# taken up ----------------------------------------------------------------------------------------------------------------


def test_a_draft_holds_the_paper_with_what_the_form_in_it_proposes(desk: Desk, tmp_path: Path) -> None:
    file = waiting(desk, tmp_path)
    name = finish(desk.paper.draft(file)).value
    ((kept, draft),) = desk.intake.drafts()
    assert kept == name
    assert (draft.member.family, draft.services[0].code, draft.received_date) == ("Alvarado", "76120", "10/05/2017")
    assert draft.received_zone == str(desk.zone)
    assert [(record.name, record.pages, record.media_type) for record in draft.records] == [("fax.pdf", 1, MediaType.PDF)]
    assert not any(page.confirmed for page in draft.field_pages)
    assert desk.records.beside(name, file.sha256) == FORM
    laid = desk.arrivals.report(desk.arrivals.runs()[0].id).files[0].laid
    assert laid is not None
    assert (laid.draft, laid.holder) == (name, desk.person.display)
    assert [event.body.what for event in desk.store.ledger.of_verbs(["access.file-came-in"])] == ["record"]


def test_the_same_paper_is_not_keyed_twice_whoever_brings_it(desk: Desk, tmp_path: Path) -> None:
    file = waiting(desk, tmp_path)
    finish(desk.paper.draft(file))
    with pytest.raises(UserError, match=r"beside a draft of Mara.* already"):
        finish(desk.paper.draft(file))
    with pytest.raises(UserError, match="already"):
        desk.paper.bring(file)
    sit_down(desk, "ada")
    (again,) = looked(desk, file.path).files
    assert not again.to_key
    assert again.laid is not None
    assert (again.laid.holder.startswith("Mara"), again.laid.draft) == (True, "")
    sit_down(desk, "mara")
    assert len(desk.intake.drafts()) == 1


def test_paper_goes_to_an_open_case_as_records_and_says_which(desk: Desk, tmp_path: Path) -> None:
    case = opened(desk)
    file = waiting(desk, tmp_path, fax(2), "more.tif")
    done = desk.paper.attach(file, case.id)
    assert [kept.record.name for kept in done.value.records] == ["more.tif"]
    laid = desk.arrivals.report(desk.arrivals.runs()[0].id).files[0].laid
    assert laid is not None
    assert laid.case is not None
    assert laid.case.number == case.number
    with pytest.raises(UserError, match=f"is {case.number} already"):
        finish(desk.paper.draft(file))


def test_a_case_that_is_closed_to_whoever_looks_is_not_named(desk: Desk, tmp_path: Path) -> None:
    case = opened(desk)
    file = waiting(desk, tmp_path, fax(2), "more.tif")
    desk.paper.attach(file, case.id)
    sit_down(desk, "sol")
    desk.fence.restrict(case.id, Restriction.EMPLOYEE, "Works here.", ["sol"])
    sit_down(desk, "mara")
    laid = desk.arrivals.report(desk.arrivals.runs()[0].id).files[0].laid
    assert laid is not None
    assert (laid.case, laid.holder, laid.draft) == (None, "", "")


def test_a_discarded_draft_lets_its_paper_wait_again(desk: Desk, tmp_path: Path) -> None:
    file = waiting(desk, tmp_path)
    desk.intake.drop_draft(finish(desk.paper.draft(file)).value)
    assert desk.arrivals.report(desk.arrivals.runs()[0].id).files[0].to_key
    finish(desk.paper.draft(file))


def test_paper_that_is_not_to_be_keyed_leaves_its_report_and_no_other(desk: Desk, tmp_path: Path) -> None:
    run = looked(desk, put(tmp_path, "junk.tif", fax(1)), put(tmp_path, "good.tif", fax(2)))
    desk.paper.set_aside(run.files[0])
    assert [file.path.name for file in desk.arrivals.report(run.id).files] == ["good.tif"]
    with pytest.raises(UserError, match="put away meanwhile"):
        finish(desk.paper.draft(run.files[0]))


def test_paper_is_not_read_anew_as_a_file_of_requests(desk: Desk, tmp_path: Path) -> None:
    file = waiting(desk, tmp_path)
    with pytest.raises(UserError, match="no request is read"):
        finish(desk.arrivals.read_anew(file.id))
    (run,) = desk.arrivals.runs()
    assert desk.arrivals.report(run.id).to_key[0].paper == file.paper


def test_only_who_opens_cases_takes_paper_up(desk: Desk, tmp_path: Path) -> None:
    case, file = opened(desk), waiting(desk, tmp_path)
    sit_down(desk, "osei")
    for call in (
        lambda: finish(desk.paper.draft(file)),
        lambda: desk.paper.bring(file),
        lambda: desk.paper.attach(file, case.id),
        lambda: desk.paper.set_aside(file),
    ):
        with pytest.raises(Forbidden):
            call()


def test_a_report_in_which_paper_waits_is_not_put_away_by_itself(desk: Desk, tmp_path: Path) -> None:
    from datetime import timedelta

    waiting(desk, tmp_path)
    desk.clock.at += timedelta(days=40)  # type: ignore[attr-defined]
    looked(desk, put(tmp_path, "other.tif", fax(1)))
    assert len(desk.arrivals.runs()) == 2
