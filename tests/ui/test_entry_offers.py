"""What the form offers as one types: all hits in a list that scrolls, one key to take, and what a code is on the date of service."""

from pathlib import Path
from typing import Any

import pytest
from builders import opened
from entry_room import EntryRoom, offered, press
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from ui_desk import seated

from ur_desk.domain.request import Provider

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def room(tmp_path: Path, qtbot: Any):
    with seated(tmp_path / "desk") as (desk, session):
        yield EntryRoom(desk, session, qtbot)


def test_every_hit_is_offered_and_the_first_is_chosen(room: EntryRoom) -> None:
    code = room.type("diagnoses.1.code", "low back")
    assert code.popup.isVisible()
    assert offered(code) == [hit.code for hit in room.desk.tables.codeset.search("low back")]
    assert len(offered(code)) > 200
    assert code.popup.currentIndex().row() == 0


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab])
def test_one_key_takes_the_first_hit(room: EntryRoom, key: Qt.Key) -> None:
    code = room.type("diagnoses.1.code", "vertebrogenic")
    press(code, key)
    assert code.typed() == "M54.51"
    assert not code.popup.isVisible()
    assert room.page.form.draft().diagnoses[0].code == "M54.51"


def test_down_moves_and_escape_leaves_what_was_typed(room: EntryRoom) -> None:
    code = room.type("diagnoses.1.code", "m545")
    press(code, Qt.Key.Key_Down)
    press(code, Qt.Key.Key_Return)
    assert code.typed() == "M54.50"
    other = room.type("diagnoses.2.code", "m54")
    press(other, Qt.Key.Key_Escape)
    assert (other.typed(), other.popup.isVisible()) == ("m54", False)


def test_a_header_is_marked_as_such_and_stands_behind_what_is_billable_on_the_day(room: EntryRoom) -> None:
    room.put(services__1__code="76120", services__1__first_day="10/12/2025")
    code = room.type("diagnoses.1.code", "low back pain")
    marks = {code.offers.offer(n).value: code.offers.offer(n).mark for n in range(code.offers.rowCount())}
    assert (marks["M54.50"], marks["M54.5"]) == ("", "category only")
    assert offered(code).index("M54.5") > offered(code).index("M54.59")


@pytest.mark.parametrize("text", ["zzzz", "%_", "  ", "m", "(("])
def test_nothing_opens_where_nothing_is_known(room: EntryRoom, text: str) -> None:
    code = room.type("diagnoses.1.code", text)
    assert not code.popup.isVisible()


def test_an_answer_to_older_words_and_one_for_a_field_that_was_left_open_nothing(room: EntryRoom) -> None:
    code = room.entry("diagnoses.1.code")
    code.setFocus()
    code.setText("G89")
    hits = room.desk.tables.codeset.search("M54")
    from ur_desk.ui.pages.entry.steps import offer_of

    code.offer("M54", hits, offer_of)
    assert offered(code) == []
    room.entry("member.family").setFocus()
    code.offer("G89", hits, offer_of)
    assert offered(code) == []


def test_procedures_are_offered_from_the_library_by_number_and_by_its_words(room: EntryRoom) -> None:
    code = room.type("services.1.code", "cineradio")
    assert "76120" in offered(code)
    press(code, Qt.Key.Key_Escape)
    code.clear()
    code = room.type("services.1.code", "7612")
    assert offered(code)[:1] == ["76120"]
    press(code, Qt.Key.Key_Return)
    assert room.page.form.draft().services[0].code == "76120"


@pytest.mark.parametrize(
    ("words", "code"), [("dynamic spinal", "76120"), ("digital motion", "76496"), ("unlisted", "22899"), ("add-on", "63035")]
)
def test_a_procedure_is_found_by_what_its_policy_is_about_and_by_what_its_number_says(room: EntryRoom, words: str, code: str) -> None:
    assert code in offered(room.type("services.1.code", words))


def test_where_no_procedure_has_the_words_one_line_says_so_until_other_ones_are_typed(room: EntryRoom) -> None:
    row: Any = room.page.form.services.rows[0]
    code = room.type("services.1.code", "appendectomy")
    assert not code.popup.isVisible()
    assert row.standing.words == "no procedure code set is installed; type the code"
    room.page.check()
    assert row.standing.isVisible(), "reading the form does not take it away"
    code.clear()
    room.type("services.1.code", "44950")
    room.page.check()
    assert row.standing.words == "shape only: no table of CPT codes is here"
    diagnosis = room.type("diagnoses.1.code", "flurbitis")
    assert room.page.form.diagnoses.rows[0].standing.words == "no diagnosis code has these words"  # type: ignore[attr-defined]
    assert not diagnosis.popup.isVisible()


def test_words_where_a_code_belongs_are_told_as_they_were_typed(room: EntryRoom) -> None:
    room.put(services__1__code="digital motion x-ray", diagnoses__1__code="low back pain")
    assert "“digital motion x-ray” is written like neither" in room.page.form.services.rows[0].problem
    assert "“low back pain” is not written like" in room.page.form.diagnoses.rows[0].problem


# leaving -------------------------------------------------------------------------------------------------------------


