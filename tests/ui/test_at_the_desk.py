"""What a nurse and a physician meet at the real window, key by key: nothing typed is lost, nothing refused is out of sight."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from builders import NO_POLICY, OSEI, UNCHECKED, enrolled, line, opened, passphrase, profile, sit_down, unclear
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from ui_window import Room, member, one_of_each, room

from ur_desk.desk.desk import Desk
from ur_desk.desk.steps import finish
from ur_desk.domain.determination import Determination, Workflow
from ur_desk.domain.information.asking import Extent
from ur_desk.domain.letters.notice_given import ON_A_FORM
from ur_desk.domain.people import Role
from ur_desk.domain.request import Coverage, LineOfBusiness, Provider, Urgency
from ur_desk.ui.pages.administration.letters import LettersView
from ur_desk.ui.places import PageName
from ur_desk.ui.widgets.panels.verbs import Verb
from ur_desk.ui.widgets.parts import CommandButton

FORMS = Path(__file__).parents[2] / "resources" / "letters" / "forms.json"
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def it(tmp_path: Path, qtbot: Any) -> Iterator[Room]:
    with room(tmp_path / "w", one_of_each) as made:
        yield made


def settle() -> None:
    """Let the window lay itself out, as an event loop would."""
    for _ in range(4):
        QApplication.processEvents()


def key(it: Room, what: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(it.window.focusWidget() or it.window, what, held)


def open_case(it: Room, family: str) -> Any:
    """The review of a member's case."""
    worklist = it.page(PageName.WORKLIST)
    worklist.choose("all")
    rows = [worklist.cases.line(place).row for place in range(worklist.cases.rowCount())]
    return it.go(PageName.REVIEW, next(row.id for row in rows if family in (row.member or "")))


def begin(it: Room, family: str, verb: Verb, **typed: str) -> Any:
    """The panel of a verb about a member's case, with fields filled in."""
    page = open_case(it, family)
    page.ask_for(verb)
    found = page.panels.panel
    assert found is not None
    for name, words in typed.items():
        found.entry(name).retype(words)
    return found


def deny(it: Room, family: str = "Brandt") -> Any:
    it.sit("osei")
    found = begin(it, family, Verb.DENY, rationale="Own reasoning.", words="Moving x-ray pictures are not proven to help.")
    page = it.page(PageName.REVIEW)
    page.policy.go_to(17)
    page.cite()
    found.entry("attest").retype("yes")
    found.entry("sign").retype(passphrase("osei"))
    return found


def whole_in_sight(area: Any, part: QWidget) -> bool:
    """Whether every pixel of a part stands in the place that scrolls it."""
    place = QRect(part.mapTo(area.viewport(), QPoint(0, 0)), part.size())
    return bool(area.viewport().rect().contains(place))


# no word is lost ---------------------------------------------------------------------------------------------------------


def test_a_referral_that_is_taken_back_gives_its_words_back(it: Room) -> None:
    found = begin(it, "Aldous", Verb.REFER, summary="Five months of pain.", question="An exception?")
    found.commit()
    page = it.page(PageName.REVIEW)
    assert page.panels.panel is None
    key(it, Qt.Key.Key_Z, CONTROL)
    assert it.desk.review.case(page.case).line(1).workflow is Workflow.REVIEW
    page.ask_for(Verb.REFER)
    assert (page.panels.panel.text("summary"), page.panels.panel.text("question")) == ("Five months of pain.", "An exception?")


def test_a_signed_denial_that_is_taken_back_gives_back_words_and_citations_and_no_signature(it: Room) -> None:
    deny(it).commit()
    page = it.page(PageName.REVIEW)
    assert it.desk.review.case(page.case).line(1).determination is Determination.DENIED
    key(it, Qt.Key.Key_Z, CONTROL)
    page.ask_for(Verb.DENY)
    found = page.panels.panel
    assert found.text("rationale") == "Own reasoning."
    assert found.text("words") == "Moving x-ray pictures are not proven to help."
    assert [each.anchor.first_line for each in page.panels.basis.policy_lines] == [17]
    assert (found.text("sign"), found.text("attest")) == ("", "")


