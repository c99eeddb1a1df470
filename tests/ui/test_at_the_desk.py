"""What a nurse and a physician meet at the real window, key by key: nothing typed is lost, nothing refused is out of sight."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from builders import opened, passphrase
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from ui_window import Room, one_of_each, room

from ur_desk.domain.determination import Determination, Workflow
from ur_desk.ui.places import PageName
from ur_desk.ui.widgets.panels.verbs import Verb

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


def deny(it: Room) -> Any:
    it.sit("osei")
    found = begin(it, "Brandt", Verb.DENY, rationale="Own reasoning.", words="Moving x-ray pictures are not proven to help.")
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


def issued_letter(it: Room) -> Any:
    """The letter of an approved case, issued and on the screen."""
    page = open_case(it, "Dorset")
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
