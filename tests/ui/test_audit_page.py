"""The audit page: cases found again and read as decided, their timeline and letters, and the check of the trail."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from builders import opened
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from ui_window import member, one_of_each, room

from ur_desk.domain.determination import Determination
from ur_desk.store import vault
from ur_desk.ui.pages.audit import letters as audit_letters
from ur_desk.ui.pages.audit import trail as audit_trail
from ur_desk.ui.places import PageName, Place

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def names(page: Any) -> set[str]:
    return {page.cases.line(place).row.member.partition(",")[0] for place in range(page.cases.rowCount())}


EVERYBODY = {"Aldous", "Brandt", "Corwin", "Dorset", "Easton"}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ({}, EVERYBODY),
        ({"words": "dorset"}, {"Dorset"}),
        ({"words": "UR-2017-000005"}, {"Easton"}),
        ({"code": "97110"}, {"Dorset"}),
        ({"code": "m54"}, EVERYBODY),
        ({"outcome": Determination.DENIED.value}, {"Easton"}),
        ({"reviewer": "osei"}, {"Easton"}),
        ({"decided_from": "10/09/2017"}, {"Dorset", "Easton"}),
        ({"decided_from": "10/10/2017"}, set()),
        ({"received_to": "10/04/2017"}, set()),
        ({"received_from": "10/05/2017", "received_to": "10/05/2017"}, EVERYBODY),
        ({"received_from": "13/45/2017"}, EVERYBODY),
    ],
)
def test_saved_cases_are_found_by_every_field(tmp_path: Path, qtbot: Any, typed: dict[str, str], found: set[str]) -> None:
    with room(tmp_path / "w", one_of_each, user="sol") as it:
        page = it.go(PageName.AUDIT)
        for key, words in typed.items():
            if key == "reviewer":
                page.search.reviewer.setCurrentIndex(page.search.reviewer.findText("Kwame Osei"))
            elif key == "outcome":
                page.search.outcome.setCurrentIndex(page.search.outcome.findData(words))
            else:
                field = page.search.days.get(key) or getattr(page.search, key)
                field.setText(words)
        assert names(page) == found
        if not found:
            assert "No saved case matches" in page.empty.accessibleName()
        page.search.clear()
        assert names(page) == EVERYBODY


def test_a_case_is_shown_as_decided_step_by_step_and_with_its_letters(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", one_of_each, user="sol") as it:
        page = it.go(PageName.AUDIT)
        page.search.words.setText("easton")
        page.list.setFocus()
        QTest.keyClick(page.list, Qt.Key.Key_Return)
        assert it.window.places.now == Place(PageName.AUDIT, page.cases.line(0).row.id)
        case = page.case
        assert case.strip.content.name == "Easton, Ines"
        assert case.policy.shown_text is not None
        assert case.findings.list.model().rowCount() > 3
        QTest.keyClick(it.window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
        told = [case.steps.row(i).sentence for i in range(case.steps.rowCount())]
        assert any(sentence.startswith("denied: line 1") for sentence in told)
        assert any("issued a denial letter" in sentence for sentence in told)
        QTest.keyClick(it.window, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
        assert case.letters.sentences.list.model().rowCount() > 10
        assert case.letters.pages.many >= 1
        QTest.keyClick(it.window, Qt.Key.Key_W, CONTROL)
        assert page.stack.currentIndex() == 0
        QTest.keyClick(it.window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
        assert page.stack.currentWidget() is page.case


def test_reading_a_case_leaves_it_as_it_was(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", one_of_each, user="sol") as it:
        events = it.desk.store.ledger.last()
        page = it.go(PageName.AUDIT)
        for place in range(page.cases.rowCount()):
            page._open(page.cases.line(place).row.id)
            for view in ("timeline", "letters", "decided"):
                page.case.show_view(view)
            page._to_list()
        since = [head.verb for head, _ in it.desk.store.ledger.every() if head.number > events[0]]
        assert set(since) == {"access.case-viewed", "access.timeline-read", "access.letter-read"}
        letters = since.count("access.letter-read")
        assert 0 < letters < page.cases.rowCount()
        assert len(since) == 2 * page.cases.rowCount() + letters
        page._open(page.cases.line(0).row.id)
        page.case.show_view("letters")
        many = it.desk.store.ledger.last()
        for _ in range(2):
            page.case.read_again()
            page.case.show_view("decided")
            page.case.show_view("letters")
        assert it.desk.store.ledger.last() == many


def test_a_letter_that_nobody_turned_to_was_not_read(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", one_of_each, user="sol") as it:
        page = it.go(PageName.AUDIT)
        for place in range(page.cases.rowCount()):
            page._open(page.cases.line(place).row.id)
            page.case.show_view("timeline")
        assert "access.letter-read" not in {head.verb for head, _ in it.desk.store.ledger.every()}


def test_who_looked_stands_among_the_steps_where_it_is_asked_for(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", one_of_each, user="sol") as it:
        page = it.go(PageName.AUDIT)
        page._open(page.cases.line(0).row.id)
        page.case.open_case(page.case.case)
        steps, shown = page.case.steps, page.case.steps.rowCount()
        assert not page.case.who_looked.isChecked()
        assert not any(steps.row(place).look for place in range(shown))
        page.case.who_looked.click()
        looks = [steps.row(place) for place in range(steps.rowCount()) if steps.row(place).look]
        assert steps.rowCount() == shown + len(looks) == shown + steps.looks
        assert {row.sentence for row in looks} == {"looked at the case.", "read the timeline."}
        assert all(row.quiet and row.who for row in looks)
        page.case.who_looked.click()
        assert steps.rowCount() == shown


def test_a_case_without_letters_says_so(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", lambda desk: opened(desk, member=member(1, "Alone")), user="sol") as it:
        page = it.go(PageName.AUDIT)
        page._open(page.cases.line(0).row.id)
        page.case.show_view("letters")
        assert page.case.letters.empty.isVisible()


def test_a_case_that_is_not_there_is_said_in_the_page(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", user="sol") as it:
        page = it.go(PageName.AUDIT, "no-such-case")
        assert page.case.notice.isVisible()
        assert "There is no such case." in page.case.notice.accessibleName()


def test_the_very_bytes_of_a_letter_are_saved(tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "letter.pdf"
    monkeypatch.setattr(audit_letters, "choose_target", lambda *_: target)
    with room(tmp_path / "w", one_of_each, user="sol") as it:
        page = it.go(PageName.AUDIT)
        row = next(page.cases.line(i).row for i in range(page.cases.rowCount()) if "Easton" in page.cases.line(i).row.member)
        page._open(row.id)
        page.case.show_view("letters")
        page.case.letters.save_action.trigger()
        letter = it.desk.review.case(row.id).letters[0]
        assert target.read_bytes() == it.desk.letters.pdf(letter.id)
        assert it.window.status.words == "Saved as letter.pdf"


# the trail -----------------------------------------------------------------------------------------------------------------


def test_a_trail_that_holds_is_said_in_the_page_and_at_the_foot(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", one_of_each, user="sol") as it:
        assert it.window.status.trail == "Trail not checked yet"
        it.go(PageName.WORKLIST)
        QTest.keyClick(it.window, Qt.Key.Key_V, CONTROL | SHIFT)
        page = it.page(PageName.AUDIT)
        assert it.place is PageName.AUDIT
        assert page.trail.words.words.startswith("The trail holds: ")
        assert page.trail.chip.words == "holds"
        assert not page.trail.list.isVisible()
        assert it.window.status.trail.startswith("Trail holds · 10/09/2017")


def test_every_break_of_the_trail_is_listed_and_the_window_says_so(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", one_of_each, user="sol") as it:
        tampering = vault.connect(it.desk.folder, it.desk.store.key)
        tampering.execute("UPDATE cases SET member = 'Somebody Else' WHERE number = 'UR-2017-000001'")
        tampering.close()
        it.window.commands.verify_trail.trigger()
        page = it.page(PageName.AUDIT)
        assert page.trail.chip.words == "broken"
        assert page.trail.list.isVisible()
        told = [page.trail.breaks.data(page.trail.breaks.index(i)) for i in range(page.trail.breaks.rowCount())]
        assert told
        assert f"{len(told)} breaks" in page.trail.words.words
        assert "Keep the workspace as it is" in page.trail.notice.accessibleName()
        assert it.window.status.trail.startswith("Trail broken")


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_heads_are_exported_without_a_name_in_them(tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    target = tmp_path / f"heads.{kind}"
    monkeypatch.setattr(audit_trail, "choose_target", lambda *_: target)
    with room(tmp_path / "w", one_of_each, user="sol") as it:
        page = it.go(PageName.AUDIT)
        (page.trail.csv_action if kind == "csv" else page.trail.json_action).trigger()
        text = target.read_text(encoding="utf-8")
        rows = list(csv.DictReader(io.StringIO(text))) if kind == "csv" else json.loads(text)
        left, _ = it.desk.store.ledger.last()
        assert len(rows) == left - 1
        assert [seal for head, seal in it.desk.store.ledger.exported() if head.number < left][-1] == rows[-1]["seal"]
        for private in ("Easton", "Dorset", "DEMO-", "studied", "97110"):
            assert not re.search(rf"\b{private}", text)  # as a word: five digits stand in some hash by chance
        assert it.window.status.words.startswith(f"{len(rows)} heads exported")


def test_an_export_that_cannot_be_written_says_so(tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_trail, "choose_target", lambda *_: tmp_path / "no" / "such" / "folder" / "heads.csv")
    with room(tmp_path / "w", user="sol") as it:
        page = it.go(PageName.AUDIT)
        page.trail.csv_action.trigger()
        assert page.trail.notice.isVisible()
        assert "cannot be written" in page.trail.notice.accessibleName()