def test_the_list_leaves_the_focus_where_the_person_goes_however_it_closes(room: EntryRoom) -> None:
    ways: dict[str, tuple[Any, str]] = {
        "Escape": (lambda code: press(code, Qt.Key.Key_Escape), "diagnoses.1.code"),
        "Return": (lambda code: press(code, Qt.Key.Key_Return), "diagnoses.1.code"),
        "Tab": (lambda code: press(code, Qt.Key.Key_Tab), "diagnoses.1.code"),
        "Shift+Tab": (lambda code: press(code, Qt.Key.Key_Backtab), "services.1.description"),
        "a click in the list": (lambda code: QTest.mouseClick(code.popup.viewport(), Qt.MouseButton.LeftButton), "diagnoses.1.code"),
        "a click elsewhere": (lambda _: QTest.mouseClick(room.entry("member.given"), Qt.MouseButton.LeftButton), "member.given"),
        "a key for another field": (lambda _: room.page.form.go_to("member.given"), "member.given"),
        "by itself": (lambda code: code.popup.hide(), "diagnoses.1.code"),
    }
    for way, (leave, stands) in ways.items():
        room.entry("diagnoses.1.code").clear()
        code = room.type("diagnoses.1.code", "m54")
        QApplication.processEvents()  # the platform shows the list
        assert code.popup.isVisible(), way
        leave(code)
        QApplication.processEvents()
        assert not code.popup.isVisible(), way
        assert QApplication.activePopupWidget() is None, way
        assert QApplication.activeWindow() is room.page.window(), way
        assert room.focus == stands, way


def test_a_place_of_service_is_taken_by_its_words_and_says_what_it_is(room: EntryRoom) -> None:
    room.put(services__1__code="76120")
    place = room.type("services.1.place_of_service", "office")
    press(place, Qt.Key.Key_Return)
    room.page.check()
    row = room.page.form.services.rows[0]
    assert (place.typed(), row.place.words) == ("11", "Office")
    room.put(services__1__place_of_service="98")
    assert "no place of service that is known here" in row.problem
    room.put(services__1__place_of_service="1")
    assert "two digits" in row.problem


# the date of service -------------------------------------------------------------------------------------------------


def test_each_code_says_what_it_is_on_the_date_of_service_and_which_table_says_so(room: EntryRoom) -> None:
    room.put(services__1__code="76120", services__1__first_day="10/12/2017", diagnoses__1__code="M54.5")
    row = room.page.form.diagnoses.rows[0]
    assert row.words.words == "Low back pain"
    assert row.standing.words == "billable on 10/12/2017 · ICD-10-CM April 2026"
    room.put(services__1__first_day="10/12/2025")
    assert row.standing.words == "category only on 10/12/2025, a longer code is meant · ICD-10-CM April 2026"
    room.put(services__1__first_day="")
    assert "newest table" in row.standing.words or "longer code" in row.standing.words
    room.put(diagnoses__1__code="")
    assert (row.words.words, row.standing.words, row.standing.isVisible()) == ("", "", False)


@pytest.mark.parametrize(
    ("code", "day", "says"),
    [
        ("M54.50", "10/12/2017", "not yet valid on 10/12/2017"),
        ("M54.50", "10/12/2025", "billable on 10/12/2025"),
        ("M54.5", "10/12/2014", "not known whether billable on 10/12/2014"),
    ],
)
def test_what_is_known_of_a_code_on_a_day_is_said_in_words(room: EntryRoom, code: str, day: str, says: str) -> None:
    room.put(services__1__code="76120", services__1__first_day=day, diagnoses__1__code=code)
    assert room.page.form.diagnoses.rows[0].standing.words.startswith(says)


def test_a_procedure_says_that_only_its_shape_was_looked_at(room: EntryRoom) -> None:
    room.put(services__1__code="76120", services__2__code="??")
    assert room.page.form.services.rows[0].standing.words == "shape only: no table of CPT codes is here"
    assert room.page.form.services.rows[1].standing.words == ""


def test_a_range_of_codes_and_several_modifiers_come_through(room: EntryRoom) -> None:
    room.put(services__1__code="72040", services__1__code_to="72052", services__1__modifiers="26, LT xyz")
    (row,) = room.page.form.draft().services
    assert (row.code, row.code_to, row.modifiers) == ("72040", "72052", "26, LT xyz")
    assert "“XYZ” is no modifier" in room.page.form.services.rows[0].problem


# providers -----------------------------------------------------------------------------------------------------------


def test_a_provider_of_the_address_book_fills_all_that_is_known_with_one_key(room: EntryRoom) -> None:
    opened(room.desk, servicing_provider=Provider("Orchard Row Imaging", "1234567893", "1-800-555-0101", "1-800-555-0102", address="4 Row"))
    room.put(requesting_provider__contact="Front desk")
    name = room.type("requesting_provider.name", "orch")
    press(name, Qt.Key.Key_Return)
    told = room.page.form.draft().requesting_provider
    assert (told.name, told.npi, told.phone, told.fax) == ("Orchard Row Imaging", "1234567893", "1-800-555-0101", "1-800-555-0102")
    assert (told.address, told.contact) == ("4 Row", "Front desk")


def test_a_name_that_was_typed_stays_where_the_person_goes_on_with_tab(room: EntryRoom) -> None:
    opened(room.desk)
    name = room.type("requesting_provider.name", "Orchard")
    assert name.popup.isVisible()
    press(name, Qt.Key.Key_Tab)
    assert name.typed() == "Orchard"
    assert room.page.form.draft().requesting_provider.npi == ""
    assert QApplication.focusWidget() is room.entry("requesting_provider.npi")


def test_a_provider_is_found_by_number_too_and_a_wrong_check_digit_is_said_while_typing(room: EntryRoom) -> None:
    opened(room.desk)
    npi = room.type("servicing_provider.npi", "12345")
    assert offered(npi) == ["Orchard Row Imaging"]
    press(npi, Qt.Key.Key_Return)
    assert room.page.form.draft().servicing_provider.npi == "1234567893"
    room.put(servicing_provider__npi="1234567890")
    assert "check digit is wrong" in room.page.form.row("servicing_provider.npi").problem