# nothing refused is out of sight -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("missing", ["attest", "sign"])
def test_a_signature_that_is_refused_shows_the_field_and_why(it: Room, missing: str) -> None:
    found = deny(it)
    found.entry(missing).retype("")
    settle()
    found._body.verticalScrollBar().setValue(0)
    found.entry("rationale").setFocus()
    key(it, Qt.Key.Key_Return, CONTROL)
    settle()
    row = found.row(missing)
    assert row.problem
    assert whole_in_sight(found._body, row)


def test_a_wrong_passphrase_is_said_in_sight(it: Room) -> None:
    found = deny(it)
    found.entry("sign").retype("not the one")
    settle()
    found._body.verticalScrollBar().setValue(0)
    found.entry("rationale").setFocus()
    key(it, Qt.Key.Key_Return, CONTROL)
    settle()
    assert found.row("sign").problem
    assert whole_in_sight(found._body, found.row("sign"))


# one key for one thing ---------------------------------------------------------------------------------------------------


def issued_letter(it: Room, family: str = "Dorset") -> Any:
    """The letter of an approved case, issued and on the screen."""
    page = open_case(it, family)
    case = it.desk.review.case(page.case)
    session = it.window.session
    assert session is not None
    session.steps(lambda desk: desk.letters.issue(case.id, case.revision), page)
    page.show_letter()
    return page


