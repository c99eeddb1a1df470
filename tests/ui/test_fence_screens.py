"""The fence in the window: restricted rows, the page of a case that is closed, its forms, and the alerts of supervisors."""

from pathlib import Path
from typing import Any

import pytest
from builders import enrolled, opened, passphrase, sit_down
from ui_window import Room, member, room

from ur_desk.desk.desk import Desk
from ur_desk.desk.reads import told
from ur_desk.domain.events import Restriction
from ur_desk.domain.guard.glass import GLASS_LASTS
from ur_desk.domain.people import Role
from ur_desk.ui.places import PageName

REASON = "The member waits in the emergency room and the nurse is away."


def walled(desk: Desk) -> None:
    """Three cases: an open one, one that is open to mara and sol, and one that is open to sup alone."""
    for number, family in enumerate(("Aldous", "Brandt", "Corwin"), start=1):
        opened(desk, member=member(number, family))
    sit_down(desk, "ada")
    for name, role in (("sup", Role.SUPERVISOR), ("rui", Role.AUDITOR), ("ike", Role.INTAKE), ("adm", Role.ADMINISTRATOR)):
        enrolled(desk, name, name.title(), frozenset({role}))
        desk.throwaway = {**desk.throwaway, name: passphrase(name)}
    _, second, third = desk.store.cases.ids()
    sit_down(desk, "sol")
    desk.fence.restrict(second, Restriction.EMPLOYEE, "She works in the mail room.", ["mara", "sol"])
    desk.fence.restrict(third, Restriction.SENSITIVE, "A quarrel.", ["sup"])
    sit_down(desk, "ada")


@pytest.fixture
def it(tmp_path: Path) -> Any:
    with room(tmp_path / "w", walled) as made:
        yield made


def rows(it: Room) -> dict[str, str]:
    """What a screen reader says of each row, by the end of the case's number."""
    page = it.go(PageName.WORKLIST)
    page.choose("all")
    return {page.cases.line(i).row.number[-1]: page.cases.spoken(page.cases.line(i)) for i in range(page.cases.rowCount())}


def review(it: Room, place: int) -> Any:
    return it.go(PageName.REVIEW, it.desk.store.cases.ids()[place])


def test_a_restricted_row_says_so_and_nothing_of_whom_it_is(it: Room) -> None:
    spoken = rows(it)
    assert "Brandt, Ines · restricted" in spoken["2"]
    assert "Restricted. open to named people only" in spoken["3"].replace("born ", "")
    for word in ("Corwin", "76120", "M54.5", "DEMO", "1971", "ERISA", "unknown"):
        assert word not in spoken["3"]
    it.page(PageName.WORKLIST).search.setText("corwin")
    assert it.page(PageName.WORKLIST).cases.total == 0


def test_initials_stand_where_a_name_is_not_needed(it: Room) -> None:
    it.sit("rui")
    assert "I. A." in rows(it)["1"]
    assert "Aldous" not in rows(it)["1"]
    assert "birth date unknown" not in rows(it)["1"]


def test_the_strip_of_a_restricted_case_says_which_kind(it: Room) -> None:
    page = review(it, 1)
    assert "Restricted: employee" in page.strip.content.warnings
    assert not page.fence.shut


def test_a_closed_case_is_a_sentence_and_the_glass_and_nothing_else(it: Room) -> None:
    page = review(it, 0)
    assert "Aldous" in page.strip.content.name
    page = review(it, 2)
    assert page.fence.shut
    assert page.strip.content.name == ""
    assert (page.strip.isVisible(), page.centre.isVisible(), page.bar.isVisible()) == (False, False, False)
    assert "is restricted" in page.fence.empty.accessibleName()
    assert not page.notice.isVisible()
    page = review(it, 0)
    assert not page.fence.isVisible()
    assert (page.strip.isVisible(), page.centre.isVisible(), page.bar.isVisible()) == (True, True, True)


def test_breaking_the_glass_opens_the_case_and_tells_supervisors(it: Room) -> None:
    page = review(it, 2)
    page.fence.break_action.trigger()
    form = page.fence.form
    form.commit()
    assert form.row("reason").problem == "Say why you must see this case."
    form.fill({"reason": "emergency"})
    form.commit()
    assert "20 characters or more" in form.notice.accessibleName()
    assert page.fence.shut
    form.fill({"reason": REASON})
    form.commit()
    assert page.fence.form is None
    assert not page.fence.shut
    assert "Corwin" in page.strip.content.name
    assert "Restricted: sensitive" in page.strip.content.warnings
    it.sit("sol")
    alerts = it.go(PageName.WORKLIST).alerts
    assert [REASON in row.words.words for row in alerts.rows] == [True]
    assert alerts.isVisible()
    alerts.rows[0].button.click()
    assert alerts.rows == []
    assert not alerts.isVisible()
    assert told(it.desk, it.desk.store.cases.ids()[2]).glasses[0].seen_by == it.desk.person.id


def test_when_the_hours_are_over_the_case_is_closed_while_it_is_on_the_screen(it: Room) -> None:
    third = it.desk.store.cases.ids()[2]
    it.desk.fence.break_glass(third, REASON)
    page = review(it, 2)
    page.fence.look_at_the_time()
    assert not page.fence.shut
    it.desk.clock.at += GLASS_LASTS  # type: ignore[attr-defined]
    page.fence.look_at_the_time()
    assert page.fence.shut
    assert page.strip.content.name == ""


