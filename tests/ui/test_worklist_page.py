"""The worklist: what is due first, what each quick filter lists, and that the list keeps its place."""

from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from builders import NO_POLICY, UNCHECKED, FixedClock, enrolled, opened, request, sit_down
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from ui_window import many, member, one_of_each, room

from ur_desk.domain.drafts import draft_of
from ur_desk.domain.people import Role
from ur_desk.domain.request import LineOfBusiness, Urgency
from ur_desk.ui.fonts import Type
from ur_desk.ui.look import look
from ur_desk.ui.models.cases import PAGE
from ur_desk.ui.pages.worklist import NOW_AND_THEN
from ur_desk.ui.phrases import phrase
from ur_desk.ui.places import PageName, Place
from ur_desk.ui.privacy import mask
from ur_desk.ui.tokens import Tone
from ur_desk.ui.widgets.case_rows import SAVED, WORK, Column, columns


def names(page: Any) -> list[str]:
    return [page.cases.line(place).row.member.partition(",")[0] for place in range(page.cases.rowCount())]


@pytest.mark.parametrize(
    ("key", "listed"),
    [
        ("mine", {"Brandt", "Corwin", "Dorset"}),
        ("review", {"Aldous"}),
        ("physician", {"Brandt"}),
        ("pended", {"Corwin"}),
        ("notice", {"Dorset"}),
        ("all", {"Aldous", "Brandt", "Corwin", "Dorset", "Easton"}),
    ],
)
def test_each_quick_filter_lists_its_part_and_says_how_many(tmp_path: Path, qtbot: Any, key: str, listed: set[str]) -> None:
    with room(tmp_path / "w", one_of_each) as it:
        page = it.page(PageName.WORKLIST)
        page.choose(key)
        assert set(names(page)) == listed
        assert page._tabs[key].text().endswith(f"  {len(listed)}")
        assert page._tabs[key].accessibleName().endswith(f"{len(listed)} cases")


