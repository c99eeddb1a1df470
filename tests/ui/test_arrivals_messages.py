"""The door, with messages in the formats that payers and providers send, and with files that a sender's mapping reads."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from builders import line, opened, request
from messages import AUTHORIZATION, MEMBER, MESSAGES, TRACE, sent
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from ui_window import Room, room

from ur_desk.desk.choosing import Chosen
from ur_desk.desk.desk import Desk
from ur_desk.desk.steps import finish
from ur_desk.domain.events import Use
from ur_desk.domain.intake.arriving import Choice
from ur_desk.domain.intake.mapping import Column, Mapping, Sender
from ur_desk.records.canonical import canonical_bytes
from ur_desk.records.request import request_data
from ur_desk.ui.models.came_rows import came_rows
from ur_desk.ui.models.request_rows import RequestKind
from ur_desk.ui.models.rows import ROW
from ur_desk.ui.places import PageName, Place

USES = {
    "response.x12": Use.RESPONSE,
    "cancellation.x12": Use.CANCELLATION,
    "update.json": Use.REVISION,
    "answer.json": Use.RESPONSE,
}


def answered(folder: Path, desk: Desk) -> None:
    """A case in which the payer's response stands that names the authorization."""
    case = opened(desk, reference=TRACE, member=MEMBER)
    run, files = desk.arrivals.begin([sent(folder, "response.x12")])
    (item,) = finish(desk.arrivals.look(run, files)).value.items
    finish(desk.choosing.carry_out(item, Chosen(Choice.INFORMATION, case.id)))


def spoken(model: Any) -> list[str]:
    return [str(model.data(model.index(place, 0), Qt.ItemDataRole.AccessibleTextRole)) for place in range(model.rowCount())]


def case_of(it: Room) -> Any:
    return it.desk.review.case(it.desk.store.cases.ids()[0])


@pytest.mark.parametrize("name", [name for name in MESSAGES if name != "response.x12"])
def test_a_message_stands_beside_the_case_that_it_is_about_and_i_attaches_it(tmp_path: Path, qtbot: Any, name: str) -> None:
    with room(tmp_path / "w", lambda desk: answered(tmp_path, desk)) as it:
        it.window.take_files([sent(tmp_path, name)])
        page = it.shown
        assert it.place is PageName.ARRIVALS
        assert page.shown.alike.words.startswith("It is about UR-2017-000001")
        QTest.keyClick(QApplication.focusWidget() or it.window, Qt.Key.Key_I)
        assert [came.body.use for came in case_of(it).messages] == [Use.RESPONSE, USES[name]]
        assert case_of(it).determination is None
        assert len(it.desk.store.cases.ids()) == 1


def test_a_social_security_number_in_a_senders_words_is_masked_in_every_list(tmp_path: Path, qtbot: Any) -> None:
    brace = replace(line(), code=None, system=None, raw=None, description="Brace, SSN 123-45-6789")
    asked = request(brace, reference="R-1")
    told = replace(asked, clinical_notes="The fax says SSN 123-45-6789.")
    file = tmp_path / "again.json"
    file.write_bytes(canonical_bytes(request_data(told)))

    def here(desk: Desk) -> None:
        opened(desk, *asked.services, reference="R-1")

    with room(tmp_path / "w", here) as it:
        it.window.take_files([file])
        page = it.shown
        assert any("Brace, SSN •••-••-6789" in said for said in spoken(page.model))
        assert not any("123-45" in said for said in spoken(page.model))
        QTest.keyClick(QApplication.focusWidget() or it.window, Qt.Key.Key_I)
        (record,) = [row for row in came_rows(case_of(it), "UTC") if row.kind is RequestKind.RECORD]
        assert record.value == "The fax says SSN •••-••-6789."


