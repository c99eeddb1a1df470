"""The new-request form on a real desk: checked as one types, kept as a draft, opened as a case, filled from files."""

import json
from pathlib import Path
from typing import Any

import pytest
from accessible import unnamed
from builders import request
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from ui_desk import Told, seated, sit

from ur_desk.domain.drafts import Draft, MemberDraft, draft_of, read
from ur_desk.domain.findings import Problem
from ur_desk.domain.listing import CaseFilter
from ur_desk.domain.policy import Severity
from ur_desk.domain.request import Attachment
from ur_desk.ui import theme
from ur_desk.ui.pages.entry.fields import draft_with, groups, is_blank, text_at, texts
from ur_desk.ui.pages.entry.form import EntryForm
from ur_desk.ui.pages.entry.page import EntryPage
from ur_desk.ui.pages.entry.steps import FormReading

FILLED = {
    "received_date": "10/05/2017",
    "received_time": "9:30 am",
    "channel": "fax",
    "urgency": "standard",
    "timing": "preservice",
    "line_of_business": "erisa_self_funded",
    "state": "IN",
    "coverage.funding": "self_funded",
    "coverage.erisa": "yes",
    "member.family": "Alvarado",
    "member.given": "Rosalind",
    "member.member_id": "DEMO-004417",
    "member.birth_date": "02/14/1971",
    "requesting_provider.name": "Priya Natarajan",
    "requesting_provider.npi": "1558597798",
    "services.1.code": "76120",
    "services.1.description": "Cineradiography of the lumbar spine",
    "services.1.quantity": "1",
    "services.1.first_day": "10/12/2017",
    "diagnoses.1.code": "M54.5",
    "clinical_notes": "Low back pain for five months.",
}


class Room:
    """A desk with the form on it."""

    def __init__(self, desk: Any, session: Any, qtbot: Any) -> None:
        self.desk, self.session = desk, session
        self.page = EntryPage(session)
        qtbot.addWidget(self.page)
        self.page.resize(1280, 586)
        self.page.show()
        self.page.activateWindow()
        self.page.begin()
        self.opened, self.left = Told(self.page.opened), Told(self.page.left)

    def type(self, **also: str) -> None:
        """Fill the form in as a clerk would."""
        for path, words in (FILLED | {key.replace("__", "."): value for key, value in also.items()}).items():
            self.entry(path).retype(words)

    def entry(self, path: str) -> Any:
        found = self.page.form.entry(path)
        assert found is not None, path
        return found

    def said(self, path: str) -> str:
        """What is said beside a single field."""
        return self.page.form.row(path).problem

    def drafts(self) -> dict[str, Draft]:
        return dict(self.desk.intake.drafts())


@pytest.fixture
def room(tmp_path: Path, qtbot: Any):
    with seated(tmp_path / "desk") as (desk, session):
        yield Room(desk, session, qtbot)


# checking ------------------------------------------------------------------------------------------------------------


def test_nothing_is_said_of_a_field_before_it_was_touched(room: Room) -> None:
    room.page.check()
    assert all(not room.said(path) for path in ("received_date", "member.family", "member.member_id"))


def test_what_is_wrong_is_said_beside_the_field_as_one_types(room: Room) -> None:
    room.entry("member.birth_date").retype("14.2.71")
    assert room.said("member.birth_date") == ""
    room.page.check_timer.timeout.emit()
    assert "is no day" in room.said("member.birth_date")
    assert room.said("member.family") == ""
    room.entry("member.birth_date").retype("02/14/1971")
    room.page.check_timer.timeout.emit()
    assert room.said("member.birth_date") == ""


def test_leaving_a_field_says_what_is_wrong_with_it_at_once(room: Room) -> None:
    room.entry("requesting_provider.npi").setFocus()
    room.entry("requesting_provider.npi").retype("123")
    room.entry("member.family").setFocus()
    assert "is no NPI" in room.said("requesting_provider.npi")


def test_a_doubt_is_told_from_an_error_by_more_than_its_colour(room: Room) -> None:
    room.entry("requesting_provider.npi").retype("123")
    room.entry("state").retype("Elbonia")
    room.page.check()
    assert not room.entry("requesting_provider.npi").property("problem")
    assert room.entry("state").property("problem")