def test_filters_that_list_nothing_now_are_out_of_sight_and_can_be_chosen_all_the_same(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", one_of_each) as it:
        page = it.page(PageName.WORKLIST)
        seen = {key for key, tab in page._tabs.items() if tab.isVisibleTo(page)}
        empty = {key for key in NOW_AND_THEN if page._tabs[key].text().endswith("  0")}
        assert empty
        assert not seen & empty
        page.choose("chase")
        assert page._tabs["chase"].isVisibleTo(page)


@pytest.mark.parametrize(("user", "first"), [("mara", "review"), ("osei", "queue"), ("sol", "all")])
def test_a_day_begins_with_what_waits_for_the_person(tmp_path: Path, qtbot: Any, user: str, first: str) -> None:
    with room(tmp_path / "w", user=user) as it:
        assert it.page(PageName.WORKLIST).chosen_filter == first


def test_what_is_due_soonest_stands_first_and_what_has_no_date_as_if_it_were_expedited(tmp_path: Path, qtbot: Any) -> None:
    def fill(desk: Any) -> None:
        received = request().received_at
        assert received is not None
        opened(desk, member=member(1, "Later"), received_at=received + timedelta(days=3))
        opened(desk, member=member(2, "Never"), line_of_business=LineOfBusiness.MEDICAID_FFS)
        opened(desk, member=member(3, "Sooner"))
        opened(desk, member=member(4, "Fast"), urgency=Urgency.EXPEDITED, received_at=received + timedelta(days=3))

    with room(tmp_path / "w", fill) as it:
        page = it.page(PageName.WORKLIST)
        assert names(page) == ["Never", "Fast", "Sooner", "Later"]
        never = page.cases.line(0)
        assert (never.due, never.left) == ("No due date", None)
        assert "clock rule" in never.why_not
        page.order.setCurrentIndex(1)
        assert names(page) == ["Fast", "Sooner", "Never", "Later"]


def test_a_row_says_in_words_what_is_left_and_what_is_overdue(tmp_path: Path, qtbot: Any) -> None:
    clock = FixedClock()
    with room(tmp_path / "w", lambda desk: opened(desk), clock=clock) as it:
        page = it.page(PageName.WORKLIST)
        line = page.cases.line(0)
        assert line.due == "Fri 10/20/2017, end of day"
        assert line.left.words == "11 days left"
        page.cases.tick(line.row.due_at + timedelta(days=2, seconds=1))
        late = page.cases.line(0)
        assert (late.left.words, late.left.tone) == ("overdue by 2 days", Tone.BAD)
        assert "overdue by 2 days" in page.cases.spoken(late)
        for told in (
            "UR-2017-000001",
            "Alvarado, Rosalind",
            "born 02/14/1971",
            "76120",
            "M54.5",
            "Standard, pre-service",
            "In nurse review",
        ):
            assert told in page.cases.spoken(late)


@pytest.mark.parametrize(("words", "found"), [("cor", ["Corwin"]), ("UR-2017-000001", ["Aldous"]), ("97110", ["Dorset"]), ("zzz", []), ("\"* OR", [])])  # fmt: skip
def test_the_search_finds_by_member_number_and_code(tmp_path: Path, qtbot: Any, words: str, found: list[str]) -> None:
    with room(tmp_path / "w", one_of_each) as it:
        page = it.page(PageName.WORKLIST)
        page.choose("all")
        page.search.setText(words)
        assert names(page) == found
        if not found:
            assert "No case matches" in page.empty.accessibleName()
            assert page._stack.currentWidget() is page.empty


def test_an_empty_worklist_says_how_to_begin(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        page = it.page(PageName.WORKLIST)
        assert "No cases yet" in page.empty.accessibleName()
        assert page.empty.isVisible()
    with room(tmp_path / "x", one_of_each) as it:
        page = it.page(PageName.WORKLIST)
        page.choose("pended")
        assert not page.empty.isVisible()
        page.search.setText("nobody")
        assert "No case matches" in page.empty.accessibleName()


def test_a_list_that_is_empty_now_says_so(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", lambda desk: opened(desk)) as it:
        page = it.page(PageName.WORKLIST)
        page.choose("pended")
        assert "Nothing here now" in page.empty.accessibleName()


def test_enter_and_the_arrows_open_a_case(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", lambda desk: many(desk, 4)) as it:
        page = it.page(PageName.WORKLIST)
        page.list.setFocus()
        for key in (Qt.Key.Key_J, Qt.Key.Key_J, Qt.Key.Key_K, Qt.Key.Key_Down):
            QTest.keyClick(page.list, key)
        wanted = page.cases.line(2).row.id
        assert page.list.chosen() == wanted
        QTest.keyClick(page.list, Qt.Key.Key_Return)
        assert it.window.places.now == Place(PageName.REVIEW, wanted)


def test_coming_back_finds_the_list_where_it_was(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", lambda desk: many(desk, 30)) as it:
        page = it.page(PageName.WORKLIST)
        page.list.go_to(20)
        top = page.list.visualRect(page.list.currentIndex()).top()
        chosen = page.list.chosen()
        assert page.list.verticalScrollBar().value() > 0
        it.go(PageName.LIBRARY)
        opened(it.desk, member=member(99, "New"))
        it.go(PageName.WORKLIST)
        assert page.cases.rowCount() == 31
        assert page.list.chosen() == chosen
        assert page.list.visualRect(page.list.currentIndex()).top() == top


def test_a_case_that_moves_to_another_list_takes_nobody_with_it(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", one_of_each) as it:
        page = it.page(PageName.WORKLIST)
        page.choose("notice")
        page.list.go_to(0)
        session = it.window.session
        assert session is not None
        case = opened(it.desk, member=member(7, "Fresh"))
        session.write(lambda desk: desk.determinations.refer(case.id, case.revision, (1,), "Summary."), it.window)
        assert names(page) == ["Dorset"]
        assert page._tabs["physician"].text().endswith("  2")


def test_thousands_of_cases_come_by_pages(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", lambda desk: many(desk, PAGE + 20)) as it:
        page = it.page(PageName.WORKLIST)
        assert page.cases.total == PAGE + 20
        read = page.cases.rowCount()
        assert read >= PAGE
        page.list.scrollToBottom()
        QApplication.processEvents()
        while page.cases.canFetchMore():
            page.cases.fetchMore()
        assert page.cases.rowCount() == PAGE + 20
        assert len({page.cases.line(i).row.id for i in range(PAGE + 20)}) == PAGE + 20
        page.read_again()
        assert page.cases.rowCount() == PAGE + 20


def test_an_answer_that_comes_late_is_not_shown_for_another_question(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", one_of_each) as it:
        cases = it.page(PageName.WORKLIST).cases
        before = names(it.page(PageName.WORKLIST))
        stale = type("Read", (), {})
        cases._take(cases._asked - 1, False, stale)
        assert names(it.page(PageName.WORKLIST)) == before


def test_the_main_button_begins_a_request(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        QTest.keyClick(it.window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        assert it.place is PageName.ENTRY


def test_the_undone_shows_at_once(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", one_of_each) as it:
        page, session = it.page(PageName.WORKLIST), it.window.session
        assert session is not None
        case = it.desk.review.case(next(page.cases.line(i).row.id for i in range(page.cases.rowCount())))
        page.choose("physician")
        session.write(lambda desk: desk.determinations.refer(case.id, case.revision, (1,), "Summary."), it.window)
        assert set(names(page)) == {"Aldous", "Brandt"}
        it.window.commands.undo.trigger()
        assert set(names(page)) == {"Brandt"}
        assert (NO_POLICY.no_policy_found, len(UNCHECKED)) == (True, 5)


@pytest.mark.parametrize("shown", [WORK, SAVED], ids=["worklist", "audit"])
@pytest.mark.parametrize("width", [500, 800, 960, 1268, 1908, 3800])
def test_columns_never_overlap_and_identity_never_gives_way(qtbot: Any, width: int, shown: tuple[Column, ...]) -> None:
    placed = columns(width, shown)
    edges = sorted((track.left, track.left + track.width) for track in placed.values())
    assert all(one[1] < other[0] for one, other in pairwise(edges))
    assert {Column.CASE, Column.MEMBER} <= set(placed)
    if width >= 960:
        assert edges[-1][1] <= width


@pytest.mark.parametrize("shown", [WORK, SAVED], ids=["worklist", "audit"])
def test_every_line_of_business_is_read_whole_on_the_smallest_screen(qapp: QApplication, shown: tuple[Column, ...]) -> None:
    told = {line: phrase(line).partition(" (")[0] for line in LineOfBusiness}  # what stands in brackets is told below it
    metrics = QFontMetrics(look().font(Type.BODY))
    wide = columns(1268, shown)[Column.PLAN].width
    assert {line for line, words in told.items() if metrics.horizontalAdvance(words) > wide} == set()


# drafts that were handed over ----------------------------------------------------------------------------------------


def hand_to_mara(desk: Any) -> None:
    enrolled(desk, "nia", "Nia Abara", frozenset({Role.NURSE}))
    sit_down(desk, "nia")
    desk.intake.keep_draft("d1", draft_of(request()))
    desk.intake.keep_draft("d2", draft_of(request(reference="R-9")))
    desk.intake.hand_draft("d1", "mara", "The fax number of Alvarado is missing.")


def test_a_draft_that_a_colleague_handed_over_stands_above_the_cases_and_return_goes_on_with_it(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", hand_to_mara) as it:
        page = it.page(PageName.WORKLIST)
        handed = page.handed
        assert handed.isVisible()
        assert handed.title.text() == "1 draft was handed to you"
        said = str(handed.rows.index(0).data(Qt.ItemDataRole.AccessibleTextRole))
        assert said.startswith("Draft. Alvarado, Rosalind")
        assert said.endswith("from Nia Abara: “The fax number of Alvarado is missing.”")
        handed.list.setFocus()
        QTest.keyClick(handed.list, Qt.Key.Key_Return)
        form = it.shown
        assert form.name is PageName.ENTRY
        assert form.form.entry("member.family").typed() == "Alvarado"
        form.discard()
        it.go(PageName.WORKLIST)
        assert page.isVisible()
        assert not page.handed.isVisible()


def test_drafts_of_ones_own_are_no_drafts_handed_over_and_nobody_else_sees_them(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", hand_to_mara, user="nia") as it:
        page = it.page(PageName.WORKLIST)
        assert [each.name for each in it.desk.intake.kept_drafts()] == ["d2"]
        assert not page.handed.isVisible()
    with room(tmp_path / "v", hand_to_mara, user="osei") as it:
        assert not it.page(PageName.WORKLIST).handed.isVisible()


def test_under_the_mask_a_draft_names_nobody_and_its_word_is_hidden(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", hand_to_mara) as it:
        rows = it.page(PageName.WORKLIST).handed.rows
        mask().set(True)
        said = str(rows.index(0).data(Qt.ItemDataRole.AccessibleTextRole))
        assert "Alvarado" not in said
        assert "DEMO" not in said
        assert "“hidden”" in said
        mask().set(False)
