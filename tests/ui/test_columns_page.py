"""The page of a file's columns in the real window: looked at, corrected by keyboard, tried, kept, and read anew at the door."""

from pathlib import Path
from typing import Any

import pytest
from accessible import unnamed
from builders import sender
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from ui_window import room

from ur_desk.domain.intake.mapping import Column, DateOrder, Mapping, Sender
from ur_desk.ui import dialogs
from ur_desk.ui.models.columns import State
from ur_desk.ui.models.rows import ROW
from ur_desk.ui.places import PageName
from ur_desk.ui.privacy import mask

KNOWN = (
    "Auth #,Member ID,Patient ID,CPT,Dx1,DOS,Room\r\nR-1,DEMO-1,77,72148,M54.5,04/11/2017,a\r\nR-1,DEMO-1,78,97110,M54.5,05/19/2017,b\r\n"
)
ODD = "A,B,C,When\r\nDEMO-1,72148,M54.5,03/02/2017\r\nDEMO-2,97110,M17.11,04/02/2017\r\n"
CTRL = Qt.KeyboardModifier.ControlModifier


def written(folder: Path, text: str, name: str = "october.csv") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def look_at(it: Any, file: Path) -> Any:
    it.window.host.show_columns(file)
    page = it.shown
    page.preview_now()
    return page


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key, for whatever has the focus."""
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, modifier)


def type_in(words: str) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, words)


def states(page: Any) -> list[State]:
    return [page.table.meant(place).state for place in range(page.table.columnCount())]


def told(page: Any) -> str:
    return str(page.notice.accessibleName()) if page.notice.isVisible() else ""


def made(page: Any) -> list[str]:
    return [str(page.preview.data(page.preview.index(n, 0))) for n in range(page.preview.rowCount())]


def test_guesses_stand_over_the_first_rows_with_how_sure_they_are_and_why(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        page = look_at(it, written(tmp_path, KNOWN))
        assert it.place is PageName.COLUMNS
        assert page.table.rowCount() == 2
        assert page.table.data(page.table.index(1, 3)) == "97110"
        assert states(page) == [State.SURE, State.SURE, State.ASK, State.SURE, State.SURE, State.SURE, State.LEFT_OUT]
        spoken = page.table.headerData(3, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole)
        assert spoken.startswith("CPT: Procedure code, sure. The header “CPT” is known for this.")
        assert page.view.currentIndex().column() == 2, "the first question is where one begins"
        assert page.strip.chip.words == "ask"
        assert "may mean this" in page.strip.why.text()
        assert made(page)[1].endswith("DEMO-1")
        assert page.count.words.startswith("First 2 rows: 1 request, ")


def test_a_table_is_given_its_meaning_by_keyboard_alone_and_known_from_then_on(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        page = look_at(it, written(tmp_path, ODD))
        assert page.view.hasFocus()
        press(Qt.Key.Key_Home)
        type_in("m")
        type_in("ember id")
        press(Qt.Key.Key_Return)
        assert page.table.meant(0).column == Column("A", "member.member_id")
        assert page.view.hasFocus()
        press(Qt.Key.Key_Right)
        press(Qt.Key.Key_Return)
        type_in("procedure code")
        press(Qt.Key.Key_Return)
        press(Qt.Key.Key_End)
        press(Qt.Key.Key_F2)
        type_in("service, first")
        press(Qt.Key.Key_Enter)
        assert states(page)[3] is State.ASK, "both days can be read with the month or with the day first"
        press(Qt.Key.Key_D, Qt.KeyboardModifier.AltModifier)
        assert QApplication.focusWidget() is page.strip.dates
        assert page.strip.dates.currentText() == "which comes first?"
        press(Qt.Key.Key_Down)
        assert states(page)[3] is State.CHOSEN
        assert page.table.meant(3).column == Column("When", "services.first_day", dates=DateOrder.MDY)
        page.ways.called.setFocus()
        type_in("Ortho")
        press(Qt.Key.Key_Return, CTRL)
        assert told(page).startswith("Kept for Ortho."), told(page)
        (kept,) = it.desk.senders.all()
        assert {(c.source, c.field) for c in kept.mapping.columns} >= {("A", "member.member_id"), ("B", "services.code"), ("When", "services.first_day")}  # fmt: skip
        assert len(it.desk.intake.extract(ODD.encode(), "x.csv", senders=it.desk.senders.known()).requests) == 2


def test_escape_leaves_a_meaning_as_it_was_and_delete_leaves_the_column_out(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        page = look_at(it, written(tmp_path, KNOWN))
        page.view.go_to(4)
        press(Qt.Key.Key_Return)
        assert page.chooser.isVisible()
        assert page.chooser.list.currentIndex().data() == "Diagnosis code"
        press(Qt.Key.Key_Down)
        press(Qt.Key.Key_Escape)
        assert not page.chooser.isVisible()
        assert page.table.meant(4).state is State.SURE
        press(Qt.Key.Key_Delete)
        assert page.table.meant(4).state is State.LEFT_OUT
        assert page.table.meant(4).words == "Left out"
        QTest.keyClick(page.view, Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
        assert page.table.meant(4).state is State.SURE
        assert not page.undo_action.isEnabled()


def test_a_meaning_is_found_by_another_word_for_it_and_a_word_for_none_says_so(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        page = look_at(it, written(tmp_path, KNOWN))
        page.choose(6)
        type_in("born")
        assert page.chooser.list.currentIndex().data() == "Member's birth date"
        type_in("zz")
        assert page.chooser.model.rowCount() == 0
        assert page.chooser.none.isVisible()
        assert page.chooser.none.text().startswith("No meaning is called “bornzz”.")
        page.chooser.field.clear()
        type_in("d")
        assert not page.chooser.none.isVisible()


def test_a_column_stands_whole_at_the_left_edge_wherever_the_question_is(tmp_path: Path, qtbot: Any) -> None:
    headers = [f"Column {n}" for n in range(20)]
    with room(tmp_path / "w") as it:
        page = look_at(
            it, written(tmp_path, ",".join(["Member ID", "CPT", *headers, "Member?"]) + "\r\nDEMO-1,72148," + "x," * 20 + "y\r\n")
        )
        heads = page.view.horizontalHeader()
        for place in (22, 9, 3, 0):
            page.view.go_to(place)
            first = heads.visualIndexAt(0)
            assert heads.sectionViewportPosition(first) == 0
            left = heads.sectionViewportPosition(place)
            assert left >= 0
            assert left + heads.sectionSize(place) <= page.view.viewport().width()


NURSE = "Req No,Subscriber,Last,First,DOB,Prio,CPT,DOS\r\nR-1,DEMO-1,Alvarado,Rosa,04/13/1968,U,72148,10/12/2017\r\nR-2,DEMO-2,Brandt,Otto,12/01/1959,R,97110,10/16/2017\r\n"  # fmt: skip


def test_the_words_of_a_sender_are_given_their_meaning_in_the_page_and_kept_with_it(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        page = look_at(it, written(tmp_path, NURSE))
        assert states(page)[5] is State.ASK
        assert page.view.currentIndex().column() == 5
        press(Qt.Key.Key_Return)
        press(Qt.Key.Key_Return)
        words = page.strip.words
        assert (list(words.entries), words.title.text()) == (["U", "R"], "2 words are not known: say what they mean")
        for word, value in (("U", "expedited"), ("R", "standard")):
            words.entries[word].retype(value)
            words.entries[word].activated.emit(0)
        assert words.title.text() == "What the sender's words mean"
        page.undo()
        assert words.entries["R"].typed() == ""
        words.entries["R"].retype("-")
        words.entries["R"].activated.emit(0)
        page.preview_now()
        page.ways.called.retype("Ortho")
        page.keep()
        assert told(page).startswith("Kept for Ortho."), told(page)
        kept = it.desk.senders.one("Ortho").mapping.columns[5]
        assert (kept.value_of("u"), kept.value_of("R")) == ("expedited", "")
        told_by = it.desk.intake.extract(NURSE.encode(), "x.csv", senders=it.desk.senders.known())
        assert [r.urgency and r.urgency.value for r in told_by.requests] == ["expedited", None]
        page = look_at(it, written(tmp_path, NURSE, "november.csv"))
        page.view.go_to(5)
        assert (words.entries["U"].typed(), words.entries["R"].typed()) == ("expedited", "-")


def test_words_stand_only_below_a_column_of_a_closed_set_and_not_under_the_mask_where_they_may_tell_of_a_member(
    tmp_path: Path, qtbot: Any
) -> None:
    with room(tmp_path / "w") as it:
        page = look_at(it, written(tmp_path, "Member ID,Sex,CPT,Priority\r\nDEMO-1,F,72148,STAT\r\n"))
        page.view.go_to(0)
        assert not page.strip.words.isVisible()
        page.view.go_to(1)
        assert list(page.strip.words.entries) == ["F"]
        mask().set(True)
        assert not page.strip.words.isVisible()
        page.view.go_to(3)
        assert list(page.strip.words.entries) == ["STAT"]
        mask().set(False)


def test_a_social_security_number_in_the_words_of_a_service_is_masked_in_the_preview(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        page = look_at(it, written(tmp_path, "Member ID,Service\r\nDEMO-1,Knee brace SSN 123-45-6789\r\n"))
        said = [str(page.preview.index(n).data(Qt.ItemDataRole.AccessibleTextRole)) for n in range(page.preview.rowCount())]
        assert any("Knee brace SSN •••-••-6789" in each for each in said)
        assert not any("123-45-6789" in each for each in said)


def test_a_file_that_was_refused_is_so_no_longer_once_its_columns_are_said(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        page = look_at(it, written(tmp_path, "A,B\r\nDEMO-1,lumbar spine\r\n"))
        assert told(page).startswith("This is no list of requests")
        for place, words in ((0, "member id"), (1, "service in words")):
            assert told(page).startswith("This is no list of requests")
            page.choose(place, words)
            page.chooser.take()
        assert told(page) == ""
        page.undo()
        assert told(page).startswith("This is no list of requests")


def test_an_order_of_days_that_nobody_said_is_asked_and_not_kept_over(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        page = look_at(it, written(tmp_path, "Member ID,CPT,DOS\r\nDEMO-1,72148,25/03/2017\r\nDEMO-2,97110,04/02/2017\r\n"))
        assert states(page)[2] is State.ASK
        assert page.table.meant(2).words == "Service, first day, in which order?"
        page.leave_asked_out()
        assert states(page)[2] is State.ASK
        page.ways.called.retype("Ortho")
        page.keep()
        assert told(page).startswith("Whether the day or the month comes first in “DOS” is still a question.")
        page.strip.dates.retype("dmy")
        page.strip.dates.activated.emit(0)
        assert states(page)[2] is State.CHOSEN
        assert page.strip.dates.findData("") < 0
        page.keep()
        (column,) = [c for c in it.desk.senders.one("Ortho").mapping.columns if c.source == "DOS"]
        assert column.dates is DateOrder.DMY


def test_a_choice_says_which_column_has_a_meaning_already_and_a_click_elsewhere_closes_it(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        page = look_at(it, written(tmp_path, KNOWN))
        page.choose(6, "member id")
        row = page.chooser.model.index(0, 0)
        assert row.data(Qt.ItemDataRole.AccessibleTextRole) == "Member id. now filled by “Member ID”"
        page.ways.called.setFocus()
        assert not page.chooser.isVisible()


def test_the_preview_follows_a_change_after_a_pause_and_nothing_is_stored(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        page = look_at(it, written(tmp_path, KNOWN))
        before, rows = it.desk.store.ledger.last(), made(page)
        page.view.go_to(1)
        press(Qt.Key.Key_Delete)
        assert page.pause.isActive()
        assert made(page) == rows, "not before the pause is over"
        page.pause.timeout.emit()
        assert made(page) != rows
        page.try_action.trigger()
        assert page.count.words.startswith("The whole file: 1 request")
        assert it.desk.store.ledger.last() == before


def test_rows_that_share_a_value_are_one_request_or_are_not(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        page = look_at(it, written(tmp_path, KNOWN))
        assert "Reference of the sender" in page.ways.together.text()
        page.view.go_to(0)
        assert page.strip.together.isChecked()
        page.strip.together.click()
        page.preview_now()
        assert page.count.words.startswith("First 2 rows: 2 requests")
        assert page.ways.together.text() == "Each row is a request of its own."


def test_the_order_of_days_and_the_separators_of_a_column_are_the_persons_to_say(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        page = look_at(it, written(tmp_path, KNOWN.replace("M54.5", "M54.5 | M47.816")))
        page.view.go_to(5)
        assert page.strip.dates.isVisible()
        assert not page.strip.marks.isVisible()
        page.strip.dates.setCurrentIndex(1)
        page.strip.dates.activated.emit(1)
        assert page.table.meant(5).column.dates is DateOrder.DMY
        page.preview_now()
        row = page.preview.index(1, 0).data(ROW)
        assert "11/04/2017" in row.detail
        page.view.go_to(4)
        assert page.strip.marks.typed() == "|"
        page.strip.marks.retype("")
        page.strip.marks.activated.emit(0)
        assert page.table.meant(4).column.separators == ""


def test_what_holds_for_every_row_is_kept_with_the_mapping_and_read_by(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        page = look_at(it, written(tmp_path, KNOWN))
        page.leave_asked_out()
        page.ways.entries["line_of_business"].retype("medicare_advantage")
        page.ways.entries["line_of_business"].activated.emit(1)
        page.ways.entries["state"].retype("indiana")
        page.ways.entries["received_zone"].retype("America/Chicago")
        page.ways.called.retype("Ortho")
        page.keep()
        (kept,) = it.desk.senders.all()
        assert dict(kept.mapping.fixed) == {"line_of_business": "medicare_advantage", "state": "IN", "received_zone": "America/Chicago"}
        assert kept.mapping.group == ("reference",)


def test_a_fixed_value_that_is_no_choice_stays_as_it_was_written(tmp_path: Path, qtbot: Any) -> None:
    columns = (Column("Member ID", "member.member_id"), Column("CPT", "services.code"))
    mapping = Mapping(columns, fixed=(("kind", "walk-in"), ("timing", "preservice")))

    def fill(desk: Any) -> None:
        desk.senders.keep(Sender("Ortho", desk.senders.look(KNOWN.encode(), "x.csv").table.signature, mapping))

    with room(tmp_path / "w", fill) as it:
        page = look_at(it, written(tmp_path, KNOWN))
        page.ways.changed.emit()
        assert not page.undo_action.isEnabled(), "nothing was changed"
        page.keep()
        assert dict(it.desk.senders.one("Ortho").mapping.fixed) == dict(mapping.fixed)


def test_a_fixed_value_beside_a_column_that_tells_it_is_said_at_its_field(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        page = look_at(it, written(tmp_path, KNOWN))
        page.choose(6, "state whose")
        page.chooser.take()
        page.ways.entries["state"].retype("IN")
        page.ways.entries["state"].editingFinished.emit()
        assert "A column tells it too" in page.ways.rows["state"].problem
        page.undo_action.trigger()
        assert page.ways.entries["state"].typed() == ""
        assert page.ways.rows["state"].problem == ""


@pytest.mark.parametrize(("field", "typed"), [("state", "Atlantis"), ("received_zone", "Nowhere/Town")])
def test_a_state_or_zone_that_is_none_is_said_beside_its_field(tmp_path: Path, qtbot: Any, field: str, typed: str) -> None:
    with room(tmp_path / "w") as it:
        page = look_at(it, written(tmp_path, KNOWN))
        page.leave_asked_out()
        page.ways.called.retype("Ortho")
        page.ways.entries[field].retype(typed)
        page.keep()
        assert "is no" in page.ways.rows[field].problem
        assert page.ways.entries[field].hasFocus()
        assert it.desk.senders.all() == ()


def test_a_question_that_nobody_answered_is_not_kept_over(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        page = look_at(it, written(tmp_path, KNOWN))
        page.ways.called.retype("Ortho")
        page.view.go_to(0)
        page.keep_action.trigger()
        assert "What “Patient ID” means is still a question." in told(page)
        assert page.view.currentIndex().column() == 2
        assert it.desk.senders.all() == ()
        page.rest_action.trigger()
        assert not page.next_action.isEnabled()
        page.keep_action.trigger()
        assert [each.name for each in it.desk.senders.all()] == ["Ortho"]


def test_two_columns_for_one_field_are_marked_and_refused_until_one_is_left_out(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        page = look_at(it, written(tmp_path, KNOWN))
        page.choose(2, "member id")
        page.chooser.take()
        assert page.table.is_twice(1)
        assert page.table.is_twice(2)
        assert page.strip.chip.words == "twice"
        page.preview_now()
        assert made(page) == []
        assert "Member id" in page.nothing.accessibleName()
        page.ways.called.retype("Ortho")
        page.keep()
        assert "fill “Member id”" in told(page)
        assert it.desk.senders.all() == ()
        page.view.go_to(1)
        press(Qt.Key.Key_Delete)
        assert not page.table.is_twice(2)


def test_without_a_service_column_the_page_says_what_is_lacking(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        page = look_at(it, written(tmp_path, "Member ID,Room\r\nDEMO-1,a\r\n"))
        assert "no column with the service asked for" in told(page)
        page.ways.called.retype("Ortho")
        page.keep()
        assert "No column tells the service asked for" in told(page)
        assert it.desk.senders.all() == ()


def test_a_sender_without_a_name_is_asked_for_it(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        page = look_at(it, written(tmp_path, KNOWN))
        page.leave_asked_out()
        page.keep()
        assert page.ways.rows["sender"].problem
        assert page.ways.called.hasFocus()


@pytest.mark.parametrize("replaced", [True, False])
def test_a_name_that_exists_is_taken_only_where_the_person_says_so(tmp_path: Path, qtbot: Any, monkeypatch: Any, replaced: bool) -> None:
    with room(tmp_path / "w", lambda desk: desk.senders.keep(sender())) as it:
        page = look_at(it, written(tmp_path, KNOWN))
        page.leave_asked_out()
        page.ways.called.retype("lindenfield ORTHO")
        monkeypatch.setattr(dialogs, "confirm", lambda *_asked: replaced)
        page.keep()
        (kept,) = it.desk.senders.all()
        assert (len(kept.mapping.columns) == 3) is not replaced


def test_a_file_that_changed_meanwhile_is_looked_at_again_with_the_choices_kept(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        file = written(tmp_path, KNOWN)
        page = look_at(it, file)
        page.choose(6, "clinical")
        page.chooser.take()
        page.leave_asked_out()
        page.ways.called.retype("Ortho")
        written(tmp_path, KNOWN.replace("Dx1", "Diagnosis code").replace("M54.5", "M17.11"))
        page.keep()
        assert "october.csv has changed since it was looked at" in told(page)
        assert it.desk.senders.all() == ()
        it.window.commands.refresh.trigger()
        assert page.table.meant(6).column.field == "clinical_notes"
        assert page.table.meant(4).header == "Diagnosis code"
        page.keep()
        assert [each.name for each in it.desk.senders.all()] == ["Ortho"]


def test_a_file_of_one_known_sender_begins_with_what_is_kept_and_may_begin_anew(tmp_path: Path, qtbot: Any) -> None:
    mapping = Mapping((Column("Patient ID", "member.member_id"), Column("CPT", "services.code")))

    def fill(desk: Any) -> None:
        desk.senders.keep(Sender("Ortho", desk.senders.look(KNOWN.encode(), "x.csv").table.signature, mapping))

    with room(tmp_path / "w", fill) as it:
        page = look_at(it, written(tmp_path, KNOWN))
        assert page.ways.called.typed() == "Ortho"
        assert states(page)[1:4] == [State.LEFT_OUT, State.KEPT, State.KEPT]
        page.ways.begin.retype("")
        page.ways.begin.activated.emit(0)
        assert states(page)[1] is State.SURE
        page.undo_action.trigger()
        assert states(page)[1] is State.LEFT_OUT


def test_where_several_senders_fit_the_page_asks_whose_it_is(tmp_path: Path, qtbot: Any) -> None:
    def fill(desk: Any) -> None:
        for name in ("North", "South"):
            mapping = Mapping((Column("A", "member.member_id"), Column("B", "services.code")))
            desk.senders.keep(Sender(name, desk.senders.look(ODD.encode(), "x.csv").table.signature, mapping))

    with room(tmp_path / "w", fill) as it:
        page = look_at(it, written(tmp_path, ODD))
        assert "any of these: North, South" in told(page)
        page.ways.begin.setCurrentIndex(2)
        page.ways.begin.activated.emit(2)
        assert page.ways.called.typed() == "South"
        assert states(page)[0] is State.KEPT


@pytest.mark.parametrize(("name", "data"), [("letter.pdf", b"%PDF-1.4"), ("empty.csv", b""), ("broken.json", b"{"), ("list.json", b"[1]")])
def test_what_has_no_columns_says_so_and_shows_nothing(tmp_path: Path, qtbot: Any, name: str, data: bytes) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    with room(tmp_path / "w") as it:
        page = look_at(it, file)
        assert name in told(page)
        assert page.empty.isVisible()
        assert not page.keep_action.isEnabled()
        page = look_at(it, tmp_path / "gone.csv")
        assert "gone.csv" in told(page)


def test_choices_for_one_file_are_given_up_for_another_only_on_demand(tmp_path: Path, qtbot: Any, monkeypatch: Any) -> None:
    with room(tmp_path / "w") as it:
        page = look_at(it, written(tmp_path, KNOWN))
        page.leave_asked_out()
        monkeypatch.setattr(dialogs, "confirm", lambda *_asked: False)
        other = written(tmp_path, ODD, "november.csv")
        look_at(it, other)
        assert page.table.columnCount() == 7
        page.close_action.trigger()
        assert it.place is not PageName.COLUMNS
        monkeypatch.setattr(dialogs, "confirm", lambda *_asked: True)
        look_at(it, other)
        assert page.table.columnCount() == 4


def test_under_the_mask_cells_that_may_name_somebody_are_hidden(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        page = look_at(it, written(tmp_path, KNOWN))
        mask().set(True)
        cells = [page.table.data(page.table.index(0, place)) for place in range(7)]
        assert cells == ["hidden", "hidden", "hidden", "72148", "M54.5", "04/11/2017", "hidden"]
        assert "DEMO-1" not in page.table.data(page.table.index(0, 1), Qt.ItemDataRole.AccessibleTextRole)
        assert "DEMO-1" not in " ".join(made(page))
        mask().set(False)
        assert "DEMO-1" in " ".join(made(page))


def test_a_wide_table_with_long_cells_and_foreign_scripts_is_gone_through_from_end_to_end(tmp_path: Path, qtbot: Any) -> None:
    head = ["Member ID", "Member Name", "CPT", "Notes", *(f"Free {n}" for n in range(36))]
    row = ["DEMO-1", '"כהן, מרים"', "72148", "x" * 5000, *(str(n) for n in range(36))]
    with room(tmp_path / "w") as it:
        page = look_at(it, written(tmp_path, f"{','.join(head)}\n{','.join(row)}\n"))
        press(Qt.Key.Key_End)
        assert page.view.currentIndex().column() == 39
        assert page.view.horizontalScrollBar().value() == page.view.horizontalScrollBar().maximum()
        assert page.strip.title.words == "Free 35 · column 40 of 40"
        press(Qt.Key.Key_Left)
        assert page.view.currentIndex().column() == 38
        assert len(page.table.data(page.table.index(0, 3))) == 400
        assert "כהן" in made(page)[1]


def test_keys_of_a_json_file_are_columns_by_their_paths(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        page = look_at(it, written(tmp_path, '[{"who": {"memberId": "DEMO-1"}, "cptCode": "72148"}]', "feed.json"))
        headers = [page.table.meant(place).header for place in range(page.table.columnCount())]
        assert any("memberId" in header for header in headers)
        assert any("cptCode" in header for header in headers)


def test_whoever_may_not_keep_is_not_offered_it(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", user="osei") as it:
        assert not it.window.commands.columns.isEnabled()
        page = look_at(it, written(tmp_path, KNOWN))
        assert not page.keep_action.isEnabled()
        assert "not for your role" in page.keep_action.toolTip()


def test_the_file_menu_leads_to_the_page_and_every_part_of_it_is_named(tmp_path: Path, qtbot: Any, monkeypatch: Any) -> None:
    file = written(tmp_path, KNOWN)
    with room(tmp_path / "w") as it:
        monkeypatch.setattr(dialogs, "choose_files", lambda *_asked: [file])
        it.window.commands.columns.trigger()
        assert it.place is PageName.COLUMNS
        it.shown.choose(0)
        assert unnamed(it.window) == []
        for _ in range(3):
            press(Qt.Key.Key_F6)
        assert QApplication.focusWidget() is not None


def test_a_file_refused_at_the_door_is_given_its_columns_and_read_anew(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        it.window.take_files([written(tmp_path, ODD)])
        door = it.shown
        assert it.place is PageName.ARRIVALS
        assert door.bar.columns.isVisible()
        door.bar.columns.trigger()
        page = it.shown
        assert it.place is PageName.COLUMNS
        page.choose(0, "member id")
        page.chooser.take()
        page.choose(1, "procedure code")
        page.chooser.take()
        page.leave_asked_out()
        page.ways.called.retype("Ortho")
        page.keep_action.trigger()
        assert it.place is PageName.ARRIVALS
        assert len(list(it.shown.run.items)) == 2
        assert not it.shown.bar.columns.isVisible()
        assert [row.requests for row in it.desk.arrivals.runs()] == [2], "the report of the refusal is gone"


def test_a_report_of_several_files_stays_when_one_of_them_is_read_anew(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        it.window.take_files([written(tmp_path, ODD), written(tmp_path, KNOWN, "november.csv")])
        door = it.shown
        door.list.go_to(next(n for n in range(door.model.rowCount()) if door.model.row(n).problem and door.model.row(n).file.path.name == "october.csv"))  # fmt: skip
        door.bar.columns.trigger()
        page = it.shown
        assert page.table.columnCount() == 4
        page.choose(0, "member id")
        page.chooser.take()
        page.choose(1, "procedure code")
        page.chooser.take()
        page.leave_asked_out()
        page.ways.called.retype("Ortho")
        page.keep()
        assert [file.path.name for file in it.shown.run.files] == ["october.csv", "november.csv"]
        (report,) = it.desk.arrivals.runs()
        assert (report.files, report.waiting) == (2, sum(len(file.items) for file in it.shown.run.files))
        assert it.shown.run.files[0].items


def test_keeping_the_columns_of_another_file_reads_nothing_at_the_door(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        page = look_at(it, written(tmp_path, KNOWN))
        page.leave_asked_out()
        page.ways.called.retype("Ortho")
        page.keep()
        assert it.place is PageName.COLUMNS
        assert it.desk.arrivals.runs() == ()


def test_the_door_offers_columns_only_for_files_that_were_guessed_or_not_read(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        it.window.take_files([written(tmp_path, KNOWN), written(tmp_path, "Buy milk.\nCall home.\n", "notes.txt")])
        door = it.shown
        offered = {}
        for place in range(door.model.rowCount()):
            door.list.go_to(place)
            row = door.model.row(place)
            if row.file is not None:
                offered[row.file.path.name] = door.bar.columns.isVisible()
        assert offered["october.csv"]
        assert not offered.get("notes.txt", False)


@pytest.mark.samples
def test_every_sample_with_columns_is_looked_at_and_tried_or_says_why_not(samples: Path, tmp_path: Path, qtbot: Any) -> None:
    files = [file for file in sorted((samples / "csv").rglob("*")) if file.suffix in (".csv", ".json", ".py", ".js", ".txt")]
    opened = 0
    with room(tmp_path / "w") as it:
        for file in files:
            page = look_at(it, file)
            if page.empty.isVisible():
                assert file.name in told(page)
                continue
            opened += 1
            page.leave_asked_out()
            page.try_all()
            assert page.made.isVisible() or page.nothing.accessibleName(), file.name
            page._before.clear()
    assert opened >= 3