@pytest.mark.parametrize("enter", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_the_commit_key_in_a_form_of_the_letter_is_the_forms_and_the_letters_again_afterwards(it: Room, enter: Qt.Key) -> None:
    page = issued_letter(it)
    page.letter.post.commands["send"].trigger()
    form = page.letter.post.form
    assert form.isAncestorOf(it.window.focusWidget())
    key(it, enter, CONTROL)
    assert it.desk.review.case(page.case).sendings
    assert page.letter.post.form is None
    assert page.letter.isAncestorOf(it.window.focusWidget())
    assert [each.toString() for each in page.next_action.shortcuts()] == ["Ctrl+Return", "Ctrl+Enter"]
    key(it, Qt.Key.Key_Escape)
    assert page.centre.currentWidget() is page.columns


def test_a_form_of_the_letter_that_is_given_up_leaves_the_focus_in_the_letter(it: Room) -> None:
    page = issued_letter(it)
    page.letter.post.commands["send"].trigger()
    key(it, Qt.Key.Key_Escape)
    assert page.letter.post.form is None
    assert page.letter.isAncestorOf(it.window.focusWidget())


# where the hands lie -----------------------------------------------------------------------------------------------------


def test_whoever_comes_in_stands_in_the_list_and_opens_a_case_by_keys_alone(it: Room) -> None:
    for name in ("mara", "osei", "mara"):
        it.sit(name)
        settle()
        assert it.place is PageName.WORKLIST
        worklist = it.page(PageName.WORKLIST)
        shown = worklist.queue if name == "osei" else worklist
        assert it.window.focusWidget() is shown.list, name
        key(it, Qt.Key.Key_J)
        key(it, Qt.Key.Key_K)
        key(it, Qt.Key.Key_Return)
        assert it.place is PageName.REVIEW, name
        it.go(PageName.WORKLIST)


def test_where_nothing_is_listed_the_focus_waits_on_what_is_said_and_goes_to_the_first_case_that_comes(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        settle()
        worklist = it.page(PageName.WORKLIST)
        assert it.window.focusWidget() is worklist.empty
        opened(it.desk)
        worklist.read_again()
        assert it.window.focusWidget() is worklist.list
        key(it, Qt.Key.Key_Return)
        assert it.place is PageName.REVIEW


# how people are reached --------------------------------------------------------------------------------------------------

OFFICE = Provider("Priya Natarajan", "1558597799", "765-555-0101", "765-555-0102", "Nell at the desk")


@pytest.fixture
def reached(tmp_path: Path, qtbot: Any) -> Iterator[Room]:
    """A case of which the request tells how its provider and its member are reached."""

    def fill(desk: Desk) -> None:
        told = replace(member(1, "Aldous"), phone="765-555-0103")
        plain = line(1, "97110", "Therapeutic exercise")
        made = opened(desk, plain, member=told, requesting_provider=OFFICE)
        desk.determinations.approve(made.id, made.revision, (1,), NO_POLICY, unchecked=UNCHECKED)

    with room(tmp_path / "w", fill) as made:
        yield made


def test_the_request_pane_says_how_the_provider_is_reached(reached: Room) -> None:
    page = open_case(reached, "Aldous")
    rows = {row.key: row.value for row in page.request._model._rows}
    assert rows["Reached at"] == "Nell at the desk · tel. 765-555-0101 · fax 765-555-0102"


def test_a_contact_begins_with_the_number_that_the_request_tells_for_whom_and_the_way(reached: Room) -> None:
    found = begin(reached, "Aldous", Verb.CONTACT)
    assert found.text("number") == "765-555-0101"
    found.entry("way").retype("fax")
    assert found.text("number") == "765-555-0102"
    found.entry("way").retype("call")
    QTest.keyClicks(found.entry("with_whom"), "Ines Aldous")
    assert found.text("number") == "765-555-0103"
    found.entry("with_whom").retype("Somebody else")
    assert found.text("number") == ""
    found.entry("number").retype("765-555-0199")
    found.entry("with_whom").retype("Nell at the desk")
    assert found.text("number") == "765-555-0199"


def test_a_peer_to_peer_is_offered_with_the_plans_own_number(reached: Room) -> None:
    assert begin(reached, "Aldous", Verb.PEER_OFFER).text("number") == "1-800-555-0146"


def test_a_sending_by_fax_and_its_cover_begin_with_the_providers_fax(reached: Room) -> None:
    page = issued_letter(reached, "Aldous")
    page.letter.post.commands["send"].trigger()
    form = page.letter.post.form
    assert form.text("where") == ""
    form.entry("way").retype("phone")
    assert form.text("where") == "765-555-0103"
    copies = [letter for letter in reached.desk.review.case(page.case).letters if letter.copy_of]
    page.letter._show_issued(copies[-1].id)
    page.letter.post.commands["send"].trigger()
    form = page.letter.post.form
    form.entry("way").retype("fax")
    assert (form.text("party"), form.text("where")) == ("provider", "765-555-0102")
    page.letter.post.commands["cover"].trigger()
    assert (page.letter.post.form.text("to_whom"), page.letter.post.form.text("fax")) == ("Nell at the desk", "765-555-0102")


# from field to field -----------------------------------------------------------------------------------------------------


def focused(it: Room) -> str:
    """The part that has the focus, by the name that a screen reader says."""
    focus: Any = it.window.focusWidget()
    return focus.accessibleName() or str(focus.text())


def tabbed(it: Room, found: Any) -> list[str]:
    """What Tab meets in a panel from where the focus is, until it leaves the panel or comes round."""
    stops: list[str] = []
    while found.isAncestorOf(it.window.focusWidget()) and focused(it) not in stops:
        stops.append(focused(it))
        key(it, Qt.Key.Key_Tab)
    return stops


def test_tab_goes_through_the_approval_as_the_eye_does(it: Room) -> None:
    page = open_case(it, "Aldous")
    case = opened(it.desk, line(1, "97110", "Therapeutic exercise"), member=member(9, "Fenwick"))
    page.open_case(case.id)
    page.ask_for(Verb.APPROVE)
    page.policy.go_to(17)
    found = page.panels.panel
    found.entry("words").setFocus()
    assert tabbed(it, found) == [
        "Reason, for the member, required",
        "Cite chosen lines",
        "Criterion held elsewhere",
        "No policy found",
        "Approve though coverage is not checked",
        "Approve",
        "Close the panel",
    ]


def test_tab_meets_what_is_offered_to_ask_for_before_the_fields_and_a_citation_before_its_buttons(it: Room) -> None:
    page = open_case(it, "Corwin")
    case = opened(it.desk, unclear(), member=member(9, "Fenwick"))
    page.open_case(case.id)
    page.ask_for(Verb.ASK)
    found = page.panels.panel
    (row,) = found.suggested.rows()
    row.setFocus()
    key(it, Qt.Key.Key_Tab)
    assert found.entry("items").hasFocus()
    page.panels.close_panel()
    found = deny(it)
    found.entry("attest").setFocus()
    settle()
    stops = tabbed(it, found)
    assert stops[1:3] == ["Signature", "Show what is typed"]
    assert stops.index("Remove the citation of RAD.00034 · 17") == stops.index("Cite chosen lines") - 1
    assert stops[-2:] == ["Sign the denial", "Close the panel"]


# what is closed is said before anything is typed -------------------------------------------------------------------------


def test_whose_licence_nobody_confirmed_is_told_so_beside_every_decision(it: Room) -> None:
    sit_down(it.desk, "ada")
    enrolled(it.desk, "wen", "Wen Zhao", frozenset({Role.PHYSICIAN}), replace(OSEI.credential, licence="MD-7"))  # type: ignore[type-var]
    sit_down(it.desk, "mara")
    session = it.window.session
    assert session is not None
    session.sit_down("wen", passphrase("wen"), session)
    page = open_case(it, "Brandt")
    for verb in (Verb.DENY, Verb.MODIFY, Verb.PARTIAL, Verb.APPROVE):
        assert page.bar.offers.offer(verb).why_not == "nobody has confirmed your licence yet", verb


def test_a_lack_of_information_is_no_reason_while_it_may_still_come(it: Room) -> None:
    do, case = it.desk.determinations, opened(it.desk, unclear(), member=member(9, "Fenwick"))
    case = do.ask_for_information(case.id, case.revision, (1,), ["Films"], "They show it.", "the office", date(2017, 10, 20)).value
    now = it.desk.clock.now()
    case = finish(do.information_received(case.id, case.revision, (1,), "A bill", now, extent=Extent.NOTHING)).value
    do.refer(case.id, case.revision, (1,), "Five months of pain.", "Anything?")
    it.sit("osei")
    page = open_case(it, "Fenwick")
    page.ask_for(Verb.DENY)
    found = page.panels.panel
    assert not found.entry("lack").isEnabled()
    assert found.row("lack").hint == "Not open: the information may still come until 10/20/2017."
    clock: Any = it.desk.clock
    clock.at += timedelta(days=14)
    page.read_again()
    assert found.entry("lack").isEnabled()
    assert found.row("lack").hint == "Every logged attempt to get it is named with the decision."


def insured(it: Room, family: str) -> Any:
    """A case of an Indiana insured plan, referred to osei, who sits down."""
    sit_down(it.desk, "ada")
    it.desk.accounts.save_profile(profile(LineOfBusiness.COMMERCIAL_INSURED))
    case = opened(
        it.desk, member=member(9, family), line_of_business=LineOfBusiness.COMMERCIAL_INSURED, coverage=Coverage(plan="Wabash Mutual")
    )
    it.desk.determinations.refer(case.id, case.revision, (1,), "Five months of pain.", "Anything?")
    it.sit("osei")
    return case


def test_a_letter_asks_for_alternatives_from_the_day_on_which_the_panel_does(it: Room) -> None:
    case = insured(it, "Fenwick")
    found = deny(it, "Fenwick")
    assert found.row("alternatives").isHidden()
    found.commit()
    page = it.page(PageName.REVIEW)
    assert it.desk.review.case(case.id).line(1).determination is Determination.DENIED
    page.show_letter()
    assert "IC 27-1-37.5" not in page.letter.gaps.words


# from case to case -------------------------------------------------------------------------------------------------------


def appealed(it: Room) -> Any:
    """The page after mara opened an appeal against the refused line of a case; it shows the appeal."""
    found = begin(it, "Easton", Verb.APPEAL, received_at="10/09/2017 9:30 am")
    found.commit()
    return it.page(PageName.REVIEW)


def test_opening_an_appeal_leads_to_it_and_strip_and_worklist_say_what_it_is(it: Room) -> None:
    first = open_case(it, "Easton").case
    page = appealed(it)
    appeal = it.desk.review.case(first).followed[-1].case
    assert page.case == appeal
    assert page.strip.content.urgency == "Appeal · Standard, pre-service"
    worklist = it.go(PageName.WORKLIST)
    place = worklist.cases.place_of(appeal)
    assert worklist.cases.line(place).kind == "Appeal, Standard, pre-service"


def test_enter_on_what_tells_of_another_case_goes_there_from_the_request_and_from_the_findings(it: Room) -> None:
    first = open_case(it, "Easton").case
    page = appealed(it)
    appeal = page.case
    rows = [row.key for row in page.request._model._rows]
    page.request.list.setFocus()
    page.request.list.go_to(rows.index("Appeal"))
    key(it, Qt.Key.Key_Return)
    assert page.case == first
    titles = [row.title for row in page.findings._model._rows]
    number = it.desk.review.case(appeal).number
    page.findings.list.setFocus()
    page.findings.list.go_to(titles.index(f"Appeal: {number}"))
    key(it, Qt.Key.Key_Return)
    assert page.case == appeal
    it.window.commands.back.trigger()
    assert page.case == first


# what comes first --------------------------------------------------------------------------------------------------------


def listed(it: Room) -> list[str]:
    worklist = it.go(PageName.WORKLIST)
    worklist.choose("review")
    return [worklist.cases.line(place).row.member.split(",")[0] for place in range(worklist.cases.rowCount())]


def test_what_is_overdue_comes_first_and_what_has_no_due_date_above_what_is_far_off(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        opened(it.desk, member=member(1, "Faroff"))
        opened(it.desk, member=member(2, "Unknown"), line_of_business=None)
        answered = opened(it.desk, unclear(), member=member(3, "Answered"))
        opened(it.desk, member=member(4, "Fast"), urgency=Urgency.EXPEDITED, received_at=it.desk.clock.now() - timedelta(hours=1))
        do = it.desk.determinations
        answered = do.ask_for_information(answered.id, answered.revision, (1,), ["Films"], "They show it.", "the office").value
        now = it.desk.clock.now()
        finish(do.information_received(answered.id, answered.revision, (1,), "The films", now))
        assert listed(it) == ["Answered", "Unknown", "Fast", "Faroff"]
        clock: Any = it.desk.clock
        clock.at += timedelta(hours=80)
        assert listed(it) == ["Fast", "Answered", "Unknown", "Faroff"]


# letters on their way ----------------------------------------------------------------------------------------------------


def test_a_letter_that_came_back_is_no_notice_and_the_case_is_to_be_noticed_again(it: Room) -> None:
    page = open_case(it, "Easton")
    assert page.strip.content.status == "Notice given: Denied"
    letter = it.desk.review.case(page.case).letters_to_members[-1].id
    page.show_letter()
    page.letter._show_issued(letter)
    page.letter.post.commands["returned"].trigger()
    page.letter.post.form.entry("why").retype("No such street")
    page.letter.post.form.commit()
    assert page.strip.content.status == "Decided: Denied"
    assert page.letter.post.open_words.text() == "Member: it came back. No notice stands: send it again today, or correct it."
    worklist = it.go(PageName.WORKLIST)
    worklist.choose("notice")
    assert worklist.cases.place_of(page.case) is not None


def test_the_post_says_when_a_letter_is_due_in_few_words(it: Room) -> None:
    post = it.go(PageName.POST)
    told = [row.detail for row in post.model._rows if row.chip == "to write"]
    assert told == ["Approval · due Fri 10/20/2017, end of day"]


def test_a_request_for_information_that_was_overtaken_is_asked_for_no_more(it: Room) -> None:
    do, case = it.desk.determinations, opened(it.desk, unclear(), member=member(9, "Fenwick"))
    case = do.ask_for_information(case.id, case.revision, (1,), ["Films"], "They show it.", "the office", date(2017, 12, 15)).value
    case = finish(it.desk.letters.issue(case.id, case.revision)).value
    post = it.go(PageName.POST)
    assert [row for row in post.model._rows if row.title.startswith(case.number)]
    now = it.desk.clock.now()
    case = finish(do.information_received(case.id, case.revision, (1,), "The order", now)).value
    page = open_case(it, "Fenwick")
    page.read_again()
    assert "record how it was sent" not in page.bar.offers.words
    post = it.go(PageName.POST)
    assert not [row for row in post.model._rows if row.title.startswith(case.number)]


def test_a_refusal_that_an_official_form_tells_leads_to_the_notice_with_form_and_member_filled_in(it: Room) -> None:
    sit_down(it.desk, "ada")
    it.desk.accounts.save_profile(profile(LineOfBusiness.MEDICARE_ADVANTAGE))
    case = opened(it.desk, member=member(9, "Fenwick"), line_of_business=LineOfBusiness.MEDICARE_ADVANTAGE)
    it.desk.determinations.refer(case.id, case.revision, (1,), "Five months of pain.", "Anything?")
    found = deny(it, "Fenwick")
    found.entry("departure").retype("The record shows no reason to wait.")
    found.commit()
    it.sit("mara")
    page = open_case(it, "Fenwick")
    assert page.bar.offers.suggested is Verb.NOTICE
    page.go_on()
    found = page.panels.panel
    assert found.text("form") == "Notice of Denial of Medical Coverage, CMS-10003"
    assert found.text("to_whom") == "Ines Fenwick"


# words and room ----------------------------------------------------------------------------------------------------------


def test_the_queue_names_the_codes_of_the_lines_that_wait(it: Room) -> None:
    case = opened(it.desk, line(), line(2, "97110", "Therapeutic exercise"), member=member(9, "Fenwick"))
    it.desk.determinations.refer(case.id, case.revision, (1,), "Five months of pain.", "Anything?")
    it.sit("osei")
    queue = it.page(PageName.WORKLIST).queue
    heads = [queue.model.row(place).head for place in range(queue.model.rowCount())]
    assert [head for head in heads if head.startswith(case.number)] == [f"{case.number} · I. F. · line 1 · 76120"]


def test_a_contact_says_whether_somebody_was_reached_and_a_step_is_told_by_its_own_name(it: Room) -> None:
    found = begin(it, "Aldous", Verb.CONTACT, with_whom="The office", said="Will call back.")
    assert found.text("reached") == ""
    found.commit()
    assert found.row("reached").problem == "Say whether somebody was reached."
    page = it.page(PageName.REVIEW)
    page.ask_for(Verb.WITHDRAW)
    found = page.panels.panel
    for name, words in {"asked_by": "Dr. Natarajan", "how": "by telephone", "asked_at": "10/09/2017 09:00"}.items():
        found.entry(name).retype(words)
    found.commit()
    assert it.window.status.words == "Saved: withdrawal"


def test_all_filters_and_the_new_request_stand_in_one_row(it: Room) -> None:
    worklist = it.go(PageName.WORKLIST)
    for tab in worklist._tabs.values():
        tab.setVisible(tab is not worklist._tabs["queue"])
    worklist._fit_search()
    settle()
    assert len({part.mapTo(worklist, QPoint(0, 0)).y() // 20 for part in (worklist._tabs["mine"], worklist.search, worklist.order)}) == 1
    (new,) = [each for each in worklist.findChildren(CommandButton) if each.isVisible() and "New request" in each.text().replace("&", "")]
    assert abs(new.mapTo(worklist, QPoint(0, 0)).y() - worklist.search.mapTo(worklist, QPoint(0, 0)).y()) < 20


def test_the_words_about_a_wording_keep_their_distance_from_the_divider(it: Room) -> None:
    it.sit("ada")
    view = it.go(PageName.ADMINISTRATION, "letters").findChild(LettersView)
    settle()
    assert view.words.mapTo(view.panes, QPoint(0, 0)).x() - view.list.mapTo(view.panes, QPoint(view.list.width(), 0)).x() >= 16
    assert "As it came with the program" in str(view.list.model().index(0, 0).data())


def test_the_form_that_is_suggested_is_the_one_that_the_letters_know() -> None:
    known = {(line, form["name"]) for form in json.loads(FORMS.read_text(encoding="utf-8"))["forms"] for line in form["lines"]}
    assert known == {(business.value, name) for business, name in ON_A_FORM.items()}


def test_a_letter_that_cannot_leave_says_so_whole_and_its_sentences_keep_their_room_on_a_low_screen(it: Room) -> None:
    found = deny(it)
    found.entry("words").retype("76120 is not on our list of covered codes. The nurse found no match.")
    found.commit()  # what no letter may say is told first; whoever signs it all the same types their passphrase again
    found.entry("sign").retype(passphrase("osei"))
    found.commit()
    page = it.page(PageName.REVIEW)
    page.show_letter()
    settle()
    letter = page.letter
    assert letter.gaps.isVisible()
    assert whole_in_sight(letter.above, letter.gaps)
    assert letter.sentences.list.height() >= 160
    key(it, Qt.Key.Key_F8)
    settle()
    assert letter.sentences.trace.isHidden()
    sentences = letter.sentences.list
    assert sentences.visualRect(sentences.currentIndex()).top() >= 0
    key(it, Qt.Key.Key_T, CONTROL)
    settle()
    assert letter.sentences.trace.hasFocus()
    key(it, Qt.Key.Key_T, CONTROL)
    key(it, Qt.Key.Key_F2)
    settle()
    assert page.panels.verb is Verb.REWORD
    seen = sentences.visualRect(sentences.currentIndex())
    assert 0 <= seen.top() < sentences.viewport().height() - 20
