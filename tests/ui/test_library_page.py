"""The library page: the shelf, one policy line by line, what is known of it, and what a person records."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from ui_window import Room, room

from ur_desk.desk.desk import Desk
from ur_desk.desk.steps import finish
from ur_desk.ui.models.findings import FindingKind
from ur_desk.ui.models.policies import FoundLine, adopted_words
from ur_desk.ui.places import PageName


def own_document(desk: Desk) -> bytes:
    """A document of our own with the shape of the bundled abstract, in force a year later."""
    text = (desk.tables.folder / "policies" / "RAD.00034.abstract.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("Kind of text")]
    return "\n".join(lines).replace("09/27/2017", "09/26/2018").encode()


def with_document(desk: Desk) -> None:
    from builders import sit_down

    sit_down(desk, "sol")
    finish(desk.library.load(own_document(desk), "RAD.00034.txt"))


def titles(page: Any) -> list[str]:
    return [page.facts.row(i).title for i in range(page.facts.rowCount())]


def fill(form: Any, **typed: str) -> None:
    for key, words in typed.items():
        form.entry(key).retype(words)
    form.commit()


def test_the_first_policy_is_shown_with_its_lines_and_what_is_known_of_it(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        page = it.go(PageName.LIBRARY)
        assert page.shown.policy.id == "RAD.00034"
        assert page.policy.list.model().rowCount() > 80
        said = titles(page)
        assert "In force from 09/27/2017" in said
        assert "An abstract, not the payer's document" in said
        assert "Nobody has recorded that it still stands" in said
        assert "No adoption is recorded" in said


def test_a_finding_in_the_text_opens_its_line(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        page = it.go(PageName.LIBRARY)
        place, row = next(
            (i, page.facts.row(i)) for i in range(page.facts.rowCount()) if page.facts.row(i).target and page.facts.row(i).chip == "check"
        )
        page.about.setCurrentIndex(page.facts.index(place, 0))
        QTest.keyClick(page.about, Qt.Key.Key_Return)
        assert page.policy.line == row.target.line
        assert "S13.4XXA" in page.shown.policy.text.line(row.target.line).text


def test_groups_are_read_and_not_opened(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        page = it.go(PageName.LIBRARY)
        groups = [i for i in range(page.facts.rowCount()) if page.facts.row(i).kind is FindingKind.GROUP]
        assert len(groups) >= 2
        assert all(not page.facts.flags(page.facts.index(i, 0)) & Qt.ItemFlag.ItemIsSelectable for i in groups)


def test_an_abstract_is_not_confirmed_and_says_why(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        page = it.go(PageName.LIBRARY)
        assert not page.records.confirm_action.isEnabled()
        assert "payer's own document" in page.records.confirm_action.toolTip()


def test_a_document_is_confirmed_once_everything_was_looked_at(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", with_document) as it:
        page = it.go(PageName.LIBRARY)
        assert not page.shown.policy.abstract
        page.records.confirm_action.trigger()
        form = page.records.confirm_form
        assert form.isVisible()
        fill(form, positions="yes", criteria="yes", codes="yes")
        assert form.row("version").problem
        assert page.shown.confirmed is None
        fill(form, version="yes")
        assert page.shown.confirmed.by == "Mara Lindqvist"
        assert "The reading is confirmed" in titles(page)
        assert not form.isVisible()
        assert not page.records.confirm_action.isEnabled()
        assert it.window.status.words == "The reading is confirmed"


def test_that_a_version_still_stands_is_recorded_with_where_and_when(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        page = it.go(PageName.LIBRARY)
        page.records.stands_action.trigger()
        fill(page.records.stands_form)
        assert page.records.stands_form.row("where").problem
        fill(page.records.stands_form, where="the plan's site", day="10/32/2017")
        assert "no day" in page.records.stands_form.row("day").problem
        fill(page.records.stands_form, day="10/06/2017")
        assert page.shown.still_current.day == date(2017, 10, 6)
        assert "Still stood on 10/06/2017" in titles(page)


def test_what_the_desk_refuses_is_said_in_the_form_and_nothing_typed_is_lost(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        page = it.go(PageName.LIBRARY)
        page.records.stands_action.trigger()
        fill(page.records.stands_form, where="the plan's site", day="10/06/2037")
        assert page.records.stands_form.notice.isVisible()
        assert "lies in the future" in page.records.stands_form.notice.accessibleName()
        assert page.records.stands_form.text("where") == "the plan's site"
        assert page.shown.still_current is None


@pytest.mark.parametrize(("user", "may"), [("mara", False), ("sol", True), ("ada", True)])
def test_adoption_is_for_supervisors_and_administrators(tmp_path: Path, qtbot: Any, user: str, may: bool) -> None:
    with room(tmp_path / "w", user=user) as it:
        assert it.go(PageName.LIBRARY).records.adopt_action.isEnabled() is may


def test_adoption_is_recorded_by_line_of_business_and_state(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", user="sol") as it:
        page = it.go(PageName.LIBRARY)
        page.records.adopt_action.trigger()
        boxes = page.records.adoption_form._boxes._boxes
        boxes["medicaid_managed_care"].setChecked(True)
        fill(page.records.adoption_form, state="nowhere")
        assert page.records.adoption_form.row("state").problem
        fill(page.records.adoption_form, state="Indiana")
        assert page.shown.applies_to == ("medicaid_managed_care:IN",)
        page.records.adopt_action.trigger()
        page.records.adoption_form._boxes._boxes["medicare_advantage"].setChecked(True)
        fill(page.records.adoption_form)
        assert page.shown.applies_to == ("medicaid_managed_care:IN", "medicare_advantage")
        assert "Medicaid managed care, IN, Medicare Advantage" in [page.facts.row(i).detail for i in range(page.facts.rowCount())]


def test_words_are_found_line_by_line_in_every_policy(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        page = it.go(PageName.LIBRARY)
        page.search.setText("76120")
        row = page.shelf.row(0)
        assert isinstance(row, FoundLine)
        assert "76120" in row.hit.words
        page.list.go_to(0)
        assert page.policy.line == row.hit.line
        page.search.setText("no such words anywhere")
        assert page.beside.nothing.isVisible()
        page.search.clear()
        assert page.shelf.row(0).card.policy == "RAD.00034"


def test_a_policy_line_is_arrived_at(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        sha = it.desk.library.all()[0].policy.text.sha256
        page = it.go(PageName.LIBRARY, f"{sha}#42")
        assert page.policy.line == 42
        it.go(PageName.LIBRARY, "?M54.5")
        assert page.search.text() == "M54.5"
        it.go(PageName.LIBRARY, "0" * 64)
        assert page.notice.isVisible()


def test_versions_and_texts_of_a_policy_lead_to_one_another(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", with_document) as it:
        page = it.go(PageName.LIBRARY)
        assert page.shelf.rowCount() == 2
        used = [page.shelf.row(i).used for i in range(2)]
        assert used == [True, False]
        other = next(i for i in range(page.facts.rowCount()) if page.facts.row(i).target and page.facts.row(i).target.line == 0)
        page._open_fact(page.facts.index(other, 0))
        assert page.shown.policy.abstract


def test_a_form_closes_by_escape_and_gives_the_focus_back(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        page = it.go(PageName.LIBRARY)
        page.records.stands_action.trigger()
        assert not page.bar.isVisible()
        QTest.keyClick(page.records.stands_form.entry("where"), Qt.Key.Key_Escape)
        assert not page.records.stands_form.isVisible()
        assert page.bar.isVisible()
        assert it.window.focusWidget() is page.policy.list


def test_another_version_closes_a_form_that_was_about_the_first(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", with_document) as it:
        page = it.go(PageName.LIBRARY)
        page.records.stands_action.trigger()
        page.list.go_to(1)
        assert not page.records.stands_form.isVisible()


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("medicare_advantage", "Medicare Advantage"),
        ("medicaid_managed_care:IN", "Medicaid managed care, IN"),
        ("something_new", "something_new"),
    ],
)
def test_an_adoption_is_said_in_words(qapp: QApplication, entry: str, words: str) -> None:
    assert adopted_words(entry) == words


def test_room_is_there_for_the_panes_at_large_zoom(tmp_path: Path, qtbot: Any) -> None:
    from ur_desk.settings import Settings

    with room(tmp_path / "w", settings=Settings(theme="light", zoom=200)) as it:
        page = it.go(PageName.LIBRARY)
        QApplication.processEvents()
        assert page.panes.fit_count() < 3
        assert page.bar.isVisible()
        assert page.bar.geometry().bottom() <= page.height()
        assert isinstance(it, Room)
