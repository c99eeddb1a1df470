"""The door: what was read, what it resembles, what became of it, and that nothing good is lost because its neighbour is bad."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from builders import NO_POLICY, NOW, UNCHECKED, FixedClock, desk_in, enrolled, line, open_desk, opened, request, sit_down

from ur_desk.desk.brought import Run
from ur_desk.desk.choosing import Chosen
from ur_desk.desk.desk import Desk
from ur_desk.desk.steps import finish
from ur_desk.domain.events import Restriction
from ur_desk.domain.intake.arriving import Choice, Likeness, choices
from ur_desk.domain.intake.prior import Decision
from ur_desk.domain.people import Role
from ur_desk.domain.request import Kind, Request
from ur_desk.errors import Fenced, Forbidden, Resembles, UserError
from ur_desk.records.request import request_data


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path / "w") as made:
        sit_down(made, "mara")
        yield made


def written(folder: Path, name: str, *requests: Request | dict[str, Any]) -> Path:
    path = folder / name
    told = [request_data(each) if isinstance(each, Request) else each for each in requests]
    path.write_text(json.dumps(told[0] if len(told) == 1 else told), encoding="utf-8")
    return path


def looked(desk: Desk, *places: Path) -> Run:
    run, files = desk.arrivals.begin(places)
    return finish(desk.arrivals.look(run, files)).value


def do(desk: Desk, run: Run, choice: Choice, case: Any = None, reason: str = "", nth: int = 0) -> Any:
    item = list(desk.arrivals.report(run.id).items)[nth]
    return finish(desk.choosing.carry_out(item, Chosen(choice, case, reason))).value


def another(number: int, **changes: Any) -> Request:
    """A request of a member of its own."""
    member = replace(request().member, family=f"Member{number}", member_id=f"DEMO-{number:06d}")
    return request(**{"reference": f"R-{number}", "member": member, **changes})


KNOWN = {"reference": "R-1"}


@pytest.mark.parametrize(
    ("changes", "like"),
    [
        ({}, Likeness.HERE),
        ({"clinical_notes": "More."}, Likeness.REFERENCE),
        ({"reference": "r 1", "clinical_notes": "More."}, Likeness.REFERENCE),
        ({"reference": "R1", "services": (line(1, "97110"),)}, None),
        ({"member": replace(request().member, member_id="DEMO-9", birth_date=None)}, None),
        ({"member": replace(request().member, family="Bond", member_id="DEMO-9")}, None),
        ({"member": replace(request().member, member_id="DEMO-9")}, Likeness.REFERENCE),
        ({"member": replace(request().member, family="Alvarez")}, Likeness.REFERENCE),
        ({"member": replace(request().member, member_id=None, birth_date=None)}, Likeness.REFERENCE),
        ({"reference": "R-2"}, Likeness.SERVICE),
        ({"reference": None}, Likeness.SERVICE),
        ({"reference": "R-2", "services": (line(1, "97110"),)}, None),
        ({"reference": "R-2", "services": (line(1, day=date(2017, 10, 13)),)}, None),
        ({"reference": "R-2", "services": (line(1, day=None),)}, Likeness.SERVICE),
        ({"reference": "R-2", "member": replace(request().member, member_id="DEMO-9")}, Likeness.SERVICE),
        ({"reference": "R-2", "member": replace(request().member, member_id="DEMO-9", birth_date=None)}, None),
        ({"reference": "R-2", "member": replace(request().member, family="ALVARADO", given="rosalind", member_id=None)}, Likeness.SERVICE),
        ({"reference": "R-2", "member": replace(request().member, family=None, member_id="demo 004417")}, Likeness.SERVICE),
        ({"kind": Kind.CANCELLATION}, Likeness.NAMED),
        ({"kind": Kind.RESPONSE, "reference": "X", "decision": Decision(answers=("R-1",))}, Likeness.NAMED),
        ({"kind": Kind.INQUIRY, "reference": "UR-2017-000001"}, Likeness.NAMED),
    ],
)
def test_what_a_request_resembles_and_how(desk: Desk, tmp_path: Path, changes: dict[str, Any], like: Likeness | None) -> None:
    case = opened(desk, **KNOWN)
    (item,) = looked(desk, written(tmp_path, "a.json", request(**{**KNOWN, **changes}))).items
    assert [each.likeness for each in item.resembles] == ([like] if like else [])
    if like:
        (row,) = [each.case for each in item.resembles]
        assert row is not None
        assert (row.number, row.workflow) == (case.number, case.workflow)
    assert item.here == (like is Likeness.HERE)
    assert item.alone == (like is None)


def test_a_request_without_the_senders_id_that_says_the_same_is_asked_about(desk: Desk, tmp_path: Path) -> None:
    opened(desk)
    (item,) = looked(desk, written(tmp_path, "a.json", request())).items
    assert [each.likeness for each in item.resembles] == [Likeness.CONTENT]
    assert item.waits
    assert not item.alone


def test_the_file_counts_for_nothing_in_what_a_request_says(desk: Desk, tmp_path: Path) -> None:
    run = looked(desk, written(tmp_path, "a.json", request(**KNOWN)))
    do(desk, run, Choice.NEW)
    (item,) = looked(desk, written(tmp_path, "b.json", request(**KNOWN), {"schema": "nonsense"})).items
    assert item.here
    with pytest.raises(Resembles, match="here already"):
        finish(desk.choosing.open(item))


def test_a_bad_neighbour_keeps_nothing_good_out_and_says_where_it_is_bad(desk: Desk, tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text("{not json", encoding="utf-8")
    (tmp_path / "empty.json").write_bytes(b"")
    mixed = written(tmp_path, "mixed.json", another(1), {"schema": "ur-desk-request/1", "member": {}}, another(2))
    run = looked(desk, bad, tmp_path / "gone.json", tmp_path / "empty.json", mixed)
    assert [len(file.items) for file in run.files] == [0, 0, 2]
    assert [file.errors[0].code for file in run.files] == ["broken-json", "empty-file", "no-service"]
    assert run.files[2].errors[0].where == "mixed.json: $[1].services"
    assert [each.file.name for each in run.refused] == ["gone.json"]
    assert desk.store.cases.ids() == ()


def test_a_folder_is_looked_at_with_all_that_lies_below_it(desk: Desk, tmp_path: Path) -> None:
    inner = tmp_path / "in" / "below"
    inner.mkdir(parents=True)
    written(tmp_path / "in", "b.json", another(1))
    written(inner, "a.json", another(2))
    (tmp_path / "in" / ".hidden.json").write_bytes(b"{}")
    assert [file.path.name for file in looked(desk, tmp_path / "in").files] == ["b.json", "a.json"]


def test_two_files_of_one_batch_with_the_same_request_open_one_case(desk: Desk, tmp_path: Path) -> None:
    run = looked(desk, written(tmp_path, "a.json", request(**KNOWN)), written(tmp_path, "b.json", request(**KNOWN), another(2)))
    first, second, third = run.items
    assert (first.alone, second.alone, third.alone) == (True, False, True)
    assert second.twin == ("a.json", 1, Likeness.HERE)
    do(desk, run, Choice.NEW)
    now = list(desk.arrivals.report(run.id).items)
    assert [item.waits for item in now] == [False, False, True]
    with pytest.raises(Resembles):
        finish(desk.choosing.open(second))
    assert len(desk.store.cases.ids()) == 1


def test_equal_requests_of_one_file_without_the_senders_id_are_each_decided(desk: Desk, tmp_path: Path) -> None:
    run = looked(desk, written(tmp_path, "a.json", request(), request()))
    case = do(desk, run, Choice.NEW)
    first, second = desk.arrivals.report(run.id).items
    assert (first.waits, second.waits) == (False, True)
    assert second.resembles[0].likeness is Likeness.CONTENT
    do(desk, run, Choice.AGAIN, case.id, nth=1)
    assert desk.arrivals.report(run.id).waiting == ()


def test_two_imports_of_one_file_side_by_side_open_one_case(desk: Desk, tmp_path: Path) -> None:
    file = written(tmp_path, "a.json", request(**KNOWN))
    other = open_desk(tmp_path / "w", "mara", clock=FixedClock(NOW + timedelta(minutes=1)))
    mine, theirs = looked(desk, file), looked(other, file)
    (item,), (twin,) = mine.items, theirs.items
    assert item.alone
    assert twin.alone
    finish(desk.choosing.open(item))
    with pytest.raises(Resembles):
        finish(other.choosing.open(twin))
    assert len(desk.store.cases.ids()) == 1
    assert other.arrivals.report(theirs.id).waiting == ()
    other.close()


@pytest.mark.parametrize("choice", [Choice.AGAIN, Choice.INFORMATION, Choice.LEAVE_OUT])
def test_two_imports_side_by_side_decide_once(desk: Desk, tmp_path: Path, choice: Choice) -> None:
    case = opened(desk)
    file = written(tmp_path, "a.json", request())
    other = open_desk(tmp_path / "w", "mara", clock=FixedClock(NOW + timedelta(minutes=1)))
    (item,), (twin,) = looked(desk, file).items, looked(other, file).items
    chosen = Chosen(choice, case.id, "A copy.")
    finish(desk.choosing.carry_out(item, chosen))
    before = desk.store.ledger.last()
    with pytest.raises(Resembles, match="meanwhile"):
        finish(other.choosing.carry_out(twin, chosen))
    assert desk.store.ledger.last() == before
    other.close()


def test_a_case_that_came_up_meanwhile_is_not_passed_over(desk: Desk, tmp_path: Path) -> None:
    (item,) = looked(desk, written(tmp_path, "a.json", request(reference="R-2"))).items
    assert item.alone
    case = opened(desk, **KNOWN)
    with pytest.raises(Resembles, match=case.number):
        finish(desk.choosing.open(item))
    (again,) = desk.arrivals.judged(looked(desk, tmp_path / "a.json").files)[0].items
    assert finish(desk.choosing.open(again)).value.number != case.number


def test_a_case_that_is_closed_to_the_reader_is_not_named(desk: Desk, tmp_path: Path) -> None:
    enrolled_nurse(desk)
    case = opened(desk, **KNOWN)
    sit_down(desk, "sol")
    desk.fence.restrict(case.id, Restriction.EMPLOYEE, "She works in the mail room.", ["mara"])
    sit_down(desk, "nia")
    same, akin = looked(desk, written(tmp_path, "a.json", request(**KNOWN), request(reference="R-2"))).items
    assert [each.case for each in (*same.resembles, *akin.resembles)] == [None, None]
    assert same.here
    for item in (same, akin):
        with pytest.raises(Resembles, match="open to named people only") as refused:
            finish(desk.choosing.open(item))
        assert case.number not in str(refused.value)
    with pytest.raises(Fenced):
        desk.choosing.attach(akin, case.id)


def enrolled_nurse(desk: Desk) -> None:
    sit_down(desk, "ada")
    enrolled(desk, "nia", "Nia", frozenset({Role.NURSE}))


def test_a_report_is_kept_and_can_be_opened_again(desk: Desk, tmp_path: Path) -> None:
    file = written(tmp_path, "a.json", another(1), another(2), {"schema": "ur-desk-request/1"})
    run = looked(desk, file)
    case = do(desk, run, Choice.NEW)
    file.unlink()
    again = open_desk(tmp_path / "w", "mara", clock=FixedClock(NOW + timedelta(minutes=1)))
    (row,) = again.arrivals.runs()
    assert (row.requests, row.waiting, row.files) == (2, 1, 1)
    told = again.arrivals.report(row.id)
    assert [item.became.case.number if item.became and item.became.case else "" for item in told.items] == [case.number, ""]
    assert told.files[0].errors
    finish(again.choosing.open(told.waiting[0]))
    assert again.arrivals.report(row.id).waiting == ()
    again.close()


def test_a_run_that_was_stopped_between_files_keeps_what_it_read(desk: Desk, tmp_path: Path) -> None:
    for number in range(3):
        written(tmp_path, f"{number}.json", another(number))
    run, files = desk.arrivals.begin(sorted(tmp_path.glob("*.json")))
    steps = desk.arrivals.look(run, files)
    step = next(steps)
    while len(run.files) < 2:
        step = steps.send(step.run())
    steps.close()
    assert len(list(desk.arrivals.report(run.id).items)) == 2


def test_bytes_that_came_in_before_say_when_and_by_whom(desk: Desk, tmp_path: Path) -> None:
    file = written(tmp_path, "a.json", another(1), another(2))
    first = looked(desk, file)
    assert first.files[0].before is None
    do(desk, first, Choice.NEW)
    second = looked(desk, file)
    assert second.files[0].before is not None
    assert second.files[0].before[1] == "Mara Lindqvist"
    assert [item.waits for item in second.items] == [False, True]
    assert desk.arrivals.report(first.id).files[0].before is None


def test_the_file_as_received_is_kept_once_with_its_hash(desk: Desk, tmp_path: Path) -> None:
    file = written(tmp_path, "a.json", another(1), another(2))
    run = looked(desk, file)
    one, two = do(desk, run, Choice.NEW), do(desk, run, Choice.NEW, nth=1)
    assert one.source == two.source
    assert desk.store.blobs.get(one.source) == file.read_bytes()
    assert len(list(desk.store.ledger.of_verbs(["access.file-came-in"]))) == 1
    assert desk.supervision.verification().holds


def test_a_report_of_which_nothing_waits_goes_after_a_month_and_one_that_waits_stays(tmp_path: Path) -> None:
    clock = FixedClock()
    with desk_in(tmp_path / "w", clock=clock) as desk:
        sit_down(desk, "mara")
        done, waits = looked(desk, written(tmp_path, "a.json", another(1))), looked(desk, written(tmp_path, "b.json", another(2)))
        do(desk, done, Choice.NEW)
        clock.at += timedelta(days=31)
        newest = looked(desk, written(tmp_path, "c.json", another(3)))
        assert {row.id for row in desk.arrivals.runs()} == {waits.id, newest.id}
        with pytest.raises(UserError, match="was put away"):
            desk.arrivals.report(done.id)
        desk.arrivals.forget(waits.id)
        assert {row.id for row in desk.arrivals.runs()} == {newest.id}


def test_a_request_of_a_report_that_was_put_away_is_not_saved_in_half(desk: Desk, tmp_path: Path) -> None:
    run = looked(desk, written(tmp_path, "a.json", another(1)))
    (item,) = run.items
    desk.arrivals.forget(run.id)
    with pytest.raises(UserError, match="put away"):
        finish(desk.choosing.open(item))
    assert desk.store.cases.ids() == ()


def test_whoever_opens_no_cases_looks_at_nothing(desk: Desk, tmp_path: Path) -> None:
    sit_down(desk, "osei")
    with pytest.raises(Forbidden):
        looked(desk, written(tmp_path, "a.json", another(1)))


def test_what_was_read_of_a_thousand_requests_is_judged_in_one_go(desk: Desk, tmp_path: Path) -> None:
    case = opened(desk, reference="R-7", member=another(7).member)
    run = looked(desk, written(tmp_path, "a.json", *(another(number) for number in range(1000))))
    resembling = [item for item in run.items if not item.alone]
    assert [(item.place, item.resembles[0].case.number) for item in resembling if item.resembles[0].case] == [(8, case.number)]


@pytest.mark.parametrize("kind", [None, *Kind])
@pytest.mark.parametrize("like", [None, *Likeness])
@pytest.mark.parametrize("adverse", [False, True])
def test_what_may_be_chosen_never_saves_the_same_twice_nor_drops_it_without_a_word(
    kind: Kind | None, like: Likeness | None, adverse: bool
) -> None:
    found = choices(kind, like, adverse)
    assert len(set(found)) == len(found)
    if like is Likeness.HERE:
        assert not {Choice.NEW, Choice.LEAVE_OUT} & set(found)
    else:
        assert Choice.LEAVE_OUT in found
    if kind in (Kind.RESPONSE, Kind.CANCELLATION, Kind.INQUIRY, Kind.APPEAL, Kind.NOTIFICATION):
        assert Choice.NEW not in found
    if not adverse or like is None:
        assert not {Choice.APPEAL, Choice.REOPENING} & set(found)


def test_nothing_of_a_denied_line_is_missed(desk: Desk, tmp_path: Path) -> None:
    case = opened(desk, line(1, "97110", "Therapeutic exercise"), **KNOWN)
    desk.determinations.approve(case.id, case.revision, (1,), NO_POLICY, unchecked=UNCHECKED)
    (item,) = looked(desk, written(tmp_path, "a.json", request(line(1, "97110", "Exercise"), **KNOWN))).items
    assert not item.resembles[0].adverse


def test_who_loads_policies_but_opens_no_case_brings_policies_and_nothing_else(desk: Desk, tmp_path: Path) -> None:
    sit_down(desk, "sol")
    text = (desk.tables.folder / "policies" / "RAD.00034.abstract.txt").read_text(encoding="utf-8")
    policy = tmp_path / "policy.txt"
    policy.write_text("\n".join(line for line in text.splitlines() if not line.startswith("Kind of text")), encoding="utf-8")
    run, files = desk.arrivals.begin([policy, written(tmp_path, "a.json", request())])
    finish(desk.arrivals.look(run, files, policies=True))
    assert [file.policy.id for file in run.files if file.policy] == ["RAD.00034"]
    assert ["holds requests" in each.message for each in run.refused] == [True]
    assert list(desk.store.arrivals.runs()) == []
