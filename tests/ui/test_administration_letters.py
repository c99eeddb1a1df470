"""Administration, letters: the plan approves the wording, takes in translations, and installs official forms."""

import json
from pathlib import Path
from typing import Any

import pytest
from accessible import unnamed
from builders import NOW, denial_form, spanish
from fonts_made import HAN, font_of
from PySide6.QtWidgets import QFileDialog
from ui_window import Room, room

from ur_desk.domain.workspace import WorkspaceKind
from ur_desk.ui.models.stationery import StationeryModel, state, title
from ur_desk.ui.pages.administration.form_fields import FACTS, fact_name
from ur_desk.ui.places import PageName


def view_of(it: Room) -> Any:
    return it.go(PageName.ADMINISTRATION, "letters").letters


def choose(view: Any, name: str) -> None:
    view.list.go_to(view.model.place_of(name))


def states(model: StationeryModel) -> dict[str, str]:
    return {title(row): state(row)[0] for row in map(model.row, range(model.rowCount()))}


FORM = "Notice of Denial of Medical Coverage, CMS-10003"


def test_a_wording_is_approved_by_name_and_day_and_the_list_says_so(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", user="sol") as it:
        view = view_of(it)
        assert states(view.model)["Letter wording: English"] == "not approved"
        assert "No letter leaves in this wording" in view.words.text()
        view.approve_action.trigger()
        view.approve_form.commit()
        assert view.approve_form.row("by").problem
        view.approve_form.entry("by").retype("The compliance committee")
        view.approve_form.entry("on").retype("10/09/2017")
        view.approve_form.commit()
        assert states(view.model)["Letter wording: English"] == "approved"
        assert "The plan answers for this wording" in view.words.text()
        (english,) = it.desk.stationery.wordings()
        assert english.approved is not None
        assert english.approved[0].on == NOW.date()


def test_slots_are_written_and_a_filled_file_is_taken_in(tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with room(tmp_path / "w", user="ada") as it:
        view, target = view_of(it), tmp_path / "slots.json"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(target), ""))
        view.slots_action.trigger()
        view.slots_form.entry("code").retype("es")
        view.slots_form.entry("name").retype("Spanish")
        view.slots_form.commit()
        assert json.loads(target.read_text(encoding="utf-8"))["language"] == "es"
        monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_asked: ([str(target)], ""))
        view.translate_action.trigger()
        for key, words in (("who", "Ines Robledo"), ("how", "certified"), ("on", "10/09/2017")):
            view.translation_form.entry(key).retype(words)
        view.translation_form.commit()
        assert "The slot" in view.translation_form.notice.accessibleName()
        target.write_bytes(spanish(it.desk))
        view.translate_action.trigger()
        for key, words in (("who", "Ines Robledo"), ("how", "certified"), ("on", "10/09/2017")):
            view.translation_form.entry(key).retype(words)
        view.translation_form.commit()
        assert states(view.model)["Letter wording: Spanish"] == "not approved"


def test_a_form_is_installed_field_by_field(tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "denial.pdf"
    file.write_bytes(denial_form()[1])
    with room(tmp_path / "w", user="ada") as it:
        view = view_of(it)
        choose(view, FORM)
        assert "is not installed" in view.words.text()
        monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_asked: ([str(file)], ""))
        view.install_action.trigger()
        form = view.install_form
        assert not form.row("omb").isHidden()
        assert "has 6 fields" in form.words.text()
        form.entry("omb").retype("0938-0000")
        form.entry("expires").retype("12/31/2099")
        for fact in ("letter_date", "member_name", "member_number", "services", "reason"):
            form.entry(fact).retype(f"Form {fact}")
        form.commit()
        assert "does not print the OMB number" in form.notice.accessibleName()
        form.entry("omb").retype("0938-9999")
        form.commit()
        installed = it.desk.stationery.forms()[0].installed
        assert installed is not None
        assert dict(installed[0].fields)["reason"] == "Form reason"
        assert title(view.chosen) == FORM
        view.install_action.trigger()
        assert form.text("reason") == "Form reason"


def test_a_font_is_installed_for_a_language(tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "squares.ttf"
    file.write_bytes(font_of(HAN, kind=2))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_asked: ([str(file)], ""))
    with room(tmp_path / "w", user="ada") as it:
        view = view_of(it)
        choose(view, "Font for letters: Chinese")
        assert states(view.model)["Font for letters: Chinese"] == "not installed"
        assert "cannot be drawn until a font is installed" in view.words.text()
        view.font_action.trigger()
        form = view.font_form
        assert (form.text("code"), form.text("name"), form.text("face")) == ("zh", "Chinese", "1")
        form.commit()
        assert "may not be embedded" in form.notice.accessibleName()
        form.entry("face").retype("first")
        form.commit()
        assert "The face is a number" in form.notice.accessibleName()
        file.write_bytes(font_of(HAN))
        view.font_action.trigger()
        form.commit()
        assert states(view.model)["Font for letters: Chinese"] == "installed"
        assert "Squares Regular" in view.words.text()


def test_every_fact_of_a_form_has_a_name_and_a_place(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", user="ada") as it:
        for form in it.desk.stationery.forms():
            assert set(form.facts) <= set(FACTS)
    assert len({fact_name(fact) for fact in FACTS}) == len(FACTS)
    assert all("_" not in fact_name(fact) for fact in FACTS)


def test_a_file_that_is_no_form_is_refused_in_the_page(tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "none.pdf"
    file.write_bytes(b"%PDF-1.7 nothing")
    with room(tmp_path / "w", user="ada") as it:
        view = view_of(it)
        choose(view, FORM)
        monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_asked: ([str(file)], ""))
        view.install_action.trigger()
        assert "damaged or cut off" in view.notice.accessibleName()
        assert not view.install_form.isVisible()


def test_a_supervisor_comes_here_too(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", user="sol") as it:
        assert it.go(PageName.ADMINISTRATION, "letters")._tabs["letters"].isVisible()


def test_everything_that_takes_the_focus_has_a_name(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", user="ada", kind=WorkspaceKind.REAL) as it:
        view = view_of(it)
        view.approve_action.trigger()
        assert unnamed(view) == []