def test_a_row_says_what_is_wrong_with_it(room: Room) -> None:
    room.entry("services.1.code").retype("76120")
    room.entry("services.1.first_day").retype("10/12/2017")
    room.entry("services.1.last_day").retype("10/11/2017")
    room.entry("diagnoses.1.code").retype("M99.ZZ")
    room.page.check()
    assert "The last day lies before the first." in room.page.form.services.rows[0].problem
    assert "There is no diagnosis code M99.ZZ" in room.page.form.diagnoses.rows[0].problem
    assert room.page.form.services.rows[0].entries["last_day"].property("problem")


def test_each_sentence_below_a_row_has_the_ink_of_its_own_severity(room: Room) -> None:
    row = room.page.form.services.rows[0]
    doubt = Problem(Severity.WARNING, "odd", "services.1.code", "The code looks odd.")
    error = Problem(Severity.ERROR, "bad-number", "services.1.quantity", "That is no number.")
    row.show_problems([doubt, error])
    assert (row._problems["bad"].text(), row._problems["ask"].text()) == ("⚠ That is no number.", "⚠ The code looks odd.")
    assert row.problem == "⚠ That is no number.\n⚠ The code looks odd."
    row.show_problems([doubt])
    assert (row._problems["bad"].text(), row.problem) == ("", "⚠ The code looks odd.")


def test_a_number_that_cannot_be_is_an_error_in_field_and_words(room: Room) -> None:
    room.entry("services.1.code").retype("76120")
    room.entry("services.1.quantity").retype("-3")
    room.page.check()
    row = room.page.form.services.rows[0]
    assert "-3" in row._problems["bad"].text()
    assert row.entries["quantity"].property("problem")


def test_saving_says_everything_and_goes_to_the_first(room: Room) -> None:
    room.page.open_case()
    assert room.said("received_date")
    assert room.said("member.family")
    assert room.said("member.member_id")
    assert "No service was given" in room.page.form._said["services"].text()
    assert QApplication.focusWidget() is room.entry("received_date")
    assert room.page.bar._words.words == "4 things must be mended first"
    assert room.opened.all == []


def test_a_diagnosis_shows_its_words(room: Room) -> None:
    room.entry("diagnoses.1.code").retype("m545")
    room.page.check()
    assert room.page.form.diagnoses.rows[0].words.words == "Low back pain"


def test_an_answer_about_older_words_is_not_shown(room: Room) -> None:
    room.entry("state").retype("Elbonia")
    room.page._show_reading(room.page._checked - 1, FormReading(read(Draft(), None, room.session.now())))
    assert room.said("state") == ""


# rows ----------------------------------------------------------------------------------------------------------------


def test_an_empty_row_always_waits_below_the_last(room: Room) -> None:
    room.entry("services.1.code").retype("76120")
    assert len(room.page.form.services.rows) == 2
    room.entry("services.2.description").retype("Therapeutic exercise")
    assert len(room.page.form.services.rows) == 3
    assert len(room.page.form.draft().services) == 2


def test_alt_delete_takes_a_row_away_and_the_others_are_counted_anew(room: Room, qtbot: Any) -> None:
    for number, code in enumerate(("76120", "97110", "97140"), 1):
        room.entry(f"services.{number}.code").retype(code)
    qtbot.keyClick(room.entry("services.2.code"), Qt.Key.Key_Delete, Qt.KeyboardModifier.AltModifier)
    assert [s.code for s in room.page.form.draft().services] == ["76120", "97140"]
    assert room.entry("services.2.code").accessibleName() == "Service 2: Code or words"
    assert QApplication.focusWidget() is room.entry("services.2.code")


def test_the_waiting_row_cannot_be_taken_away(room: Room, qtbot: Any) -> None:
    qtbot.keyClick(room.entry("diagnoses.1.code"), Qt.Key.Key_Delete, Qt.KeyboardModifier.AltModifier)
    assert len(room.page.form.diagnoses.rows) == 1


# drafts --------------------------------------------------------------------------------------------------------------


def test_what_was_typed_is_kept_when_the_hands_rest(room: Room) -> None:
    room.entry("member.family").retype("Alvarado")
    assert room.page.keep_timer.isActive()
    room.page.keep_timer.timeout.emit()
    (draft,) = room.drafts().values()
    assert draft.member.family == "Alvarado"
    assert room.page._state.words.startswith("Draft kept")
    room.entry("member.given").retype("Rosalind")
    room.page.keep_timer.timeout.emit()
    (draft,) = room.drafts().values()
    assert draft.member == MemberDraft(family="Alvarado", given="Rosalind")


