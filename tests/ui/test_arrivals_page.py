"""Files that come in: what is good opens cases, what is not says why, and nothing is saved before somebody says so."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from builders import confirm, request, sit_down
from PySide6.QtWidgets import QApplication
from ui_window import member, room

from ur_desk.desk.steps import finish
from ur_desk.domain.listing import CaseFilter
from ur_desk.records.request import request_data
from ur_desk.ui.actions import plain_text
from ur_desk.ui.models.arrivals import ArrivalsModel
from ur_desk.ui.models.rows import ROW
from ur_desk.ui.places import PageName


def written(folder: Path, name: str, *families: str, ids: str = "DEMO-") -> Path:
    """A file with a request for each family name."""
    made = []
    for number, family in enumerate(families, start=1):
        data = request_data(request(member=member(number, family)))
        data["member"]["member_id"] = f"{ids}{number:06d}"
        made.append(data)
    path = folder / name
    path.write_text(json.dumps(made if len(made) != 1 else made[0]), encoding="utf-8")
    return path


def policy(folder: Path, desk: Any, name: str = "RAD.00034.txt") -> Path:
    text = (desk.tables.folder / "policies" / "RAD.00034.abstract.txt").read_text(encoding="utf-8")
    path = folder / name
    path.write_text("\n".join(line for line in text.splitlines() if not line.startswith("Kind of text")), encoding="utf-8")
    return path


def told(model: ArrivalsModel) -> list[str]:
    return [str(model.data(model.index(i, 0), 11)) for i in range(model.rowCount())]  # 11: the spoken text


def count(desk: Any) -> int:
    total: int = desk.supervision.cases(CaseFilter()).total
    return total


def test_one_clean_request_goes_straight_to_the_form(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        it.window.take_files([written(tmp_path, "one.json", "Quill")])
        assert it.place is PageName.ENTRY
        assert count(it.desk) == 0


def test_each_file_of_which_something_is_kept_stands_in_the_register_once(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        three, one = written(tmp_path, "three.json", "Quill", "Raven", "Swift"), policy(tmp_path, it.desk)
        it.window.take_files([three, one])
        it.shown.open_cases()
        it.shown.load_policies()
        it.window.take_files([written(tmp_path, "form.json", "Finch", ids="DEMO-9")])
        came = [event.body for event in it.desk.store.ledger.of_verbs(["access.file-came-in"])]
        assert [(body.what, Path(body.path).name) for body in came] == [
            ("request file", "three.json"),
            ("policy document", "RAD.00034.txt"),
            ("request file", "form.json"),
        ]
        assert came[0].sha256 == hashlib.sha256(three.read_bytes()).hexdigest()
        assert {item.path for item in it.desk.exports.still_outside()} == {three, one, tmp_path / "form.json"}


def test_a_file_of_which_nothing_is_kept_did_not_come_in(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        bad = tmp_path / "bad.json"
        bad.write_text("{not json", encoding="utf-8")
        it.window.take_files([written(tmp_path, "two.json", "Quill", "Raven"), bad])
        assert list(it.desk.store.ledger.of_verbs(["access.file-came-in"])) == []


def test_several_requests_are_listed_and_opened_by_one_button(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        bad = tmp_path / "bad.json"
        bad.write_text("{not json", encoding="utf-8")
        it.window.take_files([written(tmp_path, "three.json", "Quill", "Raven", "Swift"), bad])
        page = it.shown
        assert it.place is PageName.ARRIVALS
        assert page.bar._words.words == "3 good requests, 1 problem"
        assert plain_text(page.bar.open) == "Open 3 cases"
        assert count(it.desk) == 0
        page.bar.open.trigger()
        assert count(it.desk) == 3
        assert sum("UR-2017-00000" in words for words in told(page.model)) == 3
        assert not page.bar.open.isVisible()
        assert it.page(PageName.WORKLIST).cases.rowCount() == 3
        assert it.window.status.words.startswith("Saved: UR-2017-000001")


def test_a_refused_request_stops_no_other_and_says_why(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        real = written(tmp_path, "real.json", "Real", ids="MEM-")
        it.window.take_files([written(tmp_path, "two.json", "Quill", "Raven"), real])
        it.shown.bar.open.trigger()
        assert count(it.desk) == 2
        refused = [words for words in told(it.shown.model) if "refused" in words]
        assert len(refused) == 1
        assert "DEMO-" in refused[0]
        assert "Nothing was saved" in refused[0]


def test_a_policy_is_read_into_the_library(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        it.window.take_files([policy(tmp_path, it.desk)])
        page = it.shown
        assert plain_text(page.bar.load) == "Read 1 policy into the library"
        assert not page.bar.open.isVisible()
        assert len(it.desk.library.all()) == 1
        page.bar.load.trigger()
        assert len(it.desk.library.all()) == 2
        assert it.go(PageName.LIBRARY).shelf.rowCount() == 2


def test_a_text_that_stands_in_the_library_changes_nothing_says_so_and_is_read_anew_on_demand(tmp_path: Path, qtbot: Any) -> None:
    def first(desk: Any) -> None:
        finish(desk.library.load(policy(tmp_path, desk).read_bytes(), "own.txt"))
        sit_down(desk, "sol")
        confirm(desk)
        sit_down(desk, "mara")

    with room(tmp_path / "w", first) as it:
        it.window.take_files([policy(tmp_path, it.desk)])
        page, last = it.shown, it.desk.store.ledger.last()[0]
        page.bar.load.trigger()
        (row,) = [words for words in told(page.model) if "there already" in words]
        assert "confirmed by Sol Reyes" in row
        assert it.desk.store.ledger.last()[0] == last
        assert not page.bar.load.isVisible()
        assert not it.desk.readings.draft("RAD.00034").waits
        assert plain_text(page.bar.anew) == "Read anew as a draft"
        page.bar.anew.trigger()
        assert it.desk.readings.draft("RAD.00034").beside
        assert not page.bar.anew.isVisible()


def test_another_draft_is_offered_only_beside_a_confirmed_reading(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", lambda desk: finish(desk.library.load(policy(tmp_path, desk).read_bytes(), "own.txt"))) as it:
        it.window.take_files([policy(tmp_path, it.desk)])
        it.shown.bar.load.trigger()
        assert any("not confirmed yet" in row for row in told(it.shown.model))
        assert not it.shown.bar.anew.isVisible()


def test_a_newer_version_leads_to_what_it_means_for_cases(tmp_path: Path, qtbot: Any) -> None:
    def first(desk: Any) -> None:
        finish(desk.library.load(policy(tmp_path, desk).read_bytes().replace(b"09/27/2017", b"01/01/2016"), "older.txt"))

    with room(tmp_path / "w", first) as it:
        it.window.take_files([policy(tmp_path, it.desk)])
        it.shown.bar.load.trigger()
        assert any("Impact on cases" in row for row in told(it.shown.model))


def test_another_text_of_the_same_day_is_told_with_how_many_lines_differ(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        first = policy(tmp_path, it.desk)
        finish(it.desk.library.load(first.read_bytes(), first.name))
        it.sit("sol")
        confirm(it.desk)
        altered = tmp_path / "altered.txt"
        altered.write_text(first.read_text(encoding="utf-8").replace("used to find", "used to seek"), encoding="utf-8")
        it.window.take_files([altered])
        it.shown.load_policies()
        (row,) = [row for row in told(it.shown.model) if "RAD.00034" in row and "new draft" in row]
        assert "Another text of 09/27/2017 is confirmed; one line differs." in row


def test_what_was_saved_is_named_once_and_each_row_says_what_became_of_it(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        first = policy(tmp_path, it.desk)
        again, other = tmp_path / "again.txt", tmp_path / "other.txt"
        again.write_bytes(first.read_bytes())
        other.write_text(first.read_text(encoding="utf-8").replace("used to find", "used to seek"), encoding="utf-8")
        said: list[str] = []
        it.window.take_files([first, again, other])
        it.shown.said.connect(said.append)
        it.shown.load_policies()
        assert said == ["Saved: RAD.00034 (2 texts)"]
        chips = [row.chip for place in range(it.shown.model.rowCount()) if (row := it.shown.model.index(place, 0).data(ROW)).target is None]
        assert [chip for chip in chips if chip] == ["new draft", "there already", "new draft"]


def test_requests_and_policies_may_come_together(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        it.window.take_files([policy(tmp_path, it.desk), written(tmp_path, "one.json", "Quill")])
        page = it.shown
        assert page.bar._words.words == "1 good request, 1 policy"
        assert plain_text(page.bar.open) == "Open 1 case"
        page.bar.form.trigger()
        assert it.place is PageName.ENTRY


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("empty.json", b"", "empty"),
        ("broken.json", b"{", "json"),
        ("other.json", b'{"hello": 1}', "request"),
        ("binary.bin", bytes(range(256)) * 20, "text"),
        ("notes.txt", b"Buy milk.\nCall home.\n", "policy"),
        ("empty.txt", b"", "empty"),
    ],
)
def test_what_is_no_request_and_no_policy_says_what_it_is(tmp_path: Path, qtbot: Any, name: str, data: bytes, said: str) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    with room(tmp_path / "w") as it:
        it.window.take_files([file])
        words = " ".join(told(it.shown.model)).lower()
        assert it.place is PageName.ARRIVALS
        assert said in words
        assert "traceback" not in words
        assert not it.shown.bar.open.isVisible()
        assert not it.shown.bar.load.isVisible()
        assert count(it.desk) == 0


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        it.window.take_files([tmp_path / "gone.json", tmp_path / "also.json"])
        words = told(it.shown.model)
        assert any("gone.json cannot be read" in each for each in words)
        assert sum("cannot be read" in each for each in words) == 2


def test_closing_leads_back_and_saves_nothing(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        it.go(PageName.LIBRARY)
        it.window.take_files([written(tmp_path, "two.json", "Quill", "Raven")])
        it.shown.bar.close_.trigger()
        assert it.place is PageName.LIBRARY
        assert count(it.desk) == 0


def test_where_it_is_stopped_half_way_what_was_opened_is_open(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        it.window.take_files([written(tmp_path, "three.json", "Quill", "Raven", "Swift")])
        session = it.window.session
        assert session is not None
        jobs = []
        session.stepped.connect(lambda job, _step: jobs.append(job))

        def stop(_job: object, step: Any) -> None:
            if step is not None and count(it.desk) == 1:
                for wanted in session.jobs._wanted.values():
                    wanted.job.cancel()

        session.stepped.connect(stop)
        it.shown.bar.open.trigger()
        QApplication.processEvents()
        assert count(it.desk) in (1, 2)
        assert it.page(PageName.WORKLIST).cases.rowCount() == count(it.desk)
        assert it.shown.bar.open.isEnabled()
