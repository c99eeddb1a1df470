"""Versions on the screen: how they stand, the days that a person gives, two texts side by side, and the impact on cases."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from builders import NO_POLICY, NOW, TABLES, UNCHECKED, FixedClock, desk_in, enrolled, line, open_desk, opened, passphrase, sit_down
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from ui_window import room

from ur_desk.desk.desk import Desk
from ur_desk.desk.steps import finish
from ur_desk.domain.events import Restriction
from ur_desk.domain.library.difference import RowKind
from ur_desk.domain.library.versions import VersionRule
from ur_desk.domain.people import Role
from ur_desk.settings import Settings
from ur_desk.ui.jobs import Jobs
from ur_desk.ui.main_window import MainWindow
from ur_desk.ui.models.findings import FindingKind
from ur_desk.ui.pages.library.changes import ChangesPage
from ur_desk.ui.pages.library.impact import ImpactPage
from ur_desk.ui.places import PageName, Place
from ur_desk.ui.theme import Appearance

FIRST = "Current Effective Date: 09/27/2017"


def document(desk: Desk, first: str = FIRST, *changes: tuple[str, str]) -> bytes:
    text = (desk.tables.folder / "policies" / "RAD.00034.abstract.txt").read_text(encoding="utf-8")
    own = "\n".join(row for row in text.splitlines() if not row.startswith("Kind of text")).replace(FIRST, first)
    for old, new in changes:
        assert old in own
        own = own.replace(old, new)
    return own.encode()


def two_versions(desk: Desk) -> None:
    """A version in force with two cases, one of them restricted, and a newer one with other words and one code less."""
    sit_down(desk, "mara")
    finish(desk.library.load(document(desk), "old.txt"))
    opened(desk)
    hidden = opened(desk)
    desk.fence.restrict(hidden.id, Restriction.EMPLOYEE, "Works here.", ["mara"])
    row = next(each for each in document(desk).decode().splitlines() if each.startswith("76120"))
    changed = document(desk, "Current Effective Date: 10/01/2017", ("used to find", "used to seek"), (row + "\n", ""))
    prose = next(each for each in changed.decode().splitlines()[20:] if len(each) > 60 and each.replace(" ", "").isascii() and "," in each)
    finish(desk.library.load(changed.replace(prose.encode(), f"• {prose}".encode()), "new.txt"))


def undated(desk: Desk) -> None:
    sit_down(desk, "ada")
    finish(desk.library.load(document(desk, "Publish Date: 10/04/2017"), "own.txt"))


def to_document(it: Any) -> Any:
    """The library page with the document that prints no first day."""
    page = it.go(PageName.LIBRARY)
    page.list.go_to(next(i for i in range(page.shelf.rowCount()) if not page.shelf.row(i).card.abstract))
    return page


def fill(form: Any, **typed: str) -> None:
    for key, words in typed.items():
        form.entry(key).retype(words)
    form.commit()


def titles(page: Any) -> list[str]:
    return [page.facts.row(i).title for i in range(page.facts.rowCount())]


def spoken(model: Any) -> list[str]:
    return [str(model.index(i, 0).data(Qt.ItemDataRole.AccessibleTextRole)) for i in range(model.rowCount())]


# the library ---------------------------------------------------------------------------------------------------------


def test_the_list_says_how_each_version_stands(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", two_versions) as it:
        page = it.go(PageName.LIBRARY)
        told = spoken(page.shelf)
        assert "superseded by an unconfirmed draft; its last day was 09/30/2017" in told[1]
        assert "superseded" not in told[0]


def test_a_first_day_is_given_with_its_source_and_refused_without(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", undated) as it:
        page = to_document(it)
        assert any(title.startswith("No first day") for title in titles(page))
        versions = page.versions
        assert versions.date_action.isEnabled()
        versions.date_action.trigger()
        form = versions.date_form
        assert form.isVisible()
        fill(form, day="10/01/2017")
        assert form.row("where").problem
        fill(form, day="10/32/2017", where="the notice of 09/15/2017")
        assert form.row("day").problem
        fill(form, day="10/01/2017")
        assert page.shown.policy.version.effective is not None
        assert "First day given: 10/01/2017" in titles(page)
        assert not form.isVisible()


def test_whoever_loaded_it_hears_that_a_second_person_must_and_keeps_what_was_typed(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", undated, user="ada") as it:
        page = to_document(it)
        page.versions.date_action.trigger()
        fill(page.versions.date_form, day="10/01/2017", where="the notice")
        assert "Whoever loaded" in page.versions.date_form.notice.accessibleName()
        assert page.versions.date_form.text("where") == "the notice"


def test_a_version_is_retired_and_its_last_day_taken_back(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        page = it.go(PageName.LIBRARY)
        versions = page.versions
        assert not versions.reinstate_action.isEnabled()
        assert not versions.date_action.isEnabled()
        versions.retire_action.trigger()
        fill(versions.retire_form, day="10/01/2017", where="the notice", successor="X.1")
        assert "Last day recorded: 10/01/2017" in titles(page)
        assert any(title.startswith("Retired") for title in titles(page))
        versions.reinstate_action.trigger()
        fill(versions.reinstate_form, reason="Another policy was meant.")
        assert page.shown.retired is None


@pytest.mark.parametrize(("user", "may"), [("mara", False), ("sol", True)])
def test_by_which_day_versions_are_chosen_is_a_supervisors_to_set(tmp_path: Path, qtbot: Any, user: str, may: bool) -> None:
    with room(tmp_path / "w", user=user) as it:
        page = it.go(PageName.LIBRARY)
        assert page.versions.rule_action.isEnabled() is may
        if not may:
            return
        page.versions.rule_action.trigger()
        assert page.versions.rule_form.text("rule") == "service"
        fill(page.versions.rule_form, rule="processing")
        assert page.versions.rule_form.row("where").problem
        fill(page.versions.rule_form, where="the notice of updates")
        assert it.desk.versions.rule is VersionRule.PROCESSING


def test_a_review_day_given_as_the_first_is_asked_once_more_and_then_kept(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", undated) as it:
        page = to_document(it)
        form = page.versions.date_form
        page.versions.date_action.trigger()
        fill(form, day="10/04/2017", where="the notice")
        assert "The document prints 10/04/2017" in form.notice.accessibleName()
        assert page.shown.policy.version.effective is None
        fill(form, day="08/03/2017")
        assert "day of the last review" in form.notice.accessibleName()
        fill(form, day="10/04/2017")
        assert page.shown.policy.version.effective is None, "another day was asked about meanwhile"
        form.commit()
        assert "First day given: 10/04/2017" in titles(page)


def test_the_version_for_a_day_of_service_is_said_with_its_reason_and_shown(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", two_versions) as it:
        page = it.go(PageName.LIBRARY)
        newest = page.shown.policy.text.sha256
        page.versions.day_action.trigger()
        form = page.versions.day_form
        assert form.isVisible()
        for typed, said in (
            ("09/30/2017", "The version in force from 09/27/2017 answers for 09/30/2017. The next one begins on 10/01/2017."),
            ("10/01/2017", "The version in force from 10/01/2017 answers for 10/01/2017. No later one is held"),
            ("09/26/2017", "For 09/26/2017 no version is held: the earliest is in force from 09/27/2017."),
            ("09/2", "type the first day of the service"),
            ("09/29/2017", "Its reading is not confirmed."),
        ):
            form.entry("day").retype(typed)
            assert said in form.words.text()
        form.commit()
        assert not form.isVisible()
        assert (page.shown.policy.version.effective, page.shown.policy.text.sha256 != newest) == (date(2017, 9, 27), True)


def test_what_the_library_lacks_and_an_overdue_review_stand_among_the_findings(tmp_path: Path, qtbot: Any) -> None:
    def fill(desk: Desk) -> None:
        sit_down(desk, "mara")
        finish(desk.library.load(document(desk, FIRST, ("used to find", "used, as Policy SURG.00099 tells, to find")), "own.txt"))

    late = FixedClock(NOW + timedelta(days=1000))
    with room(tmp_path / "w", fill, clock=late) as it:
        page = it.go(PageName.LIBRARY)
        page.list.go_to(next(i for i in range(page.shelf.rowCount()) if not page.shelf.row(i).card.abstract))
        told = spoken(page.facts)
        assert any("names the policy SURG.00099, which the library does not hold" in row for row in told)
        linted = {each.finding.message for each in it.desk.library.lint("RAD.00034")}
        assert any("review" in message.casefold() for message in linted - {f.message for f in page.shown.policy.findings})
        assert all(any(message in row for row in told) for message in linted)


# on lanes of their own -----------------------------------------------------------------------------------------------


def test_the_impact_on_a_decided_case_comes_on_lanes_of_their_own(tmp_path: Path, qapp: QApplication, qtbot: Any) -> None:
    with desk_in(tmp_path / "w") as made:
        two_versions(made)
        case = opened(made, line(1, "97110", "Therapeutic exercise"), line(2))
        made.determinations.approve(case.id, case.revision, (1,), NO_POLICY, unchecked=UNCHECKED)
        finish(made.library.load(document(made, "Current Effective Date: 10/02/2017", ("used to find", "used to spot")), "newest.txt"))
        newest = made.library.one("RAD.00034").policy.text.sha256
    jobs, desks = Jobs(), list[Desk]()
    window = MainWindow(jobs, Appearance(qapp, "light", 100), Settings(), lambda _kept: None)
    qtbot.addWidget(window)

    def opening() -> Desk:
        desks.append(open_desk(tmp_path / "w", "sol", clock=FixedClock(), tables=TABLES))
        return desks[0]

    window.open_workspace(opening)
    jobs.settle()
    window.go(Place(PageName.IMPACT, newest))
    jobs.settle()
    assert window.host is not None
    page = window.host.page(PageName.IMPACT)
    assert isinstance(page, ImpactPage)
    assert page.impact is not None
    assert [each.decided for each in page.impact.cases if each.row.number == case.number] == [True]
    jobs.shutdown(lambda: desks[0].close())


def test_a_look_that_a_fault_breaks_off_is_said_to_be_over(tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_asked: Any) -> None:
        raise RuntimeError("a fault")

    with room(tmp_path / "w", two_versions, user="sol") as it:
        monkeypatch.setattr(type(it.desk.impact), "_read", broken)
        heard: list[Any] = []
        monkeypatch.setattr("sys.excepthook", lambda *error: heard.append(error))
        page = it.go(PageName.LIBRARY)
        page.versions.impact_action.trigger()
        assert "broken off" in it.shown.empty.accessibleName()
        assert heard


# side by side --------------------------------------------------------------------------------------------------------


def compared(it: Any) -> ChangesPage:
    page = it.go(PageName.LIBRARY)
    page.versions.compare_action.trigger()
    shown: ChangesPage = it.shown
    assert shown.name is PageName.CHANGES
    return shown


def test_a_version_stands_beside_the_one_before_it_and_keys_go_from_change_to_change(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", two_versions) as it:
        page = compared(it)
        kinds = [page.rows.row(place).kind for place in page.rows.changes()]
        assert kinds.count(RowKind.CHANGED) >= 2
        assert RowKind.REMOVED in kinds
        visited = [page.list.currentIndex().row()]
        for _ in kinds:
            QTest.keyClick(page, Qt.Key.Key_F7)
            visited.append(page.list.currentIndex().row())
        assert visited == [*page.rows.changes(), page.rows.changes()[0]]
        QTest.keyClick(page, Qt.Key.Key_F7, Qt.KeyboardModifier.ShiftModifier)
        assert page.list.currentIndex().row() == page.rows.changes()[-1]
        assert any(words.startswith("Went. Old line") for words in spoken(page.rows))


def test_unimportant_lines_are_marked_only_where_they_are_asked_for(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", two_versions) as it:
        page = compared(it)
        before = len(page.rows.changes())
        assert page.rows.hidden() == 1
        page.everything_action.trigger()
        assert page.everything.isChecked()
        assert len(page.rows.changes()) == before + 1
        page.everything.click()
        assert len(page.rows.changes()) == before


def test_the_list_of_what_changed_leads_to_the_line(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", two_versions) as it:
        page = compared(it)
        told = [page.told.row(i) for i in range(page.told.rowCount())]
        assert [row.title for row in told if row.kind is FindingKind.GROUP] == ["Facts", "Codes, as sets", "Lines"]
        place = next(i for i, row in enumerate(told) if row.title == "76120")
        assert told[place].chip == "went"
        page.changes.setCurrentIndex(page.told.index(place, 0))
        QTest.keyClick(page.changes, Qt.Key.Key_Return)
        row = page.rows.row(page.list.currentIndex().row())
        assert row.old is not None
        assert row.old.text.startswith("76120")
        page.library_action.trigger()
        assert it.place is PageName.LIBRARY


def test_other_versions_are_chosen_and_the_same_two_say_the_same(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", two_versions) as it:
        page = compared(it)
        page.old_choice.setCurrentIndex(page.new_choice.currentIndex())
        page.old_choice.activated.emit(page.old_choice.currentIndex())
        assert page.rows.changes() == ()
        page.next_action.trigger()
        assert it.window.status.words == "The two say the same"
        it.go(PageName.CHANGES, "0" * 64)
        assert page.notice.isVisible()


def test_one_text_alone_is_refused_with_what_to_do(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        page = compared(it)
        assert "one text of that policy only" in page.notice.accessibleName()
        assert page.empty.isVisible()


# impact --------------------------------------------------------------------------------------------------------------


def impact(it: Any) -> ImpactPage:
    page = it.go(PageName.LIBRARY)
    page.versions.impact_action.trigger()
    shown: ImpactPage = it.shown
    assert shown.name is PageName.IMPACT
    return shown


def test_cases_stand_in_groups_and_open_by_a_key(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", two_versions) as it:
        page = impact(it)
        told = [page.cases.row(i) for i in range(page.cases.rowCount())]
        heads = [(row.title, row.chip) for row in told if row.kind is FindingKind.GROUP]
        assert heads == [("Findings differ", "2"), ("A line that the case rests on changed", "0"), ("Text only", "0")]
        assert all("Alvarado" not in words for words in spoken(page.cases))
        assert "R. A." in told[1].title
        QTest.keyClick(page.list, Qt.Key.Key_Return)
        assert it.place is PageName.REVIEW


def test_a_restricted_case_is_not_in_the_list_of_whoever_may_not_open_it(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", two_versions, user="sol") as it:
        page = impact(it)
        assert page.impact is not None
        assert len(page.impact.cases) == 1
        QTest.keyClick(page.list, Qt.Key.Key_Return)
        assert it.place is PageName.AUDIT


def test_what_one_person_saw_is_gone_when_another_sits_down(tmp_path: Path, qtbot: Any) -> None:
    def and_an_administrator(desk: Desk) -> None:
        two_versions(desk)
        sit_down(desk, "ada")
        enrolled(desk, "adm", "Adm", frozenset({Role.ADMINISTRATOR}))

    with room(tmp_path / "w", and_an_administrator) as it:
        it.desk.throwaway = {**it.desk.throwaway, "adm": passphrase("adm")}
        page = impact(it)
        assert page.cases.rowCount()
        it.sit("adm")
        now = it.page(PageName.IMPACT)
        assert now.cases.rowCount() == 0
        library = it.go(PageName.LIBRARY)
        assert not library.versions.impact_action.isEnabled()
        refused = it.go(PageName.IMPACT, library.shown.policy.text.sha256)
        assert "may not look at this" in refused.notice.accessibleName()
        assert refused.cases.rowCount() == 0


def test_no_case_on_another_version_is_said(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        page = impact(it)
        assert page.empty.isVisible()
        assert not page.list.isVisible()


def test_there_is_room_at_large_zoom(tmp_path: Path, qtbot: Any) -> None:
    from ur_desk.settings import Settings

    with room(tmp_path / "w", two_versions, settings=Settings(theme="dark", zoom=200)) as it:
        page = compared(it)
        QApplication.processEvents()
        assert page.list.isVisible()
        assert not page.panes.beside or page.list.width() > 300
        case_page = impact(it)
        assert case_page.bar.geometry().bottom() <= case_page.height()