def test_whoever_broke_the_glass_and_an_auditor_see_the_alert_and_take_it_away_not(it: Room) -> None:
    it.sit("sol")
    it.desk.fence.break_glass(it.desk.store.cases.ids()[2], REASON)
    for name, seen, may in (("sol", 1, False), ("rui", 1, False), ("sup", 1, True), ("mara", 0, False)):
        if it.desk.person.name != name:
            it.sit(name)
        for place in (PageName.AUDIT, PageName.WORKLIST):
            alerts = it.go(place).alerts
            alerts.read_again()
            assert [row.button.isVisible() for row in alerts.rows] == [may] * seen
            assert alerts.isVisible() == bool(seen)


def test_a_nurse_restricts_a_case_that_she_opened_and_may_leave_herself_out(it: Room) -> None:
    page = review(it, 0)
    page.fence.restrict_action.trigger()
    form, people = page.fence.form, page.fence.people
    assert [form.entry("kind").itemData(i) for i in range(form.entry("kind").count())] == ["", "employee", "relative"]
    assert people.names() == ["mara"]
    assert "adm" not in people.boxes
    form.commit()
    assert form.row("kind").problem
    form.fill({"kind": "relative", "reason": "My aunt."})
    people.boxes["mara"].setChecked(False)
    form.commit()
    assert "at least one person" in form.notice.accessibleName()
    people.boxes["sup"].setChecked(True)
    form.commit()
    assert page.fence.shut
    assert page.strip.content.name == ""
    assert "Aldous" not in rows(it)["1"]


def test_a_supervisor_lifts_a_restriction_that_is_open_to_them(it: Room) -> None:
    it.sit("sol")
    page = review(it, 1)
    page.fence.lift_action.trigger()
    page.fence.form.fill({"reason": "She left the plan."})
    page.fence.form.commit()
    assert page.strip.content.warnings == () or "Restricted" not in page.strip.content.warnings[0]
    assert told(it.desk, it.desk.store.cases.ids()[1]).restriction is None


@pytest.mark.parametrize(
    ("name", "place", "restrict", "lift", "glass"),
    [("mara", 0, True, False, False), ("mara", 1, True, False, False), ("mara", 2, False, False, True), ("osei", 0, False, False, False),
     ("osei", 2, False, False, True), ("sol", 1, True, True, False), ("rui", 2, False, False, False), ("rui", 0, False, False, False)],
)  # fmt: skip
def test_a_command_of_the_fence_is_open_to_its_roles_and_says_why_not_to_others(
    it: Room, name: str, place: int, restrict: bool, lift: bool, glass: bool
) -> None:
    if name != "mara":
        it.sit(name)
    fence = review(it, place).fence
    actions = (fence.restrict_action, fence.lift_action, fence.break_action)
    assert tuple(action.isEnabled() for action in actions) == (restrict, lift, glass)
    assert all(action.isEnabled() or action.toolTip().endswith(")") for action in actions)


@pytest.mark.parametrize(
    ("name", "reviews", "audits"), [("mara", True, True), ("ike", True, False), ("adm", False, True), ("rui", True, True)]
)
def test_pages_that_a_role_has_no_use_for_are_closed_and_say_so(it: Room, name: str, reviews: bool, audits: bool) -> None:
    if name != "mara":
        it.sit(name)
    commands = it.window.commands
    for action, open_ in ((commands.review, reviews), (commands.audit, audits), (commands.verify_trail, audits)):
        assert action.isEnabled() == open_
        assert action.toolTip().endswith("not for your role") != open_


def test_a_refused_case_leaves_nothing_of_the_one_before_on_the_audit_page(it: Room) -> None:
    first, _, third = it.desk.store.cases.ids()
    page = it.go(PageName.AUDIT, first)
    assert "Aldous" in page.case.strip.content.name
    page = it.go(PageName.AUDIT, third)
    assert page.case.strip.content.name == ""
    assert page.case.steps.rowCount() == 0
    assert "is restricted" in page.case.notice.accessibleName()


def test_a_form_of_the_fence_gives_way_to_a_step_and_to_esc(it: Room) -> None:
    from ur_desk.ui.widgets.panels.verbs import Verb

    page = review(it, 0)
    page.fence.restrict_action.trigger()
    page.ask_for(Verb.NOTE)
    assert page.fence.form is None
    assert page.panels.panel is not None
    assert page.panels.panel.isAncestorOf(it.window.focusWidget())
    page.fence.restrict_action.trigger()
    assert page.panels.panel is None
    page.fence.form.dismiss()
    assert not page.fence.isVisible()
    assert page.isAncestorOf(it.window.focusWidget())


def test_the_search_for_everything_names_nobody_who_is_restricted(it: Room) -> None:
    from ur_desk.domain.listing import CaseFilter
    from ur_desk.ui.palette import Palette

    it.window.commands.palette.trigger()
    palette = it.window.findChild(Palette)
    titles = [palette._case(row).title for row in it.desk.supervision.cases(CaseFilter()).rows]
    assert sorted(title[-12:].strip() for title in titles) == ["Aldous, Ines", "Brandt, Ines", "Restricted"]