def test_a_cancellation_says_what_it_is_about_and_is_called_no_response(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", lambda desk: answered(tmp_path, desk)) as it:
        it.window.take_files([sent(tmp_path, "cancellation.x12")])
        rows = spoken(it.shown.shown.model)
        assert f"Differs. About. This: {AUTHORIZATION}. There: nothing" in rows
        assert not any("payer's earlier response" in row or "Answers" in row for row in rows)
        QTest.keyClick(QApplication.focusWidget() or it.window, Qt.Key.Key_I)
        it.window.go(Place(PageName.REVIEW, case_of(it).id))
        kept = spoken(it.shown.request.list.model())
        assert f"About: {AUTHORIZATION}" in kept
        assert f"Answers: {TRACE}, BATCH-9" in kept


def test_an_update_of_a_case_that_is_not_here_is_said_to_be_one_and_never_goes_to_the_form_as_new(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        it.window.take_files([sent(tmp_path, "update.json")])
        assert it.place is PageName.ARRIVALS
        (row,) = [said for said in spoken(it.shown.model) if "no case known" in said]
        assert AUTHORIZATION in row


def test_a_request_of_which_nobody_knows_the_receipt_is_not_called_good(tmp_path: Path, qtbot: Any) -> None:
    told = [
        request_data(request(reference=f"R-{n}", received_at=None, received_zone=None, services=(line(n, f"9711{n}"),))) for n in (1, 2)
    ]
    path = tmp_path / "two.json"
    path.write_bytes(canonical_bytes({"requests": told}))
    with room(tmp_path / "w") as it:
        it.window.take_files([path])
        said = spoken(it.shown.model)
        assert sum("receipt unknown" in row for row in said) == 2


def test_a_response_is_told_with_event_and_lines_apart(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", lambda desk: opened(desk, reference=TRACE, member=MEMBER)) as it:  # type: ignore[arg-type, return-value]
        it.window.take_files([sent(tmp_path, "response.x12")])
        rows = spoken(it.shown.shown.model)
        for words in ("Whole request: A1: approved as asked · number AUTH-7", "Line 1: A3: not approved", "Line 2: CT: contact payer"):
            assert any(row.startswith(words) for row in rows)
        assert any("payer's earlier response" in row for row in rows)


def test_a_file_of_a_known_sender_is_read_by_its_mapping_at_the_door_and_in_the_form(tmp_path: Path, qtbot: Any) -> None:
    table = tmp_path / "list.csv"
    table.write_text("Kenn,Nachname,Geburt,Wann,Was\nDEMO-000042,Quill,1970-03-04,2017-10-12,76120\n", encoding="utf-8")
    fields = ("member.member_id", "member.family", "member.birth_date", "services.first_day", "services.code")
    mapping = Mapping(tuple(Column(name, field) for name, field in zip(table.read_text().splitlines()[0].split(","), fields, strict=True)))

    def known(desk: Desk) -> None:
        opened(desk, member=request().member)
        signature = desk.senders.look(table.read_bytes(), table.name).table.signature
        desk.senders.keep(Sender("Elm Clinic", signature, mapping))

    with room(tmp_path / "w", known) as it:
        it.window.take_files([table, sent(tmp_path, "response.x12")])
        (item,) = [each for each in it.shown.run.items if each.path == table]
        assert item.request.member.family == "Quill"
        it.shown.list.go_to(it.shown.model.place_of((item.file, item.place)))
        it.shown.to_form()
        assert it.place is PageName.ENTRY
        assert it.shown.form.entry("member.family").text() == "Quill"


def test_what_lies_in_a_folder_and_is_not_read_is_said(tmp_path: Path, qtbot: Any) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    sent(folder, "response.x12")
    (folder / ".hidden.json").write_text("{}", encoding="utf-8")
    with room(tmp_path / "w") as it:
        it.window.take_files([folder])
        model = it.shown.model
        chips = [model.data(model.index(place, 0), ROW).chip for place in range(model.rowCount())]
        assert chips[-1] == "skipped"
        assert "A hidden file." in spoken(model)[-1]
