"""The backups in the administration: what is known of them, one more now, a second folder, and what went wrong."""

from pathlib import Path
from typing import Any

import pytest
from ui_window import room

from ur_desk.domain.workspace import WorkspaceKind
from ur_desk.store.backup import whole
from ur_desk.ui.pages.administration import backups as administration_backups
from ur_desk.ui.places import PageName


def view_of(it: Any) -> Any:
    return it.go(PageName.ADMINISTRATION, "backups").backups


def test_a_workspace_without_backups_says_when_the_first_one_is_made(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", user="ada", kind=WorkspaceKind.REAL) as it:
        view = view_of(it)
        assert "No backup was made yet" in view.told.last.text()
        assert "no second folder" in view.told.second.text()
        assert not view.none_action.isEnabled()
        assert view.model.rowCount() == 0


def test_a_demo_says_that_it_makes_none(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", user="ada") as it:
        assert "thrown away" in view_of(it).told.last.text()


def test_a_workspace_that_may_only_be_read_says_so_in_the_window(tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ur_desk.store.places.may_write", lambda path: False)
    with room(tmp_path / "w", user="ada") as it:
        assert "open for reading only" in it.window.notice.accessibleName()
        assert it.window.notice.isVisible()


def test_one_more_backup_is_written_where_the_person_says(tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with room(tmp_path / "w", user="ada", kind=WorkspaceKind.REAL) as it:
        view = view_of(it)
        file = tmp_path / "copy.urbackup"
        monkeypatch.setattr(administration_backups, "choose_target", lambda *told: None)
        view.now_action.trigger()
        assert "No backup was made yet" in view.told.last.text()
        monkeypatch.setattr(administration_backups, "choose_target", lambda *told: file)
        view.now_action.trigger()
        assert whole(file)
        assert it.window.status.words == "Backed up to copy.urbackup"
        assert str(file) in view.told.last.text()
        view.now_action.trigger()
        assert "exists already" in view.notice.accessibleName()
        assert view.now_action.isEnabled()


def test_a_second_folder_is_chosen_and_left_again(tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with room(tmp_path / "w", user="ada", kind=WorkspaceKind.REAL) as it:
        view = view_of(it)
        monkeypatch.setattr(administration_backups, "choose_folder", lambda *told: it.desk.folder)
        view.second_action.trigger()
        assert "in the workspace's own" in view.notice.accessibleName()
        (tmp_path / "drive").mkdir()
        monkeypatch.setattr(administration_backups, "choose_folder", lambda *told: tmp_path / "drive")
        view.second_action.trigger()
        assert str(tmp_path / "drive") in view.told.second.text()
        assert not view.notice.isVisible()
        assert it.desk.keeping.automatic().made
        view.read_again()
        assert view.model.rowCount() == 1
        assert "in the second folder too" in view.model.words(view.model.row(0))
        view.none_action.trigger()
        assert "no second folder" in view.told.second.text()