def test_a_draft_that_is_kept_late_does_not_give_its_name_to_the_next_form(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    late: list[Any] = []
    read = room.page._session.read

    def reading(call: Any, owner: Any, done: Any, failed: Any = None, ended: Any = None) -> Any:
        return read(call, owner, lambda told: late.append(lambda: done(told)), failed, ended)

    room.entry("member.family").retype("Alvarado")
    monkeypatch.setattr(room.page._session, "read", reading)
    room.page.keep()
    monkeypatch.undo()
    room.page._begin_anew()
    late[0]()
    assert room.page._state.words == ""
    room.entry("member.family").retype("Osgood")
    room.page.keep()
    assert {draft.member.family for draft in room.drafts().values()} == {"Alvarado", "Osgood"}


def test_an_empty_form_leaves_no_draft(room: Room) -> None:
    room.page.keep()
    room.page.leave()
    assert room.drafts() == {}
    assert len(room.left.all) == 1


def test_going_elsewhere_keeps_what_was_typed(room: Room) -> None:
    room.entry("member.family").retype("Alvarado")
    room.page.hide()
    assert len(room.drafts()) == 1


def test_kept_drafts_are_offered_and_gone_on_with(room: Room) -> None:
    room.type()
    room.page.begin()
    assert room.page.kept.isVisible()
    assert room.entry("member.family").typed() == ""
    (name,) = room.drafts()
    room.page.kept.wanted.emit(name)
    assert room.entry("member.family").typed() == "Alvarado"
    assert room.entry("services.1.code").typed() == "76120"
    assert not room.page.kept.isVisible()
    room.entry("member.given").retype("Rosa")
    room.page.keep()
    assert list(room.drafts()) == [name]


def test_a_draft_can_be_discarded(room: Room) -> None:
    room.type()
    room.page.keep()
    room.page.discard_action.trigger()
    assert room.drafts() == {}
    assert room.entry("member.family").typed() == ""


def test_a_draft_that_is_gone_says_so_and_the_form_begins_anew(room: Room) -> None:
    room.page.edit_draft("no-such-draft")
    assert "gone" in room.page.notice.accessibleName()


def test_drafts_of_another_person_are_not_seen(room: Room) -> None:
    room.type()
    room.page.keep()
    sit(room.desk, room.session, "ada")
    assert room.entry("member.family").typed() == ""
    room.page.begin()
    assert not room.page.kept.isVisible()


# opening -------------------------------------------------------------------------------------------------------------


def test_a_complete_request_becomes_a_case_as_it_was_typed(room: Room) -> None:
    room.type()
    room.page.keep()
    room.page.open_action.trigger()
    (case_id,) = room.opened.all
    case = room.desk.review.case(case_id)
    told = case.request
    assert (told.member.family, told.member.member_id, told.state) == ("Alvarado", "DEMO-004417", "IN")
    assert told.received_at.isoformat() == "2017-10-05T13:30:00+00:00"
    assert told.received_zone == "America/Indiana/Indianapolis"
    assert [s.code for s in told.services] == ["76120"]
    assert [d.code for d in told.diagnoses] == ["M54.5"]
    assert case.matched.against == (1,)
    assert case.clock.due_at is not None
    assert room.drafts() == {}
    assert room.entry("member.family").typed() == ""


def test_what_the_desk_refuses_is_said_and_nothing_typed_is_lost(room: Room) -> None:
    room.type(member__member_id="SYN-1")
    room.page.open_case()
    assert "member ids that begin with DEMO-" in room.page.notice.accessibleName()
    assert room.entry("member.member_id").typed() == "SYN-1"
    assert room.opened.all == []
    assert room.page.open_action.isEnabled()


def test_ctrl_return_and_ctrl_s_open_the_case(room: Room) -> None:
    assert {key.toString() for key in room.page.open_action.shortcuts()} == {"Ctrl+Return", "Ctrl+Enter", "Ctrl+S"}


# files ---------------------------------------------------------------------------------------------------------------

ONE = {
    "schema": "ur-desk-request/1",
    "received_at": "2017-10-05T09:30:00-04:00",
    "member": {"family": "Castellan", "given": "Odile", "member_id": "DEMO-77", "birth_date": "1960-01-02"},
    "services": [{"code": "76120", "description": "Cineradiography of the spine", "from": "2017-10-12"}],
    "diagnoses": [{"code": "M54.5"}],
}


def file(folder: Path, data: Any, name: str = "request.json") -> Path:
    path = folder / name
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return path


def test_one_request_of_a_file_comes_into_the_form_and_keeps_its_file(room: Room, tmp_path: Path) -> None:
    path = file(tmp_path, ONE)
    room.page.take_file(path)
    assert room.entry("member.family").typed() == "Castellan"
    room.page.open_case()
    (case_id,) = room.opened.all
    opened = room.desk.store.ledger.of_case(case_id)[0].body
    assert room.desk.store.blobs.get(opened.source) == path.read_bytes()


def test_what_is_doubtful_in_a_file_is_said_at_once_with_its_place(room: Room, tmp_path: Path) -> None:
    room.page.take_file(file(tmp_path, ONE | {"diagnoses": [{"code": "M99.ZZ"}]}))
    assert "There is no diagnosis code M99.ZZ" in room.page.form.diagnoses.rows[0].problem
    assert room.page.files.box.isVisible()
    assert room.page.files.box.title.text() == "request.json: one remark"


@pytest.mark.parametrize(
    "data", ["", "{", "\x00\x01", '{"schema": "another"}', '{"schema": "ur-desk-request/1", "member": {}, "services": []}']
)
def test_a_file_without_a_request_is_refused_with_the_reason(room: Room, tmp_path: Path, data: str) -> None:
    room.entry("member.family").retype("Alvarado")
    room.page.take_file(file(tmp_path, data))
    assert room.page.notice.isVisible()
    assert room.opened.all == []
    assert [d.member.family for d in room.drafts().values()] == ["Alvarado"]


def test_a_file_that_is_not_there_says_so(room: Room, tmp_path: Path) -> None:
    room.page.take_file(tmp_path / "none.json")
    assert "cannot be read" in room.page.notice.accessibleName()


def test_a_file_of_several_requests_is_told_to_come_through_the_door(room: Room, tmp_path: Path) -> None:
    other = ONE | {"member": ONE["member"] | {"member_id": "DEMO-78"}}  # type: ignore[operator]
    room.page.take_file(file(tmp_path, [ONE, other]))
    assert "request.json holds 2 requests; the form takes one." in room.page.notice.accessibleName()
    assert room.entry("member.family").typed() == ""
    assert room.desk.supervision.cases(CaseFilter()).total == 0


def test_a_saved_request_comes_through_the_form_unchanged(room: Room) -> None:
    told = request(attachments=(Attachment("films.pdf", "application/pdf", "a" * 64),), reference="R-1")
    room.page.take_request(told)
    assert read(room.page.form.draft(), None, room.session.now()).request == told


# fields --------------------------------------------------------------------------------------------------------------


def test_every_field_of_a_draft_that_one_types_stands_in_the_form(qtbot: Any) -> None:
    form = EntryForm()
    qtbot.addWidget(form)
    told = draft_of(request())
    known = {path for group in groups() for path in (field.path for field in group.fields)} | {"clinical_notes"}
    leaves = {path for path, _ in texts(Draft())}
    assert leaves == known
    form.show_draft(told)
    assert form.draft() == told


def test_texts_go_to_their_paths_and_come_back() -> None:
    draft = draft_with(Draft(), {"member.representative.name": "Ida", "state": "IN"})
    assert (text_at(draft, "member.representative.name"), text_at(draft, "state")) == ("Ida", "IN")
    assert not is_blank(draft, frozenset())
    assert is_blank(Draft(received_zone="UTC"), frozenset({"received_zone"}))


@pytest.mark.parametrize(("zoom", "width"), [(100, 1280), (150, 1280), (200, 1280), (100, 960)])
def test_the_way_to_open_stays_in_sight_at_every_zoom(room: Room, zoom: int, width: int) -> None:
    theme.apply(QApplication.instance(), "light", zoom)
    room.page.resize(width, 586)
    QApplication.processEvents()
    assert room.page.width() == width
    assert room.page.rect().contains(room.page.bar.geometry())


def test_everything_that_takes_the_focus_has_a_name(room: Room) -> None:
    room.type()
    room.page.begin()
    assert unnamed(room.page) == []
